//! The only SQL. Plain functions on a connection or transaction that the caller owns; private rows become domain types here.

pub mod accounts;
pub mod attempts;
pub mod audit;
pub mod bookings;
pub mod catalogue;
pub mod codes;
pub mod commands;
pub mod database_info;
pub mod desk;
pub mod desk_codes;
pub mod desk_reads;
pub mod devices;
pub mod epochs;
pub mod feed;
pub(crate) mod form;
pub mod imported;
pub mod imported_sales;
pub mod invitations;
pub mod jobs;
pub mod members;
pub mod messages;
pub mod occupancy;
pub mod pin_claims;
pub mod pins;
pub mod records;
pub mod replicas;
pub mod session_ends;
pub mod sessions;
pub mod stored;
pub mod transaction;
pub mod users;
pub(crate) mod usual;
pub(crate) mod verify;
pub(crate) mod visit_lines;
pub(crate) mod waitlist;

use std::str::FromStr;
use std::time::Duration;

use shared::time::{TimeRange, Timestamp};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};

pub use transaction::{snapshot, transaction};

/// How long a request waits for a connection before it is told to come back.
const ACQUIRE_PATIENCE: Duration = Duration::from_secs(5);
/// A transaction that waits for its own program longer than this is ended by Postgres: nothing of ours pauses so long.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A connection that has been idle for longer is asked whether it is still there before it is used.
const ASKED_AFTER: Duration = Duration::from_millis(500);

/// Opens connections to a database as they are needed: a Postgres that is not there yet is no fault here.
///
/// # Errors
/// When the address cannot be read.
pub fn connect(url: &str, most_connections: u32) -> sqlx::Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?.application_name("huiyue");
    let pool = PgPoolOptions::new()
        .max_connections(most_connections)
        .acquire_timeout(ACQUIRE_PATIENCE)
        .after_connect(|connection, _| Box::pin(database_info::end_when_idle_in_transaction(connection, LONGEST_PAUSE)))
        // Asking before each use costs a round trip; after a pause it is worth it, because Postgres may have restarted meanwhile.
        .test_before_acquire(false)
        .before_acquire(|connection, known| Box::pin(is_usable(connection, known.idle_for)));
    Ok(pool.connect_lazy_with(options))
}

async fn is_usable(connection: &mut PgConnection, idle_for: Duration) -> sqlx::Result<bool> {
    Ok(idle_for < ASKED_AFTER || connection.ping().await.is_ok())
}

/// One connection, now.
///
/// # Errors
/// When the address cannot be read, or the reason why nobody answers there.
pub async fn connect_once(url: &str) -> sqlx::Result<PgConnection> {
    PgConnectOptions::from_str(url)?.application_name("huiyue").connect().await
}

/// Brings the tables to the form this program knows.
///
/// # Errors
/// When a migration fails or the database is newer than this program.
pub async fn migrate(pool: &PgPool) -> Result<(), sqlx::migrate::MigrateError> {
    sqlx::migrate!().run(pool).await
}

/// Whether the tables have the form this program knows, without changing them.
///
/// # Errors
/// Of the database.
pub async fn has_this_form(pool: &PgPool) -> sqlx::Result<bool> {
    let newest = sqlx::migrate!().iter().map(|migration| migration.version).max();
    Ok(database_info::newest_migration(pool).await? == newest)
}

/// Milliseconds that Postgres can hold as an instant: what lies further out is the same as for ever.
fn stored_millis(at: Timestamp) -> i64 {
    at.0.clamp(-60_000_000_000_000, 200_000_000_000_000)
}

/// Starts and ends of ranges; none ends before it starts.
fn stored_ranges(ranges: &[TimeRange]) -> (Vec<i64>, Vec<i64>) {
    ranges.iter().map(|range| (stored_millis(range.start), stored_millis(range.end.max(range.start)))).unzip()
}

/// Sequences are counted from 1 and never come near the end of an `i64`.
fn stored_seq(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn fault(message: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(message))
}
