//! The demo: two stores in Shanghai with their services, people, roster, and a day of bookings around now.
//!
//! Everything is given as commands, like anything else, with ids that follow from names: an interrupted load is finished by the next
//! one, and tests and documents can name the same people.

mod catalogue;
mod day;
pub(crate) mod ids;
pub(crate) mod now;
mod people;
mod resources;
pub(crate) mod step;

use shared::id::CommandId;
use shared::role::Channel;
use shared::sync::Outcome;
use uuid::Uuid;

use crate::apply::{self, SystemCommand};
use crate::db;
use crate::demo::ids::NAMESPACE;
use crate::demo::now::Now;
use crate::demo::step::Step;
use crate::error::{Error, Result};
use crate::state::AppState;

pub use people::{Login, MadeLogin, new_login, salon_logins, small_stores};

/// Loads the small demo; the logins it made, with their passwords.
///
/// # Errors
/// Of the database, or when a command of the demo is refused.
pub async fn load_small(state: &AppState) -> Result<Vec<Login>> {
    let now = Now::at(state.clock.now())?;
    give(state, Channel::Desk, catalogue::commands(&now)).await?;
    let accounts = people::accounts(state).await?;
    give(state, Channel::Desk, people::members(&accounts, &now)).await?;
    for (channel, steps) in day::plan(&now, &accounts) {
        give(state, channel, steps).await?;
    }
    day::requests(state, &accounts, &now).await?;
    // Nobody is to be told about bookings that were never made.
    db::messages::forget_waiting(&state.pool).await?;
    people::logins(state).await
}

async fn give(state: &AppState, channel: Channel, steps: Vec<Step>) -> Result<()> {
    let names: Vec<String> = steps.iter().map(|step| step.name.clone()).collect();
    let commands = steps.into_iter().map(|step| {
        let uuid: CommandId = CommandId(Uuid::new_v5(&NAMESPACE, format!("command/{}", step.name).as_bytes()));
        SystemCommand { uuid, command: step.command, given_at: Some(step.at) }
    });
    let outcomes = apply::as_system(state, channel, commands.collect()).await?;
    for (name, outcome) in names.iter().zip(outcomes) {
        if outcome != Outcome::Applied {
            return Err(Error::Fault(format!("the demo's {name} was not accepted: {outcome:?}")));
        }
    }
    Ok(())
}
