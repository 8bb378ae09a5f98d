//! What decisions ask for, from the tables into the schedule and the view. What earlier commands of the transaction changed is never
//! overwritten, and nothing is read twice.

use std::collections::BTreeSet;

use shared::command::ReadPlan;
use shared::id::{AttentionId, BlockId, BookingId, MemberId, StoreId};
use shared::phone::Phone;
use shared::time::TimeRange;
use shared::view::View;
use sqlx::PgConnection;
use uuid::Uuid;

use super::schedules::{Schedule, TimeRanges};
use crate::db::{attention, blocks, bookings, members};
use crate::sealed::Sealer;

/// What some commands of one store ask for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    bookings: BTreeSet<BookingId>,
    blocks: BTreeSet<BlockId>,
    members: BTreeSet<MemberId>,
    numbers: BTreeSet<Phone>,
    attention: BTreeSet<AttentionId>,
    ranges: TimeRanges,
}

impl Wanted {
    /// What a plan asks for, too.
    pub(crate) fn add(&mut self, plan: &ReadPlan) {
        self.bookings.extend(&plan.bookings);
        self.blocks.extend(&plan.blocks);
        self.members.extend(&plan.members);
        self.numbers.extend(plan.numbers.iter().cloned());
        self.attention.extend(&plan.attention);
        if let Some((_, range)) = plan.schedule {
            self.ranges.add(range);
        }
    }
}

/// Loads what is wanted: bookings and blocks into the schedule of the commands' store, the rest into the view.
pub(crate) async fn load(
    connection: &mut PgConnection,
    sealer: &Sealer,
    schedule: Option<&mut Schedule>,
    view: &mut View,
    wanted: &Wanted,
) -> sqlx::Result<()> {
    if let Some(schedule) = schedule {
        let store = schedule.store();
        let missing: Vec<TimeRange> = wanted.ranges.iter().flat_map(|range| schedule.ranges.missing(range)).collect();
        load_bookings(connection, sealer, schedule, &wanted.bookings, &missing).await?;
        load_blocks(connection, schedule, &wanted.blocks, &missing).await?;
        missing.into_iter().for_each(|range| schedule.ranges.add(range));
        load_attention(connection, view, store, &wanted.attention).await?;
    }
    load_members(connection, sealer, view, &wanted.members).await?;
    load_numbers(connection, sealer, view, &wanted.numbers).await
}

async fn load_bookings(
    connection: &mut PgConnection,
    sealer: &Sealer,
    schedule: &mut Schedule,
    wanted: &BTreeSet<BookingId>,
    missing: &[TimeRange],
) -> sqlx::Result<()> {
    let is_unknown = |id: &&BookingId| !schedule.bookings.contains(id) && !schedule.no_booking.contains(id);
    let unknown: Vec<BookingId> = wanted.iter().filter(is_unknown).copied().collect();
    let ids: Vec<Uuid> = unknown.iter().map(|id| id.0).collect();
    let found = match (missing, ids.as_slice()) {
        ([], []) => return Ok(()),
        ([], ids) => bookings::by_ids(connection, sealer, schedule.store(), ids).await?,
        (missing, ids) => bookings::touching(connection, sealer, schedule.store(), ids, missing).await?,
    };
    for booking in found {
        if !schedule.bookings.contains(&booking.id) {
            schedule.bookings.insert(booking.id, booking);
        }
    }
    let absent: Vec<BookingId> = unknown.into_iter().filter(|id| !schedule.bookings.contains(id)).collect();
    schedule.no_booking.extend(absent);
    Ok(())
}

async fn load_blocks(
    connection: &mut PgConnection,
    schedule: &mut Schedule,
    wanted: &BTreeSet<BlockId>,
    missing: &[TimeRange],
) -> sqlx::Result<()> {
    let is_unknown = |id: &&BlockId| !schedule.blocks.contains(id) && !schedule.no_block.contains(id);
    let unknown: Vec<BlockId> = wanted.iter().filter(is_unknown).copied().collect();
    let mut found = if missing.is_empty() { Vec::new() } else { blocks::touching(connection, schedule.store(), missing).await? };
    if !unknown.is_empty() {
        let ids: Vec<Uuid> = unknown.iter().map(|id| id.0).collect();
        found.extend(blocks::by_ids(connection, schedule.store(), &ids).await?);
    }
    for block in found {
        if !schedule.blocks.contains(&block.id) && !schedule.no_block.contains(&block.id) {
            schedule.blocks.insert(block.id, block);
        }
    }
    let absent: Vec<BlockId> = unknown.into_iter().filter(|id| !schedule.blocks.contains(id)).collect();
    schedule.no_block.extend(absent);
    Ok(())
}

async fn load_attention(
    connection: &mut PgConnection,
    view: &mut View,
    store: StoreId,
    wanted: &BTreeSet<AttentionId>,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = wanted.iter().filter(|id| !view.attention.contains_key(id)).map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    for entry in attention::by_ids(connection, store, &ids).await? {
        view.attention.insert_new(entry.id, entry);
    }
    Ok(())
}

async fn load_members(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, wanted: &BTreeSet<MemberId>) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = wanted.iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    // A person whose visit is booked must not be edited away meanwhile.
    members::lock(connection, &ids).await?;
    for member in members::by_ids(connection, sealer, &ids).await? {
        view.members.insert_new(member.id, member);
    }
    let missing: Vec<MemberId> = wanted.iter().filter(|id| !view.members.contains_key(id)).copied().collect();
    view.known.no_member.extend(missing);
    Ok(())
}

/// Everybody who has verified one of these numbers, of whatever store.
async fn load_numbers(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, numbers: &BTreeSet<Phone>) -> sqlx::Result<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    for member in members::with_verified(connection, sealer, numbers).await? {
        view.members.insert_new(member.id, member);
    }
    view.known.numbers.extend(numbers.iter().cloned());
    Ok(())
}
