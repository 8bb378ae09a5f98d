//! What one member's account may have of one store at a time, so that nobody takes a day away from everybody else. The desk is not
//! limited. The numbers are settings of the server, which also counts what an account has; the decision is here.

use serde::{Deserialize, Serialize};

use crate::booking::Line;
use crate::id::BookingId;
use crate::refusal::Refusal;
use crate::store::Store;
use crate::time::Timestamp;

/// Which limit was reached; the screen picks the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberLimit {
    /// Visits that are still to come, in one store.
    VisitsAhead,
    /// Visits on one day of the store.
    VisitsADay,
    /// Services in one visit.
    LinesAVisit,
    /// Minutes of staff time in one visit, all its services together.
    MinutesAVisit,
    /// Minutes for which one time may be held, however often the hold is repeated.
    MinutesOfAHold,
    /// Holds and bookings begun within an hour, also those that were given up.
    BegunAnHour,
}

/// The limits in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberLimits {
    /// See [`MemberLimit::VisitsAhead`].
    pub visits_ahead: u16,
    /// See [`MemberLimit::VisitsADay`].
    pub visits_a_day: u16,
    /// See [`MemberLimit::LinesAVisit`].
    pub lines_a_visit: u16,
    /// See [`MemberLimit::MinutesAVisit`].
    pub minutes_a_visit: u16,
    /// See [`MemberLimit::MinutesOfAHold`].
    pub minutes_of_a_hold: u16,
    /// See [`MemberLimit::BegunAnHour`].
    pub begun_an_hour: u16,
}

impl MemberLimits {
    /// A device does not know the server's settings: it never refuses by them.
    pub const NONE: MemberLimits = MemberLimits {
        visits_ahead: u16::MAX,
        visits_a_day: u16::MAX,
        lines_a_visit: u16::MAX,
        minutes_a_visit: u16::MAX,
        minutes_of_a_hold: u16::MAX,
        begun_an_hour: u16::MAX,
    };
}

/// A visit of the account in the store of the command, as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnVisit {
    /// The booking.
    pub booking: BookingId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it was begun: held, or booked without a hold.
    pub begun_at: Timestamp,
    /// Whether it still stands; given up, it counts only among what was begun within the hour.
    pub stands: bool,
    /// Whether it is only held: the next hold takes its place.
    pub is_hold: bool,
}

/// What the account of a command has in the store, and how much it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberUse {
    /// The limits.
    pub limits: MemberLimits,
    /// Its visits.
    pub visits: Vec<OwnVisit>,
}

impl Default for MemberUse {
    fn default() -> Self {
        MemberUse { limits: MemberLimits::NONE, visits: Vec::new() }
    }
}

impl MemberUse {
    /// Whether the visit `booking` with these lines fits beside what the account has.
    ///
    /// # Errors
    /// `TooMany`, with the limit that was reached.
    pub fn check_visit(&self, store: &Store, booking: BookingId, lines: &[Line], now: Timestamp) -> Result<(), Refusal> {
        let limits = &self.limits;
        let minutes: i64 = lines.iter().map(|line| line.range().minutes()).sum();
        at_most(MemberLimit::LinesAVisit, limits.lines_a_visit, lines.len())?;
        at_most(MemberLimit::MinutesAVisit, limits.minutes_a_visit, usize::try_from(minutes).unwrap_or(usize::MAX))?;
        let starts_at = lines.iter().map(|line| line.starts_at).min().unwrap_or(now);
        let day = store.zone.local(starts_at).0;
        let others = || self.visits.iter().filter(|visit| visit.booking != booking && visit.stands && !visit.is_hold);
        at_most(MemberLimit::VisitsAhead, limits.visits_ahead, others().filter(|visit| visit.starts_at > now).count() + 1)?;
        at_most(
            MemberLimit::VisitsADay,
            limits.visits_a_day,
            others().filter(|visit| store.zone.local(visit.starts_at).0 == day).count() + 1,
        )
    }

    /// The account's live holds.
    pub fn holds(&self) -> impl Iterator<Item = BookingId> + '_ {
        self.visits.iter().filter(|visit| visit.is_hold && visit.stands).map(|visit| visit.booking)
    }

    /// Whether the account may begin one more hold or booking with the id `booking`; confirming or repeating is not beginning.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn check_pace(&self, booking: BookingId, now: Timestamp) -> Result<(), Refusal> {
        if self.visits.iter().any(|visit| visit.booking == booking) {
            return Ok(());
        }
        let hour_ago = now.plus_minutes(-60);
        let begun = self.visits.iter().filter(|visit| visit.begun_at > hour_ago).count();
        at_most(MemberLimit::BegunAnHour, self.limits.begun_an_hour, begun + 1)
    }

    /// Until when a hold may last that was first taken at `first_held_at` and would by itself last until `wished`.
    ///
    /// # Errors
    /// `TooMany` when its time is used up.
    pub fn hold_until(&self, first_held_at: Timestamp, wished: Timestamp, now: Timestamp) -> Result<Timestamp, Refusal> {
        let most = self.limits.minutes_of_a_hold;
        let end = first_held_at.plus_minutes(i64::from(most));
        if end <= now { Err(Refusal::TooMany { of: MemberLimit::MinutesOfAHold, most }) } else { Ok(wished.min(end)) }
    }
}

fn at_most(of: MemberLimit, most: u16, count: usize) -> Result<(), Refusal> {
    if count > usize::from(most) { Err(Refusal::TooMany { of, most }) } else { Ok(()) }
}
