//! The demo: two stores in Shanghai with their services, people, roster, and a day of bookings around now.
//!
//! Everything is given as commands, like anything else, with ids that follow from names: an interrupted load is finished by the next
//! one, and tests and documents can name the same people.

mod catalogue;
mod day;
mod people;
mod resources;

use shared::command::Command;
use shared::id::CommandId;
use shared::role::Channel;
use shared::sync::Outcome;
use shared::time::{LocalDate, MinuteOfDay, Timestamp};
use shared::zone::Zone;
use uuid::Uuid;

use crate::apply::{self, SystemCommand};
use crate::db;
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::zones::zone_around;

pub use people::{Login, MadeLogin, new_login, salon_logins, small_stores};

/// Namespace of all ids of the demo.
const NAMESPACE: Uuid = Uuid::from_u128(0x6875_6979_7565_4064_656d_6f00_0000_0001);

/// The id of a thing of the demo, by its name: `id("store/jade")`.
#[must_use]
pub fn id<T: From<Uuid>>(name: &str) -> T {
    T::from(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

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

/// One command of the demo: a name that makes its id, when it was given, and what.
struct Step {
    name: String,
    at: Timestamp,
    command: Command,
}

impl Step {
    fn new(name: impl Into<String>, at: Timestamp, command: Command) -> Self {
        Self { name: name.into(), at, command }
    }
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

/// The moment around which the demo happens, in Shanghai.
struct Now {
    at: Timestamp,
    zone: Zone,
    today: LocalDate,
    minute: MinuteOfDay,
}

impl Now {
    fn at(at: Timestamp) -> Result<Self> {
        let zone = zone_around("Asia/Shanghai", at).ok_or_else(|| Error::Fault("there is no zone Asia/Shanghai".to_owned()))?;
        let (today, minute) = zone.local(at);
        Ok(Self { at, zone, today, minute })
    }

    /// The last quarter of an hour.
    fn quarter(&self) -> Timestamp {
        self.zone.instant(self.today, self.minute - self.minute % 15)
    }

    /// Opening hours of today: the usual ones, and longer where now lies near or outside them, so that there is something to see
    /// at any hour.
    fn hours_today(&self) -> (MinuteOfDay, MinuteOfDay) {
        let (opens, closes) = catalogue::HOURS;
        let from = opens.min(self.minute.saturating_sub(240) / 60 * 60);
        let until = closes.max((self.minute + 359) / 60 * 60);
        (from, until)
    }
}
