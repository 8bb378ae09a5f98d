//! Payloads: what becomes of a booking before the guest is there.

use serde::{Deserialize, Serialize};

use crate::booking::{CancelledBy, StaffWish, Subject};
use crate::id::{AccountId, BookingId, MemberId, ServiceId, StoreId};
use crate::money::Price;
use crate::time::Timestamp;

/// One wished line of a booking. The server computes durations, staff and price; `seen_price` is what was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// See [`crate::command::Command::Hold`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Store.
    pub store: StoreId,
    /// Id of the booking to be.
    pub booking: BookingId,
    /// Lines.
    pub lines: Vec<NewLine>,
}

/// See [`crate::command::Command::Release`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Store.
    pub store: StoreId,
    /// The hold.
    pub booking: BookingId,
}

/// See [`crate::command::Command::Expire`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expire {
    /// Store.
    pub store: StoreId,
    /// The hold.
    pub booking: BookingId,
}

/// See [`crate::command::Command::Book`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Store.
    pub store: StoreId,
    /// Id of the booking; that of one's own hold to confirm it.
    pub booking: BookingId,
    /// Account it is for; a member's own session may only name its own.
    pub account: Option<AccountId>,
    /// Lines.
    pub lines: Vec<NewLine>,
    /// Special needs, at most 500 characters.
    pub note: String,
    /// Version of the terms on the screen.
    pub terms_version: u16,
    /// By phone 电话 rather than at the desk; only staff may say so.
    pub by_phone: bool,
    /// Reason for booking outside hours or shift; only authorised staff.
    pub over: Option<String>,
}

/// See [`crate::command::Command::Move`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// New start of the visit; all lines keep their distance from it.
    pub starts_at: Timestamp,
    /// What is wished anew, line by line; a line without an entry stays as it was agreed. Empty changes none.
    pub wishes: Vec<Option<NewWish>>,
    /// Reason for an override; only authorised staff.
    pub over: Option<String>,
}

/// Whom a line of a visit that moves is to be done by. The server computes the price; the command is refused when it is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    /// Whom they ask for now.
    pub wish: StaffWish,
    /// The price of the line on the screen before the tap.
    pub seen_price: Price,
}

/// See [`crate::command::Command::Cancel`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// On whose wish: staff may cancel for the member.
    pub by: CancelledBy,
    /// Why; may be empty.
    pub reason: String,
}

/// See [`crate::command::Command::AcceptAlternative`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptAlternative {
    /// Store.
    pub store: StoreId,
    /// The displaced booking.
    pub booking: BookingId,
    /// Start of the chosen alternative.
    pub starts_at: Timestamp,
}

/// See [`crate::command::Command::Confirm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// Store.
    pub store: StoreId,
    /// The request.
    pub booking: BookingId,
}

/// See [`crate::command::Command::Decline`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// Store.
    pub store: StoreId,
    /// The request.
    pub booking: BookingId,
    /// Why; not empty (B7).
    pub reason: String,
}
