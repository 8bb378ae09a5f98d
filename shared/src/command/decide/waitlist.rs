//! Waiting for a time 候补: joining and leaving, offers and their answers, and what the product does by itself (A6, A7).

mod answer;
mod join;
mod offer;
mod serve;

pub use answer::{AcceptOffer, DeclineOffer};
pub use join::{JoinWaitlist, LeaveWaitlist};
pub use offer::{OfferTime, OfferedLine};
pub use serve::ServeWaitlist;

use crate::booking::{Booking, State};
use crate::command::decide::own_holds::expired;
use crate::command::decide::scope::not_found;
use crate::command::decider::Decider;
use crate::decision::Change;
use crate::id::{BookingId, StoreId, WaitlistEntryId};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::time::Timestamp;
use crate::view::Found;
use crate::waitlist_entry::{Offer, WaitlistEntry};

impl<'a> Decider<'a> {
    /// An entry that the actor may act for: its own account's, or one of the store it works for. To others it does not exist.
    fn own_entry(self, store: StoreId, id: WaitlistEntryId) -> Result<&'a WaitlistEntry, Refusal> {
        let entry = || self.view.find_in::<WaitlistEntry>(store, id).or_refuse("waitlist_entry");
        if let Some(account) = self.context.actor.account_id() {
            let entry = entry()?;
            return if entry.account == Some(account) { Ok(entry) } else { Err(not_found("waitlist_entry")) };
        }
        // The right comes first: who has none must not learn which entries there are.
        self.must(Permission::WorkBoard, store)?;
        entry()
    }

    /// The hold of an offer while it is a promise; `None` once it has ended, by itself or because somebody let it go.
    fn live_hold(self, store: StoreId, hold: BookingId) -> Result<Option<&'a Booking>, Refusal> {
        match self.view.booking(store, hold) {
            Found::Known(booking) => Ok(Some(booking).filter(|booking| is_live(booking, self.context.now))),
            Found::Absent => Ok(None),
            Found::Unknown => Err(Refusal::Undecided),
        }
    }

    /// The time of an offer that nobody takes is free again; nothing to do where it has been let go already.
    fn let_go(self, store: StoreId, offer: &Offer) -> Result<Option<Change>, Refusal> {
        match self.view.booking(store, offer.hold) {
            Found::Known(booking) if matches!(booking.state, State::Held { .. }) => Ok(Some(Change::put(expired(self, booking)))),
            Found::Known(_) | Found::Absent => Ok(None),
            Found::Unknown => Err(Refusal::Undecided),
        }
    }
}

fn is_live(booking: &Booking, now: Timestamp) -> bool {
    matches!(booking.state, State::Held { expires_at } if now < expires_at)
}
