//! The lines that reports read are written anew for all visits of a store.

use std::collections::BTreeSet;

use shared::id::StoreId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db;
use crate::error::Result;
use crate::state::AppState;

/// Visits written at once.
const PAGE: i64 = 500;

/// Writes them, some in each transaction.
///
/// # Errors
/// Of the database.
pub async fn once(state: &AppState, store: StoreId) -> Result<()> {
    let mut after = Some(Uuid::nil());
    while let Some(last) = after {
        let shared = state.clone();
        after =
            db::transaction(&state.pool, move |connection| Box::pin(async move { page(&shared, connection, store, last).await })).await?;
    }
    Ok(())
}

/// The last visit that was written, if there may be more.
async fn page(state: &AppState, connection: &mut PgConnection, store: StoreId, after: Uuid) -> Result<Option<Uuid>> {
    // Whoever changes a visit has locked its store: what is read here stays as it is until its lines are written.
    db::catalogue::lock_stores(&mut *connection, &BTreeSet::from([store])).await?;
    let catalogue = state.catalogue_in(&mut *connection).await?.1;
    let visits = db::bookings::page(&mut *connection, &state.sealer, store, after, PAGE).await?;
    let everything = visits.iter().map(|booking| (booking, usize::MAX));
    let lines = db::visit_lines::rows_to_write(&mut *connection, &catalogue, everything).await?;
    db::bookings::save(connection, &state.sealer, &[], &lines).await?;
    let is_full = i64::try_from(visits.len()).unwrap_or(i64::MAX) >= PAGE;
    Ok(visits.last().filter(|_| is_full).map(|booking| booking.id.0))
}
