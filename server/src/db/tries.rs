//! The tries at each door, one row per door and subject, locked while it is counted.

use shared::time::{MINUTE, Timestamp};
use sqlx::{PgConnection, PgExecutor};

use crate::auth::tries::{Door, WINDOW_MINUTES, one_more};

/// Counts one more try; `Err` holds the seconds to wait when there were too many, and nothing is counted. The row stays locked
/// until the caller's transaction ends: it should end at once.
///
/// # Errors
/// Of the database.
pub async fn count(db: &mut PgConnection, door: Door, subject: &[u8], now: Timestamp) -> Result<Result<(), u64>, sqlx::Error> {
    // One statement finds or makes the row and locks it: between two, somebody else's success could take it away.
    let times = sqlx::query_scalar!(
        "insert into tries (door, subject, times, last_at) values ($1, $2, '{}', $3)
         on conflict (door, subject) do update set last_at = excluded.last_at
         returning times",
        door.name(),
        subject,
        now.0
    )
    .fetch_one(&mut *db)
    .await?;
    let times = match one_more(&times, now, door.limit()) {
        Ok(times) => times,
        Err(seconds) => return Ok(Err(seconds)),
    };
    sqlx::query!("update tries set times = $3, last_at = $4 where door = $1 and subject = $2", door.name(), subject, &times, now.0)
        .execute(&mut *db)
        .await?;
    Ok(Ok(()))
}

/// The last try was right: it does not count.
///
/// # Errors
/// Of the database.
pub async fn forgive_last(db: impl PgExecutor<'_>, door: Door, subject: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update tries set times = trim_array(times, least(1, cardinality(times))) where door = $1 and subject = $2",
        door.name(),
        subject
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Nothing tried so far counts any more.
///
/// # Errors
/// Of the database.
pub async fn forgive_all(db: impl PgExecutor<'_>, door: Door, subject: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from tries where door = $1 and subject = $2", door.name(), subject).execute(db).await?;
    Ok(())
}

/// Removes what no longer counts.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, sqlx::Error> {
    let before = now.0.saturating_sub(WINDOW_MINUTES * MINUTE);
    Ok(sqlx::query!("delete from tries where last_at < $1", before).execute(db).await?.rows_affected())
}
