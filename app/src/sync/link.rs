//! How a device stands towards the server.

use shared::time::Timestamp;

/// How the device stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// In touch, nothing under way.
    Online,
    /// An exchange is under way, and the one before worked.
    Syncing,
    /// The server cannot be reached, or is in trouble; until an exchange works again.
    Offline {
        /// Since when (corrected clock).
        since: Timestamp,
    },
    /// The session is over: work is kept, sign in again on top.
    SignedOut,
    /// The server speaks a newer protocol: refresh.
    Outdated,
}
