//! How long nobody has touched the tablet. Kept on the device, for all tabs and over reloads: a lock that a reload opens is none.

use std::cell::Cell;

use shared::time::{MINUTE, Timestamp};

use crate::browser;

/// When somebody last touched it, by the device's clock; [`ENDED`] after it was locked.
const TOUCHED: &str = "huiyue-desk-touched";
/// Long ago.
const ENDED: Timestamp = Timestamp(0);

/// Somebody is there.
pub(super) fn touch() {
    keep(browser::wall_clock());
}

/// Nobody is there until somebody says who they are.
pub(super) fn end() {
    if touched_at() != Some(ENDED) {
        keep(ENDED);
    }
}

/// Whether nobody has been there for so many minutes; `0` waits for ever. What cannot be known counts as nobody.
pub(super) fn is_over(minutes: i64) -> bool {
    touched_at().is_none_or(|touched_at| is_long_ago(touched_at, browser::wall_clock(), minutes))
}

fn is_long_ago(touched_at: Timestamp, now: Timestamp, minutes: i64) -> bool {
    // A clock that was set back makes nobody present.
    touched_at == ENDED || minutes > 0 && now.0.abs_diff(touched_at.0) >= (minutes * MINUTE).unsigned_abs()
}

thread_local! {
    /// The same for a browser that keeps nothing.
    static TOUCHED_HERE: Cell<Option<Timestamp>> = const { Cell::new(None) };
}

fn touched_at() -> Option<Timestamp> {
    let kept = browser::preference(TOUCHED).and_then(|kept| kept.parse().ok()).map(Timestamp);
    kept.or_else(|| TOUCHED_HERE.get())
}

fn keep(at: Timestamp) {
    TOUCHED_HERE.set(Some(at));
    browser::set_preference(TOUCHED, Some(&at.0.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_795_867_200_000);

    #[test]
    fn whoever_comes_back_within_the_minutes_need_not_say_who_they_are() {
        assert!(!is_long_ago(NOON, Timestamp(NOON.plus_minutes(5).0 - 1), 5));
        assert!(is_long_ago(NOON, NOON.plus_minutes(5), 5));
        assert!(!is_long_ago(NOON, NOON.plus_minutes(600), 0), "a tablet that never locks");
    }

    #[test]
    fn a_locked_tablet_stays_locked_whatever_its_clock_and_its_setting_say() {
        assert!(is_long_ago(ENDED, NOON, 0));
        assert!(is_long_ago(NOON, NOON.plus_minutes(-60), 5));
    }
}
