//! Enrolled desk tablets.

use shared::id::{DeviceId, StoreId, UserId};
use shared::time::Timestamp;
use sqlx::PgExecutor;

/// A tablet at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Id.
    pub id: DeviceId,
    /// Name, such as "前台平板".
    pub name: String,
    /// Since when.
    pub enrolled_at: Timestamp,
}

/// Stores a new tablet.
///
/// # Errors
/// Of the database.
pub async fn insert(
    db: impl PgExecutor<'_>,
    id: DeviceId,
    store: StoreId,
    name: &str,
    by: UserId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into devices (id, store_id, name, enrolled_by, enrolled_at) values ($1, $2, $3, $4, $5)",
        id.0,
        store.0,
        name,
        by.0,
        now.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The tablets of a store that are not revoked, oldest first.
///
/// # Errors
/// Of the database.
pub async fn of_store(db: impl PgExecutor<'_>, store: StoreId) -> Result<Vec<Device>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, name, enrolled_at from devices where store_id = $1 and revoked_at is null order by enrolled_at, id",
        store.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Device { id: DeviceId(row.id), name: row.name, enrolled_at: Timestamp(row.enrolled_at) }).collect())
}

/// The store of a tablet that is not revoked.
///
/// # Errors
/// Of the database.
pub async fn store_of(db: impl PgExecutor<'_>, device: DeviceId) -> Result<Option<StoreId>, sqlx::Error> {
    let store =
        sqlx::query_scalar!("select store_id from devices where id = $1 and revoked_at is null", device.0).fetch_optional(db).await?;
    Ok(store.map(StoreId))
}

/// Takes the right of a tablet away.
///
/// # Errors
/// Of the database.
pub async fn revoke(db: impl PgExecutor<'_>, device: DeviceId, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("update devices set revoked_at = $2 where id = $1 and revoked_at is null", device.0, now.0).execute(db).await?;
    Ok(())
}
