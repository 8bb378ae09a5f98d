//! Staff logins and their roles.

use serde::Deserialize;
use shared::id::{StaffId, StoreId, UserId};
use shared::role::{Grant, Role};
use shared::time::Timestamp;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// A login to be stored.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Id.
    pub id: UserId,
    /// Id of its first grant.
    pub grant_id: Uuid,
    /// Name to sign in with.
    pub name: String,
    /// Name to greet them by.
    pub display_name: String,
    /// argon2id; without one the login waits for its invitation.
    pub password_hash: Option<String>,
    /// Role and store.
    pub grant: Grant,
    /// The staff member they are, if one.
    pub staff: Option<StaffId>,
}

/// Stores a login with its first role; false when the name is taken.
///
/// # Errors
/// Of the database.
pub async fn insert(db: &mut PgConnection, new: &NewUser, now: Timestamp) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into users (id, name, display_name, password_hash, staff_id, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        new.id.0,
        new.name,
        new.display_name,
        new.password_hash,
        new.staff.map(|staff| staff.0),
        now.0,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "insert into user_grants (id, user_id, role, store_id, created_at) values ($1, $2, $3, $4, $5)",
        new.grant_id,
        new.id.0,
        role_name(new.grant.role),
        new.grant.store.map(|store| store.0),
        now.0,
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// The login of a name, if it is open and has a password: its id and password hash.
///
/// # Errors
/// Of the database.
pub async fn by_name(db: impl PgExecutor<'_>, name: &str) -> Result<Option<(UserId, String)>, sqlx::Error> {
    let row = sqlx::query!("select id, password_hash from users where lower(name) = lower($1) and active", name).fetch_optional(db).await?;
    Ok(row.and_then(|row| Some((UserId(row.id), row.password_hash?))))
}

/// A login with its roles.
#[derive(Clone, Debug)]
pub struct Login {
    /// Id.
    pub id: UserId,
    /// Name to sign in with.
    pub name: String,
    /// Name to greet them by.
    pub display_name: String,
    /// The staff member it belongs to.
    pub staff: Option<StaffId>,
    /// Whether it can be used.
    pub is_open: bool,
    /// argon2id; none while its invitation has not been accepted.
    pub password_hash: Option<String>,
    /// Roles.
    pub grants: Vec<Grant>,
    /// When any of its sessions was used last.
    pub seen_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize)]
struct GrantRow {
    role: Role,
    store: Option<StoreId>,
}

/// All logins, or the one with an id, by name.
///
/// # Errors
/// Of the database.
pub async fn list(db: impl PgExecutor<'_>, only: Option<UserId>) -> Result<Vec<Login>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select u.id, u.name, u.display_name, u.staff_id, u.active, u.password_hash,
                  (select max(s.seen_at) from sessions s where s.user_id = u.id) as seen_at,
                  (select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'store', g.store_id) order by g.id), '[]')
                     from user_grants g where g.user_id = u.id) as "grants!: Json<Vec<GrantRow>>"
             from users u where $1::uuid is null or u.id = $1 order by lower(u.name)"#,
        only.map(|id| id.0)
    )
    .fetch_all(db)
    .await?;
    let logins = rows.into_iter().map(|row| Login {
        id: UserId(row.id),
        name: row.name,
        display_name: row.display_name,
        staff: row.staff_id.map(StaffId),
        is_open: row.active,
        password_hash: row.password_hash,
        grants: row.grants.0.into_iter().map(|grant| Grant { role: grant.role, store: grant.store }).collect(),
        seen_at: row.seen_at.map(Timestamp),
    });
    Ok(logins.collect())
}

/// Lets nobody else act on logins until the end of the transaction.
///
/// # Errors
/// Of the database.
pub async fn lock_all(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    super::catalogue::lock_brand(db).await
}

/// How many open owners of the whole brand there are beside `except`: the last one can neither be closed nor made less.
///
/// # Errors
/// Of the database.
pub async fn other_owners(db: &mut PgConnection, except: UserId) -> Result<usize, sqlx::Error> {
    let rows = sqlx::query_scalar!(
        "select u.id from users u join user_grants g on g.user_id = u.id
          where g.role = 'owner' and g.store_id is null and u.active"
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter(|id| *id != except.0).count())
}

/// What a login is from now on: a role that stays keeps its id, another one is a new right, which devices read afresh.
///
/// # Errors
/// Of the database.
pub async fn change(
    db: &mut PgConnection,
    user: UserId,
    display_name: &str,
    staff: Option<StaffId>,
    grant: Grant,
    fresh: Uuid,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let (role, store) = (role_name(grant.role), grant.store.map(|store| store.0));
    sqlx::query!("update users set display_name = $2, staff_id = $3 where id = $1", user.0, display_name, staff.map(|staff| staff.0))
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "delete from user_grants where user_id = $1 and not (role = $2 and store_id is not distinct from $3)",
        user.0,
        role,
        store
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into user_grants (id, user_id, role, store_id, created_at)
         select $4, $1, $2, $3, $5 where not exists (select from user_grants where user_id = $1)",
        user.0,
        role,
        store,
        fresh,
        now.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Closes or opens a login; whether that changed anything.
///
/// # Errors
/// Of the database.
pub async fn set_open(db: impl PgExecutor<'_>, user: UserId, is_open: bool) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("update users set active = $2 where id = $1 and active <> $2", user.0, is_open).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// The login of a name, open or not.
///
/// # Errors
/// Of the database.
pub async fn named(db: impl PgExecutor<'_>, name: &str) -> Result<Option<UserId>, sqlx::Error> {
    let id = sqlx::query_scalar!("select id from users where lower(name) = lower($1)", name).fetch_optional(db).await?;
    Ok(id.map(UserId))
}

/// Gives a login another password; closed or open it stays as it is.
///
/// # Errors
/// Of the database.
pub async fn set_password(db: impl PgExecutor<'_>, user: UserId, hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update users set password_hash = $2 where id = $1", user.0, hash).execute(db).await?;
    Ok(())
}

/// Whether there is any login at all.
///
/// # Errors
/// Of the database.
pub async fn any(db: impl PgExecutor<'_>) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select 1 from users) as "any!""#).fetch_one(db).await
}

/// Role as stored: as in JSON.
#[must_use]
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Technician => "technician",
        Role::Receptionist => "receptionist",
        Role::StoreManager => "store_manager",
        Role::RegionManager => "region_manager",
        Role::BrandManager => "brand_manager",
        Role::Owner => "owner",
        Role::Auditor => "auditor",
    }
}
