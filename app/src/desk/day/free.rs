//! Where nobody works, and what is left to tap on.

use shared::sort;
use shared::time::{LocalSpan, MINUTE, TimeRange, Timestamp};

use super::Frame;
use crate::desk::day::piece::Piece;
use crate::desk::day::query::DayQuery;
use crate::desk::day::rows::Rows;

/// A piece of free time is one row of the grid, or so many that it is large enough to be hit: what is marked on it is what a tap books.
const LEAST_PIECE_MINUTES: i64 = 15;

/// When the store is open and the person on shift.
pub(super) fn working(query: &DayQuery<'_>, spans: &[LocalSpan]) -> Vec<TimeRange> {
    let zone = &query.store.zone;
    let open: Vec<TimeRange> = query.store.hours_on(query.date).iter().map(|span| zone.range(query.date, *span)).collect();
    let mut found = Vec::new();
    for shift in spans.iter().map(|span| zone.range(query.date, *span)) {
        for hours in &open {
            let both = TimeRange { start: shift.start.max(hours.start), end: shift.end.min(hours.end) };
            if !both.is_empty() {
                found.push(both);
            }
        }
    }
    sort::sort(&mut found);
    found
}

/// The rest of the frame, shaded.
pub(super) fn closed(frame: &Frame, open: &[TimeRange]) -> Vec<Rows> {
    let Some(whole) = frame.range else { return Vec::new() };
    without(&[whole], open).into_iter().filter_map(|range| frame.span(range)).collect()
}

/// Working time from now on without everything that is on.
pub(super) fn free_time(query: &DayQuery<'_>, frame: &Frame, open: &[TimeRange], pieces: &[&Piece]) -> Vec<FreeTime> {
    let grid = i64::from(frame.grid_minutes.max(5));
    // What was refused takes nobody's time.
    let taken: Vec<TimeRange> = pieces.iter().filter(|piece| !piece.is_refused()).map(|piece| piece.range).collect();
    let now = on_grid(query, query.now, grid, false);
    let mut found = Vec::new();
    for free in without(open, &taken) {
        let mut start = on_grid(query, free.start.max(now), grid, true);
        while start < free.end {
            let next = next_border(query, start, grid).min(free.end);
            let range = TimeRange { start, end: next };
            // Too thin for a finger and for a visit.
            if range.minutes() >= 10.min(grid) {
                found.extend(frame.span(range).map(|rows| FreeTime { rows, starts_at: start }));
            }
            start = next;
        }
    }
    found
}

/// The ranges without those in `taken`, which may overlap and come in any order.
fn without(ranges: &[TimeRange], taken: &[TimeRange]) -> Vec<TimeRange> {
    let mut taken = taken.to_vec();
    sort::sort(&mut taken);
    let mut left = Vec::new();
    for range in ranges {
        let mut from = range.start;
        for gone in taken.iter().filter(|gone| gone.overlaps(range)) {
            if gone.start > from {
                left.push(TimeRange { start: from, end: gone.start });
            }
            from = from.max(gone.end);
        }
        if from < range.end {
            left.push(TimeRange { start: from, end: range.end });
        }
    }
    left
}

fn local_minutes(query: &DayQuery<'_>, at: Timestamp) -> i64 {
    (at.0 + i64::from(query.store.zone.offset_seconds(at)) * 1000).div_euclid(MINUTE)
}

/// The grid line at or before an instant, or at or after it.
fn on_grid(query: &DayQuery<'_>, at: Timestamp, grid: i64, after: bool) -> Timestamp {
    let whole = Timestamp(at.0.div_euclid(MINUTE) * MINUTE);
    match local_minutes(query, whole).rem_euclid(grid) {
        0 => whole,
        past if after => whole.plus_minutes(grid - past),
        past => whole.plus_minutes(-past),
    }
}

/// Where the next piece begins.
fn next_border(query: &DayQuery<'_>, at: Timestamp, grid: i64) -> Timestamp {
    let piece = (LEAST_PIECE_MINUTES + grid - 1) / grid * grid;
    at.plus_minutes(piece - local_minutes(query, at).rem_euclid(piece))
}

/// Free time that a tap turns into a new booking.
#[derive(Clone, Debug, PartialEq)]
pub struct FreeTime {
    /// Where.
    pub rows: Rows,
    /// When it begins: on the store's grid.
    pub starts_at: Timestamp,
}
