//! An account is not in its own way: where only its own holds have the time, a new hold or booking takes their place. They stay behind when
//! a page is closed, or stand in another tab.

use crate::booking::history::StepKind;
use crate::booking::{Booking, State};
use crate::command::decider::Decider;
use crate::decision::{Change, Decision};
use crate::id::{BookingId, StoreId};
use crate::refusal::Refusal;
use crate::role::Principal;
use crate::visit_request::RequestedLine;

/// Decides; where the time is taken, once more as if the account held nothing else on these days.
pub(super) fn give_way(
    decider: Decider<'_>,
    (store, booking): (StoreId, BookingId),
    lines: &[RequestedLine],
    decide: impl Fn(Decider<'_>) -> Result<Decision, Refusal>,
) -> Result<Decision, Refusal> {
    let first = decide(decider);
    if !first.as_ref().is_err_and(is_taken) {
        return first;
    }
    let others = others(decider, (store, booking), lines);
    if others.is_empty() {
        return first;
    }
    let mut view = decider.view.clone();
    others.iter().for_each(|other| view.bookings.insert(other.id, other.clone()));
    let Ok(mut decision) = decide(Decider { view: &view, ..decider }) else { return first };
    decision.changes.extend(others.into_iter().map(Change::put));
    Ok(decision)
}

fn is_taken(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::TimeTaken { .. } | Refusal::NobodyFree | Refusal::NoResource { .. } | Refusal::HoldExpired { .. })
}

/// The account's other holds on the days of the lines, let go.
fn others(decider: Decider<'_>, (store, booking): (StoreId, BookingId), lines: &[RequestedLine]) -> Vec<Booking> {
    let principal = decider.context.actor.principal;
    let (Principal::Account(_), Ok(place)) = (principal, decider.store(store)) else { return Vec::new() };
    let day = |at| place.zone.local(at).0;
    let is_other = |other: &&Booking| {
        other.store == store
            && other.id != booking
            && other.entered_by == principal
            && matches!(other.state, State::Held { .. })
            && lines.iter().any(|line| day(line.starts_at) == day(other.starts_at))
    };
    decider.view.bookings.values().filter(is_other).map(|other| expired(decider, other)).collect()
}

pub(crate) fn expired(decider: Decider<'_>, booking: &Booking) -> Booking {
    let mut booking = booking.clone();
    booking.occupancy.clear();
    booking.state = State::Expired { at: decider.context.now };
    decider.note(&mut booking, StepKind::Expired);
    booking
}
