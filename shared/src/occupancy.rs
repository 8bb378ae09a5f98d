//! Time that is held of somebody or something.

use serde::{Deserialize, Serialize};

use crate::id::ResourceId;
use crate::personal::Personal;
use crate::time::TimeRange;

/// Time held by a booking on one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Occupancy {
    /// The staff member or unit.
    pub resource: ResourceId,
    /// 0 is the normal lane; above it a deliberate overlap, always with a reason.
    pub lane: u8,
    /// Why it is not in lane 0.
    pub reason: Option<LaneReason>,
    /// When.
    pub range: TimeRange,
    /// Line of the booking.
    pub line: u8,
    /// Part of the line.
    pub part: u8,
}

/// Why time is held above lane 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaneReason {
    /// 加塞 by authorised staff, in their words (A12).
    Squeeze(Personal<String>),
    /// They are both there: a physical fact that arrived second.
    SecondFact,
    /// A promise made elsewhere, imported as it is.
    Imported,
}
