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
use crate::grants::GivenGrant;

/// What a token leads to.
#[derive(Clone, Debug)]
pub enum Found {
    /// A session that is alive.
    Active(Box<ActiveSession>),
    /// One that ran out by itself.
    RanOut,
    /// One that somebody ended, whose login was closed or tablet revoked, or of which nothing is known any more: its device has to
    /// forget what it read.
    Ended,
}

/// A session that is alive, and whose it is.
#[derive(Clone, Debug)]
pub struct ActiveSession {
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
    /// What people recognise the device by.
    pub device_label: String,
}

#[derive(Debug, Deserialize)]
struct GrantRow {
    id: Uuid,
    role: Role,
    store: Option<StoreId>,
}

/// The session of a token.
///
/// # Errors
/// Of the database.
pub async fn find(db: impl PgExecutor<'_>, token_hash: &[u8], now: Timestamp) -> Result<Found, sqlx::Error> {
    let row = sqlx::query!(
        r#"select s.id, s.account_id, s.user_id, s.device_id, s.staff_id, s.seen_at,
                  a.phone_sealed as "phone_sealed?", coalesce(a.language, u.language) as language,
                  coalesce(u.display_name, d.name) as name, u.staff_id as "user_staff_id?", d.store_id as "store_id?",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'store', g.store_id) order by g.id), '[]')
                     from user_grants g where g.user_id = s.user_id) as "grants!: Json<Vec<GrantRow>>",
                  (s.ended_at is not null or not coalesce(u.active, true) or d.revoked_at is not null) as "is_ended!",
                  (s.idle_until <= $2 or s.expires_at <= $2) as "has_run_out!"
             from sessions s
             left join accounts a on a.id = s.account_id
             left join users u on u.id = s.user_id
             left join devices d on d.id = s.device_id
            where s.token_hash = $1"#,
        token_hash,
        now.0,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row.filter(|row| !row.is_ended) else { return Ok(Found::Ended) };
    if row.has_run_out {
        return Ok(Found::RanOut);
    }
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
        _ => return Ok(Found::Ended),
    };
    Ok(Found::Active(Box::new(ActiveSession {
        id: row.id,
        principal,
        staff: row.staff_id.or(row.user_staff_id).map(StaffId),
        name: row.name,
        phone_sealed: row.phone_sealed,
        language: language_of(row.language.as_deref().unwrap_or("zh")),
        given,
        store,
        seen_at: Timestamp(row.seen_at),
    })))
}

/// The hash of a session's token.
///
/// # Errors
/// Of the database.
pub async fn token_hash(db: impl PgExecutor<'_>, id: Uuid) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar!("select token_hash from sessions where id = $1", id).fetch_optional(db).await
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
        "insert into sessions (token_hash, id, account_id, user_id, device_id, created_at, seen_at, idle_until, expires_at, device_label)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)",
        &new.token_hash,
        new.id,
        account,
        user,
        device,
        new.now.0,
        new.idle_until.0,
        new.expires_at.0,
        new.device_label,
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
