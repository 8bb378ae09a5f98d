//! Stories in a real browser against a real server: what the people in them have and can do.
//!
//! Every person has their own browser behind their own cutting proxy; the server is the real binary with its private
//! Postgres. Conditions are awaited, nothing sleeps for a fixed time to get right.

pub mod actor;
pub mod browser;
pub mod client;
pub mod dice;
pub mod gestures;
pub mod proxy;
pub mod salon;
pub mod server;
pub mod world;

pub use actor::Actor;
pub use browser::Device;
pub use world::World;
