//! Whom it hits when a guest is seated at once: those who begin later or with somebody else, and those who have waited longer. Pure.

use shared::booking::{Booking, State};
use shared::decision::{Change, Decision};
use shared::id::{BookingId, StaffId};
use shared::sort;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;
use shared::view::View;

use super::business_day;

/// What happens to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// Begins so many minutes later.
    Later(i64),
    /// Is served by somebody else.
    Reassigned(StaffId),
    /// Loses the time.
    Displaced,
    /// Has the same hands at the same time.
    Beside,
    /// Has waited so many minutes, and is overtaken.
    Overtaken(i64),
}

/// Everybody whom it hits, in the order of their times; who is overtaken comes last, the longest wait first.
#[must_use]
pub fn hits(view: &View, guest: &Booking, staff: Option<StaffId>, start: &Decision, now: Timestamp) -> Vec<(BookingId, Hit)> {
    let others = pushed(view, start).filter(|(_, id, _)| *id != guest.id);
    let waiting = overtaken(view, guest, staff, now).into_iter();
    in_order(others.chain(beside(view, guest, start))).chain(waiting.map(|(id, minutes)| (id, Hit::Overtaken(minutes)))).collect()
}

/// Everybody whom blocked time hits, in the order of their times.
#[must_use]
pub fn hit_by_block(view: &View, block: &Decision) -> Vec<(BookingId, Hit)> {
    in_order(pushed(view, block)).collect()
}

fn in_order(found: impl Iterator<Item = (Timestamp, BookingId, Hit)>) -> impl Iterator<Item = (BookingId, Hit)> {
    let mut found: Vec<_> = found.collect();
    sort::sort_by_key(&mut found, |(at, id, _)| (*at, *id));
    found.into_iter().map(|(_, id, hit)| (id, hit))
}

/// Those whom a decision gives less than they had.
fn pushed<'a>(view: &'a View, decision: &'a Decision) -> impl Iterator<Item = (Timestamp, BookingId, Hit)> + 'a {
    let changed = decision.changes.iter().filter_map(Change::put_of::<Booking>);
    changed.filter_map(|changed| {
        let before = view.bookings.get(&changed.id)?;
        Some((before.starts_at, changed.id, hit(before, changed)?))
    })
}

fn hit(before: &Booking, after: &Booking) -> Option<Hit> {
    // A hold that has run out is nobody's time, and who waits has none to lose.
    if matches!(before.state, State::Held { .. } | State::Waiting { .. }) {
        return None;
    }
    if matches!(after.state, State::Displaced { .. }) {
        return Some(Hit::Displaced);
    }
    let later = first_start(after)?.minutes_since(first_start(before)?);
    if later > 0 {
        return Some(Hit::Later(later));
    }
    let changed = before.lines.iter().zip(&after.lines).find(|(before, after)| before.staff != after.staff);
    changed.and_then(|(_, after)| after.staff).map(Hit::Reassigned)
}

fn first_start(booking: &Booking) -> Option<Timestamp> {
    booking.occupancy.iter().map(|held| held.range.start).min()
}

/// Those beside whom the guest lies from now on, and did not before.
fn beside<'a>(view: &'a View, guest: &'a Booking, start: &'a Decision) -> impl Iterator<Item = (Timestamp, BookingId, Hit)> + 'a {
    let changed = |id: BookingId| start.changes.iter().filter_map(Change::put_of::<Booking>).find(|changed| changed.id == id);
    let meets = |one: &Booking, other: &Booking| {
        let pairs = one.occupancy.iter().flat_map(|held| other.occupancy.iter().map(move |theirs| (held, theirs)));
        pairs.into_iter().any(|(held, theirs)| held.resource == theirs.resource && held.range.overlaps(&theirs.range))
    };
    let started = changed(guest.id);
    let others = view.bookings.values().filter(move |other| {
        other.id != guest.id
            && other.state.is_live()
            && !matches!(other.state, State::Waiting { .. } | State::Held { .. })
            && changed(other.id).is_none()
            && started.is_some_and(|started| meets(started, other))
            && !meets(guest, other)
    });
    others.map(|other| (other.starts_at, other.id, Hit::Beside))
}

/// Those who wait longer for the same hands, and could be served by them now.
fn overtaken(view: &View, guest: &Booking, staff: Option<StaffId>, now: Timestamp) -> Vec<(BookingId, i64)> {
    let State::Waiting { since: own } = guest.state else { return Vec::new() };
    let (Some(store), Some(staff)) = (view.catalogue.stores.get(&guest.store), staff.and_then(|staff| view.catalogue.staff.get(&staff)))
    else {
        return Vec::new();
    };
    let today = business_day::day_of(store, now);
    let longer = |booking: &Booking| match booking.state {
        State::Waiting { since } if (since, booking.id) < (own, guest.id) && business_day::day_of(store, since) == today => Some(since),
        _ => None,
    };
    let others = view.bookings.values().filter(|booking| booking.store == guest.store && booking.id != guest.id);
    let mut found: Vec<(Timestamp, BookingId)> =
        others.filter(|booking| could_serve(staff, booking)).filter_map(|booking| Some((longer(booking)?, booking.id))).collect();
    sort::sort(&mut found);
    found.into_iter().map(|(since, id)| (id, now.minutes_since(since))).collect()
}

fn could_serve(staff: &Staff, booking: &Booking) -> bool {
    booking.lines.iter().all(|line| {
        staff.can(line.service, booking.store)
            && match line.staff_preference {
                StaffPreference::Any => true,
                StaffPreference::AnyOf(gender) => staff.gender == Some(gender),
                StaffPreference::Requested(asked) => asked == staff.id,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{self, LONG_DAY, friday, person};

    fn waiting(number: u128, since: Timestamp) -> Booking {
        fixtures::booking(number, person(11), since, State::Waiting { since })
    }

    #[test]
    fn whoever_came_first_is_named_before_somebody_is_seated_ahead_of_them() {
        let mut view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let now = fixtures::store().zone.instant(friday(), 15 * 60);
        let (first, second) = (waiting(1, now.plus_minutes(-12)), waiting(2, now.plus_minutes(-3)));
        for guest in [&first, &second] {
            view.apply(&Change::put(guest.clone()));
        }
        let seated = |guest: &Booking| hits(&view, guest, Some(person(11)), &Decision::default(), now);
        assert_eq!(seated(&second), [(first.id, Hit::Overtaken(12))]);
        assert_eq!(seated(&first), []);
    }

    #[test]
    fn whoever_is_in_the_chair_or_comes_next_is_named_before_a_guest_who_is_early_is_served_beside_them() {
        let mut view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let now = fixtures::store().zone.instant(friday(), 15 * 60);
        let next = fixtures::booking(5, person(11), now.plus_minutes(30), State::Confirmed { at: now });
        let early = fixtures::booking(6, person(11), now.plus_minutes(120), State::Confirmed { at: now });
        for booking in [&next, &early] {
            view.apply(&Change::put(booking.clone()));
        }
        let started = |minutes: i64| {
            let mut started =
                fixtures::booking(6, person(11), now.plus_minutes(minutes), State::InService { since: now, arrived_at: None });
            started.occupancy.iter_mut().for_each(|held| held.lane = 1);
            Decision { changes: vec![Change::put(started)], ..Decision::default() }
        };
        assert_eq!(hits(&view, &early, None, &started(0), now), [(next.id, Hit::Beside)]);
        assert_eq!(hits(&view, &early, None, &started(90), now), [], "nobody is there by then");
    }

    #[test]
    fn a_promise_that_would_begin_later_or_lose_its_time_is_named() {
        let mut view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let now = fixtures::store().zone.instant(friday(), 15 * 60);
        let promised = fixtures::booking(3, person(11), now.plus_minutes(20), State::Confirmed { at: now });
        let guest = waiting(4, now);
        view.apply(&Change::put(promised.clone()));
        let mut later = promised.clone();
        later.occupancy.iter_mut().for_each(|held| held.range.start = held.range.start.plus_minutes(10));
        let mut lost = promised.clone();
        lost.state = State::Displaced { at: now };
        let decision = |changed: &Booking| Decision { changes: vec![Change::put(changed.clone())], ..Decision::default() };
        assert_eq!(hits(&view, &guest, Some(person(11)), &decision(&later), now), [(promised.id, Hit::Later(10))]);
        assert_eq!(hits(&view, &guest, Some(person(11)), &decision(&lost), now), [(promised.id, Hit::Displaced)]);
        assert_eq!(hits(&view, &guest, Some(person(11)), &decision(&promised), now), []);
    }
}
