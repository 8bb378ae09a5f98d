//! How much somebody sends within an hour, counted in memory: what is beyond it is turned away at the door and costs nothing more. A start
//! forgets it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use shared::time::{MINUTE, Timestamp};
use uuid::Uuid;

const HOUR: i64 = 60 * MINUTE;
/// Beyond so many entries what has run out is cleared away.
const MANY: usize = 10_000;

/// What is counted, by the name of its limit.
pub type Kind = &'static str;

/// Counts of this process.
#[derive(Debug, Default)]
pub struct Paces(Mutex<BTreeMap<(Kind, Uuid), Hour>>);

#[derive(Clone, Copy, Debug)]
struct Hour {
    began_at: i64,
    count: u32,
}

impl Paces {
    /// Counts `more` for somebody. What comes in one request is taken whole, so that nothing waits for ever.
    ///
    /// # Errors
    /// Seconds to wait where there have been `most` within the hour; then nothing is counted.
    pub fn count(&self, kind: Kind, who: Uuid, more: u32, most: u32, now: Timestamp) -> Result<(), u64> {
        let mut hours = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |hour: &Hour| now.0 < hour.began_at || now.0 - hour.began_at >= HOUR;
        if hours.len() > MANY {
            hours.retain(|_, hour| !is_over(hour));
        }
        let hour = hours.entry((kind, who)).or_insert(Hour { began_at: now.0, count: 0 });
        if is_over(hour) {
            *hour = Hour { began_at: now.0, count: 0 };
        }
        if hour.count >= most {
            let wait = (hour.began_at + HOUR - now.0).max(1000).div_euclid(1000);
            return Err(u64::try_from(wait).unwrap_or(1));
        }
        hour.count = hour.count.saturating_add(more);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_sent_too_much_waits_for_the_next_hour_and_nobody_else_does() {
        let (paces, one, other) = (Paces::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(paces.count("x", one, 2, 3, Timestamp(0)), Ok(()));
        assert_eq!(paces.count("x", one, 5, 3, Timestamp(60_000)), Ok(()));
        assert_eq!(paces.count("x", one, 1, 3, Timestamp(60_000)), Err(3_540));
        assert_eq!(paces.count("x", other, 3, 3, Timestamp(60_000)), Ok(()));
        assert_eq!(paces.count("y", one, 3, 3, Timestamp(60_000)), Ok(()));
        assert_eq!(paces.count("x", one, 3, 3, Timestamp(HOUR)), Ok(()));
    }
}
