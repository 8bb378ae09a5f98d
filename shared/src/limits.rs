//! What one member's account may have of one store at a time, so that nobody takes a day away from everybody else. The desk is not
//! limited. The numbers are settings of the server, which also counts what an account has; the decision is here.

use crate::booking::{Line, State};
use crate::id::BookingId;
use crate::refusal::{MemberLimit, Refusal};
use crate::store::Store;
use crate::time::{MINUTE, TimeRange, Timestamp};

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
    /// See [`MemberLimit::People`].
    pub people: u16,
    /// See [`MemberLimit::Waiting`].
    pub waiting: u16,
    /// See [`MemberLimit::WaitingADay`].
    pub waiting_a_day: u16,
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
        people: u16::MAX,
        waiting: u16::MAX,
        waiting_a_day: u16::MAX,
    };
}

/// A visit of the account in the store of the command, as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnVisit {
    /// The booking.
    pub booking: BookingId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it was begun: held, or booked without a hold. Of a hold, since when its time is protected.
    pub begun_at: Timestamp,
    /// Whether it still stands; given up, it counts only among what was begun within the hour.
    pub stands: bool,
    /// Whether it is only held: the next hold takes its place.
    pub is_hold: bool,
    /// Of a hold, when it ended or will.
    pub held_until: Option<Timestamp>,
}

impl OwnVisit {
    /// What counts of a booking that stands so.
    #[must_use]
    pub fn new(booking: BookingId, starts_at: Timestamp, begun_at: Timestamp, state: &State) -> Self {
        let held_until = match state {
            State::Held { expires_at } => Some(*expires_at),
            State::Expired { at } => Some(*at),
            _ => None,
        };
        let is_over = matches!(state, State::Expired { .. } | State::Cancelled { .. } | State::Declined { .. } | State::NoShow { .. });
        OwnVisit { booking, starts_at, begun_at, stands: !is_over, is_hold: matches!(state, State::Held { .. }), held_until }
    }
}

/// What the account of a command has in the store, and how much it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberUse {
    /// The limits.
    pub limits: MemberLimits,
    /// Its visits.
    pub visits: Vec<OwnVisit>,
    /// How many people it has registered.
    pub people: usize,
    /// The starts that it waits for.
    pub waiting: Vec<TimeRange>,
}

impl Default for MemberUse {
    fn default() -> Self {
        MemberUse { limits: MemberLimits::NONE, visits: Vec::new(), people: 0, waiting: Vec::new() }
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
        self.check_lines(lines.len())?;
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

    /// Whether a visit may have so many lines: looked at before anybody looks for a place for them.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn check_lines(&self, lines: usize) -> Result<(), Refusal> {
        at_most(MemberLimit::LinesAVisit, self.limits.lines_a_visit, lines)
    }

    /// Whether the account may register one more person.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn check_people(&self) -> Result<(), Refusal> {
        at_most(MemberLimit::People, self.limits.people, self.people + 1)
    }

    /// Whether the account may wait for one more time, on `day` of the store.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn check_waiting(&self, day: TimeRange) -> Result<(), Refusal> {
        let on_the_day = self.waiting.iter().filter(|starts| starts.overlaps(&day)).count();
        at_most(MemberLimit::WaitingADay, self.limits.waiting_a_day, on_the_day + 1)?;
        at_most(MemberLimit::Waiting, self.limits.waiting, self.waiting.len() + 1)
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

    /// Since when the account protects a time by holds: since now, unless one of them ended only a short while ago. Of which time it was
    /// nothing is known any more once a hold has slid away.
    #[must_use]
    pub fn first_held_at(&self, short_while: i64, now: Timestamp) -> Timestamp {
        let goes_on = |visit: &&OwnVisit| visit.held_until.is_some_and(|until| until.plus_minutes(short_while) > now);
        self.visits.iter().filter(goes_on).map(|visit| visit.begun_at).min().unwrap_or(now)
    }

    /// How long the account has held times within the last hour, whichever they were and whatever became of them, in milliseconds.
    fn held_lately(&self, now: Timestamp) -> i64 {
        let hour_ago = now.plus_minutes(-60);
        let held = || self.visits.iter().filter_map(|visit| Some((visit.begun_at, visit.held_until?.min(now))));
        let (mut sum, mut counted_to) = (0i64, hour_ago);
        // Few, and a sort of its own would weigh on the first visit.
        while let Some((from, until)) = held().filter(|(_, until)| *until > counted_to).min() {
            sum = sum.saturating_add(until.0.saturating_sub(from.max(counted_to).0).max(0));
            counted_to = until;
        }
        sum
    }

    /// Until when a hold may last that was first taken at `first_held_at` and would by itself last until `wished`. However holds
    /// follow each other, others get their turn.
    ///
    /// # Errors
    /// `TooMany` when its time is used up.
    pub fn hold_until(&self, first_held_at: Timestamp, wished: Timestamp, now: Timestamp) -> Result<Timestamp, Refusal> {
        let most = self.limits.minutes_of_a_hold;
        let left = i64::from(most).saturating_mul(2 * MINUTE).saturating_sub(self.held_lately(now));
        let end = first_held_at.plus_minutes(i64::from(most)).min(Timestamp(now.0.saturating_add(left)));
        if end <= now { Err(Refusal::TooMany { of: MemberLimit::MinutesOfAHold, most }) } else { Ok(wished.min(end)) }
    }
}

fn at_most(of: MemberLimit, most: u16, count: usize) -> Result<(), Refusal> {
    if count > usize::from(most) { Err(Refusal::TooMany { of, most }) } else { Ok(()) }
}
