//! Stories of the write path and the feeds, against a real Postgres.

#[path = "core/doors.rs"]
mod doors;
#[path = "core/exchange.rs"]
mod exchange;
#[path = "core/feeds.rs"]
mod feeds;
#[path = "core/race.rs"]
mod race;
#[path = "support/world.rs"]
mod world;
