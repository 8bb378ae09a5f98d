//! An outbox that says something about many days, in a store with many bookings.

use anyhow::{Context, Result, ensure};
use shared::command::Command;
use shared::staff_preference::StaffPreference;
use shared::sync::{MAX_COMMANDS, Outcome};
use tests::client::Client;
use tokio::time::Instant;

use super::load::{BigSalon, MINUTES, STAFF, book, staff};

/// Visits in the store, evenly over the days.
const BOOKINGS: u64 = 30_000;
const DAYS: u64 = 60;
/// Commands of the outbox.
const SCATTERED: u64 = 200;

/// Microseconds a command takes that is one of many about sixty days, for a server that has nothing in memory.
pub async fn micros_per_command(salon: &BigSalon) -> Result<f64> {
    let filling: Vec<Command> = (0..BOOKINGS).map(|number| visit(salon, number % DAYS, number / DAYS)).collect();
    give(salon.client(), &filling).await?;
    let (mut server, client) = salon.another_server().await?;
    // Each command is about another day than the one before; the step meets every day.
    let outbox: Vec<Command> = (0..SCATTERED).map(|number| visit(salon, number * 37 % DAYS, BOOKINGS / DAYS + number / DAYS)).collect();
    let begun = Instant::now();
    give(&client, &outbox).await?;
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let each = begun.elapsed().as_secs_f64() * 1e6 / SCATTERED as f64;
    server.stop().await?;
    Ok(each)
}

/// The visit of a place on a day: staff side by side, one quarter of an hour after the other. The load before used the first days.
fn visit(salon: &BigSalon, day: u64, place: u64) -> Command {
    let minutes = i64::try_from((day + 200) * 1440 + place / STAFF * u64::from(MINUTES)).unwrap_or(0);
    book(salon.midnight().plus_minutes(minutes), StaffPreference::Requested(staff(place % STAFF)))
}

async fn give(client: &Client, commands: &[Command]) -> Result<()> {
    for outbox in commands.chunks(MAX_COMMANDS) {
        let outcomes = client.sends_all(outbox).await?;
        ensure!(outcomes.len() == outbox.len(), "{} of {} were answered", outcomes.len(), outbox.len());
        let refused = outcomes.iter().find(|outcome| **outcome != Outcome::Applied);
        ensure!(refused.is_none(), "{:?}", refused.context("a refusal")?);
    }
    Ok(())
}
