//! The edit of a visit that follows from where a box is put. Pure.

use shared::booking::{Booking, Line};
use shared::command::ChangeVisit;
use shared::id::StaffId;
use shared::line_change::LineChange;
use shared::part::PartKind;
use shared::placement::changed;
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;
use shared::view::View;

use crate::desk::board::drag::own_lines::lines_of_box;

/// The visit with one of its boxes beginning at another time, done by somebody else: all other lines keep their distance. Whoever was
/// asked for and does not do it any more is not asked for any more.
#[must_use]
pub fn moved(view: &View, booking: &Booking, first: u8, starts_at: Timestamp, staff: Option<StaffId>) -> Option<ChangeVisit> {
    let own = lines_of_box(booking, first);
    let box_start = booking.lines.get(own.start)?.starts_at;
    let visit_start = booking.lines.iter().map(|line| line.starts_at).min()?;
    let to = Timestamp(visit_start.0.saturating_add(starts_at.0.saturating_sub(box_start.0)));
    let mut lines = LineChange::all_unchanged(&booking.lines);
    for (change, line) in lines.iter_mut().zip(&booking.lines).skip(own.start).take(own.len()) {
        let Some(staff) = staff.filter(|staff| line.staff != Some(*staff)) else { continue };
        change.staff = Some(staff);
        if change.staff_preference.person().is_some_and(|asked| asked != staff) {
            change.staff_preference = StaffPreference::Any;
        }
        change.seen_price = changed::price_now(view, booking.store, Some(line), change);
    }
    edit(booking, lines, (to != visit_start).then_some(to))
}

/// The visit with the last hands-on part of one of its boxes made so much longer or shorter that the box ends then.
#[must_use]
pub fn resized(booking: &Booking, first: u8, ends_at: Timestamp) -> Option<ChangeVisit> {
    let last = lines_of_box(booking, first).last()?;
    let line = booking.lines.get(last)?;
    let by = ends_at.minutes_since(line.range().end);
    let part = line.parts.iter().rposition(|part| part.kind == PartKind::Active)?;
    let mut minutes: Vec<u16> = line.parts.iter().map(|part| part.minutes).collect();
    let own = minutes.get_mut(part)?;
    // To the next five minutes: a visit that began at an odd minute keeps them.
    let wanted = (i64::from(*own) + by).div_euclid(5) * 5;
    *own = u16::try_from(wanted.max(5)).ok()?;
    let mut lines = LineChange::all_unchanged(&booking.lines);
    lines.get_mut(last)?.minutes = Some(minutes);
    edit(booking, lines, None)
}

/// Who was asked for, and is not to do it.
#[must_use]
pub fn asked_for(booking: &Booking, edit: &ChangeVisit) -> Option<StaffId> {
    let given_up =
        |(change, line): (&LineChange, &Line)| line.staff_preference.person().filter(|_| change.staff_preference != line.staff_preference);
    edit.lines.iter().zip(&booking.lines).find_map(given_up)
}

fn edit(booking: &Booking, lines: Vec<LineChange>, starts_at: Option<Timestamp>) -> Option<ChangeVisit> {
    Some(ChangeVisit {
        store: booking.store,
        booking: booking.id,
        lines_seen: u8::try_from(booking.lines.len()).ok()?,
        lines,
        starts_at,
        note: None,
        override_reason: None,
    })
}

#[cfg(test)]
mod tests {
    use shared::booking::State;

    use super::*;
    use crate::desk::fixtures::{self, LONG_DAY, friday, person};

    #[test]
    fn a_box_that_is_put_into_another_column_is_done_by_another_person_whom_nobody_asked_for() {
        let view = fixtures::view(&[(person(11), &[LONG_DAY]), (person(12), &[LONG_DAY])]);
        let start = fixtures::store().zone.instant(friday(), 15 * 60);
        let mut visit = fixtures::booking(1, person(11), start, State::Confirmed { at: start });
        visit.lines[0].staff_preference = StaffPreference::Requested(person(11));
        let edit = moved(&view, &visit, 0, start.plus_minutes(30), Some(person(12))).expect("an edit");
        assert_eq!((edit.starts_at, edit.lines[0].staff), (Some(start.plus_minutes(30)), Some(person(12))));
        assert_eq!((edit.lines[0].staff_preference, asked_for(&visit, &edit)), (StaffPreference::Any, Some(person(11))));
        let stays = moved(&view, &visit, 0, start, Some(person(11))).expect("an edit");
        assert_eq!(
            (stays.starts_at, stays.lines, asked_for(&visit, &edit).is_some()),
            (None, LineChange::all_unchanged(&visit.lines), true)
        );
    }

    #[test]
    fn a_box_whose_lower_edge_is_pulled_takes_longer() {
        let start = fixtures::store().zone.instant(friday(), 15 * 60);
        let visit = fixtures::booking(1, person(11), start, State::Confirmed { at: start });
        let (end, minutes) = (visit.lines[0].range().end, visit.lines[0].parts[0].minutes);
        let edit = resized(&visit, 0, end.plus_minutes(15)).expect("an edit");
        assert_eq!(edit.lines[0].minutes, Some(vec![minutes + 15]));
        assert_eq!(resized(&visit, 0, start).and_then(|edit| edit.lines[0].minutes.clone()), Some(vec![5]));
    }
}
