//! How often one may try: at most a few wrong answers in ten minutes per door and subject. Pure; the rows are in `db::tries`.

use shared::time::{MINUTE, Timestamp};

/// How long a try counts.
pub const WINDOW_MINUTES: i64 = 10;

/// What is tried. Each door counts for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A one-time code for one phone number.
    Code,
    /// A one-time code from one address.
    CodeAddress,
    /// A password for one staff name.
    Password,
    /// A password from one address.
    PasswordAddress,
    /// A PIN on one tablet.
    Pin,
    /// Asking for a code to one phone number.
    AskCode,
    /// Asking for codes from one address.
    AskAddress,
}

impl Door {
    /// Name in storage.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Door::Code => "code",
            Door::CodeAddress => "code_address",
            Door::Password => "password",
            Door::PasswordAddress => "password_address",
            Door::Pin => "pin",
            Door::AskCode => "ask_code",
            Door::AskAddress => "ask_address",
        }
    }

    /// How many tries fit into the window.
    #[must_use]
    pub fn limit(self) -> usize {
        match self {
            Door::Code | Door::CodeAddress | Door::Password | Door::PasswordAddress | Door::Pin => 5,
            Door::AskCode => 3,
            // A salon's guests share its address.
            Door::AskAddress => 30,
        }
    }
}

/// The tries that count after one more at `now`; `Err` with the seconds to wait when there were too many already.
///
/// # Errors
/// Seconds until the oldest try no longer counts.
pub fn one_more(times: &[i64], now: Timestamp, limit: usize) -> Result<Vec<i64>, u64> {
    let window = WINDOW_MINUTES * MINUTE;
    // Times from the future can only come from a clock that was set back; they count from now.
    let mut counting: Vec<i64> = times.iter().map(|at| (*at).min(now.0)).filter(|at| now.0.saturating_sub(*at) < window).collect();
    if counting.len() >= limit {
        counting.sort_unstable();
        let oldest = counting.get(counting.len().saturating_sub(limit)).copied().unwrap_or(now.0);
        let wait_millis = oldest.saturating_add(window).saturating_sub(now.0).max(1000);
        return Err(u64::try_from(wait_millis.div_euclid(1000)).unwrap_or(1));
    }
    counting.push(now.0);
    Ok(counting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_within_ten_minutes_is_refused_and_a_later_one_is_not() {
        let mut times = Vec::new();
        for second in 0..5 {
            times = one_more(&times, Timestamp(second * 1000), 5).expect("a try");
        }
        assert_eq!(one_more(&times, Timestamp(60_000), 5), Err(540));
        assert!(one_more(&times, Timestamp(WINDOW_MINUTES * MINUTE), 5).is_ok(), "the first try no longer counts");
    }

    #[test]
    fn any_ten_minutes_hold_at_most_five_tries() {
        let mut times = Vec::new();
        let mut accepted = Vec::new();
        for second in 0..3600 {
            let now = Timestamp(second * 1000);
            if let Ok(counted) = one_more(&times, now, 5) {
                times = counted;
                accepted.push(now.0);
            }
        }
        assert!(accepted.windows(6).all(|six| six[5] - six[0] >= WINDOW_MINUTES * MINUTE));
    }
}
