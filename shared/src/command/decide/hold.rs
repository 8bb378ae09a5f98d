//! Holds 占位锁定: online only, sent directly, never queued; a live hold is a promise until it expires (A4).

use serde::{Deserialize, Serialize};

use super::own_holds;
use crate::booking::history::StepKind;
use crate::booking::{Booking, State};
use crate::command::decide::own_holds::expired;
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::Cleaning;
use crate::decision::{Change, Decision};
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::placement::case::{Case, Otherwise};
use crate::placement::{place, visit_time};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::store::Store;
use crate::time::Timestamp;
use crate::versioned::Versioned;
use crate::view::Found;
use crate::visit_request::RequestedLine;

/// 占位锁定: protect a time while somebody confirms. A hold that waited in an outbox would protect nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Store.
    pub store: StoreId,
    /// Id of the booking to be.
    pub booking: BookingId,
    /// Lines.
    pub lines: Vec<RequestedLine>,
}

/// Let go of a hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Store.
    pub store: StoreId,
    /// The hold.
    pub booking: BookingId,
}

/// A hold has run out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expire {
    /// Store.
    pub store: StoreId,
    /// The hold.
    pub booking: BookingId,
}

impl Versioned for Hold {}

impl Payload for Hold {
    const GIVEN_BY: Givers = Givers::Everybody;
    const ONLINE_ONLY: bool = true;

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
    }

    fn parts(&self) -> usize {
        self.lines.len()
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        own_holds::give_way(decider, (self.store, self.booking), &self.lines, |decider| hold(decider, self))
    }
}

impl Versioned for Release {}

impl Payload for Release {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.booking(self.store, self.booking);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        release(decider, self)
    }
}

impl Versioned for Expire {}

impl Payload for Expire {
    const GIVEN_BY: Givers = Givers::System;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.booking(self.store, self.booking);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        expire(decider, self)
    }
}

pub(super) fn hold(decider: Decider<'_>, command: &Hold) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    if decider.is_staff() {
        decider.must(Permission::WorkBoard, store.id)?;
    }
    let account = decider.account_for(None, &command.lines)?;
    decider.check_lines(store.id, &command.lines, "")?;
    let existing = match decider.view.booking(command.store, command.booking) {
        Found::Absent => None,
        Found::Unknown => return Err(Refusal::Undecided),
        Found::Known(booking) if is_own_hold(decider, booking) => Some(booking),
        Found::Known(_) => return Err(Refusal::AlreadyExists),
    };
    let lines = place::lines(decider.view, store, &command.lines, Some(command.booking), decider.terms())?;
    decider.check_notice(store, &lines)?;
    decider.check_limits(store, command.booking, &lines)?;
    let tier = decider.tier(&command.lines);
    let channel = decider.context.channel;
    let mut booking = decider.fresh(store.id, command.booking, account, lines, "", tier);
    if let Some(existing) = existing {
        booking.history = existing.history.clone();
        booking.version = existing.version;
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
    let admitted = (decider.admit)(case, &mut booking)?;
    let (since, expires_at) = term(decider, store)?;
    booking.made_at = since;
    booking.state = State::Held { expires_at };
    decider.note(&mut booking, StepKind::Held);
    let mut decision = decider.decision(booking, admitted, None);
    decision.changes.extend(earlier_holds(decider, store, command).map(Change::put));
    Ok(decision)
}

/// Since when a hold protects its time, and until when. Repeating it prolongs it, under its own id or another, but a time is not protected
/// for ever by somebody who never confirms.
fn term(decider: Decider<'_>, store: &Store) -> Result<(Timestamp, Timestamp), Refusal> {
    let (now, minutes) = (decider.context.now, i64::from(store.rules.hold_minutes));
    let wished = now.plus_minutes(minutes);
    if decider.is_staff() {
        return Ok((now, wished));
    }
    let own = &decider.context.member_use;
    let since = own.first_held_at(minutes, now);
    Ok((since, own.hold_until(since, wished, now)?))
}

fn is_own_hold(decider: Decider<'_>, booking: &Booking) -> bool {
    matches!(booking.state, State::Held { .. } | State::Expired { .. }) && booking.entered_by == decider.context.actor.principal
}

/// One account protects one time: a new hold lets go of the ones before it, of the same days and of those that the server has counted.
/// Other days may not have been read.
fn earlier_holds<'a>(decider: Decider<'a>, store: &'a Store, command: &'a Hold) -> impl Iterator<Item = Booking> + 'a {
    let principal = decider.context.actor.principal;
    let by_member = matches!(principal, Principal::Account(_));
    let days = visit_time::days_of(store, command.lines.iter().map(|line| line.starts_at));
    let is_counted = move |booking: &Booking| decider.context.member_use.holds().any(|held| held == booking.id);
    let held = decider.view.bookings.values().filter(move |booking| {
        by_member
            && booking.store == store.id
            && booking.id != command.booking
            && booking.entered_by == principal
            && matches!(booking.state, State::Held { .. })
            && (booking.range().overlaps(&days) || is_counted(booking))
    });
    held.map(move |booking| expired(decider, booking))
}

pub(super) fn release(decider: Decider<'_>, command: &Release) -> Result<Decision, Refusal> {
    let booking = decider.own_booking(command.store, command.booking)?;
    match booking.state {
        State::Held { .. } => Ok(decider.alone(expired(decider, booking), None)),
        State::Expired { .. } => Ok(Decision::default()),
        _ => Err(wrong_state(booking)),
    }
}

pub(super) fn expire(decider: Decider<'_>, command: &Expire) -> Result<Decision, Refusal> {
    let booking = decider.booking(command.store, command.booking)?;
    match booking.state {
        State::Held { expires_at } if expires_at <= decider.context.now => Ok(decider.alone(expired(decider, booking), None)),
        State::Held { .. } => Err(wrong_state(booking)),
        _ => Ok(Decision::default()),
    }
}
