//! Those who wait for a day are served: what is free is offered to them.

use shared::command::{Command, ServeWaitlist};
use shared::id::CommandId;
use shared::role::Channel;

use crate::apply::{self, SystemCommand};
use crate::error::Result;
use crate::job::{Job, Served};
use crate::state::AppState;

/// Serves them once for a cause: a job that is done again changes nothing.
///
/// # Errors
/// Of the database.
pub(super) async fn once(state: &AppState, served: Served) -> Result<()> {
    let uuid = CommandId(Job::ServeWaitlist(served).id());
    let command = Command::ServeWaitlist(ServeWaitlist { store: served.store, day: served.day });
    apply::as_system(state, Channel::Desk, vec![SystemCommand { uuid, command, given_at: None }]).await.map(drop)
}
