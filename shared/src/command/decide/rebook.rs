//! The store cannot keep a promise, and asks its guest to choose another time.

use serde::{Deserialize, Serialize};

use crate::attention::AttentionKind;
use crate::booking::Booking;
use crate::booking::history::StepKind;
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::{Decision, LadderStep, NoticeKind};
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::placement::case::Admitted;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::state_kind::StateKind;
use crate::versioned::Versioned;

/// 请客人改约: the promise gives way, and the guest is told three openings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskToRebook {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Why, for the desk; may be empty.
    pub reason: Personal<String>,
}

impl Versioned for AskToRebook {}

impl Payload for AskToRebook {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.booking(self.store, self.booking);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.text("reason", NOTE, &mut self.reason);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let store = decider.store(self.store)?;
        decider.must(Permission::Override, store.id)?;
        NOTE.check("reason", &self.reason)?;
        let mut booking = decider.booking(store.id, self.booking)?.clone();
        // Whoever is there already is asked in person.
        let is_to_come = booking.starts_at > decider.at();
        if !matches!(booking.state.kind(), StateKind::Requested | StateKind::Confirmed) || !is_to_come {
            return Err(wrong_state(&booking));
        }
        booking.occupancy.clear();
        booking.alternatives.clear();
        booking.give_way(decider.at());
        decider.note_why(&mut booking, StepKind::Displaced, &self.reason);
        let attention = vec![AttentionKind::Displaced { booking: booking.id, by: None }];
        let admitted = Admitted { attention, step: LadderStep::Displaced, ..Admitted::default() };
        Ok(decider.decision(booking, admitted, Some(NoticeKind::Displaced)))
    }
}
