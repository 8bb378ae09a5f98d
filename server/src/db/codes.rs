//! One-time codes, each of the browser that asked for it.

use shared::time::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

/// Wrong tries that a code survives.
const MOST_WRONG: i16 = 5;
/// So many codes of a browser for one number are good: messages overtake each other.
const GOOD_AT_ONCE: i64 = 2;

/// A code to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewCode<'a> {
    /// Id.
    pub id: Uuid,
    /// Hash of the browser's cookie.
    pub browser: &'a [u8],
    /// Keyed hash of the number.
    pub phone_index: &'a [u8],
    /// Keyed hash of the code.
    pub hash: &'a [u8],
    /// Now.
    pub made_at: Timestamp,
    /// Good until then.
    pub expires_at: Timestamp,
}

/// Keeps the hash of a new code.
///
/// # Errors
/// Of the database.
pub async fn put(db: impl PgExecutor<'_>, new: NewCode<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into codes (id, browser, phone_index, code_hash, made_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        new.id,
        new.browser,
        new.phone_index,
        new.hash,
        new.made_at.0,
        new.expires_at.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a browser has a code for a number that is still good: only then is there anything to guess.
///
/// # Errors
/// Of the database.
pub async fn any(db: impl PgExecutor<'_>, browser: &[u8], phone_index: &[u8], now: Timestamp) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from codes where browser = $1 and phone_index = $2 and expires_at > $3 and wrong < $4) as "any!""#,
        browser,
        phone_index,
        now.0,
        MOST_WRONG,
    )
    .fetch_one(db)
    .await
}

/// Uses a code up, if it is one of the last two of this browser for this number and still good: true for exactly one of any number of
/// callers at once. A wrong one counts against all that are good.
///
/// # Errors
/// Of the database.
pub async fn take(db: impl PgExecutor<'_>, browser: &[u8], phone_index: &[u8], hash: &[u8], now: Timestamp) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"with good as (
               select id, code_hash from codes
                where browser = $1 and phone_index = $2 and expires_at > $4 and wrong < $5
                order by made_at desc, id desc limit $6 for update),
           hit as (select id from good where code_hash = $3),
           used as (delete from codes where browser = $1 and phone_index = $2 and exists (select from hit)),
           missed as (update codes set wrong = wrong + 1 where id in (select id from good) and not exists (select from hit))
           select exists (select from hit) as "right!""#,
        browser,
        phone_index,
        hash,
        now.0,
        MOST_WRONG,
        GOOD_AT_ONCE,
    )
    .fetch_one(db)
    .await
}

/// Removes codes nobody used.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query!("delete from codes where expires_at < $1", now.0).execute(db).await?.rows_affected())
}
