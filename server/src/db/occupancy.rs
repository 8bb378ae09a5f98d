//! Who holds whose time: read for openings and busy masks, written with the bookings and blocks that hold it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use shared::busy_day::{Taken, TakenBy};
use shared::id::{ResourceId, StoreId};
use shared::noun::{RecordKey, RecordKind};
use shared::occupancy::Occupancy;
use shared::scope::Scope;
use shared::time::{TimeRange, Timestamp};
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored_millis;

/// Time to write for one holder; empty when it holds none any more.
#[derive(Clone, Debug)]
pub(crate) struct Holding {
    pub store: StoreId,
    pub holder: RecordKey,
    pub held_until: Option<Timestamp>,
    /// Whether it held any time before.
    pub had_any: bool,
    pub times: Vec<Occupancy>,
}

/// What is taken in a store within a range.
pub async fn between(connection: &mut PgConnection, store: StoreId, range: TimeRange) -> sqlx::Result<Vec<Taken>> {
    let (start, end) = (stored_millis(range.start), stored_millis(range.end).max(stored_millis(range.start)));
    let rows = sqlx::query!(
        r#"select resource_id, holder, holder_kind, held_until, millis(lower(during)) as "starts_at!", millis(upper(during)) as "ends_at!"
           from occupancy where store_id = $1 and during && tstzrange(instant($2), instant($3))"#,
        store.0,
        start,
        end
    );
    let taken = rows.fetch_all(connection).await?.into_iter().map(|row| Taken {
        resource: ResourceId(row.resource_id),
        range: TimeRange { start: Timestamp(row.starts_at), end: Timestamp(row.ends_at) },
        by: TakenBy::Record(RecordKey { kind: RecordKind::of_number(row.holder_kind), id: row.holder, day: 0 }),
        expires_at: row.held_until.map(Timestamp),
    });
    Ok(taken.collect())
}

/// The time of some resources of a store within a range, with its lanes, without that of some holders.
pub(crate) async fn of_resources(
    connection: &mut PgConnection,
    (store, resources): (StoreId, &BTreeSet<ResourceId>),
    range: TimeRange,
    without: &[RecordKey],
) -> sqlx::Result<Vec<Occupancy>> {
    let resources: Vec<Uuid> = resources.iter().map(|resource| resource.0).collect();
    let holders: Vec<Uuid> = without.iter().map(|key| key.id).collect();
    let (start, end) = (stored_millis(range.start), stored_millis(range.end).max(stored_millis(range.start)));
    let rows = sqlx::query!(
        r#"select resource_id, lane, line, part, millis(lower(during)) as "starts_at!", millis(upper(during)) as "ends_at!"
           from occupancy where store_id = $1 and resource_id = any($2) and during && tstzrange(instant($3), instant($4))
               and holder <> all($5)"#,
        store.0,
        &resources,
        start,
        end,
        &holders
    );
    let small = |number: i16| u8::try_from(number).unwrap_or(u8::MAX);
    let held = rows.fetch_all(connection).await?.into_iter().map(|row| Occupancy {
        resource: ResourceId(row.resource_id),
        lane: small(row.lane),
        reason: None,
        range: TimeRange { start: Timestamp(row.starts_at), end: Timestamp(row.ends_at) },
        line: small(row.line),
        part: small(row.part),
    });
    Ok(held.collect())
}

/// Who holds time of some resources that was not over at `since`, by store.
pub(crate) async fn holders(
    connection: &mut PgConnection,
    resources: &[Uuid],
    since: Timestamp,
) -> sqlx::Result<BTreeMap<StoreId, Vec<RecordKey>>> {
    let rows = sqlx::query!(
        "select distinct store_id, holder, holder_kind from occupancy where resource_id = any($1) and upper(during) > instant($2)",
        resources,
        stored_millis(since)
    );
    let mut found: BTreeMap<StoreId, Vec<RecordKey>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        let key = RecordKey { kind: RecordKind::of_number(row.holder_kind), id: row.holder, day: 0 };
        found.entry(StoreId(row.store_id)).or_default().push(key);
    }
    Ok(found)
}

/// Replaces the time of holders: removed rows go first, so that time passes from one to another within a transaction.
pub(crate) async fn replace(connection: &mut PgConnection, holdings: &[Holding]) -> sqlx::Result<()> {
    let old = || holdings.iter().filter(|holding| holding.had_any);
    let stores: Vec<Uuid> = old().map(|holding| holding.store.0).collect();
    let holders: Vec<Uuid> = old().map(|holding| holding.holder.id).collect();
    if stores.is_empty() {
        return insert(connection, holdings).await;
    }
    sqlx::query!(
        "delete from occupancy using unnest($1::uuid[], $2::uuid[]) as changed(store_id, holder)
         where occupancy.store_id = changed.store_id and occupancy.holder = changed.holder",
        &stores,
        &holders
    )
    .execute(&mut *connection)
    .await?;
    insert(connection, holdings).await
}

async fn insert(connection: &mut PgConnection, holdings: &[Holding]) -> sqlx::Result<()> {
    let rows: Vec<_> = holdings.iter().flat_map(|holding| holding.times.iter().map(move |time| (holding, time))).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let stores: Vec<Uuid> = rows.iter().map(|(holding, _)| holding.store.0).collect();
    let holders: Vec<Uuid> = rows.iter().map(|(holding, _)| holding.holder.id).collect();
    let kinds: Vec<i16> = rows.iter().map(|(holding, _)| holding.holder.kind.number()).collect();
    let until: Vec<Option<i64>> = rows.iter().map(|(holding, _)| holding.held_until.map(stored_millis)).collect();
    let resources: Vec<Uuid> = rows.iter().map(|(_, time)| time.resource.0).collect();
    let lanes: Vec<i16> = rows.iter().map(|(_, time)| i16::from(time.lane)).collect();
    let starts: Vec<i64> = rows.iter().map(|(_, time)| stored_millis(time.range.start)).collect();
    let ends: Vec<i64> = rows.iter().map(|(_, time)| stored_millis(time.range.end.max(time.range.start))).collect();
    let lines: Vec<i16> = rows.iter().map(|(_, time)| i16::from(time.line)).collect();
    let parts: Vec<i16> = rows.iter().map(|(_, time)| i16::from(time.part)).collect();
    sqlx::query!(
        "insert into occupancy (store_id, resource_id, lane, during, holder, holder_kind, line, part, held_until)
         select store_id, resource_id, lane, tstzrange(instant(starts_at), instant(ends_at)), holder, kind, line, part, held_until
         from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[], $5::bigint[], $6::uuid[], $7::smallint[], $8::smallint[],
             $9::smallint[], $10::bigint[])
             as new(store_id, resource_id, lane, starts_at, ends_at, holder, kind, line, part, held_until)",
        &stores,
        &resources,
        &lanes,
        &starts,
        &ends,
        &holders,
        &kinds,
        &lines,
        &parts,
        &until as &[Option<i64>]
    )
    .execute(connection)
    .await
    .map(drop)
}

/// The taken time of stores, kept under the sequence of their `busy` feed: while that stands still, so does the time.
#[derive(Debug, Default)]
pub struct TimeCache {
    stores: Mutex<BTreeMap<StoreId, Cached>>,
}

#[derive(Clone, Debug)]
struct Cached {
    head: u64,
    range: TimeRange,
    taken: Arc<Vec<Taken>>,
}

/// So many stores are kept at once.
const MOST_STORES: usize = 256;

impl TimeCache {
    /// What is taken in a store within at least `range`, and the sequence of its `busy` feed.
    pub(crate) async fn taken(
        &self,
        connection: &mut PgConnection,
        store: StoreId,
        range: TimeRange,
    ) -> sqlx::Result<(u64, Arc<Vec<Taken>>)> {
        // The sequence is read first: time read later can only be newer than it says.
        let head = super::feed::head(connection, Scope::Busy(store)).await?;
        let known = self.lock().get(&store).filter(|cached| cached.head == head).cloned();
        if let Some(cached) = known.as_ref().filter(|cached| cached.range.covers(&range)) {
            return Ok((head, Arc::clone(&cached.taken)));
        }
        let wider = known.map_or(range, |cached| cached.range.hull(&range));
        let range = if wider.minutes() <= 70 * 1440 { wider } else { range };
        let taken = Arc::new(between(connection, store, range).await?);
        let mut stores = self.lock();
        if stores.len() >= MOST_STORES {
            stores.clear();
        }
        stores.insert(store, Cached { head, range, taken: Arc::clone(&taken) });
        Ok((head, taken))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<StoreId, Cached>> {
        self.stores.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
