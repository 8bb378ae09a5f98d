//! Where on the board a finger points. Pure.

use shared::id::ResourceId;
use shared::time::{MINUTE, Timestamp};

use crate::desk::day::{DayBoard, Frame};

/// A place on the board: whose column, and from when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Which column, from 0.
    pub column: usize,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
}

impl Aim {
    /// Whose column it is.
    #[must_use]
    pub fn whose(&self, day: &DayBoard) -> Option<ResourceId> {
        day.columns.get(self.column).and_then(|column| column.whose)
    }

    /// The same so many rows of the grid later and so many columns further, within the board.
    #[must_use]
    pub fn stepped(self, day: &DayBoard, rows: i64, columns: i64) -> Self {
        let column = i64::try_from(self.column).unwrap_or(0).saturating_add(columns);
        let last = i64::try_from(day.columns.len()).unwrap_or(1).max(1) - 1;
        let by = rows * i64::from(day.frame.grid_minutes);
        let moved = Aim {
            column: usize::try_from(column.clamp(0, last)).unwrap_or(0),
            starts_at: self.starts_at.plus_minutes(by),
            ends_at: self.ends_at.plus_minutes(by),
        };
        if is_within(&day.frame, moved) { moved } else { Aim { column: moved.column, ..self } }
    }

    /// The same with its end so many rows later; never shorter than one row.
    #[must_use]
    pub fn stretched(self, day: &DayBoard, rows: i64) -> Self {
        let ends_at = self.ends_at.plus_minutes(rows * i64::from(day.frame.grid_minutes));
        let stretched = Aim { ends_at, ..self };
        let is_long_enough = ends_at >= self.starts_at.plus_minutes(i64::from(day.frame.grid_minutes));
        if is_long_enough && is_within(&day.frame, stretched) { stretched } else { self }
    }

    /// The same beginning at a row: on the grid, within the board.
    #[must_use]
    pub fn starting_at(self, frame: &Frame, row: f64, column: usize) -> Self {
        let (Some(whole), minutes) = (frame.range, self.ends_at.minutes_since(self.starts_at)) else { return self };
        let latest = whole.end.plus_minutes(-minutes).max(whole.start);
        let starts_at = on_grid(frame, whole.start, row).clamp(whole.start, latest);
        Aim { column, starts_at, ends_at: starts_at.plus_minutes(minutes) }
    }

    /// The same ending at a row: on the grid, at least one row long.
    #[must_use]
    pub fn ending_at(self, frame: &Frame, row: f64) -> Self {
        let Some(whole) = frame.range else { return self };
        let earliest = self.starts_at.plus_minutes(i64::from(frame.grid_minutes));
        Aim { ends_at: on_grid(frame, whole.start, row).clamp(earliest.min(whole.end), whole.end), ..self }
    }
}

fn is_within(frame: &Frame, aim: Aim) -> bool {
    frame.range.is_some_and(|whole| whole.start <= aim.starts_at && aim.ends_at <= whole.end)
}

/// The line of the grid that is nearest to a row. A board begins at a full hour.
fn on_grid(frame: &Frame, start: Timestamp, row: f64) -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "a board has some hundred rows")]
    let rows = row.round() as i64;
    Timestamp(start.0.saturating_add(rows * i64::from(frame.grid_minutes) * MINUTE))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::time::TimeRange;

    use super::*;
    use crate::desk::day::Column;

    fn at(minute: i64) -> Timestamp {
        Timestamp(1_800_000_000_000).plus_minutes(minute)
    }

    /// Four hours in quarters, two columns.
    fn day() -> DayBoard {
        let column = Column {
            whose: None,
            name: String::new(),
            spans: Vec::new(),
            visits: 0,
            boxes: Vec::new(),
            closed: Vec::new(),
            free: Vec::new(),
        };
        let frame = Frame { range: Some(TimeRange { start: at(0), end: at(240) }), grid_minutes: 15, hours: Vec::new(), roomy: false };
        DayBoard { frame, columns: vec![Arc::new(column.clone()), Arc::new(column)], ..DayBoard::default() }
    }

    fn an_hour_from(minute: i64) -> Aim {
        Aim { column: 0, starts_at: at(minute), ends_at: at(minute + 60) }
    }

    #[test]
    fn what_is_dropped_lands_on_the_grid_and_stays_on_the_board() {
        let day = day();
        let dropped = |row: f64| an_hour_from(65).starting_at(&day.frame, row, 1);
        assert_eq!(dropped(2.4), Aim { column: 1, ..an_hour_from(30) });
        assert_eq!(dropped(2.6).starts_at, at(45));
        assert_eq!((dropped(-3.0).starts_at, dropped(40.0).ends_at), (at(0), at(240)));
    }

    #[test]
    fn the_lower_edge_is_pulled_on_the_grid_and_never_above_the_first_row() {
        let day = day();
        let pulled = |row: f64| an_hour_from(60).ending_at(&day.frame, row).ends_at;
        assert_eq!([pulled(9.2), pulled(1.0), pulled(99.0)], [at(135), at(75), at(240)]);
    }

    #[test]
    fn the_keyboard_goes_row_by_row_and_does_not_leave_the_board() {
        let day = day();
        let start = an_hour_from(60);
        assert_eq!(start.stepped(&day, 1, 1), Aim { column: 1, ..an_hour_from(75) });
        assert_eq!(start.stepped(&day, -5, -1), start);
        assert_eq!(start.stepped(&day, 0, 9).column, 1);
        assert_eq!((start.stretched(&day, 2).ends_at, start.stretched(&day, -4)), (at(150), start));
    }
}
