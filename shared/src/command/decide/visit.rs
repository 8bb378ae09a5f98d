//! The visit itself: start and finish. Both are facts: taken whatever was agreed, in whatever order they arrive.

use serde::{Deserialize, Serialize};

use super::{arrive, bind, rotation};
use crate::agreed;
use crate::booking::history::StepKind;
use crate::booking::{Booking, Fact, State};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::Cleaning;
use crate::decision::Decision;
use crate::id::{BookingId, StaffId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::placement::case::{Case, FAR_OFF_MINUTES, LONGEST_VISIT_MINUTES, Otherwise};
use crate::placement::rules::PlacementRules;
use crate::placement::{binding, place, visit_time};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::store::Store;
use crate::time::Timestamp;
use crate::versioned::Versioned;

/// 开始服务
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Who really does all of it, if not those booked. Without a name a walk-in who asked for nobody gets whoever is free.
    pub staff: Option<StaffId>,
    /// Reason for an override.
    pub override_reason: Option<Personal<String>>,
}

/// 完成
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finish {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

impl Versioned for Start {}

impl Payload for Start {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.visit_that_starts(self.store, self.booking);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.reason("override_reason", &mut self.override_reason);
    }

    fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
        Some(&mut self.override_reason)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        start(decider, self)
    }
}

impl Versioned for Finish {}

impl Payload for Finish {
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
        finish(decider, self)
    }
}

/// Somebody sits in the chair: class 6. The visit takes the time from the real start on.
pub(super) fn start(decider: Decider<'_>, command: &Start) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    let over = decider.over(store.id, command.override_reason.as_deref())?;
    let since = decider.at();
    if since.minutes_since(booking.starts_at).abs() > FAR_OFF_MINUTES {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let mut started = booking.clone();
    if !started.learn(Fact::Started, decider.fact_stamp()) {
        return Ok(Decision::default());
    }
    let walked_in = matches!(booking.state, State::Waiting { .. });
    visit_time::shift_lines(&mut started.lines, since.start_of_minute());
    match command.staff {
        Some(staff) => give_to(decider, store, &mut started, staff)?,
        None if walked_in => choose_again(decider, store, &mut started)?,
        None if binding::is_open(&decider.view.catalogue, booking) => bind::settle(decider, store, &mut started)?,
        None => {}
    }
    // A promise that is kept late lies beside the next one and shows; a walk-in over a visible promise needs a reason.
    let otherwise = if walked_in { Otherwise::AskOverride } else { Otherwise::NextLane };
    let case = Case { otherwise, ..arrive::case(decider, store, &started, over) };
    let promised_at = promise_of(booking);
    let admitted = (decider.admit)(case, &mut started)?;
    started.alternatives.clear();
    started.late_minutes = u16::try_from(started.starts_at.minutes_since(promised_at).clamp(0, 600)).unwrap_or(0);
    decider.note(&mut started, StepKind::Started);
    let turns = rotation::begun(decider, store, &started)?;
    let mut decision = decider.decision(started, admitted, None);
    decision.changes.extend(turns);
    Ok(decision)
}

/// When a visit was to begin. Where another desk has told of a later start already, `starts_at` says that one.
fn promise_of(booking: &Booking) -> Timestamp {
    match booking.facts.started {
        Some(_) => booking.starts_at.plus_minutes(-i64::from(booking.late_minutes)),
        None => booking.starts_at,
    }
}

/// One pair of hands does all lines, one after another.
fn give_to(decider: Decider<'_>, store: &Store, booking: &mut Booking, staff: StaffId) -> Result<(), Refusal> {
    let person = decider.view.staff(staff).or_refuse("staff")?;
    if !person.active || !person.stores.contains(&store.id) {
        return Err(Refusal::NotFound { kind: "staff".into() });
    }
    let mut free_at = Timestamp(i64::MIN);
    for line in &mut booking.lines {
        if line.staff != Some(staff) {
            let service = decider.view.service(line.service).or_refuse("service")?;
            // What was agreed to take longer does, whoever does it.
            line.parts = agreed::own_parts(decider.view, store.id, line).unwrap_or_else(|| service.parts_with(person, store.id));
            // As the service is now, also what it needs for which of these parts.
            for assigned in &mut line.resources {
                let own = service.needs.iter().find(|need| need.resource_type == assigned.need.resource_type);
                assigned.need = own.unwrap_or(&assigned.need).clone();
            }
            line.staff = Some(staff);
        }
        line.starts_at = line.starts_at.max(free_at);
        free_at = line.range().end;
    }
    // Nobody stands there for a day and a night: several were booked, and several do it.
    match visit_time::span(&booking.lines) {
        Some(span) if span.minutes() > LONGEST_VISIT_MINUTES => Err(Refusal::Invalid { field: "staff".into() }),
        _ => Ok(()),
    }
}

/// Whoever waits for anybody is served by whoever is free by now, and not by the one who was to be free first when they came.
fn choose_again(decider: Decider<'_>, store: &Store, booking: &mut Booking) -> Result<(), Refusal> {
    let asked_for = booking.lines.iter().all(|line| line.staff_preference.is_requested());
    let in_a_row = booking.is_in_a_row();
    let terms = PlacementRules { any_hours: true, in_a_row, ..decider.terms() };
    if asked_for || place::all_free(decider.view, store, &booking.lines, booking.id, terms)? {
        return Ok(());
    }
    // Where nobody does this any more, the guest is here all the same: it stays with whoever was to do it.
    if let Some(lines) = bind::chosen_again(decider, store, booking, terms)? {
        bind::take_over(booking, lines);
    }
    Ok(())
}

/// The visit is over: what is left of its time is free again. Told before its start, or of a visit that was not to be, it is over all
/// the same.
pub(super) fn finish(decider: Decider<'_>, command: &Finish) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    let has_begun = matches!(booking.state, State::InService { .. } | State::CheckedIn { .. } | State::Completed { .. });
    if !has_begun && !booking.range().widened(FAR_OFF_MINUTES).contains(decider.at()) {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let mut finished = booking.clone();
    if !finished.learn(Fact::Finished, decider.fact_stamp()) {
        return Ok(Decision::default());
    }
    decider.note(&mut finished, StepKind::Finished);
    arrive::settle(decider, store, finished, false)
}
