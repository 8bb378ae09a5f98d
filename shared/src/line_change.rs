//! One line of a visit that is edited in place: what it was on the screen, and what it is to be.

use serde::{Deserialize, Serialize};

use crate::booking::{Line, Subject};
use crate::id::{MemberId, ServiceId, StaffId};
use crate::money::Price;
use crate::part::Part;
use crate::staff_preference::StaffPreference;

/// A line as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChange {
    /// The line it goes on from; `None` for one that is added.
    pub was: Option<SeenLine>,
    /// Service.
    pub service: ServiceId,
    /// Who is served.
    pub subject: Subject,
    /// Who pays, if not the subject.
    pub payer: Option<MemberId>,
    /// Whom the guest asks for.
    pub staff_preference: StaffPreference,
    /// Who is to do it, whomever the guest asked for; `None` is whoever did, or whoever can.
    pub staff: Option<StaffId>,
    /// Minutes of each part; `None` is as agreed, of another service as the menu says.
    pub minutes: Option<Vec<u16>>,
    /// The price on the screen before the tap.
    pub seen_price: Price,
    /// The price was written by hand, and holds whatever the menu says.
    pub is_own_price: bool,
    /// It begins with the visit, beside the other lines. Otherwise a new line begins when the others are done.
    pub is_beside: bool,
}

/// A line as it was on the screen. Where it is otherwise by now, somebody else has edited it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenLine {
    /// Its place in the visit, from 0.
    pub number: u8,
    /// Its service.
    pub service: ServiceId,
    /// Its price.
    pub price: Price,
}

impl LineChange {
    /// A line that stays as it is.
    #[must_use]
    pub fn unchanged(number: u8, line: &Line) -> Self {
        LineChange {
            was: Some(SeenLine { number, service: line.service, price: line.price }),
            service: line.service,
            subject: line.subject.clone(),
            payer: line.payer,
            staff_preference: line.staff_preference,
            staff: None,
            minutes: None,
            seen_price: line.price,
            is_own_price: false,
            is_beside: false,
        }
    }

    /// All lines of a visit as they are.
    #[must_use]
    pub fn all_unchanged(lines: &[Line]) -> Vec<Self> {
        (0u8..).zip(lines).map(|(number, line)| LineChange::unchanged(number, line)).collect()
    }

    /// The line that this one goes on from, where that is still as it was seen.
    #[must_use]
    pub fn agreed<'a>(&self, lines: &'a [Line]) -> Option<&'a Line> {
        let seen = self.was?;
        lines.get(usize::from(seen.number)).filter(|line| line.service == seen.service && line.price == seen.price)
    }
}

/// Parts with other minutes; `None` where there is not one number for each.
#[must_use]
pub fn with_minutes(parts: &[Part], minutes: &[u16]) -> Option<Vec<Part>> {
    let with = |(part, minutes): (&Part, &u16)| Part { minutes: *minutes, ..*part };
    (parts.len() == minutes.len()).then(|| parts.iter().zip(minutes).map(with).collect())
}
