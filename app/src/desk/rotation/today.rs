//! The queue of today as the desk sees it: who stands where, what they have just now, who is next, and who is not here. Pure.

use shared::booking::{Booking, State};
use shared::id::{BookingId, StaffId};
use shared::name::Language;
use shared::placement::turns::queue_at;
use shared::rotation::Place;
use shared::sort;
use shared::store::Store;
use shared::time::Timestamp;
use shared::view::View;

use crate::desk::business_day;
use crate::desk::staff_order::in_order;

/// A promise that begins within so many minutes is said beside somebody who is free.
const SOON_MINUTES: i64 = 60;

/// Somebody in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Their place.
    pub(crate) place: Place,
    /// What they have just now.
    pub(crate) busy: Busy,
}

/// What somebody has just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Busy {
    /// Nothing.
    Free,
    /// Nothing yet; a promise begins then.
    Soon(Timestamp),
    /// A guest who is here and waits for them.
    GuestWaits,
    /// A visit that is going on.
    Serving {
        /// Which.
        booking: BookingId,
        /// By plan.
        until: Timestamp,
        /// The guest asked for them 点钟.
        is_asked_for: bool,
    },
    /// A break, or another store.
    Away(Timestamp),
}

impl Busy {
    /// Whether a guest can go to them.
    pub(crate) fn is_free(self) -> bool {
        matches!(self, Busy::Free | Busy::Soon(_))
    }
}

/// The queue; empty while it is not known or nobody has signed in.
#[must_use]
pub(crate) fn today(view: &View, store: &Store, now: Timestamp) -> Vec<Turn> {
    let places = queue_at(view, store, now).unwrap_or_default();
    places.into_iter().map(|place| Turn { busy: busy(view, store, place.staff, now), place }).collect()
}

/// The first who is free.
#[must_use]
pub(crate) fn next(turns: &[Turn]) -> Option<usize> {
    turns.iter().position(|turn| turn.busy.is_free())
}

/// Who does something here and has not signed in: those on the roster first, as the store has put its people in order.
#[must_use]
pub(crate) fn not_here(view: &View, store: &Store, now: Timestamp, language: Language, turns: &[Turn]) -> Vec<StaffId> {
    let date = business_day::day_of(store, now);
    let is_here = |staff: StaffId| turns.iter().any(|turn| turn.place.staff == staff);
    let people = in_order(store, view.staff_of(store.id), language).into_iter();
    let mut found: Vec<StaffId> = people.filter(|staff| !staff.skills.is_empty() && !is_here(staff.id)).map(|staff| staff.id).collect();
    sort::sort_by_key(&mut found, |staff| view.shift_spans(store.id, *staff, date).is_empty());
    found
}

fn busy(view: &View, store: &Store, staff: StaffId, now: Timestamp) -> Busy {
    let bookings = || view.bookings.values().filter(|booking| booking.store == store.id);
    if let Some(serving) = bookings().find_map(|booking| serving(booking, staff, now)) {
        return serving;
    }
    let blocks = view.blocks.values().filter(|block| block.store == store.id && block.resource == staff.into()).map(|block| block.range);
    let elsewhere = view.elsewhere.values().filter(|entry| entry.store == store.id && entry.counts_at(now));
    let elsewhere = elsewhere.flat_map(|entry| &entry.times).filter(|held| held.resource == staff.into()).map(|held| held.range);
    if let Some(range) = blocks.chain(elsewhere).find(|range| range.contains(now)) {
        return Busy::Away(range.end);
    }
    let own = |booking: &&Booking| booking.occupancy.iter().any(|held| held.resource == staff.into() && now < held.range.end);
    let is_here = |booking: &&Booking| matches!(booking.state, State::Waiting { .. } | State::CheckedIn { .. });
    let begins =
        |booking: &Booking| booking.occupancy.iter().filter(|held| held.resource == staff.into()).map(|held| held.range.start).min();
    let soon = now.plus_minutes(SOON_MINUTES);
    if bookings().filter(own).filter(is_here).filter_map(begins).any(|start| start <= now) {
        return Busy::GuestWaits;
    }
    let ahead = bookings().filter(own).filter(|booking| booking.state.is_live()).filter_map(begins);
    ahead.filter(|start| *start < soon).min().map_or(Busy::Free, |start| Busy::Soon(start.max(now)))
}

fn serving(booking: &Booking, staff: StaffId, now: Timestamp) -> Option<Busy> {
    if !matches!(booking.state, State::InService { .. }) {
        return None;
    }
    let own = booking.held_at(now).filter(|(held, range)| held.resource == staff.into() && range.contains(now));
    let until = own.map(|(held, _)| held.range.end).max()?;
    let mut lines = booking.lines.iter().filter(|line| line.staff == Some(staff));
    let is_asked_for = lines.any(|line| line.staff_preference.person() == Some(staff));
    Some(Busy::Serving { booking: booking.id, until, is_asked_for })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::booking::FactStamp;
    use shared::decision::Change;
    use shared::id::ReplicaId;
    use shared::rotation::{Rotation, RotationEvent, RotationStep};
    use shared::staff_assignment::{AssignmentOrder, AssignmentRules, StaffAssignment};
    use uuid::Uuid;

    use super::*;
    use crate::desk::fixtures::{self, LONG_DAY, friday, person};

    #[test]
    fn the_first_who_is_free_is_next_and_whoever_has_a_guest_keeps_the_place() {
        let (kelly, becky, qing) = (person(11), person(12), person(13));
        let mut view = fixtures::view(&[(kelly, &[LONG_DAY]), (becky, &[LONG_DAY]), (qing, &[LONG_DAY])]);
        let store = fixtures::store();
        let rules = AssignmentRules { order: AssignmentOrder::Rotation, ..AssignmentRules::default() };
        Arc::make_mut(&mut view.catalogue).staff_assignments.insert(store.id, StaffAssignment { store: store.id, rules, written: None });
        let now = store.zone.instant(friday(), 15 * 60);
        let mut rotation = Rotation::new(store.id, friday());
        for (number, staff) in (1..).zip([kelly, becky]) {
            let stamp = FactStamp { at: now.plus_minutes(number - 60), number: 1, replica: ReplicaId(Uuid::nil()) };
            rotation.add(RotationEvent { stamp, staff, what: RotationStep::SignedIn });
        }
        view.apply(&Change::put(rotation));
        let going_on = State::InService { since: now, arrived_at: None };
        let visit = fixtures::booking(1, kelly, now.plus_minutes(-10), going_on);
        let until = visit.ends_at;
        view.apply(&Change::put(visit));
        let turns = today(&view, &store, now);
        assert_eq!(turns.iter().map(|turn| turn.place.staff).collect::<Vec<_>>(), [kelly, becky]);
        assert!(matches!(turns[0].busy, Busy::Serving { until: at, .. } if at == until), "{:?}", turns[0].busy);
        assert_eq!((turns[1].busy, next(&turns)), (Busy::Free, Some(1)));
        assert_eq!(not_here(&view, &store, now, Language::Chinese, &turns), [qing]);
        view.apply(&Change::put(fixtures::booking(2, becky, now.plus_minutes(30), State::Confirmed { at: now })));
        assert_eq!(today(&view, &store, now)[1].busy, Busy::Soon(now.plus_minutes(30)));
    }
}
