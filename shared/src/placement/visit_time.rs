//! The time that lines take.

use crate::booking::Line;
use crate::occupancy::Occupancy;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};

/// Earliest start and latest end of lines.
#[must_use]
pub fn span(lines: &[Line]) -> Option<TimeRange> {
    lines.iter().map(Line::range).reduce(|all, range| all.hull(&range))
}

/// The time that lines take, all in lane 0.
#[must_use]
pub fn occupancy(lines: &[Line]) -> Vec<Occupancy> {
    let numbered = lines.iter().zip(0u8..);
    numbered
        .flat_map(|(line, number)| {
            let held = move |(resource, part, range)| Occupancy { resource, lane: 0, reason: None, range, line: number, part };
            line.needed().map(held)
        })
        .collect()
}

/// The local days of a store on which starts lie.
#[must_use]
pub fn days_of(store: &Store, starts: impl Iterator<Item = Timestamp>) -> TimeRange {
    let days = starts.map(|start| store.zone.day_of(start)).reduce(|all, day| all.hull(&day));
    days.unwrap_or(TimeRange { start: Timestamp(0), end: Timestamp(0) })
}

/// Moves every line by the same distance, so that the visit begins at `starts_at`.
pub fn shift_lines(lines: &mut [Line], starts_at: Timestamp) {
    let Some(first) = lines.iter().map(|line| line.starts_at).min() else { return };
    let by = starts_at.0.saturating_sub(first.0);
    for line in lines {
        line.starts_at = Timestamp(line.starts_at.0.saturating_add(by));
    }
}

/// Gives back the time after `at`; what lies before stays as it was.
pub fn end_at(held: &mut Vec<Occupancy>, at: Timestamp) {
    for held in held.iter_mut() {
        held.range.end = held.range.end.min(at);
    }
    held.retain(|held| !held.range.is_empty());
}
