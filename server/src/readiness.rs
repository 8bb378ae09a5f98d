//! Whether the database answers, as it was found a moment ago.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// When the database last answered whoever asked whether it does.
#[derive(Debug, Default)]
pub struct Readiness(pub(crate) Mutex<Option<Instant>>);

/// Anybody may ask, and a crowd asks once.
pub const KEPT: Duration = Duration::from_secs(1);
