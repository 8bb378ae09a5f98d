//! Another time: move, and take an alternative.

use serde::{Deserialize, Serialize};

use crate::agreed;
use crate::booking::history::StepKind;
use crate::booking::{Booking, Line, State};
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::Cleaning;
use crate::decision::{Decision, NoticeKind};
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::placement::case::{Case, FAR_OFF_MINUTES, Otherwise};
use crate::placement::rules::{PlacementRules, PriceBound};
use crate::placement::{moved, place};
use crate::refusal::Refusal;
use crate::staff_preference::StaffPreference;
use crate::state_kind::StateKind;
use crate::store::Store;
use crate::time::Timestamp;
use crate::versioned::Versioned;
use crate::visit_request::{Audience, NewPreference, RequestedLine};

/// 改约
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// New start of the visit; all lines keep their distance from it.
    pub starts_at: Timestamp,
    /// What is wished anew, line by line; a line without an entry stays as it was agreed. Empty changes none.
    pub staff_preferences: Vec<Option<NewPreference>>,
    /// Reason for an override; only authorised staff.
    pub override_reason: Option<Personal<String>>,
}

/// Take one of the openings offered after giving way, in one tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptAlternative {
    /// Store.
    pub store: StoreId,
    /// The displaced booking.
    pub booking: BookingId,
    /// Start of the chosen alternative.
    pub starts_at: Timestamp,
}

impl Versioned for Move {}

impl Payload for Move {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.moved_visit(self.store, self.booking, self.starts_at);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.reason("override_reason", &mut self.override_reason);
    }

    fn parts(&self) -> usize {
        self.staff_preferences.len()
    }

    fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
        Some(&mut self.override_reason)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        reschedule(decider, self)
    }
}

impl Versioned for AcceptAlternative {}

impl Payload for AcceptAlternative {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.moved_visit(self.store, self.booking, self.starts_at);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        accept_alternative(decider, self)
    }
}

pub(super) fn reschedule(decider: Decider<'_>, command: &Move) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    let booking = decider.own_booking(store.id, command.booking)?;
    if !matches!(
        booking.state.kind(),
        StateKind::Requested | StateKind::Confirmed | StateKind::Waiting | StateKind::CheckedIn | StateKind::Displaced
    ) {
        return Err(wrong_state(booking));
    }
    if !decider.is_staff() {
        check_cutoff(decider, store, booking)?;
    }
    let is_waiting = booking.state.kind() == StateKind::Waiting;
    if is_waiting && command.starts_at.minutes_since(decider.at()).abs() > FAR_OFF_MINUTES {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let over = decider.over(store.id, command.override_reason.as_deref())?;
    let displaced = booking.state.kind() == StateKind::Displaced;
    let price_bound = moved::bound(decider.is_staff(), &command.staff_preferences);
    let terms = PlacementRules { any_hours: over, price_bound, ..decider.terms() };
    let lines = moved::lines(decider.view, store, booking, (command.starts_at, &command.staff_preferences), terms)?;
    decider.check_notice(store, &lines)?;
    let mut moved = Booking { lines, ..booking.clone() };
    if !displaced {
        decider.check_limits(store, booking.id, &moved.lines)?;
    }
    let admitted = (decider.admit)(case(decider, store, booking), &mut moved)?;
    moved.late_minutes = 0;
    moved.facts.given_way = false;
    moved.alternatives.clear();
    if displaced || (!decider.is_staff() && moved.state.kind() == StateKind::Confirmed) {
        moved.state = if super::book::needs_the_desk(decider, store, moved.starts_at) {
            State::Requested
        } else {
            State::Confirmed { at: decider.context.now }
        };
    }
    if booking.state.kind() == StateKind::Confirmed && moved.state == State::Requested {
        moved.promised.clone_from(&booking.lines);
    }
    decider.note(&mut moved, StepKind::Moved);
    let notice = if moved.state.kind() == StateKind::Requested { NoticeKind::Requested } else { NoticeKind::Moved };
    Ok(decider.decision(moved, admitted, Some(notice)))
}

/// S0: no change inside the cut-off (A3). What the store had to give up may be moved at any time.
fn check_cutoff(decider: Decider<'_>, store: &Store, booking: &Booking) -> Result<(), Refusal> {
    let cutoff_minutes = decider.cutoff_minutes(store, booking);
    let inside = decider.context.now > booking.starts_at.plus_minutes(-i64::from(cutoff_minutes));
    if inside && booking.state.kind() != StateKind::Displaced { Err(Refusal::AfterCutoff { cutoff_minutes }) } else { Ok(()) }
}

pub(super) fn case<'a>(decider: Decider<'a>, store: &'a Store, booking: &Booking) -> Case<'a> {
    let standing = decider.request(store, decider.context.channel, booking.tier);
    Case { context: decider.context, view: decider.view, store, standing, over: false, otherwise: Otherwise::Refuse, over_at: None }
}

pub(super) fn accept_alternative(decider: Decider<'_>, command: &AcceptAlternative) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    let booking = decider.own_booking(store.id, command.booking)?;
    if booking.state.kind() != StateKind::Displaced {
        return Err(wrong_state(booking));
    }
    let chosen = booking.alternatives.iter().find(|offered| offered.starts_at == command.starts_at);
    let chosen = chosen.ok_or(Refusal::Invalid { field: "starts_at".into() })?;
    let mut wanted = RequestedLine::all_of(booking);
    moved::shift(&mut wanted, command.starts_at)?;
    for (line, staff) in wanted.iter_mut().zip(&chosen.staff) {
        line.staff_preference = StaffPreference::Requested(*staff);
    }
    // What was offered may be taken, also what is not for everybody to book online.
    let (audience, in_a_row) = (Audience::Desk, booking.is_in_a_row());
    let terms = PlacementRules { audience, price_bound: PriceBound::Nothing, in_a_row, ..decider.terms() };
    let kept = agreed::of_lines(decider.view, store.id, &booking.lines);
    let lines = place::lines_keeping(decider.view, store, (&wanted, &kept), Some(booking.id), terms, &[])?;
    if command.starts_at < decider.at() {
        return Err(Refusal::TooSoon { lead_minutes: 0 });
    }
    let mut moved = booking.clone();
    for (line, new) in moved.lines.iter_mut().zip(lines) {
        // The store broke the promise: the agreed price holds.
        *line = Line { price: line.price, performed: line.performed, staff_preference: line.staff_preference, ..new };
    }
    let admitted = (decider.admit)(case(decider, store, booking), &mut moved)?;
    moved.alternatives.clear();
    moved.promised.clear();
    moved.facts.given_way = false;
    moved.late_minutes = 0;
    moved.state = State::Confirmed { at: decider.context.now };
    decider.note(&mut moved, StepKind::Moved);
    Ok(decider.decision(moved, admitted, Some(NoticeKind::Confirmed)))
}
