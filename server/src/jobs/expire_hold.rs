//! Holds that nobody confirmed let go of their time.

use shared::command::{Command, Expire};
use shared::id::CommandId;
use shared::role::Channel;
use uuid::Uuid;

use crate::apply::{self, SystemCommand};
use crate::db::bookings;
use crate::error::Result;
use crate::job::Hold;
use crate::state::AppState;

/// Expires those that still hold what they held: others were confirmed, given up or prolonged.
///
/// # Errors
/// Of the database.
pub(super) async fn all(state: &AppState, holds: &[Hold]) -> Result<()> {
    if holds.is_empty() {
        return Ok(());
    }
    let still_held = bookings::still_held(&mut *state.pool.acquire().await?, holds).await?;
    let commands: Vec<SystemCommand> = still_held.into_iter().map(expiry).collect();
    apply::as_system(state, Channel::Desk, commands).await.map(drop)
}

fn expiry(Hold { store, booking, until }: Hold) -> SystemCommand {
    // The same hold expires once, whoever says so.
    let uuid = CommandId(Uuid::new_v5(&booking.0, format!("expire {store} {}", until.0).as_bytes()));
    SystemCommand { uuid, command: Command::Expire(Expire { store, booking }), given_at: None }
}
