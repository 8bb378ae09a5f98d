//! Book: a promise, or a request where the store or a silent desk wants to see it first.

use super::Desk;
use crate::booking::admit::{Case, Otherwise};
use crate::booking::place::{self, PriceBound, Terms};
use crate::booking::{Booking, Line, State, StepKind};
use crate::command::Book;
use crate::decision::{Decision, NoticeKind};
use crate::openings::Audience;
use crate::refusal::Refusal;
use crate::role::{Channel, Permission};
use crate::store::{Confirmation, Store};
use crate::time::Timestamp;
use crate::view::Found;

pub(super) fn book(desk: Desk<'_>, command: &Book) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    if desk.is_staff() {
        desk.must(Permission::WorkBoard, store.id)?;
    }
    desk.check_lines(store.id, &command.lines, &command.note)?;
    let account = desk.account_for(command.account, &command.lines)?;
    desk.check_terms(store, command.terms_version)?;
    let over = desk.over(store.id, command.over.as_ref())?;
    let held = own_hold(desk, command)?;
    let channel = if command.by_phone && desk.is_staff() { Channel::Phone } else { desk.context.channel };
    // Whoever asked for nobody is told a price with the time; a guest of the desk is bound to it like a member.
    let price_bound = if desk.is_staff() { PriceBound::Unasked } else { PriceBound::Every };
    let terms = Terms { any_hours: over, price_bound, ..desk.terms() };
    let lines = place::lines(desk.view, store, &command.lines, Some(command.booking), terms)?;
    // Whoever still holds this very visit met the notice when they took it.
    if !held.is_some_and(|held| is_live_hold_of(held, &lines, desk.context.now)) {
        desk.check_notice(store, &lines)?;
    }
    desk.check_limits(store, command.booking, &lines)?;
    let tier = desk.tier(&command.lines);
    let mut booking = desk.fresh(store.id, command.booking, account, lines, &command.note, tier);
    booking.channel = channel;
    booking.terms_version = command.terms_version;
    if let Some(held) = held {
        booking.history = held.history.clone();
        booking.version = held.version;
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
    let admitted = (desk.admit)(case, &mut booking).map_err(|refusal| hold_gone(held, desk.context.now, refusal))?;
    if needs_the_desk(desk, store, booking.starts_at) {
        booking.state = State::Requested;
        desk.note(&mut booking, StepKind::Requested);
        return Ok(desk.decision(booking, admitted, Some(NoticeKind::Requested)));
    }
    booking.state = State::Confirmed { at: desk.context.now };
    desk.note(&mut booking, StepKind::Confirmed);
    Ok(desk.decision(booking, admitted, Some(NoticeKind::Confirmed)))
}

/// The actor's own hold of that id, live or run out; any other record of that id is in the way.
fn own_hold<'a>(desk: Desk<'a>, command: &Book) -> Result<Option<&'a Booking>, Refusal> {
    match desk.view.booking(command.store, command.booking) {
        Found::Absent => Ok(None),
        Found::Unknown => Err(Refusal::Undecided),
        Found::Known(booking) => match booking.state {
            State::Held { .. } | State::Expired { .. } if booking.entered_by == desk.context.actor.principal => Ok(Some(booking)),
            _ => Err(Refusal::AlreadyExists),
        },
    }
}

/// Whether a hold has not run out and is for the same services at the same times.
fn is_live_hold_of(held: &Booking, lines: &[Line], now: Timestamp) -> bool {
    let is_live = matches!(held.state, State::Held { expires_at } if now < expires_at);
    let visit = |lines: &[Line]| lines.iter().map(|line| (line.service, line.starts_at)).collect::<Vec<_>>();
    is_live && visit(&held.lines) == visit(lines)
}

fn hold_gone(held: Option<&Booking>, now: Timestamp, refusal: Refusal) -> Refusal {
    match (held.map(|held| &held.state), refusal) {
        (Some(State::Expired { at }), Refusal::TimeTaken { .. }) => Refusal::HoldExpired { at: *at },
        (Some(State::Held { expires_at }), Refusal::TimeTaken { .. }) if *expires_at <= now => Refusal::HoldExpired { at: *expires_at },
        (_, refusal) => refusal,
    }
}

/// B7, and the silent desk: while the store has not been heard, near online bookings wait for it.
pub(super) fn needs_the_desk(desk: Desk<'_>, store: &Store, starts_at: Timestamp) -> bool {
    if desk.audience() == Audience::Desk {
        return false;
    }
    if store.rules.confirmation == Confirmation::ByDesk {
        return true;
    }
    let now = desk.context.now;
    let silent =
        |heard: Timestamp| store.rules.silent_after_minutes > 0 && now.minutes_since(heard) >= i64::from(store.rules.silent_after_minutes);
    let near = starts_at < now.plus_minutes(i64::from(store.rules.silent_hours) * 60);
    // A store that has never opened the desk app takes bookings by its rules.
    desk.context.desk_heard_at.is_some_and(silent) && near
}
