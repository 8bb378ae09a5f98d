//! Arriving, or not: check-in, no-show, and the undo of each. They are facts: the result does not depend on the order in which they arrive.

use super::visit::FAR_OFF_MINUTES;
use super::{Desk, wrong_state};
use crate::booking::admit::{Admitted, Case, Otherwise};
use crate::booking::precedence::{Class, Standing};
use crate::booking::state::StateKind;
use crate::booking::{Booking, Fact, State, StepKind, place};
use crate::command::{CheckIn, NoShow, UndoCheckIn, UndoNoShow};
use crate::decision::{Change, Decision};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::store::Store;

/// Accepted whatever has become of the booking: they are there. Only who walked in was there from the beginning.
pub(super) fn check_in(desk: Desk<'_>, command: &CheckIn) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    let booking = desk.booking(store.id, command.booking)?;
    let over = desk.over(store.id, command.over.as_ref())?;
    if booking.agreed().kind() == StateKind::Waiting {
        return Err(wrong_state(booking));
    }
    let mut arrived = booking.clone();
    if !arrived.learn(Fact::CheckedIn, desk.fact_stamp()) {
        return Ok(Decision::default());
    }
    desk.note(&mut arrived, StepKind::CheckedIn);
    settle(desk, store, arrived, over)
}

/// Taken also before the check-in that it is about has arrived, and whatever the guest did since.
pub(super) fn undo_check_in(desk: Desk<'_>, command: &UndoCheckIn) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    let booking = desk.booking(store.id, command.booking)?;
    if booking.agreed().kind() == StateKind::Waiting {
        return Err(wrong_state(booking));
    }
    let mut undone = booking.clone();
    if !undone.learn(Fact::CheckInUndone, desk.fact_stamp()) {
        return Ok(Decision::default());
    }
    desk.note(&mut undone, StepKind::CheckInUndone);
    Ok(desk.alone(let_go(undone), None))
}

/// Never automatic and never before the start. Of somebody who is here it is kept, and counts when the check-in was a mistake (M10).
pub(super) fn no_show(desk: Desk<'_>, command: &NoShow) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    let booking = desk.booking(store.id, command.booking)?;
    if !booking.can_be_missed() {
        return Err(wrong_state(booking));
    }
    if desk.at() < booking.starts_at {
        return Err(Refusal::TooSoon { lead_minutes: 0 });
    }
    let mut missed = booking.clone();
    if !missed.learn(Fact::Missed, desk.fact_stamp()) {
        return Ok(Decision::default());
    }
    desk.note(&mut missed, StepKind::NoShow);
    Ok(desk.alone(let_go(missed), None))
}

/// She may come after all: what was agreed counts again, also where the no-show that it is about has not arrived yet. Whoever has her time
/// by now keeps it.
pub(super) fn undo_no_show(desk: Desk<'_>, command: &UndoNoShow) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    let booking = desk.booking(store.id, command.booking)?;
    if booking.agreed().kind() == StateKind::Waiting {
        return Err(wrong_state(booking));
    }
    if !booking.range().widened(FAR_OFF_MINUTES).contains(desk.at()) {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let mut undone = booking.clone();
    if !undone.learn(Fact::MissUndone, desk.fact_stamp()) {
        return Ok(Decision::default());
    }
    desk.note(&mut undone, StepKind::NoShowUndone);
    if !undone.state.is_live() || !undone.occupancy.is_empty() {
        return Ok(desk.alone(let_go(undone), None));
    }
    let case = Case { standing: Standing::request(0, 0), ..case(desk, store, &undone, false) };
    let admitted = (desk.admit)(case, &mut undone)?;
    let entries = desk.attention(store.id, admitted.attention);
    let changes = admitted.others.into_iter().chain([undone]).map(Change::put).chain(entries).collect();
    Ok(Decision { changes, notices: admitted.notices, step: admitted.step })
}

/// Whoever is not coming holds no time: all of it was free, also what a late message may still be about.
fn let_go(mut booking: Booking) -> Booking {
    if !booking.state.is_live() && !matches!(booking.state, State::Completed { .. }) {
        booking.occupancy.clear();
    }
    booking
}

/// Gives somebody who is, or was, here the time they take, where they have none.
pub(super) fn settle(desk: Desk<'_>, store: &Store, mut booking: Booking, over: bool) -> Result<Decision, Refusal> {
    if !matches!(booking.state, State::CheckedIn { .. } | State::InService { .. } | State::Completed { .. }) {
        return Ok(desk.alone(let_go(booking), None));
    }
    booking.alternatives.clear();
    let admitted = match booking.occupancy.is_empty() {
        true => (desk.admit)(case(desk, store, &booking, over), &mut booking)?,
        false => Admitted::default(),
    };
    if let State::Completed { at } = booking.state {
        place::end_at(&mut booking.occupancy, at);
    }
    Ok(desk.decision(booking, admitted, None))
}

/// The case of somebody who is, or was, here.
pub(super) fn case<'a>(desk: Desk<'a>, store: &'a Store, booking: &Booking, over: bool) -> Case<'a> {
    let (class, over_at) = match booking.state {
        State::Completed { at } => (Class::InService, Some(at)),
        State::InService { .. } => (Class::InService, None),
        _ => (Class::Arrived, None),
    };
    let (standing, otherwise) = (Standing::of(class), Otherwise::NextLane);
    Case { context: desk.context, view: desk.view, store, standing, over, otherwise, over_at }
}
