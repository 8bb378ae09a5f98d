//! Where time and identity come in. Everything else is told what time it is, so that tests move the clock by hand.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use shared::time::{MINUTE, Timestamp};
use tokio::sync::watch;
use uuid::Uuid;

/// A clock: the system's, or one that stands still until it is moved.
#[derive(Clone, Debug)]
pub struct Clock {
    by_hand: Option<Arc<watch::Sender<i64>>>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Clock { by_hand: None }
    }

    /// A clock that stands at `at`; clones share it.
    #[must_use]
    pub fn manual(at: Timestamp) -> Self {
        Clock { by_hand: Some(Arc::new(watch::Sender::new(at.0))) }
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.by_hand {
            Some(millis) => Timestamp(*millis.borrow()),
            None => system_now(),
        }
    }

    /// Moves a clock that is moved by hand; the system's clock cannot be moved.
    pub fn advance_minutes(&self, minutes: i64) {
        if let Some(millis) = &self.by_hand {
            millis.send_modify(|millis| *millis = millis.saturating_add(minutes.saturating_mul(MINUTE)));
        }
    }

    /// Waits until so many seconds have passed since a moment that this clock showed. Whoever waits for a clock that is moved by hand wakes
    /// when it is moved; the system's clock may be set back meanwhile, and then nobody waits longer than they wanted.
    pub async fn pass(&self, seconds: u32, since: Timestamp) {
        match &self.by_hand {
            Some(millis) => {
                let (mut moves, until) = (millis.subscribe(), since.plus_seconds(seconds.into()));
                let _clock_is_ours = moves.wait_for(|now| *now >= until.0).await;
            }
            None => tokio::time::sleep(Duration::from_secs(seconds.into())).await,
        }
    }

    /// A new id, in the order of time (UUIDv7).
    #[must_use]
    pub fn fresh_id(&self) -> Uuid {
        let millis = u64::try_from(self.now().0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random_bytes()).into_uuid()
    }
}

/// Random bytes, unguessable.
#[must_use]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::RngCore::fill_bytes(&mut rand::rng(), &mut bytes);
    bytes
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that is passed in everywhere else")]
fn system_now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
