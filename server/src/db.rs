//! The only SQL. Plain functions on a connection or transaction that the caller owns; private rows become domain types here.

pub mod accounts;
pub mod attention;
pub mod blocks;
pub mod bookings;
pub mod catalogue;
pub mod codes;
pub mod commands;
pub mod desk;
pub mod desk_reads;
pub mod devices;
pub mod epochs;
pub mod feed;
pub mod imported_sales;
pub mod members;
pub mod messages;
pub mod notices;
pub mod occupancy;
pub mod pin_claims;
pub mod replicas;
pub mod sessions;
pub mod tries;
pub mod users;
pub mod whole;

use std::str::FromStr;
use std::time::Duration;

use shared::time::Timestamp;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection, PgPool, PgTransaction};

/// How long a request waits for a connection before it is told to come back.
const ACQUIRE_PATIENCE: Duration = Duration::from_secs(5);

/// Opens connections to a database as they are needed: a Postgres that is not there yet is no fault here.
///
/// # Errors
/// When the address cannot be read.
pub fn connect(url: &str, most_connections: u32) -> sqlx::Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?.application_name("huiyue");
    Ok(PgPoolOptions::new().max_connections(most_connections).acquire_timeout(ACQUIRE_PATIENCE).connect_lazy_with(options))
}

/// One connection, now.
///
/// # Errors
/// When the address cannot be read, or the reason why nobody answers there.
pub async fn connect_once(url: &str) -> sqlx::Result<PgConnection> {
    PgConnectOptions::from_str(url)?.application_name("huiyue").connect().await
}

/// A transaction that only reads, and sees everything as it was at one moment.
///
/// # Errors
/// Of the database.
pub(crate) async fn snapshot(pool: &PgPool) -> sqlx::Result<PgTransaction<'static>> {
    pool.begin_with("begin isolation level repeatable read read only").await
}

/// Brings the tables to the form this program knows.
///
/// # Errors
/// When a migration fails or the database is newer than this program.
pub async fn migrate(pool: &PgPool) -> Result<(), sqlx::migrate::MigrateError> {
    sqlx::migrate!().run(pool).await
}

/// Text that Postgres cannot store, as text or as JSON.
pub(crate) fn has_nul(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.contains('\0'),
        serde_json::Value::Array(values) => values.iter().any(has_nul),
        serde_json::Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

/// Milliseconds that Postgres can hold as an instant: what lies further out is the same as for ever.
fn stored_millis(at: Timestamp) -> i64 {
    at.0.clamp(-60_000_000_000_000, 200_000_000_000_000)
}

/// Sequences are counted from 1 and never come near the end of an `i64`.
fn stored_seq(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn fault(message: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(message))
}
