//! The desk's answer to a request.

use serde::{Deserialize, Serialize};

use super::change::case;
use crate::booking::history::StepKind;
use crate::booking::{Booking, State};
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::{Decision, NoticeKind};
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::placement::case::{Admitted, Case};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::versioned::Versioned;

/// The desk accepts a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// Store.
    pub store: StoreId,
    /// The request.
    pub booking: BookingId,
}

/// The desk cannot accept a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decline {
    /// Store.
    pub store: StoreId,
    /// The request.
    pub booking: BookingId,
    /// Why; not empty (B7).
    pub reason: Personal<String>,
}

impl Versioned for Confirm {}

impl Payload for Confirm {
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

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        confirm(decider, self)
    }
}

impl Versioned for Decline {}

impl Payload for Decline {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.visit_that_is_declined(self.store, self.booking);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.text("reason", NOTE, &mut self.reason);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        decline(decider, self)
    }
}

pub(super) fn confirm(decider: Decider<'_>, command: &Confirm) -> Result<Decision, Refusal> {
    let booking = requested(decider, command.store, command.booking)?;
    if matches!(booking.state, State::Confirmed { .. }) {
        return Ok(Decision::default());
    }
    let mut confirmed = booking.clone();
    confirmed.state = State::Confirmed { at: decider.context.now };
    confirmed.promised.clear();
    decider.note(&mut confirmed, StepKind::Confirmed);
    Ok(decider.alone(confirmed, Some(NoticeKind::Confirmed)))
}

pub(super) fn decline(decider: Decider<'_>, command: &Decline) -> Result<Decision, Refusal> {
    let booking = requested(decider, command.store, command.booking)?;
    if command.reason.trim().is_empty() || NOTE.check("reason", &command.reason).is_err() {
        return Err(Refusal::Invalid { field: "reason".into() });
    }
    if !matches!(booking.state, State::Requested) {
        return Err(wrong_state(booking));
    }
    if let Some((mut kept, admitted)) = as_promised(decider, booking)? {
        decider.note_why(&mut kept, StepKind::Declined, &command.reason);
        return Ok(decider.decision(kept, admitted, Some(NoticeKind::MoveDeclined)));
    }
    let mut declined = booking.clone();
    declined.occupancy.clear();
    declined.promised.clear();
    declined.state = State::Declined { reason: command.reason.trim().into(), at: decider.context.now };
    decider.note(&mut declined, StepKind::Declined);
    Ok(decider.alone(declined, Some(NoticeKind::Declined)))
}

/// The visit as it was promised before the guest asked for another time. `None` where nothing was, where that time has come, and where it
/// is somebody else's by now: while the guest waited for the answer others could take it, and nobody gives way to it now.
fn as_promised(decider: Decider<'_>, booking: &Booking) -> Result<Option<(Booking, Admitted)>, Refusal> {
    let store = decider.store(booking.store)?;
    let starts_at = booking.promised.iter().map(|line| line.starts_at).min();
    if starts_at.is_none_or(|starts_at| starts_at <= decider.context.now) {
        return Ok(None);
    }
    let state = State::Confirmed { at: decider.context.now };
    let mut kept = Booking { lines: booking.promised.clone(), promised: Vec::new(), late_minutes: 0, state, ..booking.clone() };
    let standing = decider.request(store, booking.channel, booking.tier);
    match (decider.admit)(Case { standing, ..case(decider, store, booking) }, &mut kept) {
        Ok(admitted) => Ok(Some((kept, admitted))),
        Err(Refusal::TimeTaken { .. }) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

fn requested<'a>(decider: Decider<'a>, store: crate::id::StoreId, id: crate::id::BookingId) -> Result<&'a Booking, Refusal> {
    decider.must(Permission::WorkBoard, store)?;
    let booking = decider.booking(store, id)?;
    match booking.state {
        State::Requested | State::Confirmed { .. } => Ok(booking),
        _ => Err(wrong_state(booking)),
    }
}
