//! How long a session lives: until it is not used for a while, and never longer than its end.

use shared::role::Principal;
use shared::time::{DAY, MINUTE, Timestamp};

/// A session's two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Ends when not used for so long, in milliseconds.
    pub idle: i64,
    /// Ends anyway, in milliseconds after signing in.
    pub absolute: i64,
}

/// How often the last use is written down, at most.
pub const NOTE_USE_EVERY: i64 = 5 * MINUTE;

/// The lifetime of a principal's sessions. Members stay signed in on their phones; a tablet at the desk must not sign out over a
/// holiday; a staff login is for a few days.
#[must_use]
pub fn of(principal: Principal) -> Lifetime {
    match principal {
        Principal::Account(_) => Lifetime { idle: 90 * DAY, absolute: 365 * DAY },
        Principal::Device(_) => Lifetime { idle: 60 * DAY, absolute: 365 * DAY },
        Principal::User(_) | Principal::Anonymous | Principal::System => Lifetime { idle: 3 * DAY, absolute: 30 * DAY },
    }
}

/// The longest that any session lives, in milliseconds.
#[must_use]
pub fn longest() -> i64 {
    365 * DAY
}

impl Lifetime {
    /// When a session used at `now` ends unless it is used again.
    #[must_use]
    pub fn idle_until(self, now: Timestamp) -> Timestamp {
        Timestamp(now.0.saturating_add(self.idle))
    }

    /// When a session begun at `now` ends anyway.
    #[must_use]
    pub fn expires_at(self, now: Timestamp) -> Timestamp {
        Timestamp(now.0.saturating_add(self.absolute))
    }
}
