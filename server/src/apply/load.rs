//! What decisions ask for, from the tables into the view. What earlier commands of the transaction changed is never overwritten.

use shared::command::ReadPlan;
use shared::id::{BlockId, BookingId, MemberId, StoreId};
use shared::view::View;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::{attention, blocks, bookings, members};
use crate::sealed::Sealer;

/// Loads a plan for commands about `store`.
pub(crate) async fn load(
    connection: &mut PgConnection,
    sealer: &Sealer,
    view: &mut View,
    store: Option<StoreId>,
    plan: &ReadPlan,
) -> sqlx::Result<()> {
    if let Some(store) = store {
        load_bookings(connection, sealer, view, store, plan).await?;
        load_blocks(connection, view, store, plan).await?;
        load_attention(connection, view, store, plan).await?;
        if let Some((_, range)) = plan.schedule {
            view.known.schedules.insert(store, range);
        }
    }
    load_members(connection, sealer, view, plan).await?;
    load_numbers(connection, sealer, view, plan).await
}

async fn load_bookings(
    connection: &mut PgConnection,
    sealer: &Sealer,
    view: &mut View,
    store: StoreId,
    plan: &ReadPlan,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = plan.bookings.iter().map(|id| id.0).collect();
    let found = match plan.schedule {
        Some((_, range)) => bookings::touching(connection, sealer, store, &ids, range).await?,
        None if ids.is_empty() => return Ok(()),
        None => bookings::by_ids(connection, sealer, store, &ids).await?,
    };
    for booking in found {
        view.bookings.insert_new(booking.id, booking);
    }
    let missing: Vec<BookingId> = plan.bookings.iter().filter(|id| !view.bookings.contains_key(id)).copied().collect();
    view.known.no_booking.extend(missing);
    Ok(())
}

async fn load_blocks(connection: &mut PgConnection, view: &mut View, store: StoreId, plan: &ReadPlan) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = plan.blocks.iter().map(|id| id.0).collect();
    let mut found = match plan.schedule {
        Some((_, range)) => blocks::touching(connection, store, range).await?,
        None => Vec::new(),
    };
    if !ids.is_empty() {
        found.extend(blocks::by_ids(connection, store, &ids).await?);
    }
    for block in found {
        if !view.known.no_block.contains(&block.id) {
            view.blocks.insert_new(block.id, block);
        }
    }
    let missing: Vec<BlockId> = plan.blocks.iter().filter(|id| !view.blocks.contains_key(id)).copied().collect();
    view.known.no_block.extend(missing);
    Ok(())
}

async fn load_attention(connection: &mut PgConnection, view: &mut View, store: StoreId, plan: &ReadPlan) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = plan.attention.iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    for entry in attention::by_ids(connection, store, &ids).await? {
        view.attention.insert_new(entry.id, entry);
    }
    Ok(())
}

async fn load_members(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, plan: &ReadPlan) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = plan.members.iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    // A person whose visit is booked must not be edited away meanwhile.
    members::lock(connection, &ids).await?;
    for member in members::by_ids(connection, sealer, &ids).await? {
        view.members.insert_new(member.id, member);
    }
    let missing: Vec<MemberId> = plan.members.iter().filter(|id| !view.members.contains_key(id)).copied().collect();
    view.known.no_member.extend(missing);
    Ok(())
}

/// Everybody who has verified one of these numbers, of whatever store.
async fn load_numbers(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, plan: &ReadPlan) -> sqlx::Result<()> {
    if plan.numbers.is_empty() {
        return Ok(());
    }
    for member in members::with_verified(connection, sealer, &plan.numbers).await? {
        view.members.insert_new(member.id, member);
    }
    view.known.numbers.extend(plan.numbers.iter().cloned());
    Ok(())
}

/// One plan for all: what the commands of a transaction ask for at first is read at once.
pub(crate) fn merge(plans: impl Iterator<Item = ReadPlan>) -> ReadPlan {
    /// A wider schedule than this is left to each command.
    const MOST_MINUTES: i64 = 10 * 1440;
    let mut all = ReadPlan::default();
    for plan in plans {
        all.bookings.extend(plan.bookings);
        all.blocks.extend(plan.blocks);
        all.members.extend(plan.members);
        all.numbers.extend(plan.numbers);
        all.attention.extend(plan.attention);
        all.schedule = match (all.schedule, plan.schedule) {
            (Some((store, range)), Some((_, wanted))) if range.hull(&wanted).minutes() <= MOST_MINUTES => {
                Some((store, range.hull(&wanted)))
            }
            (None, wanted) => wanted,
            (known, _) => known,
        };
    }
    all
}
