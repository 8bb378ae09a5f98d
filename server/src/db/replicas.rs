//! Replicas: an installation × a principal, and the last of its numbers that has an outcome.

use std::collections::BTreeMap;

use shared::id::ReplicaId;
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
}

/// Where the server stands with a replica; `None` when it was never heard.
pub async fn standing(connection: &mut PgConnection, replica: ReplicaId) -> sqlx::Result<Option<Standing>> {
    let row = sqlx::query!("select principal, last_number from replicas where id = $1", replica.0).fetch_optional(connection).await?;
    Ok(row.map(|row| Standing { principal: row.principal, last: u64::try_from(row.last_number).unwrap_or(0) }))
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
    let rows = sqlx::query!("select id, principal, last_number from replicas where id = any($1) order by id for update", &ids);
    let rows = rows.fetch_all(connection).await?.into_iter();
    let standing = |principal, last: i64| Standing { principal, last: u64::try_from(last).unwrap_or(0) };
    Ok(rows.map(|row| (ReplicaId(row.id), standing(row.principal, row.last_number))).collect())
}

/// Remembers the last numbers that have an outcome.
pub(crate) async fn set_last(connection: &mut PgConnection, moved: &BTreeMap<ReplicaId, u64>) -> sqlx::Result<()> {
    if moved.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = moved.keys().map(|id| id.0).collect();
    let numbers: Vec<i64> = moved.values().map(|last| super::stored_seq(*last)).collect();
    sqlx::query!(
        "update replicas set last_number = moved.number from unnest($1::uuid[], $2::bigint[]) as moved(id, number)
         where replicas.id = moved.id",
        &ids,
        &numbers
    )
    .execute(connection)
    .await
    .map(drop)
}
