//! One-time codes: one per phone number, the newest.

use shared::time::Timestamp;
use sqlx::PgExecutor;

/// Keeps the hash of a new code; an older one is no longer good.
///
/// # Errors
/// Of the database.
pub async fn put(db: impl PgExecutor<'_>, phone_index: &[u8], hash: &[u8], expires_at: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into codes (phone_index, code_hash, expires_at) values ($1, $2, $3)
         on conflict (phone_index) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at",
        phone_index,
        hash,
        expires_at.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses a code up, if it is the one and still good: true for exactly one of any number of callers at once.
///
/// # Errors
/// Of the database.
pub async fn take(db: impl PgExecutor<'_>, phone_index: &[u8], hash: &[u8], now: Timestamp) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("delete from codes where phone_index = $1 and code_hash = $2 and expires_at > $3", phone_index, hash, now.0)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes codes nobody used.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query!("delete from codes where expires_at < $1", now.0).execute(db).await?.rows_affected())
}
