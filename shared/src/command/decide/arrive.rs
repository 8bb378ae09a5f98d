//! Arriving, or not: check-in, its undo, and no-show. The result does not depend on the order in which they arrive.

use super::{Desk, wrong_state};
use crate::booking::admit::{Case, Otherwise};
use crate::booking::precedence::{Class, Standing};
use crate::booking::{Booking, Promise, State, StepKind};
use crate::command::{CheckIn, NoShow, UndoCheckIn};
use crate::decision::Decision;
use crate::refusal::Refusal;
use crate::role::Permission;

/// Accepted from confirmed, requested, held, expired, cancelled, displaced and no-show: they are there.
pub(super) fn check_in(desk: Desk<'_>, command: &CheckIn) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    let booking = desk.booking(store.id, command.booking)?;
    let over = desk.over(store.id, command.over.as_ref())?;
    let at = desk.context.stamp.at;
    let before = match booking.state {
        State::Requested => Promise::Requested,
        State::Confirmed { at } => Promise::Confirmed { at },
        State::Held { .. } | State::Expired { .. } | State::Cancelled { .. } | State::Displaced { .. } | State::NoShow { .. } => {
            Promise::Confirmed { at: desk.context.now }
        }
        State::CheckedIn { .. } => return Ok(Decision::default()),
        _ => return Err(wrong_state(booking)),
    };
    let mut arrived = booking.clone();
    arrived.alternatives.clear();
    let has_time = !booking.occupancy.is_empty() && booking.state.is_live();
    let admitted = if has_time {
        crate::booking::admit::Admitted::default()
    } else {
        let standing = Standing::of(Class::Arrived);
        let case = Case { context: desk.context, view: desk.view, store, standing, over, otherwise: Otherwise::NextLane };
        (desk.admit)(case, &mut arrived)?
    };
    arrived.state = State::CheckedIn { at, before };
    desk.note(&mut arrived, StepKind::CheckedIn);
    Ok(desk.decision(arrived, admitted, None))
}

pub(super) fn undo_check_in(desk: Desk<'_>, command: &UndoCheckIn) -> Result<Decision, Refusal> {
    desk.must(Permission::WorkBoard, command.store)?;
    let booking = desk.booking(command.store, command.booking)?;
    let State::CheckedIn { before, .. } = booking.state else { return Err(wrong_state(booking)) };
    let mut undone = booking.clone();
    undone.state = match before {
        Promise::Requested => State::Requested,
        Promise::Confirmed { at } => State::Confirmed { at },
        Promise::Waiting { since } => State::Waiting { since },
    };
    desk.note(&mut undone, StepKind::CheckInUndone);
    Ok(desk.alone(undone, None))
}

/// Never automatic, never before the start, and refused after check-in (M10).
pub(super) fn no_show(desk: Desk<'_>, command: &NoShow) -> Result<Decision, Refusal> {
    desk.must(Permission::WorkBoard, command.store)?;
    let booking = desk.booking(command.store, command.booking)?;
    match booking.state {
        State::Requested | State::Confirmed { .. } => {}
        State::NoShow { .. } => return Ok(Decision::default()),
        _ => return Err(wrong_state(booking)),
    }
    if desk.context.stamp.at < booking.starts_at {
        return Err(Refusal::TooSoon { lead_minutes: 0 });
    }
    let mut missed = booking.clone();
    missed.state = State::NoShow { at: desk.context.stamp.at };
    // Nobody was there: all of the time was free, also what a late message may still be about.
    missed.occupancy.clear();
    desk.note(&mut missed, StepKind::NoShow);
    Ok(desk.alone(missed, None))
}

/// Gives back the time after `at`; what lies before stays as it was.
pub(super) fn release_rest(booking: &mut Booking, at: crate::time::Timestamp) {
    for held in &mut booking.occupancy {
        held.range.end = held.range.end.min(at);
    }
    booking.occupancy.retain(|held| !held.range.is_empty());
}
