//! An offer: a time is held for somebody who waits. The desk gives one by hand; the product makes them in order.

use serde::{Deserialize, Serialize};

use crate::booking::history::StepKind;
use crate::booking::{Booking, State};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::{Change, Decision, NoticeKind};
use crate::id::{BookingId, StoreId, WaitlistEntryId};
use crate::money::Price;
use crate::noun::{Noun, RecordKey};
use crate::placement::case::{Case, Otherwise};
use crate::placement::place;
use crate::placement::rules::{PlacementRules, PriceBound};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::staff_preference::StaffPreference;
use crate::state_kind::StateKind;
use crate::store::Store;
use crate::time::Timestamp;
use crate::versioned::Versioned;
use crate::visit_request::{RequestedLine, RequestedService};
use crate::waitlist_entry::{OFFER_MINUTES, Offer, OfferedService, Waiting, WaitlistEntry};

/// 发给她: the desk holds a time for somebody who waits, whoever else does. An offer that waited in an outbox would hold nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferTime {
    /// Store.
    pub store: StoreId,
    /// The entry.
    pub entry: WaitlistEntryId,
    /// Id of the hold, and of the booking to be.
    pub hold: BookingId,
    /// Each service of the entry, in order.
    pub lines: Vec<OfferedLine>,
}

/// When a service of an offer would begin, with whom, and what the screen says it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedLine {
    /// Start.
    pub starts_at: Timestamp,
    /// With whom.
    pub staff_preference: StaffPreference,
    /// The price on the screen.
    pub seen_price: Price,
}

impl OfferedLine {
    /// The lines of a visit that somebody who waits could have.
    #[must_use]
    pub fn all_of(lines: &[RequestedLine]) -> Vec<Self> {
        let offered = |line: &RequestedLine| OfferedLine {
            starts_at: line.starts_at,
            staff_preference: line.staff_preference,
            seen_price: line.seen_price,
        };
        lines.iter().map(offered).collect()
    }
}

impl Versioned for OfferTime {}

impl Payload for OfferTime {
    const GIVEN_BY: Givers = Givers::Staff;
    const ONLINE_ONLY: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.hold))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        if let Some(entry) = ask.offered(self.store, self.entry) {
            ask.new_visit(self.store, self.hold, &requested(entry, &self.lines));
        }
    }

    fn parts(&self) -> usize {
        self.lines.len()
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        give(decider, self)
    }
}

/// The entry's services at the times of an offer.
fn requested(entry: &WaitlistEntry, lines: &[OfferedLine]) -> Vec<RequestedLine> {
    let line = |(wanted, offered): (&RequestedService, &OfferedLine)| RequestedLine {
        service: wanted.service,
        subject: entry.subject.clone(),
        payer: None,
        staff_preference: offered.staff_preference,
        starts_at: offered.starts_at,
        seen_price: offered.seen_price,
    };
    entry.services.iter().zip(lines).map(line).collect()
}

fn give(decider: Decider<'_>, command: &OfferTime) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let mut entry = decider.own_entry(store.id, command.entry)?.clone();
    if !entry.is_live() {
        return Err(Refusal::OfferOver);
    }
    if command.lines.len() != entry.services.len() {
        return Err(Refusal::Invalid { field: "lines".into() });
    }
    decider.view.booking(store.id, command.hold).or_taken()?;
    if let Some(offer) = entry.offer() {
        // One at a time: two held for one visit would be one too many for everybody else.
        if decider.live_hold(store.id, offer.hold)?.is_some() {
            return Err(Refusal::WrongState { state: StateKind::Held });
        }
        entry.pass();
    }
    let lines = requested(&entry, &command.lines);
    decider.check_lines(store.id, &lines, "")?;
    if lines.iter().any(|line| line.starts_at <= decider.context.now) {
        return Err(Refusal::TooSoon { lead_minutes: 0 });
    }
    make(decider, store, entry, (command.hold, &lines), PlacementRules { price_bound: PriceBound::Every, ..decider.terms() })
}

/// Holds the time, notes it in the entry and tells its person.
pub(super) fn make(
    decider: Decider<'_>,
    store: &Store,
    entry: WaitlistEntry,
    (hold, lines): (BookingId, &[RequestedLine]),
    terms: PlacementRules,
) -> Result<Decision, Refusal> {
    let lines = place::lines(decider.view, store, lines, Some(hold), terms)?;
    // Nobody's yet: an account may hold only so much, and this is not of its doing.
    let mut booking = decider.fresh(store.id, hold, None, lines, "", entry.tier);
    let case = Case {
        context: decider.context,
        view: decider.view,
        store,
        standing: decider.request(store, decider.context.channel, entry.tier),
        over: false,
        otherwise: Otherwise::Refuse,
        over_at: None,
    };
    let admitted = (decider.admit)(case, &mut booking)?;
    let until = decider.context.now.plus_minutes(OFFER_MINUTES).min(booking.starts_at);
    booking.made_at = decider.context.now;
    booking.state = State::Held { expires_at: until };
    decider.note(&mut booking, StepKind::Held);
    let by_desk = decider.context.actor.principal != Principal::System;
    let entry = WaitlistEntry { state: Waiting::Offered(offer_of(&booking, until, by_desk)), ..entry };
    let mut decision = decider.decision(booking, admitted, Some(NoticeKind::Offered));
    decision.changes.push(Change::put(entry));
    Ok(decision)
}

fn offer_of(booking: &Booking, until: Timestamp, by_desk: bool) -> Offer {
    let lines = booking.lines.iter().map(|line| OfferedService { staff: line.staff, price: line.price }).collect();
    Offer { hold: booking.id, starts_at: booking.starts_at, ends_at: booking.ends_at, lines, until, by_desk }
}
