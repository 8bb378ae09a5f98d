//! The answer to an offer: one tap each.

use serde::{Deserialize, Serialize};

use crate::booking::history::StepKind;
use crate::booking::{Booking, State};
use crate::command::decide::book::needs_the_desk;
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::{Change, Decision, NoticeKind};
use crate::id::{BookingId, StoreId, WaitlistEntryId};
use crate::noun::{Noun, RecordKey};
use crate::placement::case::Admitted;
use crate::refusal::Refusal;
use crate::versioned::Versioned;
use crate::waitlist_entry::{Waiting, WaitlistEntry};

/// 要这个时间: the time that is held becomes a booking, at the price and with the people of the offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptOffer {
    /// Store.
    pub store: StoreId,
    /// The entry.
    pub entry: WaitlistEntryId,
    /// The hold of the offer on the screen: a later offer is another one.
    pub hold: BookingId,
    /// Version of the terms on the screen.
    pub terms_version: u16,
}

/// 让给别人: they go on waiting, and the next one is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclineOffer {
    /// Store.
    pub store: StoreId,
    /// The entry.
    pub entry: WaitlistEntryId,
    /// The hold of the offer on the screen.
    pub hold: BookingId,
}

impl Versioned for AcceptOffer {}

impl Payload for AcceptOffer {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.hold))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.of_store::<WaitlistEntry>(self.store, self.entry);
        ask.held_visit(self.store, self.hold);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        accept(decider, self)
    }
}

impl Versioned for DeclineOffer {}

impl Payload for DeclineOffer {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(WaitlistEntry::key_of(self.entry))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.offered(self.store, self.entry);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        decline(decider, self)
    }
}

fn accept(decider: Decider<'_>, command: &AcceptOffer) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    let entry = decider.own_entry(store.id, command.entry)?;
    let offer = match &entry.state {
        // Two taps, or a tap and its repetition.
        Waiting::Taken { booking, .. } if *booking == command.hold => return Ok(Decision::default()),
        Waiting::Offered(offer) if offer.hold == command.hold => offer,
        _ => return Err(Refusal::OfferOver),
    };
    let held = decider.live_hold(store.id, offer.hold)?.ok_or(Refusal::OfferOver)?;
    decider.check_terms(store, command.terms_version)?;
    if !decider.is_staff() {
        decider.context.member_use.check_visit(store, held.id, &held.lines, decider.context.now)?;
    }
    let (now, waits_for_desk) = (decider.context.now, !offer.by_desk && needs_the_desk(decider, store, held.starts_at));
    let (state, step, notice) = if waits_for_desk {
        (State::Requested, StepKind::Requested, NoticeKind::Requested)
    } else {
        (State::Confirmed { at: now }, StepKind::Confirmed, NoticeKind::Confirmed)
    };
    let mut booking = Booking {
        state,
        account: entry.account,
        channel: decider.context.channel,
        entered_by: decider.context.actor.principal,
        made_at: decider.at(),
        terms_version: command.terms_version,
        ..held.clone()
    };
    decider.note(&mut booking, step);
    let mut decision = decider.decision(booking, Admitted::default(), Some(notice));
    let taken = Waiting::Taken { booking: held.id, at: now };
    decision.changes.push(Change::put(WaitlistEntry { state: taken, ..entry.clone() }));
    Ok(decision)
}

fn decline(decider: Decider<'_>, command: &DeclineOffer) -> Result<Decision, Refusal> {
    let entry = decider.own_entry(command.store, command.entry)?;
    let offer = match &entry.state {
        // It has ended by itself meanwhile, or this is the second tap.
        Waiting::Queued => return Ok(Decision::default()),
        Waiting::Offered(offer) if offer.hold == command.hold => offer,
        _ => return Err(Refusal::OfferOver),
    };
    let let_go = decider.let_go(entry.store, offer)?;
    let mut entry = entry.clone();
    entry.pass();
    Ok(Decision { changes: let_go.into_iter().chain([Change::put(entry)]).collect(), ..Decision::default() })
}
