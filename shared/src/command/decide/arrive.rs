//! Arriving, or not: check-in, no-show, and the undo of each. They are facts: the result does not depend on the order in which they arrive.

use serde::{Deserialize, Serialize};

use super::bind;
use crate::booking::history::StepKind;
use crate::booking::{Booking, Fact, State};
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::Cleaning;
use crate::decision::Decision;
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::placement::case::{Admitted, Case, FAR_OFF_MINUTES, Otherwise};
use crate::placement::precedence::{Class, Standing};
use crate::placement::{binding, visit_time};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::state_kind::StateKind;
use crate::store::Store;
use crate::versioned::Versioned;

/// 签到
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Reason for an override.
    pub override_reason: Option<Personal<String>>,
}

/// 撤销签到
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoCheckIn {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// 爽约
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoShow {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// 撤销爽约
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoNoShow {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

impl Versioned for CheckIn {}

impl Payload for CheckIn {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.visit_that_happens(self.store, self.booking);
        ask.visit_that_is_bound(self.store, self.booking);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.reason("override_reason", &mut self.override_reason);
    }

    fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
        Some(&mut self.override_reason)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        check_in(decider, self)
    }
}

impl Versioned for UndoCheckIn {}

impl Payload for UndoCheckIn {
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
        undo_check_in(decider, self)
    }
}

impl Versioned for NoShow {}

impl Payload for NoShow {
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
        no_show(decider, self)
    }
}

impl Versioned for UndoNoShow {}

impl Payload for UndoNoShow {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.visit_that_happens(self.store, self.booking);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        undo_no_show(decider, self)
    }
}

/// Accepted whatever has become of the booking: they are there. Only who walked in was there from the beginning.
pub(super) fn check_in(decider: Decider<'_>, command: &CheckIn) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    let over = decider.over(store.id, command.override_reason.as_deref())?;
    if booking.agreed().kind() == StateKind::Waiting {
        return Err(wrong_state(booking));
    }
    let mut arrived = booking.clone();
    if !arrived.learn(Fact::CheckedIn, decider.fact_stamp()) {
        return Ok(Decision::default());
    }
    decider.note(&mut arrived, StepKind::CheckedIn);
    if binding::is_open(&decider.view.catalogue, booking) {
        bind::on_arrival(decider, store, booking, &mut arrived)?;
    }
    settle(decider, store, arrived, over)
}

/// Taken also before the check-in that it is about has arrived, and whatever the guest did since.
pub(super) fn undo_check_in(decider: Decider<'_>, command: &UndoCheckIn) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    if booking.agreed().kind() == StateKind::Waiting {
        return Err(wrong_state(booking));
    }
    let mut undone = booking.clone();
    if !undone.learn(Fact::CheckInUndone, decider.fact_stamp()) {
        return Ok(Decision::default());
    }
    decider.note(&mut undone, StepKind::CheckInUndone);
    Ok(decider.alone(let_go(undone), None))
}

/// Never automatic and never before the start. Of somebody who is here it is kept, and counts when the check-in was a mistake (M10).
pub(super) fn no_show(decider: Decider<'_>, command: &NoShow) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    if !booking.can_be_missed() {
        return Err(wrong_state(booking));
    }
    if decider.at() < booking.starts_at {
        return Err(Refusal::TooSoon { lead_minutes: 0 });
    }
    let mut missed = booking.clone();
    if !missed.learn(Fact::Missed, decider.fact_stamp()) {
        return Ok(Decision::default());
    }
    decider.note(&mut missed, StepKind::NoShow);
    Ok(decider.alone(let_go(missed), None))
}

/// She may come after all: what was agreed counts again, also where the no-show that it is about has not arrived yet. Whoever has her time
/// by now keeps it.
pub(super) fn undo_no_show(decider: Decider<'_>, command: &UndoNoShow) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    if booking.agreed().kind() == StateKind::Waiting {
        return Err(wrong_state(booking));
    }
    if !booking.range().widened(FAR_OFF_MINUTES).contains(decider.at()) {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let mut undone = booking.clone();
    if !undone.learn(Fact::MissUndone, decider.fact_stamp()) {
        return Ok(Decision::default());
    }
    decider.note(&mut undone, StepKind::NoShowUndone);
    if !undone.state.is_live() || !undone.occupancy.is_empty() {
        return Ok(decider.alone(let_go(undone), None));
    }
    let case = Case { standing: Standing::request(0, 0), ..case(decider, store, &undone, false) };
    let admitted = (decider.admit)(case, &mut undone)?;
    Ok(decider.decision(undone, admitted, None))
}

/// Whoever is not coming holds no time: all of it was free, also what a late message may still be about.
fn let_go(mut booking: Booking) -> Booking {
    if !booking.state.is_live() && !matches!(booking.state, State::Completed { .. }) {
        booking.occupancy.clear();
    }
    booking
}

/// Gives somebody who is, or was, here the time they take, where they have none.
pub(super) fn settle(decider: Decider<'_>, store: &Store, mut booking: Booking, over: bool) -> Result<Decision, Refusal> {
    if !matches!(booking.state, State::CheckedIn { .. } | State::InService { .. } | State::Completed { .. }) {
        return Ok(decider.alone(let_go(booking), None));
    }
    booking.alternatives.clear();
    let admitted = match booking.occupancy.is_empty() {
        true => (decider.admit)(case(decider, store, &booking, over), &mut booking)?,
        false => Admitted::default(),
    };
    if let State::Completed { at } = booking.state {
        visit_time::end_at(&mut booking.occupancy, at);
    }
    Ok(decider.decision(booking, admitted, None))
}

/// The case of somebody who is, or was, here.
pub(super) fn case<'a>(decider: Decider<'a>, store: &'a Store, booking: &Booking, over: bool) -> Case<'a> {
    let (class, over_at) = match booking.state {
        State::Completed { at } => (Class::InService, Some(at)),
        State::InService { .. } => (Class::InService, None),
        _ => (Class::Arrived, None),
    };
    let (standing, otherwise) = (Standing::of(class), Otherwise::NextLane);
    Case { context: decider.context, view: decider.view, store, standing, over, otherwise, over_at }
}
