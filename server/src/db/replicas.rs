//! Replicas: an installation × a principal, and the last of its numbers that has an outcome.

use std::collections::BTreeMap;

use shared::id::ReplicaId;
use shared::stamp::Stamp;
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

/// Where the server stands with a replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whose it is.
    pub principal: String,
    /// All numbers up to this one have an outcome.
    pub last: u64,
    /// What it gives next was given after this: the last stamp accepted from it, and the last exchange that emptied its outbox.
    pub floor: Stamp,
}

/// How far a replica came in a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// All numbers up to this one have an outcome.
    pub last: u64,
    /// The last stamp accepted.
    pub stamp: Stamp,
}

/// A replica's row.
struct Row {
    id: Uuid,
    principal: String,
    last_number: i64,
    stamp_at: i64,
    stamp_counter: i64,
    settled_at: i64,
}

impl Row {
    fn standing(self) -> (ReplicaId, Standing) {
        let stamp = Stamp { at: Timestamp(self.stamp_at), counter: u32::try_from(self.stamp_counter).unwrap_or(u32::MAX) };
        let settled = Stamp { at: Timestamp(self.settled_at), counter: 0 };
        let last = u64::try_from(self.last_number).unwrap_or(0);
        (ReplicaId(self.id), Standing { principal: self.principal, last, floor: stamp.max(settled) })
    }
}

/// Where the server stands with a replica; `None` when it was never heard.
pub async fn standing(connection: &mut PgConnection, replica: ReplicaId) -> sqlx::Result<Option<Standing>> {
    let row = sqlx::query_as!(
        Row,
        "select id, principal, last_number, stamp_at, stamp_counter, settled_at from replicas where id = $1",
        replica.0
    );
    Ok(row.fetch_optional(connection).await?.map(|row| row.standing().1))
}

/// Locks the rows of replicas, in the order of their ids, until the end of the transaction; makes those that are new.
pub(crate) async fn lock(
    connection: &mut PgConnection,
    wanted: &BTreeMap<ReplicaId, &str>,
    now: Timestamp,
) -> sqlx::Result<BTreeMap<ReplicaId, Standing>> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = lock_known(connection, wanted).await?;
    if found.len() == wanted.len() {
        return Ok(found);
    }
    let new = || wanted.iter().filter(|(id, _)| !found.contains_key(id));
    let ids: Vec<Uuid> = new().map(|(id, _)| id.0).collect();
    let principals: Vec<String> = new().map(|(_, principal)| (*principal).to_owned()).collect();
    sqlx::query!(
        "insert into replicas (id, principal, created_at) select id, principal, $3 from unnest($1::uuid[], $2::text[]) as new(id, principal)
         on conflict do nothing",
        &ids,
        &principals,
        now.0
    )
    .execute(&mut *connection)
    .await?;
    lock_known(connection, wanted).await
}

async fn lock_known(connection: &mut PgConnection, wanted: &BTreeMap<ReplicaId, &str>) -> sqlx::Result<BTreeMap<ReplicaId, Standing>> {
    let ids: Vec<Uuid> = wanted.keys().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        Row,
        "select id, principal, last_number, stamp_at, stamp_counter, settled_at from replicas
         where id = any($1) order by id for update",
        &ids
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(Row::standing).collect())
}

/// Remembers the last numbers that have an outcome, and their stamps.
pub(crate) async fn set_last(connection: &mut PgConnection, moved: &BTreeMap<ReplicaId, Progress>) -> sqlx::Result<()> {
    if moved.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = moved.keys().map(|id| id.0).collect();
    let numbers: Vec<i64> = moved.values().map(|progress| super::stored_seq(progress.last)).collect();
    let stamps: Vec<i64> = moved.values().map(|progress| progress.stamp.at.0).collect();
    let counters: Vec<i64> = moved.values().map(|progress| i64::from(progress.stamp.counter)).collect();
    sqlx::query!(
        "update replicas set last_number = moved.number, stamp_at = moved.stamp, stamp_counter = moved.counter
         from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) as moved(id, number, stamp, counter)
         where replicas.id = moved.id",
        &ids,
        &numbers,
        &stamps,
        &counters
    )
    .execute(connection)
    .await
    .map(drop)
}
