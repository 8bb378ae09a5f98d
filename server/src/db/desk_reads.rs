//! How far people have read the desk feeds of their stores, as the server saw it: a device's own word counts only above that.

use std::collections::BTreeMap;

use shared::id::{ReplicaId, StoreId};
use shared::time::{DAY, Timestamp};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::stored_seq;

/// So long a note of an emptied outbox stays good enough: rewriting it at every exchange would be wasted.
const GOOD_FOR_MILLIS: i64 = 30_000;

/// A replica that was not heard for so long is judged by what others of the same principal have read; longer than any session lasts unused.
const KEPT_DAYS: i64 = 100;

/// What one exchange showed of a replica.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// See [`crate::identity::principal_name`].
    pub principal: &'a str,
    /// The replica.
    pub replica: ReplicaId,
    /// How far it had read the desk feeds, once per store.
    pub reads: &'a [DeskRead],
    /// Whether nothing waits in its outbox of what it had when it asked.
    pub emptied: bool,
}

/// Remembers what an exchange showed, in one statement; writes only what is news.
///
/// # Errors
/// Of the database.
pub async fn note(connection: &mut PgConnection, shown: &Shown<'_>, now: Timestamp) -> sqlx::Result<()> {
    let stores: Vec<Uuid> = shown.reads.iter().map(|read| read.store.0).collect();
    let reads: Vec<i64> = shown.reads.iter().map(|read| stored_seq(read.read)).collect();
    let given: Vec<i64> = shown.reads.iter().map(|read| stored_seq(read.given)).collect();
    sqlx::query!(
        "with settled as (
             insert into replicas (id, principal, created_at, settled_at)
             select $2, $1, $6, $6 where $5 and not exists (select from replicas where id = $2 and settled_at >= $7)
             on conflict (id) do update set settled_at = excluded.settled_at where replicas.principal = excluded.principal)
         insert into desk_reads as d (principal, store_id, replica_id, presented, settled)
         select $1, read.store, $2,
                case when known.seq is null then read.given else read.seq end,
                case when known.seq is null then read.given when $5 then read.seq else 0 end
         from unnest($3::uuid[], $4::bigint[], $8::bigint[]) as read(store, seq, given)
         left join lateral (
             select d.presented as seq, d.settled from desk_reads d
              where d.principal = $1 and d.store_id = read.store and d.replica_id = $2) known on true
         where known.seq is null or known.seq < read.seq or (known.settled < read.seq and $5)
         order by read.store
         on conflict (principal, store_id, replica_id) do update set
             presented = greatest(d.presented, excluded.presented), settled = greatest(d.settled, excluded.settled)",
        shown.principal,
        shown.replica.0,
        &stores,
        &reads,
        shown.emptied,
        now.0,
        now.0 - GOOD_FOR_MILLIS,
        &given
    )
    .execute(connection)
    .await
    .map(drop)
}

/// How far the senders of commands had read the desk feed of a store before they gave what they send now: each replica itself up to its
/// last empty outbox, the other replicas of the same principal up to their last cursor.
///
/// # Errors
/// Of the database.
pub async fn of_senders(
    connection: &mut PgConnection,
    store: StoreId,
    senders: &[(String, ReplicaId)],
) -> sqlx::Result<BTreeMap<ReplicaId, u64>> {
    let (principals, replicas): (Vec<String>, Vec<Uuid>) = senders.iter().map(|(principal, id)| (principal.clone(), id.0)).unzip();
    let rows = sqlx::query!(
        r#"select sender.replica as "replica!",
                  max(case when d.replica_id = sender.replica then d.settled else d.presented end) as "seq!"
           from unnest($1::text[], $2::uuid[]) as sender(principal, replica)
           join desk_reads d on d.principal = sender.principal and d.store_id = $3
           group by sender.replica"#,
        &principals,
        &replicas,
        store.0
    );
    let rows = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (ReplicaId(row.replica), u64::try_from(row.seq).unwrap_or(0))).collect())
}

/// Removes what says nothing any more: of tablets that were revoked long ago, and of replicas long silent where another one of the same
/// principal has read as far. So how far a principal has read is never forgotten, and nobody gains by coming back late.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from desk_reads d
         where exists (select from devices v where d.principal = 'device:' || v.id and v.revoked_at < $1)
            or exists (
                 select from desk_reads o where o.principal = d.principal and o.store_id = d.store_id
                     and (o.presented, o.replica_id) > (d.presented, d.replica_id))
               and not exists (
                 select from replicas r where r.id = d.replica_id and greatest(r.created_at, r.settled_at, r.stamp_at) >= $1)",
        now.0.saturating_sub(KEPT_DAYS * DAY)
    );
    Ok(done.execute(db).await?.rows_affected())
}

/// How far a reader had read the desk feed of a store. A cursor counts that was given out in this epoch and under this right; of a feed
/// that is read from the start what is given counts, because a device that knows nothing yet cannot have acted on less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskRead {
    /// Store.
    pub store: StoreId,
    /// Read before.
    pub read: u64,
    /// Given now. Of a reader that was never heard before this counts: no cursor of theirs was given by us.
    pub given: u64,
}
