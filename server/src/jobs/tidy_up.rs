//! Sessions, codes, invitations, attempts, messages and notes of what was read that no longer count are removed now and then.

use crate::db;
use crate::state::AppState;

/// Removes what no longer counts; how many rows.
///
/// # Errors
/// Of the database.
pub async fn once(state: &AppState) -> Result<u64, sqlx::Error> {
    let (pool, now) = (&state.pool, state.clock.now());
    let sessions = db::session_ends::forget_old(pool, now).await?;
    let codes = db::codes::forget_old(pool, now).await? + db::desk_codes::forget_old(pool, now).await?;
    let invitations = db::invitations::forget_old(pool, now).await?;
    let reads = db::desk_reads::forget_old(pool, now).await?;
    let messages = db::messages::forget_old(pool, now).await?;
    Ok(sessions + codes + invitations + reads + messages + db::attempts::forget_old(pool, now).await?)
}
