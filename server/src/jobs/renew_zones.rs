//! Zones change by law: at the start, stores get the table of the zone data built into this program, where theirs is of other data.

use shared::command::{Command, RenewZone};
use shared::id::CommandId;
use shared::role::Channel;
use shared::store::Store;
use shared::time::{DAY, TimeRange, Timestamp};
use uuid::Uuid;

use crate::apply::{self, SystemCommand};
use crate::error::Result;
use crate::state::AppState;
use crate::zones::{data_version, zone_around};

/// Nobody is promised a time further ahead.
const DAYS_AHEAD: i64 = 2 * 366;

/// Renews the tables that are of other data; answers how many.
///
/// # Errors
/// Of the database.
pub async fn once(state: &AppState) -> Result<usize> {
    let catalogue = state.catalogue().await?;
    let now = state.clock.now();
    let commands: Vec<SystemCommand> = catalogue.stores.values().filter_map(|store| renewal(store, now)).collect();
    let count = commands.len();
    apply::as_system(state, Channel::Desk, commands).await?;
    Ok(count)
}

/// `None` where the table is of this data already, or the zone is on no map.
fn renewal(store: &Store, now: Timestamp) -> Option<SystemCommand> {
    if store.zone.version == data_version() {
        return None;
    }
    let zone = zone_around(&store.zone.name, now)?;
    let ahead = TimeRange { start: now, end: Timestamp(now.0.saturating_add(DAYS_AHEAD * DAY)) };
    let name = format!("zone {} {} {}", store.id, zone.version, now.0);
    let command = Command::RenewZone(RenewZone { store: store.id, zone, ahead });
    Some(SystemCommand { uuid: CommandId(Uuid::new_v5(&store.id.0, name.as_bytes())), command, given_at: None })
}
