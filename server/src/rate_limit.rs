//! How often something may be tried within a while, per counter and subject. Pure; the rows are in `db::attempts`.

use shared::time::{MINUTE, Timestamp};

use crate::limits::Limits;

/// Wrong tries and repeated wishes count for ten minutes …
const SHORT_MINUTES: i64 = 10;
/// … what a desk looks for and asks for, for an hour …
const HOUR_MINUTES: i64 = 60;
/// … and what costs money for a day.
const DAY_MINUTES: i64 = 24 * 60;
/// The longest time anything counts.
pub const LONGEST_MINUTES: i64 = DAY_MINUTES;

/// Wrong tries on one tablet, whoever's PIN it was: four digits are soon guessed.
const PINS_PER_TABLET: u32 = 15;
/// Wishes for codes from one address within ten minutes: a salon's guests share its address.
const CODES_PER_ADDRESS: u32 = 30;
/// Wishes for a code to one number by one browser (or address, while it has no cookie) within ten minutes.
const CODES_PER_PAIR: u32 = 3;
/// Codes to one number within ten minutes, asked for on devices that were not signed in with it before.
const CODES_PER_NUMBER: u32 = 6;
/// Codes that desks may send to one number within a day, all stores together.
const DESK_CODES_PER_NUMBER: u32 = 5;
/// Codes that the desk of one store may send within an hour.
const DESK_CODES_PER_STORE: u32 = 60;

/// What is counted. Each counter has subjects of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// A code for one number, by one browser or address.
    CodePair,
    /// A code for one number, by whomever.
    CodeNumber,
    /// Codes from one address.
    CodeAddress,
    /// A password for one name, from one address or device.
    PasswordPair,
    /// A password for one name, from anywhere.
    PasswordName,
    /// Passwords from one address.
    PasswordAddress,
    /// A PIN of one person on one tablet.
    PinPair,
    /// PINs on one tablet.
    PinTablet,
    /// Asking for a code to one number, by one browser or address.
    AskPair,
    /// Asking for codes from one address.
    AskAddress,
    /// Asking for codes by one browser, for whatever numbers.
    AskBrowser,
    /// Codes to one number, by strangers.
    AskNumber,
    /// Codes to one number within a day, by strangers at one address.
    AskPairDay,
    /// Codes to one number within a day, by a browser that was signed in with it before.
    AskOwnDay,
    /// Codes to one number within a day, by strangers.
    AskNumberDay,
    /// Codes to one number by strangers at addresses that are new today, after others had used up what there is for strangers.
    AskNumberReserve,
    /// The same within a day.
    AskNumberDayReserve,
    /// Codes asked for from one address within a day.
    AskAddressDay,
    /// Looking for members of other stores by number, by one login or tablet within an hour.
    FindMember,
    /// Codes that desks send to one number within a day.
    DeskCodeNumber,
    /// Codes that the desk of one store sends within an hour.
    DeskCodeStore,
    /// Telling the audit that a login is locked out: once in a while is enough.
    LockoutNoted,
}

impl Counter {
    /// Name in storage.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Counter::CodePair => "code_pair",
            Counter::CodeNumber => "code_number",
            Counter::CodeAddress => "code_address",
            Counter::PasswordPair => "password_pair",
            Counter::PasswordName => "password_name",
            Counter::PasswordAddress => "password_address",
            Counter::PinPair => "pin_pair",
            Counter::PinTablet => "pin_tablet",
            Counter::AskPair => "ask_pair",
            Counter::AskAddress => "ask_address",
            Counter::AskBrowser => "ask_browser",
            Counter::AskNumber => "ask_number",
            Counter::AskPairDay => "ask_pair_day",
            Counter::AskOwnDay => "ask_own_day",
            Counter::AskNumberDay => "ask_number_day",
            Counter::AskNumberReserve => "ask_number_reserve",
            Counter::AskNumberDayReserve => "ask_number_day_reserve",
            Counter::DeskCodeNumber => "desk_code_number",
            Counter::DeskCodeStore => "desk_code_store",
            Counter::AskAddressDay => "ask_address_day",
            Counter::FindMember => "members_looked_for_an_hour",
            Counter::LockoutNoted => "lockout_noted",
        }
    }

    /// How many fit into its window.
    #[must_use]
    pub fn limit(self, limits: &Limits) -> usize {
        let limit = match self {
            Counter::CodePair | Counter::PasswordPair | Counter::PinPair => limits.fails_per_subject_and_address,
            Counter::CodeNumber | Counter::PasswordName => limits.fails_per_subject,
            Counter::CodeAddress | Counter::PasswordAddress => limits.fails_per_address,
            Counter::PinTablet => PINS_PER_TABLET,
            Counter::AskPair => CODES_PER_PAIR,
            Counter::AskAddress => CODES_PER_ADDRESS,
            Counter::FindMember => limits.members_looked_for_an_hour,
            Counter::LockoutNoted => 1,
            Counter::AskBrowser => limits.codes_per_browser,
            Counter::AskNumber | Counter::AskNumberReserve => CODES_PER_NUMBER,
            Counter::AskPairDay => limits.codes_per_number_and_address_a_day,
            Counter::AskNumberDay | Counter::AskNumberDayReserve | Counter::AskOwnDay => limits.codes_a_day,
            Counter::DeskCodeNumber => DESK_CODES_PER_NUMBER,
            Counter::DeskCodeStore => DESK_CODES_PER_STORE,
            Counter::AskAddressDay => limits.codes_per_address_a_day,
        };
        usize::try_from(limit).unwrap_or(usize::MAX)
    }

    /// How long an attempt counts.
    #[must_use]
    pub fn window_minutes(self) -> i64 {
        match self {
            Counter::AskNumberDay
            | Counter::AskNumberDayReserve
            | Counter::AskAddressDay
            | Counter::AskPairDay
            | Counter::AskOwnDay
            | Counter::DeskCodeNumber => DAY_MINUTES,
            Counter::DeskCodeStore | Counter::FindMember => HOUR_MINUTES,
            _ => SHORT_MINUTES,
        }
    }

    /// Where somebody counts instead who asks from an address that has not asked for this number today: what others used up at theirs
    /// is not what they have.
    #[must_use]
    pub fn reserve(self) -> Option<Counter> {
        match self {
            Counter::AskNumber => Some(Counter::AskNumberReserve),
            Counter::AskNumberDay => Some(Counter::AskNumberDayReserve),
            _ => None,
        }
    }

    /// Whether a right answer clears it: what one person on one device got wrong before. What others did stays counted.
    #[must_use]
    pub fn is_of_one_device(self) -> bool {
        matches!(self, Counter::CodePair | Counter::PasswordPair | Counter::PinPair)
    }
}

/// The attempts that count after one more at `now`.
///
/// # Errors
/// Seconds to wait when there were `limit` already.
pub fn record_attempt(times: &[i64], now: Timestamp, window_minutes: i64, limit: usize) -> Result<Vec<i64>, u64> {
    let window = window_minutes * MINUTE;
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

    fn one_more(times: &[i64], now: Timestamp) -> Result<Vec<i64>, u64> {
        record_attempt(times, now, SHORT_MINUTES, 5)
    }

    #[test]
    fn the_sixth_try_within_ten_minutes_is_refused_and_a_later_one_is_not() {
        let mut times = Vec::new();
        for second in 0..5 {
            times = one_more(&times, Timestamp(second * 1000)).expect("a try");
        }
        assert_eq!(one_more(&times, Timestamp(60_000)), Err(540));
        assert!(one_more(&times, Timestamp(SHORT_MINUTES * MINUTE)).is_ok(), "the first try no longer counts");
    }

    #[test]
    fn any_ten_minutes_hold_at_most_five_tries() {
        let mut times = Vec::new();
        let mut accepted = Vec::new();
        for second in 0..3600 {
            let now = Timestamp(second * 1000);
            if let Ok(counted) = one_more(&times, now) {
                times = counted;
                accepted.push(now.0);
            }
        }
        assert!(accepted.windows(6).all(|six| six[5] - six[0] >= SHORT_MINUTES * MINUTE));
    }
}
