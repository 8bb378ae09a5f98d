//! How long to wait: longer after every failure, never in step with other devices.

/// Counts failures in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

/// Longest wait between two attempts.
const LONGEST_MILLISECONDS: u32 = 60_000;

impl Backoff {
    /// An exchange worked.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Another failure; how long to wait, `jitter` being random from 0 up to 1.
    pub fn failed(&mut self, jitter: f64) -> u32 {
        let full = 1000u32.saturating_mul(1 << self.failures.min(6)).min(LONGEST_MILLISECONDS);
        self.failures = self.failures.saturating_add(1);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a minute, never negative")]
        let waited = (f64::from(full) * (0.5 + jitter / 2.0)) as u32;
        waited
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_start_over_after_a_success() {
        let mut pace = Backoff::default();
        let waits: Vec<u32> = (0..9).map(|_| pace.failed(1.0)).collect();
        assert_eq!(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
        pace.succeeded();
        assert_eq!(pace.failed(0.0), 500);
    }
}
