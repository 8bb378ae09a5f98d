//! Feeds: which record changed in which scope, in the order of commits. The records themselves stay in their tables.

use std::collections::BTreeMap;

use shared::booking::Booking;
use shared::id::StoreId;
use shared::noun::{Kind, RecordKey, RecordKind};
use shared::record::SCHEDULE;
use shared::scope::Scope;
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{stored_millis, stored_seq};

/// One entry of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Position.
    pub seq: u64,
    /// Record.
    pub key: RecordKey,
    /// It is no longer in this scope.
    pub deleted: bool,
}

/// An entry to write; it gets its sequence when it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Scope, as text.
    pub scope: String,
    /// Record.
    pub key: RecordKey,
    /// It is no longer in this scope.
    pub deleted: bool,
    /// How many more of its scope follow.
    pub followed_by: u64,
}

/// Gives the entries the next sequences of their scopes and writes them: one row per record and scope, the old position is forgotten.
/// Heads are locked, in the order of scopes, until the commit. Answers each scope's new head.
pub(crate) async fn append(connection: &mut PgConnection, entries: &[NewEntry]) -> sqlx::Result<BTreeMap<String, u64>> {
    let scopes: Vec<String> = entries.iter().map(|new| new.scope.clone()).collect();
    let followed: Vec<i64> = entries.iter().map(|new| stored_seq(new.followed_by)).collect();
    let kinds: Vec<i16> = entries.iter().map(|new| new.key.kind.number()).collect();
    let ids: Vec<Uuid> = entries.iter().map(|new| new.key.id).collect();
    let days: Vec<i32> = entries.iter().map(|new| new.key.day).collect();
    let deleted: Vec<bool> = entries.iter().map(|new| new.deleted).collect();
    let rows = sqlx::query!(
        "with entry as materialized (
             select * from unnest($1::text[], $2::bigint[], $3::smallint[], $4::uuid[], $5::integer[], $6::bool[])
                 as entry(scope, followed_by, kind, id, day, deleted)),
         advanced as (
             insert into heads (scope, head) select scope, count(*) from entry group by scope order by scope
             on conflict (scope) do update set head = heads.head + excluded.head
             returning scope, head),
         written as (
             insert into feed (scope, seq, kind, id, day, deleted)
             select entry.scope, advanced.head - entry.followed_by, entry.kind, entry.id, entry.day, entry.deleted
             from entry join advanced on advanced.scope = entry.scope
             on conflict (scope, kind, id, day) do update set seq = excluded.seq, deleted = excluded.deleted)
         select scope, head from advanced",
        &scopes,
        &followed,
        &kinds,
        &ids,
        &days,
        &deleted
    );
    let rows = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.scope, u64::try_from(row.head).unwrap_or(0))).collect())
}

/// The last sequence of a scope; 0 when nothing was ever in it.
pub async fn head(connection: &mut PgConnection, scope: Scope) -> sqlx::Result<u64> {
    let head = sqlx::query_scalar!("select head from heads where scope = $1", scope.to_string()).fetch_optional(connection).await?;
    Ok(head.map_or(0, |head| u64::try_from(head).unwrap_or(0)))
}

/// The last sequences of scopes; those in which there was never anything are left out.
pub async fn heads(connection: &mut PgConnection, scopes: &[Scope]) -> sqlx::Result<BTreeMap<Scope, u64>> {
    let names: Vec<String> = scopes.iter().map(Scope::to_string).collect();
    let rows = sqlx::query!("select scope, head from heads where scope = any($1)", &names).fetch_all(connection).await?;
    let head = |name: &str, head: i64| Some((name.parse().ok()?, u64::try_from(head).ok()?));
    Ok(rows.iter().filter_map(|row| head(&row.scope, row.head)).collect())
}

/// The entries of a scope after a sequence, in order, at most `most`.
pub async fn after(connection: &mut PgConnection, scope: Scope, seq: u64, most: i64) -> sqlx::Result<Vec<Entry>> {
    let rows = sqlx::query_as!(
        Row,
        "select seq, kind, id, day, deleted from feed where scope = $1 and seq > $2 order by seq limit $3",
        scope.to_string(),
        stored_seq(seq),
        most
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(Row::entry).collect())
}

/// The same for a desk, without visits and blocks that ended before `since`: a device keeps the recent past only. Attention that
/// came up before and is settled is left out for who begins; who has a cursor may hold the open entry and must hear of it.
pub async fn after_at_desk(
    connection: &mut PgConnection,
    store: StoreId,
    seq: u64,
    since: Timestamp,
    most: i64,
) -> sqlx::Result<Vec<Entry>> {
    let taking_time: Vec<i16> = SCHEDULE.iter().map(|kind| kind.number()).collect();
    let rows = sqlx::query_as!(
        Row,
        "select seq, kind, id, day, deleted from feed
         where scope = $1 and seq > $2
             and not (kind = $3 and exists (select from bookings b where b.store_id = $4 and b.id = feed.id and b.ends_at < $5))
             and not (kind <> $3 and exists (
                 select from records r
                 where r.store_id = $4 and r.kind = feed.kind and r.id = feed.id and r.day = feed.day and r.ends_at < $5
                     and (r.kind = any($6) or r.settled and $2 = 0)))
         order by seq limit $7",
        Scope::Desk(store).to_string(),
        stored_seq(seq),
        Booking::KIND.number(),
        store.0,
        stored_millis(since),
        &taking_time,
        most
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(Row::entry).collect())
}

/// The same for busy masks, without days before `since`.
pub async fn after_in_busy(connection: &mut PgConnection, store: StoreId, seq: u64, since: i32, most: i64) -> sqlx::Result<Vec<Entry>> {
    let rows = sqlx::query_as!(
        Row,
        "select seq, kind, id, day, deleted from feed where scope = $1 and seq > $2 and day >= $3 order by seq limit $4",
        Scope::Busy(store).to_string(),
        stored_seq(seq),
        since,
        most
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(Row::entry).collect())
}

struct Row {
    seq: i64,
    kind: i16,
    id: Uuid,
    day: i32,
    deleted: bool,
}

impl Row {
    fn entry(self) -> Entry {
        let key = RecordKey { kind: RecordKind::of_number(self.kind), id: self.id, day: self.day };
        Entry { seq: u64::try_from(self.seq).unwrap_or(0), key, deleted: self.deleted }
    }
}
