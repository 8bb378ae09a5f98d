//! Who has given their PIN at which tablet.

use std::collections::BTreeSet;

use shared::id::{DeviceId, StaffId};
use shared::time::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

/// A staff member has given their PIN at a tablet.
///
/// # Errors
/// Of the database.
pub async fn note(db: impl PgExecutor<'_>, device: DeviceId, staff: StaffId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into pin_claims (device_id, staff_id, proved_at) values ($1, $2, $3)
         on conflict (device_id, staff_id) do update set proved_at = excluded.proved_at",
        device.0,
        staff.0,
        now.0
    )
    .execute(db)
    .await
    .map(drop)
}

/// A new PIN: what was proved with the old one does not count any more.
///
/// # Errors
/// Of the database.
pub async fn forget(db: impl PgExecutor<'_>, staff: StaffId) -> sqlx::Result<()> {
    sqlx::query!("delete from pin_claims where staff_id = $1", staff.0).execute(db).await.map(drop)
}

/// Those of the named pairs that hold.
///
/// # Errors
/// Of the database.
pub async fn proved(db: impl PgExecutor<'_>, named: &BTreeSet<(DeviceId, StaffId)>) -> sqlx::Result<BTreeSet<(DeviceId, StaffId)>> {
    let (devices, staff): (Vec<Uuid>, Vec<Uuid>) = named.iter().map(|(device, staff)| (device.0, staff.0)).unzip();
    let rows = sqlx::query!(
        "select device_id, staff_id from pin_claims where (device_id, staff_id) in (select * from unnest($1::uuid[], $2::uuid[]))",
        &devices,
        &staff
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (DeviceId(row.device_id), StaffId(row.staff_id))).collect())
}
