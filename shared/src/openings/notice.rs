//! How early and how late something may be asked for: lead time, horizon and cut-off (A3).

use crate::refusal::Refusal;
use crate::service::Service;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};

/// From this many minutes on a visit counts as long and has the longer cut-off.
const LONG_VISIT_MINUTES: u16 = 120;

/// Shortest notice for a visit online, in minutes: the longest that any of its services asks for.
#[must_use]
pub fn lead_minutes(store: &Store, services: &[&Service]) -> u16 {
    let own = services.iter().map(|service| service.lead_minutes.unwrap_or(store.rules.lead_minutes));
    own.max().unwrap_or(store.rules.lead_minutes)
}

/// Members may cancel or move a visit until so many minutes before its start; `visit_minutes` is its whole length.
#[must_use]
pub fn cutoff_minutes(store: &Store, services: &[&Service], visit_minutes: u16) -> u16 {
    let rules = &store.rules;
    let usual = if visit_minutes >= LONG_VISIT_MINUTES { rules.long_cutoff_minutes } else { rules.cutoff_minutes };
    services.iter().map(|service| service.cutoff_minutes.unwrap_or(usual)).max().unwrap_or(usual)
}

/// The starts that may be booked online now: from the lead time on, to the end of the last local day of the horizon.
#[must_use]
pub fn online_starts(store: &Store, services: &[&Service], now: Timestamp) -> TimeRange {
    let lead = i64::from(lead_minutes(store, services));
    let last_day = store.zone.local(now).0.plus_days(i32::from(store.rules.horizon_days));
    TimeRange { start: now.plus_minutes(lead), end: store.zone.day(last_day).end }
}

/// # Errors
/// `TooSoon` or `TooFarAhead` when a start may not be booked online now.
pub fn check_notice(store: &Store, services: &[&Service], start: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    let starts = online_starts(store, services, now);
    if start < starts.start {
        Err(Refusal::TooSoon { lead_minutes: lead_minutes(store, services) })
    } else if start >= starts.end {
        Err(Refusal::TooFarAhead { days: store.rules.horizon_days })
    } else {
        Ok(())
    }
}
