//! The loop between this device and the server. One tab leads; the others are told. What to send and what an answer means is
//! decided in `shared::sync::client`.

mod backoff;
mod exchange;
pub(crate) mod handle;
mod lead;
mod leadership;
pub(crate) mod link;
mod live;
pub(crate) mod setup;

use crate::sync::handle::Sync;
use crate::sync::setup::Setup;

pub use backoff::Backoff;

/// Starts the loop.
#[must_use]
pub fn start(setup: Setup) -> Sync {
    lead::start(setup)
}
