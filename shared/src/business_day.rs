//! Days as a store lives them: whoever opens at 11:00 and closes at 26:00 calls 00:30 still the evening before. Pure.

use crate::store::Store;
use crate::time::{LocalDate, MinuteOfDay, TimeRange, Timestamp};

/// Minutes after midnight at which the last opening of a day ends on the calendar day after; 0 when it ends before.
fn late_minutes(store: &Store, date: LocalDate) -> MinuteOfDay {
    store.hours_on(date).iter().map(|span| span.until.saturating_sub(1440)).max().unwrap_or(0)
}

/// Minutes after midnight that still belong to the day before: never more than until the store opens again.
fn early_minutes(store: &Store, date: LocalDate) -> MinuteOfDay {
    let opens = store.hours_on(date).iter().map(|span| span.from).min().unwrap_or(1440);
    late_minutes(store, date.plus_days(-1)).min(opens)
}

/// The day that an instant belongs to.
#[must_use]
pub fn day_of(store: &Store, at: Timestamp) -> LocalDate {
    let (date, minute) = store.zone.local(at);
    if minute < early_minutes(store, date) { date.plus_days(-1) } else { date }
}

/// From the end of the day before to the end of this one.
#[must_use]
pub fn span(store: &Store, date: LocalDate) -> TimeRange {
    let next = date.plus_days(1);
    TimeRange { start: store.zone.instant(date, early_minutes(store, date)), end: store.zone.instant(next, early_minutes(store, next)) }
}

/// The instant of a clock time on a day: what comes before opening lies after midnight where the store is open then.
#[must_use]
pub fn instant(store: &Store, date: LocalDate, minute: MinuteOfDay) -> Timestamp {
    let next = date.plus_days(1);
    let is_late = minute < early_minutes(store, next) && store.hours_on(date).iter().all(|span| minute < span.from);
    store.zone.instant(if is_late { next } else { date }, minute)
}
