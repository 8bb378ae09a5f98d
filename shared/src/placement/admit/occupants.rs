//! Who is in the way of a newcomer.

use crate::block::Block;
use crate::booking::{Booking, GROWS_AT_MOST_MINUTES};
use crate::elsewhere::Elsewhere;
use crate::id::{BlockId, BookingId, ReplicaId, ResourceId};
use crate::occupancy::Occupancy;
use crate::placement::case::Case;
use crate::placement::precedence::{Class, Standing, standing_of};
use crate::time::{TimeRange, Timestamp};

/// Who is in the way.
#[derive(Clone, Debug)]
pub(super) enum Occupant<'a> {
    Booking(&'a Booking, Standing),
    Block(&'a Block),
    /// In another store: whatever is wanted here, that stays.
    Elsewhere,
}

impl Occupant<'_> {
    pub(super) fn standing(&self) -> Standing {
        match self {
            Occupant::Booking(_, standing) => *standing,
            Occupant::Block(_) => Standing::of(Class::Block),
            Occupant::Elsewhere => Standing::of(Class::InService),
        }
    }

    pub(super) fn placed(&self) -> (u64, ReplicaId) {
        match self {
            Occupant::Booking(booking, _) => (booking.placed_seq, booking.placed_by),
            Occupant::Block(block) => (block.placed_seq, block.placed_by),
            Occupant::Elsewhere => (0, ReplicaId(uuid::Uuid::nil())),
        }
    }
}

pub(super) fn nearby<'a>(case: Case<'a>, wanted: &[Occupancy]) -> impl Iterator<Item = &'a Booking> + use<'a> {
    let span = wanted.iter().map(|held| held.range).reduce(|all, range| all.hull(&range));
    // Running visits hold their time beyond their end while they overrun.
    let span = span.unwrap_or(TimeRange { start: Timestamp(0), end: Timestamp(0) }).widened(GROWS_AT_MOST_MINUTES);
    case.view.bookings_between(case.store.id, span)
}

pub(super) fn occupants<'a>(
    case: Case<'a>,
    wanted: &[Occupancy],
    own: Option<BookingId>,
    own_block: Option<BlockId>,
    changed: &[Booking],
) -> Vec<Occupant<'a>> {
    let (now, moment) = (case.context.now, case.context.happened_at());
    let mut found = Vec::new();
    for booking in nearby(case, wanted).filter(|booking| Some(booking.id) != own) {
        let Some(standing) = standing_of(booking, &case.store.rules, now) else { continue };
        let current = changed.iter().find(|other| other.id == booking.id).unwrap_or(booking);
        let takes = current.held_at(moment).any(|(held, range)| meets_range(held.resource, range, wanted).is_some());
        if takes {
            found.push(Occupant::Booking(booking, standing));
        }
    }
    let blocks = case.view.blocks.values().filter(|block| block.store == case.store.id && Some(block.id) != own_block);
    found.extend(
        blocks
            .filter(|block| wanted.iter().any(|want| want.resource == block.resource && want.range.overlaps(&block.range)))
            .map(Occupant::Block),
    );
    let elsewhere = case.view.elsewhere.values().filter(|entry| entry.store == case.store.id && entry.counts_at(now));
    let is_wanted = |entry: &&Elsewhere| wanted.iter().any(|want| entry.meets(want.resource, want.range));
    found.extend(elsewhere.filter(is_wanted).map(|_| Occupant::Elsewhere));
    found
}

/// The wanted range that a held range is in the way of.
pub(super) fn meets(held: &Occupancy, wanted: &[Occupancy]) -> Option<TimeRange> {
    meets_range(held.resource, held.range, wanted)
}

fn meets_range(resource: ResourceId, range: TimeRange, wanted: &[Occupancy]) -> Option<TimeRange> {
    wanted.iter().find(|want| want.resource == resource && want.range.overlaps(&range)).map(|want| want.range)
}

pub(super) fn names(occupants: &[Occupant<'_>]) -> Vec<BookingId> {
    let name = |occupant: &Occupant<'_>| if let Occupant::Booking(booking, _) = occupant { Some(booking.id) } else { None };
    occupants.iter().filter_map(name).collect()
}
