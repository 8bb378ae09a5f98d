//! Replicas: an installation × a principal, and the last of its numbers that has an outcome.

use shared::id::ReplicaId;
use shared::time::Timestamp;
use sqlx::PgConnection;

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

/// Locks a replica's row until the end of the transaction, making it when it is new.
pub(crate) async fn lock(connection: &mut PgConnection, replica: ReplicaId, principal: &str, now: Timestamp) -> sqlx::Result<Standing> {
    let select = || sqlx::query!("select principal, last_number from replicas where id = $1 for update", replica.0);
    let row = match select().fetch_optional(&mut *connection).await? {
        Some(row) => row,
        None => {
            sqlx::query!(
                "insert into replicas (id, principal, created_at) values ($1, $2, $3) on conflict do nothing",
                replica.0,
                principal,
                now.0
            )
            .execute(&mut *connection)
            .await?;
            select().fetch_one(connection).await?
        }
    };
    Ok(Standing { principal: row.principal, last: u64::try_from(row.last_number).unwrap_or(0) })
}

/// Remembers the last number that has an outcome.
pub(crate) async fn set_last(connection: &mut PgConnection, replica: ReplicaId, last: u64) -> sqlx::Result<()> {
    sqlx::query!("update replicas set last_number = $2 where id = $1", replica.0, super::stored_seq(last))
        .execute(connection)
        .await
        .map(drop)
}
