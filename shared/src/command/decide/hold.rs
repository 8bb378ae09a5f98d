//! Holds 占位锁定: online only, sent directly, never queued; a live hold is a promise until it expires (A4).

use super::{Desk, wrong_state};
use crate::booking::admit::{Case, Otherwise};
use crate::booking::place;
use crate::booking::{Booking, State, StepKind};
use crate::command::{Expire, Hold, Release};
use crate::decision::{Change, Decision};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::store::Store;
use crate::time::Timestamp;
use crate::view::Found;

pub(super) fn hold(desk: Desk<'_>, command: &Hold) -> Result<Decision, Refusal> {
    // A hold that waited in an outbox would protect nobody.
    if desk.context.number != 0 {
        return Err(Refusal::NotAllowed);
    }
    let store = desk.store(command.store)?;
    if desk.is_staff() {
        desk.must(Permission::WorkBoard, store.id)?;
    }
    let account = desk.account_for(None, &command.lines)?;
    desk.check_lines(store.id, &command.lines, "")?;
    let existing = match desk.view.booking(command.store, command.booking) {
        Found::Absent => None,
        Found::Unknown => return Err(Refusal::Undecided),
        Found::Known(booking) if is_own_hold(desk, booking) => Some(booking),
        Found::Known(_) => return Err(Refusal::AlreadyExists),
    };
    let lines = place::lines(desk.view, store, &command.lines, Some(command.booking), desk.terms())?;
    desk.check_notice(store, &lines)?;
    desk.check_limits(store, command.booking, &lines)?;
    let tier = desk.tier(&command.lines);
    let channel = desk.context.channel;
    let mut booking = desk.fresh(store.id, command.booking, account, lines, "", tier);
    if let Some(existing) = existing {
        booking.history = existing.history.clone();
        booking.version = existing.version;
    }
    let case = Case {
        context: desk.context,
        view: desk.view,
        store,
        standing: desk.request(store, channel, tier),
        over: false,
        otherwise: Otherwise::Refuse,
        over_at: None,
    };
    let admitted = (desk.admit)(case, &mut booking)?;
    let (since, expires_at) = term(desk, store)?;
    booking.made_at = since;
    booking.state = State::Held { expires_at };
    desk.note(&mut booking, StepKind::Held);
    let mut decision = desk.decision(booking, admitted, None);
    decision.changes.extend(earlier_holds(desk, store, command).map(Change::put));
    Ok(decision)
}

/// Since when a hold protects its time, and until when. Repeating it prolongs it, under its own id or another, but a time is not protected
/// for ever by somebody who never confirms.
fn term(desk: Desk<'_>, store: &Store) -> Result<(Timestamp, Timestamp), Refusal> {
    let (now, minutes) = (desk.context.now, i64::from(store.rules.hold_minutes));
    let wished = now.plus_minutes(minutes);
    if desk.is_staff() {
        return Ok((now, wished));
    }
    let own = &desk.context.member_use;
    let since = own.first_held_at(minutes, now);
    Ok((since, own.hold_until(since, wished, now)?))
}

fn is_own_hold(desk: Desk<'_>, booking: &Booking) -> bool {
    matches!(booking.state, State::Held { .. } | State::Expired { .. }) && booking.entered_by == desk.context.actor.principal
}

/// One account protects one time: a new hold lets go of the ones before it, of the same days and of those that the server has counted.
/// Other days may not have been read.
fn earlier_holds<'a>(desk: Desk<'a>, store: &'a Store, command: &'a Hold) -> impl Iterator<Item = Booking> + 'a {
    let principal = desk.context.actor.principal;
    let by_member = matches!(principal, Principal::Account(_));
    let days = place::days_of(store, command.lines.iter().map(|line| line.starts_at));
    let is_counted = move |booking: &Booking| desk.context.member_use.holds().any(|held| held == booking.id);
    let held = desk.view.bookings.values().filter(move |booking| {
        by_member
            && booking.store == store.id
            && booking.id != command.booking
            && booking.entered_by == principal
            && matches!(booking.state, State::Held { .. })
            && (booking.range().overlaps(&days) || is_counted(booking))
    });
    held.map(move |booking| expired(desk, booking))
}

pub(super) fn expired(desk: Desk<'_>, booking: &Booking) -> Booking {
    let mut booking = booking.clone();
    booking.occupancy.clear();
    booking.state = State::Expired { at: desk.context.now };
    desk.note(&mut booking, StepKind::Expired);
    booking
}

pub(super) fn release(desk: Desk<'_>, command: &Release) -> Result<Decision, Refusal> {
    let booking = desk.own_booking(command.store, command.booking)?;
    match booking.state {
        State::Held { .. } => Ok(desk.alone(expired(desk, booking), None)),
        State::Expired { .. } => Ok(Decision::default()),
        _ => Err(wrong_state(booking)),
    }
}

pub(super) fn expire(desk: Desk<'_>, command: &Expire) -> Result<Decision, Refusal> {
    if desk.context.actor.principal != Principal::System {
        return Err(Refusal::NotAllowed);
    }
    let booking = desk.booking(command.store, command.booking)?;
    match booking.state {
        State::Held { expires_at } if expires_at <= desk.context.now => Ok(desk.alone(expired(desk, booking), None)),
        State::Held { .. } => Err(wrong_state(booking)),
        _ => Ok(Decision::default()),
    }
}
