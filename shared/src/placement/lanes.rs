//! Lanes: beside whom somebody lies whose time is taken.

use crate::booking::{Booking, GROWS_AT_MOST_MINUTES};
use crate::id::{BookingId, ResourceId, StoreId};
use crate::occupancy::{LaneReason, Occupancy};
use crate::time::{TimeRange, Timestamp};
use crate::view::View;

/// Gives each held range the lowest lane in which nothing else lies at `moment`; above 0 with the reason.
pub fn stack(view: &View, booking: &mut Booking, others: &[Booking], reason: &LaneReason, moment: Timestamp) {
    let mut placed: Vec<Occupancy> = Vec::with_capacity(booking.occupancy.len());
    for mut held in std::mem::take(&mut booking.occupancy) {
        let place = (booking.store, held.resource, held.range);
        let mut taken = taken_lanes(view, place, Some(booking.id), others, moment);
        taken.extend(placed.iter().filter(|own| own.resource == held.resource && own.range.overlaps(&held.range)).map(|own| own.lane));
        held.lane = lowest_free(&taken);
        held.reason = (held.lane > 0).then(|| reason.clone());
        placed.push(held);
    }
    booking.occupancy = placed;
}

/// The lanes in which something lies; `others` have changed and are not in the view yet.
#[must_use]
pub fn taken_lanes(
    view: &View,
    (store, resource, range): (StoreId, ResourceId, TimeRange),
    own: Option<BookingId>,
    others: &[Booking],
    moment: Timestamp,
) -> Vec<u8> {
    let current = |booking: &Booking| others.iter().find(|other| other.id == booking.id).is_none();
    let unchanged = view.bookings_between(store, range.widened(GROWS_AT_MOST_MINUTES)).filter(|booking| current(booking));
    let around = unchanged.chain(others).filter(|other| Some(other.id) != own);
    let lanes =
        around.flat_map(|other| other.held_at(moment)).filter(|(held, during)| held.resource == resource && during.overlaps(&range));
    let blocks = view.blocks_between(store, range).filter(|block| block.resource == resource);
    let elsewhere = view.elsewhere_between(store, range).filter(|entry| entry.counts_at(moment)).flat_map(|entry| &entry.times);
    let elsewhere = elsewhere.filter(|held| held.resource == resource && held.range.overlaps(&range));
    lanes.map(|(held, _)| held.lane).chain(blocks.map(|block| block.lane)).chain(elsewhere.map(|held| held.lane)).collect()
}

/// The lowest lane that is not taken.
#[must_use]
pub fn lowest_free(taken: &[u8]) -> u8 {
    (0..=u8::MAX).find(|lane| !taken.contains(lane)).unwrap_or(u8::MAX)
}
