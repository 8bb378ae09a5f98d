//! Running late 延时: one tap, and what follows is pushed as far as it must be (B4).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::arrive;
use crate::attention::AttentionKind;
use crate::booking::history::StepKind;
use crate::booking::{AS_PLANNED, Booking, PLACED_NOW, State};
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::{Ask, running_since};
use crate::decision::{Decision, Notice, NoticeKind};
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::occupancy::{LaneReason, Occupancy};
use crate::placement::admit::{relocate, two_places};
use crate::placement::case::{Admitted, FOLLOWERS_MINUTES};
use crate::placement::lanes;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::sort;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

/// 延时: one tap pushes what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningLate {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// How many minutes more; a multiple of five, at most 240.
    pub minutes: u16,
}

impl Versioned for RunningLate {}

impl Payload for RunningLate {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        if let Some(booking) = ask.booking(self.store, self.booking) {
            ask.schedule(self.store, running_since(reach(booking, self.minutes)));
        }
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        running_late(decider, self)
    }
}

/// Pushing more than this by one tap is a case for a person.
const MOST_PUSHES: usize = 120;

pub(super) fn running_late(decider: Decider<'_>, command: &RunningLate) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    if command.minutes == 0 || command.minutes > 240 || !command.minutes.is_multiple_of(5) {
        return Err(Refusal::Invalid { field: "minutes".into() });
    }
    let reach = reach(booking, command.minutes);
    decider.view.must_cover(store.id, reach)?;
    let mut late = booking.clone();
    match booking.state {
        // It was about the start, and another desk has told of that since.
        State::InService { since, .. } if decider.at() < since => return Ok(Decision::default()),
        State::InService { .. } => extend(&mut late, command.minutes),
        State::Confirmed { .. } | State::CheckedIn { .. } | State::Requested | State::Waiting { .. } => {
            push(&mut late, i64::from(command.minutes))
        }
        _ => return Err(wrong_state(booking)),
    }
    late.placed_seq = PLACED_NOW;
    late.placed_by = decider.context.replica;
    decider.note(&mut late, StepKind::RanLate);
    let (late, admitted) = pushing(decider, store, late, reach);
    Ok(decider.decision(late, admitted, None))
}

/// A visit with the time it takes from now on, and those who begin later or have another chair because of it; `reach` is covered.
pub(super) fn pushing(decider: Decider<'_>, store: &Store, late: Booking, reach: TimeRange) -> (Booking, Admitted) {
    let mut all = push_followers(decider, store, &late, reach);
    let mut admitted = Admitted::default();
    // Who only has another chair now is not told of any delay.
    for other in all.iter_mut().filter(|other| is_delayed(decider, other)) {
        other.placed_seq = PLACED_NOW;
        other.placed_by = decider.context.replica;
        decider.note(other, StepKind::Delayed);
        admitted.notices.push(Notice { booking: other.id, kind: NoticeKind::Delayed });
        admitted.attention.push(AttentionKind::Delayed { booking: other.id, minutes: other.late_minutes });
    }
    all.push(late.clone());
    settle_lanes(decider, &mut all);
    let newly = two_places::newly_held(decider.view, all.iter());
    two_places::note(decider.view, (store.id, decider.context.now), &newly, &mut admitted);
    let late = all.pop().unwrap_or(late);
    admitted.others = all;
    (late, admitted)
}

fn is_delayed(decider: Decider<'_>, other: &Booking) -> bool {
    decider.view.bookings.get(&other.id).is_none_or(|before| before.late_minutes != other.late_minutes)
}

/// What a delay can touch: whatever would be pushed out of it stays, and lies beside.
pub(in crate::command) fn reach(booking: &Booking, minutes: u16) -> TimeRange {
    let own = booking.occupancy.iter().fold(booking.range(), |reach, held| reach.hull(&held.range));
    TimeRange { end: own.end.plus_minutes(i64::from(minutes) + FOLLOWERS_MINUTES), ..own }
}

/// A block or a squeezed visit that cannot be pushed stays where it is; the pushed ones lie beside it and show.
fn settle_lanes(decider: Decider<'_>, all: &mut [Booking]) {
    for place in 0..all.len() {
        let mut booking = all[place].clone();
        let deliberate = booking.occupancy.iter().find_map(|held| held.reason.clone());
        lanes::stack(decider.view, &mut booking, all, &deliberate.unwrap_or(LaneReason::SecondFact), AS_PLANNED);
        all[place] = booking;
    }
}

/// The last part of each staff member grows.
fn extend(booking: &mut Booking, minutes: u16) {
    let Some(end) = booking.occupancy.iter().map(|held| held.range.end).max() else { return };
    for held in booking.occupancy.iter_mut().filter(|held| held.range.end == end) {
        held.range.end = held.range.end.plus_minutes(i64::from(minutes));
    }
    for line in booking.lines.iter_mut().filter(|line| line.range().end == end) {
        if let Some(part) = line.parts.last_mut() {
            part.minutes = part.minutes.saturating_add(minutes);
        }
    }
    booking.ends_at = booking.ends_at.max(end.plus_minutes(i64::from(minutes)));
}

/// Everything of a booking begins later; the promise stays on record in `late_minutes`.
fn push(booking: &mut Booking, minutes: i64) {
    for held in &mut booking.occupancy {
        held.range.start = held.range.start.plus_minutes(minutes);
        held.range.end = held.range.end.plus_minutes(minutes);
    }
    for line in &mut booking.lines {
        line.starts_at = line.starts_at.plus_minutes(minutes);
    }
    booking.ends_at = booking.ends_at.plus_minutes(minutes);
    booking.late_minutes = booking.late_minutes.saturating_add(u16::try_from(minutes).unwrap_or(0));
}

/// Bookings that must begin later because of `late`, each pushed just as far as needed, in the order of their starts.
fn push_followers(decider: Decider<'_>, store: &Store, late: &Booking, reach: TimeRange) -> Vec<Booking> {
    let case = arrive::case(decider, store, late, false);
    let from = decider.at().min(late.starts_at);
    let mut followers: Vec<&Booking> = decider
        .view
        .bookings_between(late.store, reach)
        .filter(|other| !matches!(other.state, State::InService { .. } | State::Completed { .. }) && other.state.is_live())
        .filter(|other| other.id != late.id && other.starts_at >= from)
        .collect();
    sort::sort_by_key(&mut followers, |other| (other.starts_at, other.id));
    let mut moved: BTreeMap<BookingId, Booking> = BTreeMap::from([(late.id, late.clone())]);
    let (mut queue, mut pushes) = (vec![late.id], 0);
    while let Some(cause) = queue.pop().and_then(|id| moved.get(&id).cloned()) {
        for other in followers.iter().filter(|other| other.id != cause.id) {
            let mut pushed = moved.get(&other.id).unwrap_or(other).clone();
            let Some(minutes) = overlap(&cause, &pushed) else { continue };
            let changed: Vec<Booking> = moved.values().filter(|changed| changed.id != pushed.id).cloned().collect();
            if let Some(beside) = relocate::beside(case, &pushed, &cause.occupancy, &changed) {
                moved.insert(beside.id, beside);
                continue;
            }
            push(&mut pushed, minutes);
            if pushed.ends_at > reach.end || pushes == MOST_PUSHES {
                continue;
            }
            pushes += 1;
            queue.push(pushed.id);
            moved.insert(pushed.id, pushed);
        }
    }
    moved.remove(&late.id);
    moved.into_values().collect()
}

/// By how many minutes `follower` must begin later so that `cause` is done first; `None` when they do not meet, or when
/// the follower lies in another lane on purpose.
fn overlap(cause: &Booking, follower: &Booking) -> Option<i64> {
    let pairs = cause.occupancy.iter().flat_map(|held| follower.occupancy.iter().map(move |other| (held, other)));
    let meets = |(held, other): &(&Occupancy, &Occupancy)| {
        held.resource == other.resource && held.lane == other.lane && held.range.overlaps(&other.range)
    };
    let behind = follower.starts_at >= cause.starts_at;
    let needed = pairs.filter(meets).map(|(held, other)| minutes_up(held.range.end, other.range.start)).max()?;
    (behind && needed > 0).then_some(needed)
}

fn minutes_up(until: Timestamp, from: Timestamp) -> i64 {
    (until.0.saturating_sub(from.0) + crate::time::MINUTE - 1) / crate::time::MINUTE
}
