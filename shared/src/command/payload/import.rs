//! Payloads: what an export of another system says.

use serde::{Deserialize, Serialize};

use crate::booking::Subject;
use crate::id::{BookingId, ServiceId, StaffId, StoreId};
use crate::money::Price;
use crate::time::{LocalDate, Timestamp};

/// See [`crate::command::Command::ImportVisit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportVisit {
    /// Store.
    pub store: StoreId,
    /// Id (UUIDv5).
    pub booking: BookingId,
    /// Lines with the staff and times of the other system.
    pub lines: Vec<ImportedLine>,
    /// Where the visit stands.
    pub status: ImportedStatus,
    /// Note.
    pub note: String,
    /// When it was made, where known; else the visit's own start.
    pub made_at: Timestamp,
}

/// See [`crate::command::Command::CorrectVisit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectVisit {
    /// What the last import said. A visit that was changed here since is left alone.
    pub was: ImportVisit,
    /// What the files say now about the same visit.
    pub now: ImportVisit,
}

/// See [`crate::command::Command::ImportFindings`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportFindings {
    /// Store.
    pub store: StoreId,
    /// Promises in a lane above 0.
    pub overlaps: u32,
    /// No-shows that have a receipt.
    pub paid_no_shows: u32,
    /// Rows that were refused.
    pub rejected: u32,
    /// Other rows that a person must look at.
    pub unclear: u32,
}

/// A line from another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedLine {
    /// Service booked.
    pub service: ServiceId,
    /// What was really done, where it differs.
    pub performed: Option<ServiceId>,
    /// Who.
    pub subject: Subject,
    /// Staff; `None` for bookings without a named person.
    pub staff: Option<StaffId>,
    /// Start; `None` when the time is unknown and must not be invented (only with status `Cancelled`): then `date` counts.
    pub starts_at: Option<Timestamp>,
    /// Local date.
    pub date: LocalDate,
    /// Price paid or agreed.
    pub price: Price,
}

/// Where an imported visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportedStatus {
    /// A promise already made: it enters whatever is in the way.
    Promised,
    /// Took place.
    Completed,
    /// 爽约
    NoShow,
    /// Cancelled.
    Cancelled,
}
