//! What a placement may do.

use crate::id::StaffId;
use crate::money::Price;
use crate::part::Part;
use crate::refusal::Refusal;
use crate::staff::Staff;
use crate::store::Store;
use crate::time::Timestamp;
use crate::view::View;
use crate::visit_request::{Audience, RequestedLine};

/// Somebody who can do a line, how, and for how much.
pub type Able<'a> = (&'a Staff, Vec<Part>, Price);

/// How somebody suits a line, of those who can do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preference {
    /// Who comes first has the smallest; of equal ones the least booked comes first.
    pub rank: usize,
    /// Whether they are here, where it is known who is.
    pub is_here: Option<bool>,
}

/// Says who of those who can do a line comes first in a store; see [`crate::placement::preferences`].
pub type Preferences = fn(&View, &Store, &RequestedLine, &[Able<'_>], &[StaffId]) -> Result<Vec<Preference>, Refusal>;

/// What a placement may do.
#[derive(Clone, Copy, Debug)]
pub struct PlacementRules {
    /// Who asks: members are bound to what is offered online.
    pub audience: Audience,
    /// Outside hours and shifts, with a reason, or because it has already happened.
    pub any_hours: bool,
    /// Where the price on the screen must be the price that holds (B13).
    pub price_bound: PriceBound,
    /// Each line begins when the one before it is done, whoever does it and however long it takes them.
    pub in_a_row: bool,
    /// Who comes first among those who can do a line. A parameter, so that a program that never says who it is need not have it.
    pub preferences: Option<Preferences>,
    /// Decided when.
    pub now: Timestamp,
    /// When what is decided happened: visits in service go on until then.
    pub moment: Timestamp,
}

/// Which lines may only be done by people with whom they cost what was on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceBound {
    /// None.
    Nothing,
    /// Those that ask for nobody: who does them, and so what they cost, was chosen with the time.
    Unasked,
    /// All.
    Every,
}

impl PriceBound {
    pub(crate) fn holds_for(self, line: &RequestedLine) -> bool {
        match self {
            PriceBound::Nothing => false,
            PriceBound::Unasked => !line.staff_preference.is_requested(),
            PriceBound::Every => true,
        }
    }
}
