//! Holds that nobody confirmed let go of their time.

use std::time::Duration;

use shared::command::{Command, Expire};
use shared::id::CommandId;
use shared::role::Channel;
use uuid::Uuid;

use crate::apply::{self, SystemCommand};
use crate::db::bookings;
use crate::error::Result;
use crate::state::AppState;

/// So often.
const EVERY: Duration = Duration::from_secs(10);
/// So many at once.
const MOST: i64 = 500;

/// Expires holds for ever; a database that is gone is tried again.
pub async fn run(state: AppState) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = once(&state).await {
            tracing::warn!(%error, "holds could not be expired");
        }
    }
}

/// Expires the holds that ran out; answers how many there were.
///
/// # Errors
/// Of the database.
pub async fn once(state: &AppState) -> Result<usize> {
    let mut connection = state.pool.acquire().await?;
    let expired = bookings::expired_holds(&mut connection, state.clock.now(), MOST).await?;
    drop(connection);
    let commands: Vec<SystemCommand> = expired
        .into_iter()
        .map(|(store, booking, until)| SystemCommand {
            // The same hold expires once, whoever says so.
            uuid: CommandId(Uuid::new_v5(&booking.0, format!("expire {store} {}", until.0).as_bytes())),
            command: Command::Expire(Expire { store, booking }),
            given_at: None,
        })
        .collect();
    let count = commands.len();
    apply::as_system(state, Channel::Desk, commands).await?;
    Ok(count)
}
