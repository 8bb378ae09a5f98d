//! Parts of a service 环节: what takes the staff member, what goes on by itself.

use serde::{Deserialize, Serialize};

use crate::time::{TimeRange, Timestamp};

/// What goes on during a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Setting up: the staff member is busy, the guest need not be there.
    Before,
    /// Hands on.
    Active,
    /// Processing time 静置: the staff member is free, the guest stays (A2).
    Processing,
    /// Clearing up: the staff member is busy.
    After,
}

impl PartKind {
    /// Whether it takes the staff member's time.
    #[must_use]
    pub fn needs_staff(self) -> bool {
        self != PartKind::Processing
    }
}

/// One part of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Part {
    /// What goes on.
    pub kind: PartKind,
    /// How long; a multiple of five.
    pub minutes: u16,
}

/// When the staff member is needed in a line that begins at `start`, each range with the number of its part.
pub fn staff_ranges(parts: &[Part], start: Timestamp) -> impl Iterator<Item = (u8, TimeRange)> + '_ {
    let mut at = start;
    parts.iter().zip(0u8..).filter_map(move |(part, number)| {
        let range = TimeRange::starting(at, i64::from(part.minutes));
        at = range.end;
        part.kind.needs_staff().then_some((number, range))
    })
}

/// Minutes from the first to the last part, buffers included.
#[must_use]
pub fn total_minutes(parts: &[Part]) -> u16 {
    parts.iter().map(|part| part.minutes).fold(0, u16::saturating_add)
}
