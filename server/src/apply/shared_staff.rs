//! Who works in several stores is locked by whoever gives them work.

use shared::id::StoreId;
use shared::record::Catalogue;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::catalogue;

/// Locks the staff of a store who work in others, too, in the order of their ids. Whether there are any.
pub(crate) async fn lock_shared_staff(connection: &mut PgConnection, store: StoreId, known: &Catalogue) -> sqlx::Result<bool> {
    let shared = known.staff.values().filter(|staff| staff.stores.len() > 1 && staff.stores.contains(&store));
    let ids: Vec<Uuid> = shared.map(|staff| staff.id.0).collect();
    if ids.is_empty() {
        return Ok(false);
    }
    catalogue::lock_staff(connection, &ids).await?;
    Ok(true)
}
