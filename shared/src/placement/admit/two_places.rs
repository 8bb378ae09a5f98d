//! Time that is newly held here, and who is in another store meanwhile: both stores are told. A hold there that has run out gives way.

use std::collections::BTreeMap;

use crate::attention::AttentionKind;
use crate::booking::Booking;
use crate::elsewhere::Elsewhere;
use crate::id::{ResourceId, StaffId, StoreId};
use crate::noun::Noun;
use crate::occupancy::Occupancy;
use crate::placement::case::Admitted;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;

/// The time that bookings hold and did not hold before.
pub fn newly_held<'a>(view: &View, bookings: impl Iterator<Item = &'a Booking>) -> Vec<Occupancy> {
    let newly = |booking: &'a Booking| {
        let before = view.bookings.get(&booking.id).map(|booking| booking.occupancy.as_slice()).unwrap_or_default();
        let was_held = |held: &Occupancy| before.iter().any(|old| old.resource == held.resource && old.range.covers(&held.range));
        booking.occupancy.iter().filter(move |held| !was_held(held)).cloned().collect::<Vec<_>>()
    };
    bookings.flat_map(newly).collect()
}

/// Notes what newly held time means for other stores, once of each person.
pub fn note(view: &View, (store, now): (StoreId, Timestamp), newly: &[Occupancy], admitted: &mut Admitted) {
    let mut told: BTreeMap<(StoreId, ResourceId), TimeRange> = BTreeMap::new();
    for entry in view.elsewhere.values().filter(|entry| entry.store == store) {
        for held in newly.iter().filter(|held| entry.meets(held.resource, held.range)) {
            if !entry.counts_at(now) {
                admitted.run_out.push(Elsewhere::key_of(entry.id));
                break;
            }
            for place in [store, entry.at] {
                told.entry((place, held.resource)).and_modify(|range| *range = range.hull(&held.range)).or_insert(held.range);
            }
        }
    }
    let about = |resource: ResourceId, range| AttentionKind::TwoPlaces { staff: StaffId(resource.0), range };
    admitted.two_places.extend(told.into_iter().map(|((place, resource), range)| (place, about(resource, range))));
}
