//! Where somebody is signed in, and how it ends. What is ended from elsewhere stays as a row for a while: the device that comes with its
//! token is told so.

use shared::id::{DeviceId, StaffId, UserId};
use shared::role::Principal;
use shared::time::{DAY, Timestamp};
use sqlx::PgExecutor;
use uuid::Uuid;

/// Rows of staff logins are kept so long after their end: a machine that was off is told what became of its login.
const KEPT_DAYS: i64 = 30;

/// A session in somebody's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Id.
    pub id: Uuid,
    /// What people recognise the device by.
    pub device_label: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When its use was last written down.
    pub seen_at: Timestamp,
}

/// The live sessions of a principal, the last used first.
///
/// # Errors
/// Of the database.
pub async fn open_of(db: impl PgExecutor<'_>, principal: Principal, now: Timestamp) -> Result<Vec<OpenSession>, sqlx::Error> {
    let (account, user, device) = match principal {
        Principal::Account(id) => (Some(id.0), None, None),
        Principal::User(id) => (None, Some(id.0), None),
        Principal::Device(id) => (None, None, Some(id.0)),
        Principal::Anonymous | Principal::System => (None, None, None),
    };
    let rows = sqlx::query!(
        "select id, device_label, created_at, seen_at from sessions
          where (account_id = $1 or user_id = $2 or device_id = $3) and ended_at is null and idle_until > $4 and expires_at > $4
          order by seen_at desc, id",
        account,
        user,
        device,
        now.0
    )
    .fetch_all(db)
    .await?;
    let session = |id, device_label, created: i64, seen: i64| OpenSession {
        id,
        device_label,
        created_at: Timestamp(created),
        seen_at: Timestamp(seen),
    };
    Ok(rows.into_iter().map(|row| session(row.id, row.device_label, row.created_at, row.seen_at)).collect())
}

/// Whose session it is, if it is alive.
///
/// # Errors
/// Of the database.
pub async fn owner(db: impl PgExecutor<'_>, session: Uuid) -> Result<Option<Principal>, sqlx::Error> {
    let row = sqlx::query!("select account_id, user_id, device_id from sessions where id = $1 and ended_at is null", session)
        .fetch_optional(db)
        .await?;
    Ok(row.and_then(|row| match (row.account_id, row.user_id, row.device_id) {
        (Some(id), _, _) => Some(Principal::Account(shared::id::AccountId(id))),
        (_, Some(id), _) => Some(Principal::User(UserId(id))),
        (_, _, Some(id)) => Some(Principal::Device(DeviceId(id))),
        _ => None,
    }))
}

/// Removes a session that was signed out where it is.
///
/// # Errors
/// Of the database.
pub async fn remove(db: impl PgExecutor<'_>, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sessions where id = $1", id).execute(db).await?;
    Ok(())
}

/// Ends one session from elsewhere.
///
/// # Errors
/// Of the database.
pub async fn end(db: impl PgExecutor<'_>, id: Uuid, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("update sessions set ended_at = $2 where id = $1 and ended_at is null", id, now.0).execute(db).await?;
    Ok(())
}

/// Ends all sessions of a login but `except`; their ids.
///
/// # Errors
/// Of the database.
pub async fn end_of_user(db: impl PgExecutor<'_>, user: UserId, except: Option<Uuid>, now: Timestamp) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "update sessions set ended_at = $3 where user_id = $1 and id is distinct from $2 and ended_at is null returning id",
        user.0,
        except,
        now.0
    )
    .fetch_all(db)
    .await
}

/// Ends all sessions of a tablet; their ids.
///
/// # Errors
/// Of the database.
pub async fn end_of_device(db: impl PgExecutor<'_>, device: DeviceId, now: Timestamp) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("update sessions set ended_at = $2 where device_id = $1 and ended_at is null returning id", device.0, now.0)
        .fetch_all(db)
        .await
}

/// The live sessions of a login: their streams end when its rights change.
///
/// # Errors
/// Of the database.
pub async fn ids_of_user(db: impl PgExecutor<'_>, user: UserId) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("select id from sessions where user_id = $1 and ended_at is null", user.0).fetch_all(db).await
}

/// Nobody stands at a tablet any more as this staff member: their PIN is another one. The sessions concerned.
///
/// # Errors
/// Of the database.
pub async fn forget_claims(db: impl PgExecutor<'_>, staff: StaffId) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("update sessions set staff_id = null where staff_id = $1 and device_id is not null returning id", staff.0)
        .fetch_all(db)
        .await
}

/// Removes sessions that have run out by themselves.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, sqlx::Error> {
    let long_ago = now.0.saturating_sub(KEPT_DAYS * DAY);
    let done = sqlx::query!(
        "delete from sessions
          where least(idle_until, expires_at) < case when user_id is null and ended_at is null then $1::bigint else $2::bigint end",
        now.0,
        long_ago
    );
    Ok(done.execute(db).await?.rows_affected())
}
