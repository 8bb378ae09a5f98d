//! The lines that commands wish for.

use serde::{Deserialize, Serialize};

use crate::booking::{StaffWish, Subject};
use crate::id::{MemberId, ServiceId};
use crate::money::Price;
use crate::time::Timestamp;

/// One wished line of a booking. The server computes durations, staff and price; `seen_price` is what was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLine {
    /// Service.
    pub service: ServiceId,
    /// Who is served.
    pub subject: Subject,
    /// Who pays, if not the subject.
    pub payer: Option<MemberId>,
    /// Whom they asked for.
    pub wish: StaffWish,
    /// Start of this line.
    pub starts_at: Timestamp,
    /// The price on the screen before the tap; `None` is "on consultation".
    pub seen_price: Price,
}
