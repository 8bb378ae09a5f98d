//! Sessions, found by the hash of their token together with whose they are.

use serde::Deserialize;
use shared::id::{AccountId, DeviceId, StaffId, StoreId, UserId};
use shared::name::Language;
use shared::role::{Grant, Principal, Role};
use shared::time::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use super::accounts::language_of;
use crate::auth::grants::GivenGrant;

/// A session that is alive, and whose it is.
#[derive(Clone, Debug)]
pub struct Living {
    /// Id of the session.
    pub id: Uuid,
    /// Account, user or device.
    pub principal: Principal,
    /// The staff member: of the login, or named by PIN.
    pub staff: Option<StaffId>,
    /// Display name of the login, the tablet's, or that of the account's first member.
    pub name: Option<String>,
    /// Sealed phone number of the account.
    pub phone_sealed: Option<Vec<u8>>,
    /// Preferred language.
    pub language: Language,
    /// Roles of the login; a tablet works as the reception of its store.
    pub given: Vec<GivenGrant>,
    /// Store of the tablet.
    pub store: Option<StoreId>,
    /// When its use was last written down.
    pub seen_at: Timestamp,
}

/// A session to be stored.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Hash of its token.
    pub token_hash: Vec<u8>,
    /// Id.
    pub id: Uuid,
    /// Account, user or device.
    pub principal: Principal,
    /// Begin.
    pub now: Timestamp,
    /// End when not used.
    pub idle_until: Timestamp,
    /// End anyway.
    pub expires_at: Timestamp,
}

#[derive(Debug, Deserialize)]
struct GrantRow {
    id: Uuid,
    role: Role,
    store: Option<StoreId>,
}

/// The session of a token, if it is alive: not ended, and its login not closed, its tablet not revoked.
///
/// # Errors
/// Of the database.
pub async fn living(db: impl PgExecutor<'_>, token_hash: &[u8], now: Timestamp) -> Result<Option<Living>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select s.id, s.account_id, s.user_id, s.device_id, s.staff_id, s.seen_at,
                  a.phone_sealed as "phone_sealed?", coalesce(a.language, u.language) as language,
                  coalesce(u.display_name, d.name,
                           (select m.name from members m where m.account_id = s.account_id order by m.id limit 1)) as name, u.staff_id as "user_staff_id?", d.store_id as "store_id?",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'store', g.store_id) order by g.id), '[]')
                     from user_grants g where g.user_id = s.user_id) as "grants!: Json<Vec<GrantRow>>"
             from sessions s
             left join accounts a on a.id = s.account_id
             left join users u on u.id = s.user_id
             left join devices d on d.id = s.device_id
            where s.token_hash = $1 and s.idle_until > $2 and s.expires_at > $2
              and (s.user_id is null or u.active) and (s.device_id is null or d.revoked_at is null)"#,
        token_hash,
        now.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| {
        let store = row.store_id.map(StoreId);
        let mut given: Vec<GivenGrant> =
            row.grants.0.into_iter().map(|g| GivenGrant { id: g.id, grant: Grant { role: g.role, store: g.store } }).collect();
        let principal = match (row.account_id, row.user_id, row.device_id) {
            (Some(id), _, _) => Principal::Account(AccountId(id)),
            (_, Some(id), _) => Principal::User(UserId(id)),
            (_, _, Some(id)) => {
                given.push(GivenGrant { id, grant: Grant { role: Role::Receptionist, store } });
                Principal::Device(DeviceId(id))
            }
            _ => return None,
        };
        Some(Living {
            id: row.id,
            principal,
            staff: row.staff_id.or(row.user_staff_id).map(StaffId),
            name: row.name,
            phone_sealed: row.phone_sealed,
            language: language_of(row.language.as_deref().unwrap_or("zh")),
            given,
            store,
            seen_at: Timestamp(row.seen_at),
        })
    }))
}

/// Stores a new session.
///
/// # Errors
/// Of the database.
pub async fn insert(db: impl PgExecutor<'_>, new: &NewSession) -> Result<(), sqlx::Error> {
    let (account, user, device) = match new.principal {
        Principal::Account(id) => (Some(id.0), None, None),
        Principal::User(id) => (None, Some(id.0), None),
        Principal::Device(id) => (None, None, Some(id.0)),
        Principal::Anonymous | Principal::System => (None, None, None),
    };
    sqlx::query!(
        "insert into sessions (token_hash, id, account_id, user_id, device_id, created_at, seen_at, idle_until, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8)",
        new.token_hash,
        new.id,
        account,
        user,
        device,
        new.now.0,
        new.idle_until.0,
        new.expires_at.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes down that a session was used.
///
/// # Errors
/// Of the database.
pub async fn note_use(db: impl PgExecutor<'_>, id: Uuid, now: Timestamp, idle_until: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("update sessions set seen_at = $2, idle_until = $3 where id = $1", id, now.0, idle_until.0).execute(db).await?;
    Ok(())
}

/// Names the staff member at a tablet.
///
/// # Errors
/// Of the database.
pub async fn claim(db: impl PgExecutor<'_>, id: Uuid, staff: Option<StaffId>) -> Result<(), sqlx::Error> {
    sqlx::query!("update sessions set staff_id = $2 where id = $1", id, staff.map(|staff| staff.0)).execute(db).await?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// Of the database.
pub async fn end(db: impl PgExecutor<'_>, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sessions where id = $1", id).execute(db).await?;
    Ok(())
}

/// Ends all sessions of a login; their ids.
///
/// # Errors
/// Of the database.
pub async fn end_of_user(db: impl PgExecutor<'_>, user: UserId) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("delete from sessions where user_id = $1 returning id", user.0).fetch_all(db).await
}

/// Ends all sessions of a tablet; their ids.
///
/// # Errors
/// Of the database.
pub async fn end_of_device(db: impl PgExecutor<'_>, device: DeviceId) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("delete from sessions where device_id = $1 returning id", device.0).fetch_all(db).await
}

/// Removes sessions that have ended by themselves.
///
/// # Errors
/// Of the database.
pub async fn forget_ended(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query!("delete from sessions where idle_until < $1 or expires_at < $1", now.0).execute(db).await?.rows_affected())
}
