//! Who wants what, with whom and when: what openings are searched for, and what commands ask for. The one shape of it, for the phone, the
//! desk, the public API and the advice after a refusal.

use serde::{Deserialize, Serialize};

use crate::booking::{Booking, Line, Subject};
use crate::id::{BookingId, MemberId, ServiceId, StoreId};
use crate::money::Price;
use crate::staff_preference::StaffPreference;
use crate::time::{TimeRange, Timestamp};

/// Most lines in one visit.
pub const MAX_LINES: usize = 12;

/// Who asks: members see less than the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Members and partners: only what is offered online, within lead time and horizon.
    Online,
    /// The desk: everything that is free from now on.
    Desk,
}

/// A visit that somebody would like: what, with whom, when, and who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRequest {
    /// Store.
    pub store: StoreId,
    /// Services, one after another.
    pub lines: Vec<RequestedService>,
    /// Starts of interest; at most [`crate::openings::MOST_SEARCH_DAYS`].
    pub starts: TimeRange,
    /// Who asks.
    pub audience: Audience,
    /// A booking that is to move: its own time does not stand in its way.
    pub moving: Option<BookingId>,
}

/// One service of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedService {
    /// Service.
    pub service: ServiceId,
    /// With whom.
    pub staff_preference: StaffPreference,
}

/// One line of a visit at its time, as commands ask for it. The server computes durations, staff and price; `seen_price` is what was on
/// the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedLine {
    /// Service.
    pub service: ServiceId,
    /// Who is served.
    pub subject: Subject,
    /// Who pays, if not the subject.
    pub payer: Option<MemberId>,
    /// With whom.
    pub staff_preference: StaffPreference,
    /// Start of this line.
    pub starts_at: Timestamp,
    /// The price on the screen before the tap; `None` is "on consultation".
    pub seen_price: Price,
}

/// Whom a line of a visit that moves is to be done by. The server computes the price; the command is refused when it is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPreference {
    /// Whom they ask for now.
    pub staff_preference: StaffPreference,
    /// The price of the line on the screen before the tap.
    pub seen_price: Price,
}

impl RequestedLine {
    /// The lines of a visit, asked for as they are: for moving, for taking an alternative, for beginning at another time.
    #[must_use]
    pub fn all_of(booking: &Booking) -> Vec<Self> {
        let again = |line: &Line| RequestedLine {
            service: line.service,
            subject: line.subject.clone(),
            payer: line.payer,
            staff_preference: line.staff_preference,
            starts_at: line.starts_at,
            seen_price: line.price,
        };
        booking.lines.iter().map(again).collect()
    }

    /// What openings are searched for.
    #[must_use]
    pub fn requested(&self) -> RequestedService {
        RequestedService { service: self.service, staff_preference: self.staff_preference }
    }
}
