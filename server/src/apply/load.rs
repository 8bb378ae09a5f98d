//! What decisions ask for, from the tables into the view. What earlier commands of the transaction changed is never overwritten.

use shared::command::ReadPlan;
use shared::id::{BlockId, BookingId, MemberId, StoreId};
use shared::time::TimeRange;
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
        bookings_by_id(connection, sealer, view, store, plan).await?;
        blocks_by_id(connection, view, store, plan).await?;
        if plan.attention {
            let open = attention::open_of(connection, store).await?;
            for entry in open {
                view.attention.entry(entry.id).or_insert(entry);
            }
        }
    }
    if let Some((store, range)) = plan.schedule {
        schedule(connection, sealer, view, store, range).await?;
    }
    members_by_id(connection, sealer, view, plan).await
}

async fn bookings_by_id(
    connection: &mut PgConnection,
    sealer: &Sealer,
    view: &mut View,
    store: StoreId,
    plan: &ReadPlan,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = plan.bookings.iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    for booking in bookings::by_ids(connection, sealer, store, &ids).await? {
        view.bookings.entry(booking.id).or_insert(booking);
    }
    let missing: Vec<BookingId> = plan.bookings.iter().filter(|id| !view.bookings.contains_key(id)).copied().collect();
    view.known.no_booking.extend(missing);
    Ok(())
}

async fn blocks_by_id(connection: &mut PgConnection, view: &mut View, store: StoreId, plan: &ReadPlan) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = plan.blocks.iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    for block in blocks::by_ids(connection, store, &ids).await? {
        view.blocks.entry(block.id).or_insert(block);
    }
    let missing: Vec<BlockId> = plan.blocks.iter().filter(|id| !view.blocks.contains_key(id)).copied().collect();
    view.known.no_block.extend(missing);
    Ok(())
}

async fn members_by_id(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, plan: &ReadPlan) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = plan.members.iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    // A person whose visit is booked must not be edited away meanwhile.
    members::lock(connection, &ids).await?;
    for member in members::by_ids(connection, sealer, &ids).await? {
        view.members.entry(member.id).or_insert(member);
    }
    let missing: Vec<MemberId> = plan.members.iter().filter(|id| !view.members.contains_key(id)).copied().collect();
    view.known.no_member.extend(missing);
    Ok(())
}

async fn schedule(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, store: StoreId, range: TimeRange) -> sqlx::Result<()> {
    for booking in bookings::touching(connection, sealer, store, range).await? {
        view.bookings.entry(booking.id).or_insert(booking);
    }
    for block in blocks::touching(connection, store, range).await? {
        if !view.known.no_block.contains(&block.id) {
            view.blocks.entry(block.id).or_insert(block);
        }
    }
    view.known.schedules.insert(store, range);
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
        all.attention |= plan.attention;
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
