//! Invitations: links with which somebody sets the password of a login, each good once.

use shared::id::UserId;
use shared::time::Timestamp;
use sqlx::{PgConnection, PgExecutor};

/// An invitation to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// SHA-256 of its secret.
    pub token_hash: Vec<u8>,
    /// The login it is for.
    pub user: UserId,
    /// Principal that made it.
    pub made_by: String,
    /// Now.
    pub made_at: Timestamp,
    /// Good until then.
    pub expires_at: Timestamp,
}

/// Keeps an invitation; those made before for the same login are no longer good.
///
/// # Errors
/// Of the database.
pub async fn put(db: &mut PgConnection, new: &NewInvitation) -> Result<(), sqlx::Error> {
    remove_of(&mut *db, new.user).await?;
    sqlx::query!(
        "insert into invitations (token_hash, user_id, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5)",
        &new.token_hash,
        new.user.0,
        new.made_by,
        new.made_at.0,
        new.expires_at.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The open login an invitation is for and its name, while it is good.
///
/// # Errors
/// Of the database.
pub async fn find(db: impl PgExecutor<'_>, token_hash: &[u8], now: Timestamp) -> Result<Option<(UserId, String)>, sqlx::Error> {
    let row = sqlx::query!(
        "select u.id, u.name from invitations i join users u on u.id = i.user_id
          where i.token_hash = $1 and i.expires_at > $2 and u.active",
        token_hash,
        now.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (UserId(row.id), row.name)))
}

/// Uses an invitation up: true for exactly one of any number of callers at once.
///
/// # Errors
/// Of the database.
pub async fn take(db: impl PgExecutor<'_>, token_hash: &[u8], now: Timestamp) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("delete from invitations where token_hash = $1 and expires_at > $2", token_hash, now.0).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Removes the invitations of a login.
///
/// # Errors
/// Of the database.
pub async fn remove_of(db: impl PgExecutor<'_>, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from invitations where user_id = $1", user.0).execute(db).await?;
    Ok(())
}

/// Removes those nobody accepted in time.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query!("delete from invitations where expires_at < $1", now.0).execute(db).await?.rows_affected())
}
