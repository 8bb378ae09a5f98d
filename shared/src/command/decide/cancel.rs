//! Taking a visit back, by the guest or by the store.

use serde::{Deserialize, Serialize};

use crate::booking::history::StepKind;
use crate::booking::{Booking, CancelledBy, Fact, State};
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::{Decision, NoticeKind};
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::state_kind::StateKind;
use crate::time::Timestamp;
use crate::versioned::Versioned;

/// 取消
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancel {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// On whose wish: staff may cancel for the member.
    pub by: CancelledBy,
    /// Why; may be empty.
    pub reason: Personal<String>,
}

impl Versioned for Cancel {}

impl Payload for Cancel {
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

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.text("reason", NOTE, &mut self.reason);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        cancel(decider, self)
    }
}

pub(super) fn cancel(decider: Decider<'_>, command: &Cancel) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    let booking = decider.own_booking(store.id, command.booking)?;
    if NOTE.check("reason", &command.reason).is_err() {
        return Err(Refusal::Invalid { field: "reason".into() });
    }
    let by_member = !decider.is_staff();
    if by_member && command.by != CancelledBy::Member {
        return Err(Refusal::NotAllowed);
    }
    check_can_cancel(decider, booking)?;
    if let State::Held { .. } = booking.state {
        // Nothing was promised yet: the time is let go.
        return Ok(decider.alone(super::own_holds::expired(decider, booking), None));
    }
    // A late cancellation is still better than an empty chair: it is taken, and marked (M10).
    let cutoff = booking.starts_at.plus_minutes(-i64::from(decider.cutoff_minutes(store, booking)));
    // Whoever asked for another time has a promise all the same.
    let is_promise = booking.agreed().kind() == StateKind::Confirmed || !booking.promised.is_empty();
    let promised = command.by == CancelledBy::Member && is_promise;
    let mut cancelled = booking.clone();
    // Of several, the first one counts; and what never came about stays as it is.
    let is_settled = match booking.agreed() {
        State::Cancelled { at, .. } => by_member || *at <= decider.at(),
        agreed => !agreed.is_live() && agreed.kind() != StateKind::Displaced,
    };
    if !is_settled {
        cancelled.agree(State::Cancelled { by: command.by, late: promised && decider.context.now > cutoff, at: decider.at() });
    }
    if !by_member {
        cancelled.learn(Fact::Cancelled, decider.fact_stamp());
    }
    // Cancelled before, or somebody has come since.
    if cancelled.state.kind() == booking.state.kind() {
        return Ok(if cancelled == *booking { Decision::default() } else { decider.alone(cancelled, None) });
    }
    decider.note_why(&mut cancelled, StepKind::Cancelled, &command.reason);
    cancelled.occupancy.clear();
    cancelled.alternatives.clear();
    let tell = booking.account.is_some() && !matches!(booking.state.kind(), StateKind::Held | StateKind::Cancelled);
    Ok(decider.alone(cancelled, tell.then_some(NoticeKind::Cancelled)))
}

fn check_can_cancel(decider: Decider<'_>, booking: &Booking) -> Result<(), Refusal> {
    let by_member = !decider.is_staff();
    match booking.state.kind() {
        // From the start on only the store knows whether somebody came (M10).
        StateKind::Held | StateKind::Requested | StateKind::Confirmed if by_member && decider.context.now >= expected_at(booking) => {
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
