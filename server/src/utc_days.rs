//! The UTC days that a range touches.

use shared::time::{TimeRange, Timestamp};

/// No single stretch of taken time is cut into more days than this.
pub const MOST_DAYS: i32 = 400;

/// The UTC days a range touches; of endless ranges only the first ones.
pub fn days_of(range: TimeRange) -> impl Iterator<Item = i32> {
    let first = range.start.utc_day();
    let last = Timestamp(range.end.0.saturating_sub(1).max(range.start.0)).utc_day();
    first..=last.min(first.saturating_add(MOST_DAYS))
}
