//! Codes that are said at a desk: one per store and number, the newest.

use shared::id::StoreId;
use shared::time::{DAY, Timestamp};
use sqlx::{PgConnection, PgExecutor};

/// How many wrong answers a code survives.
const TRIES: i16 = 5;

/// A code to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewDeskCode<'a> {
    /// Store at whose desk it will be said.
    pub store: StoreId,
    /// Keyed hash of the number.
    pub phone_index: &'a [u8],
    /// Keyed hash of store and code.
    pub code_hash: &'a [u8],
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Keeps a code in place of the one before. How often is counted before (see `auth::attempts::desk_code`).
///
/// # Errors
/// Of the database.
pub async fn put(db: impl PgExecutor<'_>, new: NewDeskCode<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into desk_codes (store_id, phone_index, code_hash, expires_at, tries_left) values ($1, $2, $3, $4, $5)
         on conflict (store_id, phone_index) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at,
             tries_left = excluded.tries_left",
        new.store.0,
        new.phone_index,
        new.code_hash,
        new.expires_at.0,
        TRIES,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Looks at an answer: the right one uses the code up, a wrong one takes a try. Belongs to the transaction of what the code is for.
pub(crate) async fn take(
    connection: &mut PgConnection,
    store: StoreId,
    phone_index: &[u8],
    hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<bool> {
    let stored = sqlx::query_scalar!(
        "update desk_codes set tries_left = tries_left - 1
         where store_id = $1 and phone_index = $2 and expires_at > $3 and tries_left > 0
         returning code_hash",
        store.0,
        phone_index,
        now.0
    );
    let is_right = stored.fetch_optional(&mut *connection).await?.is_some_and(|stored| stored == hash);
    if is_right {
        sqlx::query!("update desk_codes set tries_left = 0 where store_id = $1 and phone_index = $2", store.0, phone_index)
            .execute(connection)
            .await?;
    }
    Ok(is_right)
}

/// Removes what neither is good nor counts any more.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from desk_codes where expires_at < $1", now.0 - DAY).execute(db).await?.rows_affected())
}
