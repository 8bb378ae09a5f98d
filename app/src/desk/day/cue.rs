//! What the clock says of a visit of today that does not go as planned: nobody came, somebody waits, it goes on too long.

use shared::booking::Booking;
use shared::state_kind::StateKind;
use shared::time::Timestamp;

use crate::desk::business_day;
use crate::desk::day::query::DayQuery;

/// A visit that does not go as planned, and since how many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// It should have begun, and the guest is not here.
    Missing(i64),
    /// The guest is here, and nobody has begun.
    Waits(i64),
    /// It goes on beyond its end.
    Overruns(i64),
}

/// From so many minutes on it shows.
const CUE_MINUTES: i64 = 5;

/// What the clock says of a visit of today.
pub(super) fn cue(query: &DayQuery<'_>, booking: &Booking) -> Option<Cue> {
    if business_day::day_of(query.store, query.now) != query.date || booking.date_only {
        return None;
    }
    let past = |at: Timestamp| Some(query.now.minutes_since(at)).filter(|minutes| *minutes >= CUE_MINUTES);
    match booking.state.kind() {
        StateKind::Confirmed | StateKind::Requested => past(booking.starts_at).map(Cue::Missing),
        StateKind::CheckedIn => past(booking.starts_at).map(Cue::Waits),
        StateKind::InService => {
            let held = booking.occupancy.iter().map(|held| held.range.end).max();
            past(held.map_or(booking.ends_at, |held| held.max(booking.ends_at))).map(Cue::Overruns)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use shared::booking::State;
    use shared::name::Language;
    use shared::time::LocalDate;

    use super::*;
    use crate::desk::columns::Columns;
    use crate::desk::day::{RefusedVisits, Unsent};
    use crate::desk::fixtures::{self, LONG_DAY, friday, person};

    fn cue_at(state: State, minutes: i64, date: LocalDate) -> Option<Cue> {
        let (view, store) = (fixtures::view(&[(person(11), &[LONG_DAY])]), fixtures::store());
        let start = store.zone.instant(friday(), 15 * 60);
        let (unsent, refused) = (Unsent::default(), RefusedVisits::default());
        let now = start.plus_minutes(minutes);
        let (language, columns) = (Language::Chinese, Columns::Staff);
        let query = DayQuery { view: &view, store: &store, date, now, language, unsent: &unsent, refused: &refused, columns };
        cue(&query, &fixtures::booking(1, person(11), start, state))
    }

    #[test]
    fn who_is_late_who_waits_and_what_overruns_shows_after_five_minutes() {
        let at = Timestamp(0);
        let confirmed = || State::Confirmed { at };
        let running = || State::InService { since: at, arrived_at: None };
        assert_eq!([4, 5, 12].map(|minutes| cue_at(confirmed(), minutes, friday())), [None, Some(Cue::Missing(5)), Some(Cue::Missing(12))]);
        assert_eq!([30, 64, 68].map(|minutes| cue_at(running(), minutes, friday())), [None, None, Some(Cue::Overruns(8))]);
        assert_eq!(cue_at(State::Completed { at }, 90, friday()), None);
        assert_eq!(cue_at(confirmed(), 12, friday().plus_days(-1)), None, "on the board of another day the clock says nothing");
    }
}
