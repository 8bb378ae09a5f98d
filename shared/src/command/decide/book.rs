//! Book: a promise, or a request where the store or a silent desk wants to see it first.

use serde::{Deserialize, Serialize};

use super::own_holds;
use crate::booking::history::StepKind;
use crate::booking::{Booking, Line, State};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::{Decision, NoticeKind};
use crate::id::{AccountId, BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::placement::case::{Case, Otherwise};
use crate::placement::place;
use crate::placement::rules::{PlacementRules, PriceBound};
use crate::refusal::Refusal;
use crate::role::{Channel, Permission};
use crate::store::{Confirmation, Store};
use crate::time::Timestamp;
use crate::versioned::Versioned;
use crate::view::Found;
use crate::visit_request::{Audience, RequestedLine};

/// 预约, also turning one's own hold into a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Store.
    pub store: StoreId,
    /// Id of the booking; that of one's own hold to confirm it.
    pub booking: BookingId,
    /// Account it is for; a member's own session may only name its own.
    pub account: Option<AccountId>,
    /// Lines.
    pub lines: Vec<RequestedLine>,
    /// Special needs, at most 500 characters.
    pub note: Personal<String>,
    /// Version of the terms on the screen.
    pub terms_version: u16,
    /// By phone 电话 rather than at the desk; only staff may say so.
    pub by_phone: bool,
    /// Reason for booking outside hours or shift; only authorised staff.
    pub override_reason: Option<Personal<String>>,
}

impl Versioned for Book {}

impl Payload for Book {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.new_visit(self.store, self.booking, &self.lines);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.lines(&mut self.lines);
        cleaning.text("note", NOTE, &mut self.note);
        cleaning.reason("override_reason", &mut self.override_reason);
    }

    fn parts(&self) -> usize {
        self.lines.len()
    }

    fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
        Some(&mut self.override_reason)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        own_holds::give_way(decider, (self.store, self.booking), &self.lines, |decider| book(decider, self))
    }
}

pub(super) fn book(decider: Decider<'_>, command: &Book) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    if decider.is_staff() {
        decider.must(Permission::WorkBoard, store.id)?;
    }
    decider.check_lines(store.id, &command.lines, &command.note)?;
    let account = decider.account_for(command.account, &command.lines)?;
    decider.check_terms(store, command.terms_version)?;
    let over = decider.over(store.id, command.override_reason.as_deref())?;
    let held = own_hold(decider, command)?;
    let channel = if command.by_phone && decider.is_staff() { Channel::Phone } else { decider.context.channel };
    // Whoever asked for nobody is told a price with the time; a guest of the desk is bound to it like a member.
    let price_bound = if decider.is_staff() { PriceBound::Unasked } else { PriceBound::Every };
    let terms = PlacementRules { any_hours: over, price_bound, ..decider.terms() };
    let lines = place::lines(decider.view, store, &command.lines, Some(command.booking), terms)?;
    // Whoever still holds this very visit met the notice when they took it.
    if !held.is_some_and(|held| is_live_hold_of(held, &lines, decider.context.now)) {
        decider.check_notice(store, &lines)?;
    }
    decider.check_limits(store, command.booking, &lines)?;
    let tier = decider.tier(&command.lines);
    let mut booking = decider.fresh(store.id, command.booking, account, lines, &command.note, tier);
    booking.channel = channel;
    booking.terms_version = command.terms_version;
    if let Some(held) = held {
        booking.history = held.history.clone();
        booking.version = held.version;
    }
    let case = Case {
        context: decider.context,
        view: decider.view,
        store,
        standing: decider.request(store, channel, tier),
        over: false,
        otherwise: Otherwise::Refuse,
        over_at: None,
    };
    let admitted = (decider.admit)(case, &mut booking).map_err(|refusal| hold_gone(held, decider.context.now, refusal))?;
    if needs_the_desk(decider, store, booking.starts_at) {
        booking.state = State::Requested;
        decider.note(&mut booking, StepKind::Requested);
        return Ok(decider.decision(booking, admitted, Some(NoticeKind::Requested)));
    }
    booking.state = State::Confirmed { at: decider.context.now };
    decider.note(&mut booking, StepKind::Confirmed);
    Ok(decider.decision(booking, admitted, Some(NoticeKind::Confirmed)))
}

/// The actor's own hold of that id, live or run out; any other record of that id is in the way.
fn own_hold<'a>(decider: Decider<'a>, command: &Book) -> Result<Option<&'a Booking>, Refusal> {
    match decider.view.booking(command.store, command.booking) {
        Found::Absent => Ok(None),
        Found::Unknown => Err(Refusal::Undecided),
        Found::Known(booking) => match booking.state {
            State::Held { .. } | State::Expired { .. } if booking.entered_by == decider.context.actor.principal => Ok(Some(booking)),
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
pub(super) fn needs_the_desk(decider: Decider<'_>, store: &Store, starts_at: Timestamp) -> bool {
    if decider.audience() == Audience::Desk {
        return false;
    }
    if store.rules.confirmation == Confirmation::ByDesk {
        return true;
    }
    let now = decider.context.now;
    let silent =
        |heard: Timestamp| store.rules.silent_after_minutes > 0 && now.minutes_since(heard) >= i64::from(store.rules.silent_after_minutes);
    let near = starts_at < now.plus_minutes(i64::from(store.rules.silent_hours) * 60);
    // A store that has never opened the desk app takes bookings by its rules.
    decider.context.desk_heard_at.is_some_and(silent) && near
}
