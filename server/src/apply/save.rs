//! Writes what a transaction decided: the feeds first, which number everything, then records, time, messages and the log, each in one
//! statement.

use std::collections::BTreeMap;

use shared::block::Block;
use shared::booking::{Booking, PLACED_NOW};
use shared::id::StoreId;
use shared::sync::{RecordKey, RecordKind, Scope};
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::Batch;
use super::changes::{Changes, Touched};
use super::spread::{Spread, spread};
use super::tell::tell;
use crate::db::feed::NewEntry;
use crate::db::occupancy::Holding;
use crate::db::{attention, blocks, bookings, catalogue, feed, members, occupancy};

/// What was written.
#[derive(Debug, Default)]
pub(crate) struct Saved {
    /// Scopes to poke after the commit.
    pub touched: Vec<Scope>,
    /// The new head of the desk feed, if it has moved.
    pub desk_head: Option<u64>,
}

/// Writes everything.
pub(crate) async fn save(connection: &mut PgConnection, batch: &mut Batch<'_>) -> sqlx::Result<Saved> {
    let spread = spread(&batch.changes);
    if spread.is_empty() {
        return Ok(Saved::default());
    }
    let heads = feed::append(connection, &entries_of(&spread)).await?;
    let desk_heads = numbered(&spread, &heads);
    place(&mut batch.changes, &desk_heads);
    records(connection, batch).await?;
    times(connection, &batch.changes).await?;
    tell(connection, batch.state, &batch.view, &batch.changes, batch.now).await?;
    let desk_head = desk_heads.values().copied().max();
    Ok(Saved { touched: spread.into_keys().collect(), desk_head })
}

fn entries_of(spread: &Spread) -> Vec<NewEntry> {
    let of_scope = |(scope, keys): (&Scope, &BTreeMap<RecordKey, bool>)| {
        let (scope, last) = (scope.to_string(), keys.len().saturating_sub(1));
        let entry = |(index, (key, deleted)): (usize, (&RecordKey, &bool))| NewEntry {
            scope: scope.clone(),
            key: *key,
            deleted: *deleted,
            followed_by: u64::try_from(last - index).unwrap_or(0),
        };
        keys.iter().enumerate().map(entry).collect::<Vec<_>>()
    };
    spread.iter().flat_map(of_scope).collect()
}

/// The sequences at which the desks hear of what changed.
type Numbered = BTreeMap<(StoreId, RecordKey), u64>;

fn numbered(spread: &Spread, heads: &BTreeMap<String, u64>) -> Numbered {
    let of_scope = |(scope, keys): (&Scope, &BTreeMap<RecordKey, bool>)| {
        let Scope::Desk(store) = *scope else { return Vec::new() };
        let head = heads.get(&scope.to_string()).copied().unwrap_or(0);
        keys.keys().rev().zip(0u64..).map(|(key, after)| ((store, *key), head.saturating_sub(after))).collect()
    };
    spread.iter().flat_map(of_scope).collect()
}

/// What was placed by these decisions gets the sequence at which the desk hears of it.
fn place(changes: &mut Changes, entries: &Numbered) {
    let seq = |store, kind, id: Uuid| entries.get(&(store, RecordKey { kind, id, day: 0 })).copied().unwrap_or(0);
    for ((store, id), touched) in &mut changes.bookings {
        if let Some(booking) = touched.after.as_mut().filter(|booking| booking.placed_seq == PLACED_NOW) {
            booking.placed_seq = seq(*store, RecordKind::Booking, id.0);
        }
    }
    for ((store, id), touched) in &mut changes.blocks {
        if let Some(block) = touched.after.as_mut().filter(|block| block.placed_seq == PLACED_NOW) {
            block.placed_seq = seq(*store, RecordKind::Block, id.0);
        }
    }
}

async fn records(connection: &mut PgConnection, batch: &Batch<'_>) -> sqlx::Result<()> {
    let (changes, sealer) = (&batch.changes, &batch.state.sealer);
    if changes.touch_catalogue() {
        catalogue_records(connection, changes).await?;
    }
    let kept = after(&changes.members);
    if !kept.is_empty() {
        members::save(connection, sealer, &kept).await?;
    }
    let kept = after(&changes.bookings);
    if !kept.is_empty() {
        bookings::save(connection, sealer, &kept).await?;
    }
    let kept = after(&changes.blocks);
    if !kept.is_empty() {
        blocks::save(connection, &kept).await?;
    }
    for ((store, id), _) in changes.blocks.iter().filter(|(_, touched)| touched.after.is_none()) {
        blocks::remove(connection, *store, &[id.0]).await?;
    }
    let entries: Vec<_> = changes.attention.values().collect();
    if !entries.is_empty() {
        attention::save(connection, &entries).await?;
    }
    Ok(())
}

async fn catalogue_records(connection: &mut PgConnection, changes: &Changes) -> sqlx::Result<()> {
    catalogue::save_stores(connection, &changes.stores.values().collect::<Vec<_>>()).await?;
    catalogue::save_services(connection, &changes.services.values().collect::<Vec<_>>()).await?;
    catalogue::save_staff(connection, &changes.staff.values().collect::<Vec<_>>()).await?;
    catalogue::save_shifts(connection, &changes.shifts.values().collect::<Vec<_>>()).await?;
    catalogue::next_version(connection).await
}

fn after<K, T>(map: &BTreeMap<K, Touched<T>>) -> Vec<&T> {
    map.values().filter_map(|touched| touched.after.as_ref()).collect()
}

/// Rewrites the time of those whose time changed, and of those alone.
async fn times(connection: &mut PgConnection, changes: &Changes) -> sqlx::Result<()> {
    let mut holdings = Vec::new();
    for ((store, id), touched) in &changes.bookings {
        let before = touched.before.as_ref().map(of_booking).unwrap_or_default();
        let after = touched.after.as_ref().map(of_booking).unwrap_or_default();
        let until = touched.after.as_ref().and_then(bookings::held_until);
        if before != after || touched.before.as_ref().and_then(bookings::held_until) != until {
            holdings.push(Holding { store: *store, holder: id.0, kind: 0, held_until: until, had_any: !before.is_empty(), times: after });
        }
    }
    for ((store, id), touched) in &changes.blocks {
        let before = touched.before.as_ref().map(of_block);
        let after = touched.after.as_ref().map(of_block);
        if before != after {
            let had_any = before.is_some();
            holdings.push(Holding { store: *store, holder: id.0, kind: 1, held_until: None, had_any, times: after.into_iter().collect() });
        }
    }
    if holdings.is_empty() { Ok(()) } else { occupancy::replace(connection, &holdings).await }
}

type Time = (Uuid, i16, shared::time::TimeRange, i16, i16);

fn of_booking(booking: &Booking) -> Vec<Time> {
    let time =
        |held: &shared::booking::Occupancy| (held.resource.0, i16::from(held.lane), held.range, i16::from(held.line), i16::from(held.part));
    booking.occupancy.iter().map(time).collect()
}

fn of_block(block: &Block) -> Time {
    (block.staff.0, i16::from(block.lane), block.range, 0, 0)
}
