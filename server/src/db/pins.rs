//! The PINs of staff members.

use shared::id::StaffId;
use shared::time::Timestamp;
use sqlx::PgExecutor;

/// Sets the PIN of a staff member.
///
/// # Errors
/// Of the database.
pub async fn set(db: impl PgExecutor<'_>, staff: StaffId, hash: &str, now: Timestamp) -> Result<(), sqlx::Error> {
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
pub async fn of(db: impl PgExecutor<'_>, staff: StaffId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select pin_hash from staff_pins where staff_id = $1", staff.0).fetch_optional(db).await
}
