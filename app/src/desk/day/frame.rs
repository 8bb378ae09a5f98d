//! The time a board covers, and where an instant lies on it.

use shared::store::Store;
use shared::time::{LocalSpan, MINUTE, MinuteOfDay, TimeRange, Timestamp};

use crate::desk::day::piece::Piece;
use crate::desk::day::query::DayQuery;
use crate::desk::day::rows::Rows;

/// Opening hours of a day without any: enough to drop something on.
const QUIET_DAY: LocalSpan = LocalSpan { from: 9 * 60, until: 21 * 60 };

/// From the first to the last full hour that matters, cut into rows of the store's grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// The time covered.
    pub range: Option<TimeRange>,
    /// Minutes of one row.
    pub grid_minutes: u16,
    /// Labels of the gutter.
    pub hours: Vec<HourMark>,
    /// Something shorter than a quarter of an hour is on: draw it larger.
    pub roomy: bool,
}

/// A label of the time gutter.
#[derive(Clone, Debug, PartialEq)]
pub struct HourMark {
    /// Row.
    pub row: f64,
    /// `10:00`
    pub text: String,
}

impl Frame {
    /// Row of an instant.
    #[must_use]
    pub fn row(&self, at: Timestamp) -> f64 {
        let start = self.range.map_or(at, |range| range.start);
        rows_of(at.0.saturating_sub(start.0), self.grid_minutes)
    }

    /// Rows in all.
    #[must_use]
    pub fn rows(&self) -> f64 {
        self.range.map_or(0.0, |range| self.row(range.end))
    }

    /// Rows of an hour.
    #[must_use]
    pub fn rows_per_hour(&self) -> f64 {
        60.0 / f64::from(self.grid_minutes.max(1))
    }

    /// A range cut to the frame; `None` outside of it.
    #[must_use]
    pub fn span(&self, range: TimeRange) -> Option<Rows> {
        let whole = self.range?;
        let cut = TimeRange { start: range.start.max(whole.start), end: range.end.min(whole.end) };
        (!cut.is_empty()).then(|| Rows { start: self.row(cut.start), span: rows_of(cut.end.0 - cut.start.0, self.grid_minutes) })
    }

    /// Row of an instant inside the frame.
    #[must_use]
    pub fn row_inside(&self, at: Timestamp) -> Option<f64> {
        self.range.filter(|range| range.contains(at)).map(|_| self.row(at))
    }
}

#[expect(clippy::cast_precision_loss, reason = "the milliseconds of some days are far below 2^52")]
fn rows_of(millis: i64, grid_minutes: u16) -> f64 {
    millis as f64 / (MINUTE as f64 * f64::from(grid_minutes.max(1)))
}

/// Around opening hours, shifts and everything that is on, from full hour to full hour.
pub(super) fn around(query: &DayQuery<'_>, pieces: &[Piece]) -> Frame {
    let zone = &query.store.zone;
    let shifts = query.view.staff_of(query.store.id).flat_map(|staff| query.view.shift_spans(query.store.id, staff.id, query.date));
    let mut spans: Vec<LocalSpan> = query.store.hours_on(query.date).iter().copied().chain(shifts).collect();
    if spans.is_empty() {
        spans.push(QUIET_DAY);
    }
    let planned = spans.into_iter().map(|span| zone.range(query.date, span));
    let all = planned.chain(pieces.iter().map(|piece| piece.range)).reduce(|all, range| all.hull(&range));
    let range = all.map(|range| whole_hours(query.store, range));
    let mut frame = Frame { range, grid_minutes: query.store.rules.grid_minutes.max(5), hours: Vec::new(), roomy: false };
    frame.roomy = pieces.iter().any(|piece| piece.range.minutes() < 15);
    frame.hours = range.map(|range| hours(query.store, &frame, range)).unwrap_or_default();
    frame
}

fn whole_hours(store: &Store, range: TimeRange) -> TimeRange {
    let past = i64::from(store.zone.local(range.start).1 % 60);
    let over = i64::from(store.zone.local(range.end).1 % 60);
    TimeRange { start: range.start.plus_minutes(-past), end: if over == 0 { range.end } else { range.end.plus_minutes(60 - over) } }
}

fn hours(store: &Store, frame: &Frame, range: TimeRange) -> Vec<HourMark> {
    let count = range.minutes() / 60;
    let starts = (0..count.min(48)).map(|hour| range.start.plus_minutes(hour * 60));
    starts.map(|at| HourMark { row: frame.row(at), text: clock_text(store.zone.local(at).1) }).collect()
}

/// `09:05`; minutes after midnight, also of the next day.
#[must_use]
pub(super) fn clock_text(minute: MinuteOfDay) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}
