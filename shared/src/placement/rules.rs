//! What a placement may do.

use crate::time::Timestamp;
use crate::visit_request::{Audience, RequestedLine};

/// What a placement may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacementRules {
    /// Who asks: members are bound to what is offered online.
    pub audience: Audience,
    /// Outside hours and shifts, with a reason, or because it has already happened.
    pub any_hours: bool,
    /// Where the price on the screen must be the price that holds (B13).
    pub price_bound: PriceBound,
    /// Each line begins when the one before it is done, whoever does it and however long it takes them.
    pub in_a_row: bool,
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
