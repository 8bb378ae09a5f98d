//! Which lines of a visit a box on the board shows. Pure.

use shared::booking::{Booking, Line};

/// The lines that one box shows: from a line on those of the same person that follow.
#[must_use]
pub fn lines_of_box(booking: &Booking, first: u8) -> std::ops::Range<usize> {
    let first = usize::from(first);
    let staff = booking.lines.get(first).and_then(|line| line.staff);
    let follows = |pair: &[Line]| matches!(pair, [before, after] if after.staff == staff && after.starts_at <= before.range().end);
    let more = booking.lines.get(first..).unwrap_or_default().windows(2).take_while(|pair| follows(pair)).count();
    first..(first + 1 + more).min(booking.lines.len())
}
