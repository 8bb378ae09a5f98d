//! Staff logins, their roles, and the PINs of staff members.

use shared::id::{StaffId, UserId};
use shared::role::{Grant, Role};
use shared::time::Timestamp;
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
    /// argon2id.
    pub password_hash: String,
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

/// The login of a name, if it is open: its id and password hash.
///
/// # Errors
/// Of the database.
pub async fn by_name(db: impl PgExecutor<'_>, name: &str) -> Result<Option<(UserId, String)>, sqlx::Error> {
    let row = sqlx::query!("select id, password_hash from users where lower(name) = lower($1) and active", name).fetch_optional(db).await?;
    Ok(row.map(|row| (UserId(row.id), row.password_hash)))
}

/// The login of a name, open or not.
///
/// # Errors
/// Of the database.
pub async fn named(db: impl PgExecutor<'_>, name: &str) -> Result<Option<UserId>, sqlx::Error> {
    let id = sqlx::query_scalar!("select id from users where lower(name) = lower($1)", name).fetch_optional(db).await?;
    Ok(id.map(UserId))
}

/// Gives a login another password and opens it again.
///
/// # Errors
/// Of the database.
pub async fn set_password(db: impl PgExecutor<'_>, user: UserId, hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update users set password_hash = $2, active = true where id = $1", user.0, hash).execute(db).await?;
    Ok(())
}

/// Whether there is any login at all.
///
/// # Errors
/// Of the database.
pub async fn any(db: impl PgExecutor<'_>) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select 1 from users) as "any!""#).fetch_one(db).await
}

/// Sets the PIN of a staff member.
///
/// # Errors
/// Of the database.
pub async fn set_pin(db: impl PgExecutor<'_>, staff: StaffId, hash: &str, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into staff_pins (staff_id, pin_hash, set_at) values ($1, $2, $3)
         on conflict (staff_id) do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at",
        staff.0,
        hash,
        now.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The hash of a staff member's PIN.
///
/// # Errors
/// Of the database.
pub async fn pin(db: impl PgExecutor<'_>, staff: StaffId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select pin_hash from staff_pins where staff_id = $1", staff.0).fetch_optional(db).await
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
