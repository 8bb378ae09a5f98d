//! The attempts per counter and subject, one row each, locked while it is counted.

use shared::time::{MINUTE, Timestamp};
use sqlx::{PgConnection, PgExecutor};

use crate::rate_limit::{Counter, LONGEST_MINUTES, record_attempt};

/// Counts one more attempt and says how many count by now; `Err` holds the seconds to wait when there were too many, and nothing is
/// counted. The row stays locked until the caller's transaction ends: it should end at once.
///
/// # Errors
/// Of the database.
pub async fn record(
    db: &mut PgConnection,
    counter: Counter,
    subject: &[u8],
    limit: usize,
    now: Timestamp,
) -> Result<Result<usize, u64>, sqlx::Error> {
    // One statement finds or makes the row and locks it: between two, somebody else's success could take it away.
    let times = sqlx::query_scalar!(
        "insert into attempts (counter, subject, times, last_at) values ($1, $2, '{}', $3)
         on conflict (counter, subject) do update set last_at = excluded.last_at
         returning times",
        counter.name(),
        subject,
        now.0
    )
    .fetch_one(&mut *db)
    .await?;
    let times = match record_attempt(&times, now, counter.window_minutes(), limit) {
        Ok(times) => times,
        Err(seconds) => return Ok(Err(seconds)),
    };
    sqlx::query!(
        "update attempts set times = $3, last_at = $4 where counter = $1 and subject = $2",
        counter.name(),
        subject,
        &times,
        now.0
    )
    .execute(&mut *db)
    .await?;
    Ok(Ok(times.len()))
}

/// The last attempt was right: it does not count.
///
/// # Errors
/// Of the database.
pub async fn forgive_last(db: impl PgExecutor<'_>, counter: Counter, subject: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update attempts set times = trim_array(times, least(1, cardinality(times))) where counter = $1 and subject = $2",
        counter.name(),
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
pub async fn forgive_all(db: impl PgExecutor<'_>, counter: Counter, subject: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from attempts where counter = $1 and subject = $2", counter.name(), subject).execute(db).await?;
    Ok(())
}

/// Removes what no longer counts.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, sqlx::Error> {
    let before = now.0.saturating_sub(LONGEST_MINUTES * MINUTE);
    Ok(sqlx::query!("delete from attempts where last_at < $1", before).execute(db).await?.rows_affected())
}
