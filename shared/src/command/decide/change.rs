//! Changing what was agreed: move, cancel, take an alternative, and the desk's answer to a request.

use super::visit::FAR_OFF_MINUTES;
use super::{Desk, wrong_state};
use crate::booking::admit::{Admitted, Case, Otherwise};
use crate::booking::moved;
use crate::booking::place::{self, PriceBound, Terms};
use crate::booking::state::StateKind;
use crate::booking::{Booking, CancelledBy, Fact, Line, State, StepKind};
use crate::command::texts::NOTE;
use crate::command::{AcceptAlternative, Cancel, Confirm, Decline, Move};
use crate::decision::{Decision, NoticeKind};
use crate::openings::Audience;
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::store::Store;
use crate::time::Timestamp;

pub(super) fn reschedule(desk: Desk<'_>, command: &Move) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    let booking = desk.own_booking(store.id, command.booking)?;
    if !matches!(
        booking.state.kind(),
        StateKind::Requested | StateKind::Confirmed | StateKind::Waiting | StateKind::CheckedIn | StateKind::Displaced
    ) {
        return Err(wrong_state(booking));
    }
    if !desk.is_staff() {
        check_cutoff(desk, store, booking)?;
    }
    let is_waiting = booking.state.kind() == StateKind::Waiting;
    if is_waiting && command.starts_at.minutes_since(desk.at()).abs() > FAR_OFF_MINUTES {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let over = desk.over(store.id, command.over.as_ref())?;
    let displaced = booking.state.kind() == StateKind::Displaced;
    let price_bound = moved::bound(desk.is_staff(), &command.wishes);
    let terms = Terms { any_hours: over, price_bound, ..desk.terms() };
    let lines = moved::lines(desk.view, store, booking, (command.starts_at, &command.wishes), terms)?;
    desk.check_notice(store, &lines)?;
    let mut moved = Booking { lines, ..booking.clone() };
    if !displaced {
        desk.check_limits(store, booking.id, &moved.lines)?;
    }
    let admitted = (desk.admit)(case(desk, store, booking), &mut moved)?;
    moved.late_minutes = 0;
    moved.facts.given_way = false;
    moved.alternatives.clear();
    if displaced || (!desk.is_staff() && moved.state.kind() == StateKind::Confirmed) {
        moved.state = if super::book::needs_the_desk(desk, store, moved.starts_at) {
            State::Requested
        } else {
            State::Confirmed { at: desk.context.now }
        };
    }
    if booking.state.kind() == StateKind::Confirmed && moved.state == State::Requested {
        moved.promised.clone_from(&booking.lines);
    }
    desk.note(&mut moved, StepKind::Moved);
    let notice = if moved.state.kind() == StateKind::Requested { NoticeKind::Requested } else { NoticeKind::Moved };
    Ok(desk.decision(moved, admitted, Some(notice)))
}

/// S0: no change inside the cut-off (A3). What the store had to give up may be moved at any time.
fn check_cutoff(desk: Desk<'_>, store: &Store, booking: &Booking) -> Result<(), Refusal> {
    let cutoff_minutes = desk.cutoff_minutes(store, booking);
    let inside = desk.context.now > booking.starts_at.plus_minutes(-i64::from(cutoff_minutes));
    if inside && booking.state.kind() != StateKind::Displaced { Err(Refusal::AfterCutoff { cutoff_minutes }) } else { Ok(()) }
}

fn case<'a>(desk: Desk<'a>, store: &'a Store, booking: &Booking) -> Case<'a> {
    let standing = desk.request(store, desk.context.channel, booking.tier);
    Case { context: desk.context, view: desk.view, store, standing, over: false, otherwise: Otherwise::Refuse, over_at: None }
}

pub(super) fn cancel(desk: Desk<'_>, command: &Cancel) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    let booking = desk.own_booking(store.id, command.booking)?;
    if NOTE.check("reason", &command.reason).is_err() {
        return Err(Refusal::Invalid { field: "reason".into() });
    }
    let by_member = !desk.is_staff();
    if by_member && command.by != CancelledBy::Member {
        return Err(Refusal::NotAllowed);
    }
    check_can_cancel(desk, booking)?;
    if let State::Held { .. } = booking.state {
        // Nothing was promised yet: the time is let go.
        return Ok(desk.alone(super::hold::expired(desk, booking), None));
    }
    // A late cancellation is still better than an empty chair: it is taken, and marked (M10).
    let cutoff = booking.starts_at.plus_minutes(-i64::from(desk.cutoff_minutes(store, booking)));
    // Whoever asked for another time has a promise all the same.
    let is_promise = booking.agreed().kind() == StateKind::Confirmed || !booking.promised.is_empty();
    let promised = command.by == CancelledBy::Member && is_promise;
    let mut cancelled = booking.clone();
    // Of several, the first one counts; and what never came about stays as it is.
    let is_settled = match booking.agreed() {
        State::Cancelled { at, .. } => by_member || *at <= desk.at(),
        agreed => !agreed.is_live() && agreed.kind() != StateKind::Displaced,
    };
    if !is_settled {
        cancelled.agree(State::Cancelled { by: command.by, late: promised && desk.context.now > cutoff, at: desk.at() });
    }
    if !by_member {
        cancelled.learn(Fact::Cancelled, desk.fact_stamp());
    }
    // Cancelled before, or somebody has come since.
    if cancelled.state.kind() == booking.state.kind() {
        return Ok(if cancelled == *booking { Decision::default() } else { desk.alone(cancelled, None) });
    }
    desk.note_why(&mut cancelled, StepKind::Cancelled, &command.reason);
    cancelled.occupancy.clear();
    cancelled.alternatives.clear();
    let tell = booking.account.is_some() && !matches!(booking.state.kind(), StateKind::Held | StateKind::Cancelled);
    Ok(desk.alone(cancelled, tell.then_some(NoticeKind::Cancelled)))
}

fn check_can_cancel(desk: Desk<'_>, booking: &Booking) -> Result<(), Refusal> {
    let by_member = !desk.is_staff();
    match booking.state.kind() {
        // From the start on only the store knows whether somebody came (M10).
        StateKind::Held | StateKind::Requested | StateKind::Confirmed if by_member && desk.context.now >= expected_at(booking) => {
            Err(Refusal::AfterCutoff { cutoff_minutes: 0 })
        }
        StateKind::Held | StateKind::Requested | StateKind::Confirmed | StateKind::Displaced | StateKind::Cancelled => Ok(()),
        StateKind::Waiting | StateKind::CheckedIn if !by_member => Ok(()),
        // It stays missed, unless they had said before the start that they would not come and only the message is late.
        StateKind::NoShow | StateKind::Expired | StateKind::Declined if !by_member => Ok(()),
        _ => Err(wrong_state(booking)),
    }
}

/// When a visit is to begin as things stand: later than promised where one before it runs late.
fn expected_at(booking: &Booking) -> Timestamp {
    booking.starts_at.plus_minutes(i64::from(booking.late_minutes))
}

pub(super) fn accept_alternative(desk: Desk<'_>, command: &AcceptAlternative) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    let booking = desk.own_booking(store.id, command.booking)?;
    if booking.state.kind() != StateKind::Displaced {
        return Err(wrong_state(booking));
    }
    let chosen = booking.alternatives.iter().find(|offered| offered.starts_at == command.starts_at);
    let chosen = chosen.ok_or(Refusal::Invalid { field: "starts_at".into() })?;
    let mut wanted = moved::as_wanted(booking);
    moved::shift(&mut wanted, command.starts_at)?;
    for (line, staff) in wanted.iter_mut().zip(&chosen.staff) {
        line.wish = crate::booking::StaffWish::Requested(*staff);
    }
    // What was offered may be taken, also what is not for everybody to book online.
    let (audience, in_a_row) = (Audience::Desk, booking.is_in_a_row());
    let terms = Terms { audience, price_bound: PriceBound::Nothing, in_a_row, ..desk.terms() };
    let lines = place::lines(desk.view, store, &wanted, Some(booking.id), terms)?;
    if command.starts_at < desk.at() {
        return Err(Refusal::TooSoon { lead_minutes: 0 });
    }
    let mut moved = booking.clone();
    for (line, new) in moved.lines.iter_mut().zip(lines) {
        // The store broke the promise: the agreed price holds.
        *line = Line { price: line.price, performed: line.performed, wish: line.wish, ..new };
    }
    let admitted = (desk.admit)(case(desk, store, booking), &mut moved)?;
    moved.alternatives.clear();
    moved.promised.clear();
    moved.facts.given_way = false;
    moved.late_minutes = 0;
    moved.state = State::Confirmed { at: desk.context.now };
    desk.note(&mut moved, StepKind::Moved);
    Ok(desk.decision(moved, admitted, Some(NoticeKind::Confirmed)))
}

pub(super) fn confirm(desk: Desk<'_>, command: &Confirm) -> Result<Decision, Refusal> {
    let booking = requested(desk, command.store, command.booking)?;
    if matches!(booking.state, State::Confirmed { .. }) {
        return Ok(Decision::default());
    }
    let mut confirmed = booking.clone();
    confirmed.state = State::Confirmed { at: desk.context.now };
    confirmed.promised.clear();
    desk.note(&mut confirmed, StepKind::Confirmed);
    Ok(desk.alone(confirmed, Some(NoticeKind::Confirmed)))
}

pub(super) fn decline(desk: Desk<'_>, command: &Decline) -> Result<Decision, Refusal> {
    let booking = requested(desk, command.store, command.booking)?;
    if command.reason.trim().is_empty() || NOTE.check("reason", &command.reason).is_err() {
        return Err(Refusal::Invalid { field: "reason".into() });
    }
    if !matches!(booking.state, State::Requested) {
        return Err(wrong_state(booking));
    }
    if let Some((mut kept, admitted)) = as_promised(desk, booking)? {
        desk.note_why(&mut kept, StepKind::Declined, &command.reason);
        return Ok(desk.decision(kept, admitted, Some(NoticeKind::MoveDeclined)));
    }
    let mut declined = booking.clone();
    declined.occupancy.clear();
    declined.promised.clear();
    declined.state = State::Declined { reason: command.reason.trim().to_owned(), at: desk.context.now };
    desk.note(&mut declined, StepKind::Declined);
    Ok(desk.alone(declined, Some(NoticeKind::Declined)))
}

/// The visit as it was promised before the guest asked for another time. `None` where nothing was, where that time has come, and where it
/// is somebody else's by now: while the guest waited for the answer others could take it, and nobody gives way to it now.
fn as_promised(desk: Desk<'_>, booking: &Booking) -> Result<Option<(Booking, Admitted)>, Refusal> {
    let store = desk.store(booking.store)?;
    let starts_at = booking.promised.iter().map(|line| line.starts_at).min();
    if starts_at.is_none_or(|starts_at| starts_at <= desk.context.now) {
        return Ok(None);
    }
    let state = State::Confirmed { at: desk.context.now };
    let mut kept = Booking { lines: booking.promised.clone(), promised: Vec::new(), late_minutes: 0, state, ..booking.clone() };
    let standing = desk.request(store, booking.channel, booking.tier);
    match (desk.admit)(Case { standing, ..case(desk, store, booking) }, &mut kept) {
        Ok(admitted) => Ok(Some((kept, admitted))),
        Err(Refusal::TimeTaken { .. }) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

fn requested<'a>(desk: Desk<'a>, store: crate::id::StoreId, id: crate::id::BookingId) -> Result<&'a Booking, Refusal> {
    if matches!(desk.context.actor.principal, Principal::Account(_)) {
        return Err(Refusal::NotAllowed);
    }
    desk.must(Permission::WorkBoard, store)?;
    let booking = desk.booking(store, id)?;
    match booking.state {
        State::Requested | State::Confirmed { .. } => Ok(booking),
        _ => Err(wrong_state(booking)),
    }
}
