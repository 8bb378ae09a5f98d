//! Stories of the write path and the feeds, against a real Postgres.

#[path = "edge/accounts.rs"]
mod accounts;
#[path = "edge/audited.rs"]
mod audited;
#[path = "edge/browser.rs"]
mod browser;
#[path = "core/covering.rs"]
mod covering;
#[path = "core/crowds.rs"]
mod crowds;
#[path = "core/cut_off.rs"]
mod cut_off;
#[path = "edge/demo.rs"]
mod demo;
#[path = "core/desk.rs"]
mod desk;
#[path = "core/doors.rs"]
mod doors;
#[path = "core/eight_writers.rs"]
mod eight_writers;
#[path = "core/elsewhere.rs"]
mod elsewhere;
#[path = "edge/ended_rights.rs"]
mod ended_rights;
#[path = "core/evidence.rs"]
mod evidence;
#[path = "core/exchange.rs"]
mod exchange;
#[path = "core/feeds.rs"]
mod feeds;
#[path = "core/forgotten.rs"]
mod forgotten;
#[path = "core/jobs.rs"]
mod jobs;
#[path = "edge/limits.rs"]
mod limits;
#[path = "core/live.rs"]
mod live;
#[path = "core/locking.rs"]
mod locking;
#[path = "edge/lockouts.rs"]
mod lockouts;
#[path = "edge/logins.rs"]
mod logins;
#[path = "core/matrix.rs"]
mod matrix;
#[path = "edge/messages.rs"]
mod messages;
#[path = "edge/numbers.rs"]
mod numbers;
#[path = "core/others.rs"]
mod others;
#[path = "core/race.rs"]
mod race;
#[path = "core/restored.rs"]
mod restored;
#[path = "core/rotation.rs"]
mod rotation;
#[path = "edge/scopes.rs"]
mod scopes;
#[path = "support/served.rs"]
mod served;
#[path = "core/trouble.rs"]
mod trouble;
#[path = "core/verified.rs"]
mod verified;
#[path = "core/waitlist.rs"]
mod waitlist;
#[path = "core/withdrawn.rs"]
mod withdrawn;
#[path = "support/world.rs"]
mod world;
