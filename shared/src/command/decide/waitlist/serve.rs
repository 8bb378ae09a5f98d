//! What the product does by itself for those who wait for a day of a store: offers that ran out end, whoever waited for what is over no
//! longer waits, and what is free is offered to the next ones. Given for each cause; where nothing has changed it changes nothing.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::offer;
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::{Change, Decision};
use crate::id::{BookingId, StoreId};
use crate::placement::case::LONGEST_VISIT_MINUTES;
use crate::placement::rules::{PlacementRules, PriceBound};
use crate::refusal::Refusal;
use crate::sort;
use crate::store::Store;
use crate::time::{LocalDate, TimeRange};
use crate::versioned::Versioned;
use crate::view::{View, WaitingFor};
use crate::visit_request::{Audience, RequestedLine};
use crate::waitlist::next_offer;
use crate::waitlist_entry::{Waiting, WaitlistEntry};

/// Ids of holds follow from the command's; those of inbox entries are the ones right after it.
const FIRST_HOLD: u128 = 1 << 32;

/// Those who wait for a day of a store are served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServeWaitlist {
    /// Store.
    pub store: StoreId,
    /// Local day.
    pub day: LocalDate,
}

impl Versioned for ServeWaitlist {}

impl Payload for ServeWaitlist {
    const GIVEN_BY: Givers = Givers::System;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.waitlist_of_day(self.store, self.day);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let store = decider.store(self.store)?;
        let wanted = waiting_on(store, self.day);
        if !decider.view.knows_waiting(wanted) {
            return Err(Refusal::Undecided);
        }
        let mut serving = Serving { view: decider.view.clone(), decision: Decision::default(), holds: 0 };
        let mut queue = Vec::new();
        for entry in decider.view.waiting_for(wanted) {
            queue.extend(serving.settled(decider, entry)?);
        }
        if !queue.is_empty() {
            decider.view.must_cover(store.id, reach(wanted.starts))?;
            sort::sort_by_key(&mut queue, WaitlistEntry::rank);
            serving.offer_to(decider, store, &queue);
        }
        Ok(serving.decision)
    }
}

fn waiting_on(store: &Store, day: LocalDate) -> WaitingFor {
    WaitingFor { store: store.id, starts: store.zone.day(day) }
}

/// The schedule that matters for visits that begin on a day.
fn reach(day: TimeRange) -> TimeRange {
    TimeRange { end: day.end.plus_minutes(LONGEST_VISIT_MINUTES), ..day }
}

impl Ask<'_> {
    /// Those who wait for a day, what is held for them, and the schedule of that day.
    fn waitlist_of_day(&mut self, store: StoreId, day: LocalDate) {
        let Some(record) = self.view.catalogue.stores.get(&store) else { return };
        let wanted = waiting_on(record, day);
        self.waiting(wanted);
        let mut holds = self.view.waiting_for(wanted).peekable();
        if holds.peek().is_none() {
            return;
        }
        for offer in holds.filter_map(WaitlistEntry::offer) {
            self.booking(store, offer.hold);
        }
        let reach = reach(wanted.starts);
        self.around(store, reach, &[(reach.start, 0), (reach.end, 0)]);
    }
}

/// What has been decided so far, and the view after it.
struct Serving {
    view: View,
    decision: Decision,
    holds: u128,
}

impl Serving {
    fn take(&mut self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            self.view.apply(&change);
            self.decision.changes.push(change);
        }
    }

    /// The entry as somebody who waits for a time, once what is over has ended.
    fn settled(&mut self, decider: Decider<'_>, entry: &WaitlistEntry) -> Result<Option<WaitlistEntry>, Refusal> {
        let mut entry = entry.clone();
        if let Some(offer) = entry.offer() {
            if decider.live_hold(entry.store, offer.hold)?.is_some() {
                return Ok(None);
            }
            let let_go = decider.let_go(entry.store, offer)?;
            entry.pass();
            self.take(let_go.into_iter().chain([Change::put(entry.clone())]));
        }
        if entry.starts.end > decider.context.now {
            return Ok(Some(entry));
        }
        entry.state = Waiting::Expired { at: decider.context.now };
        self.take([Change::put(entry)]);
        Ok(None)
    }

    /// Offers what is free, one after another, until nothing is left that somebody waits for.
    fn offer_to(&mut self, decider: Decider<'_>, store: &Store, queue: &[WaitlistEntry]) {
        let mut rest: Vec<&WaitlistEntry> = queue.iter().collect();
        while let Some((place, lines)) = next_offer(&self.view, store, &rest, decider.context.now) {
            rest.drain(..place);
            let entry = rest.remove(0);
            // What is listed can be booked; where it cannot be all the same, the next one has a turn.
            if let Ok(made) = self.made(decider, store, entry, &lines) {
                self.take(made.changes);
                self.decision.notices.extend(made.notices);
            }
        }
    }

    fn made(&mut self, decider: Decider<'_>, store: &Store, entry: &WaitlistEntry, lines: &[RequestedLine]) -> Result<Decision, Refusal> {
        let hold = BookingId(Uuid::from_u128(decider.context.command.0.as_u128().wrapping_add(FIRST_HOLD + self.holds)));
        self.holds += 1;
        let terms = PlacementRules { audience: Audience::Online, price_bound: PriceBound::Every, ..decider.terms() };
        offer::make(Decider { view: &self.view, ..decider }, store, entry.clone(), (hold, lines), terms)
    }
}
