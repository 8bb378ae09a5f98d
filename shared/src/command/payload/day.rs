//! Payloads: what the desk does all day.

use serde::{Deserialize, Serialize};

use super::NewLine;
use crate::block::BlockKind;
use crate::id::{AccountId, AttentionId, BlockId, BookingId, StaffId, StoreId};
use crate::time::TimeRange;

/// See [`crate::command::Command::SeatWalkIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatWalkIn {
    /// Store.
    pub store: StoreId,
    /// Id.
    pub booking: BookingId,
    /// Lines; starts are the wished ones.
    pub lines: Vec<NewLine>,
    /// Note.
    pub note: String,
}

/// See [`crate::command::Command::CheckIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Reason for an override.
    pub over: Option<String>,
}

/// See [`crate::command::Command::UndoCheckIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoCheckIn {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// See [`crate::command::Command::Start`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Who really does all of it, if not those booked. Without a name a walk-in who asked for nobody gets whoever is free.
    pub staff: Option<StaffId>,
    /// Reason for an override.
    pub over: Option<String>,
}

/// See [`crate::command::Command::Finish`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// See [`crate::command::Command::NoShow`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoShow {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// See [`crate::command::Command::UndoNoShow`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoNoShow {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// See [`crate::command::Command::RunningLate`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunningLate {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// How many minutes more; a multiple of five, at most 240.
    pub minutes: u16,
}

/// See [`crate::command::Command::Squeeze`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Squeeze {
    /// Store.
    pub store: StoreId,
    /// A new id, or a booking to squeeze in elsewhere.
    pub booking: BookingId,
    /// Account it is for.
    pub account: Option<AccountId>,
    /// Lines; every wish names its staff.
    pub lines: Vec<NewLine>,
    /// Note.
    pub note: String,
    /// Why; not empty.
    pub reason: String,
}

/// See [`crate::command::Command::Block`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockTime {
    /// Store.
    pub store: StoreId,
    /// Id.
    pub block: BlockId,
    /// Whose time.
    pub staff: StaffId,
    /// When.
    pub range: TimeRange,
    /// Kind.
    pub kind: BlockKind,
    /// In words; may be empty unless it breaks a promise.
    pub reason: String,
    /// Reason for an override of visible promises.
    pub over: Option<String>,
}

/// See [`crate::command::Command::Unblock`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unblock {
    /// Store.
    pub store: StoreId,
    /// Block.
    pub block: BlockId,
}

/// See [`crate::command::Command::ResolveAttention`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolveAttention {
    /// Store.
    pub store: StoreId,
    /// Entry.
    pub attention: AttentionId,
}
