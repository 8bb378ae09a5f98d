//! Visits from another system enter as they are: promises already made are kept, whatever is in the way (X1).

use serde::{Deserialize, Serialize};

use crate::attention::AttentionKind;
use crate::booking::history::StepKind;
use crate::booking::{AS_PLANNED, Booking, CancelledBy, Facts, Line, State, Subject};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::{Ask, running_since};
use crate::command::texts::{Cleaning, RECORD};
use crate::decision::{Decision, LadderStep};
use crate::id::{BookingId, ServiceId, StaffId, StoreId};
use crate::money::Price;
use crate::noun::{Noun, RecordKey};
use crate::occupancy::LaneReason;
use crate::personal::Personal;
use crate::placement::{lanes, visit_time};
use crate::refusal::Refusal;
use crate::staff_preference::StaffPreference;
use crate::store::Store;
use crate::time::{LocalDate, TimeRange, Timestamp};
use crate::versioned::Versioned;
use crate::view::Found;

/// A visit from another system, as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportVisit {
    /// Store.
    pub store: StoreId,
    /// Id (UUIDv5).
    pub booking: BookingId,
    /// Lines with the staff and times of the other system.
    pub lines: Vec<ImportedLine>,
    /// Where the visit stands.
    pub status: ImportedStatus,
    /// Note.
    pub note: Personal<String>,
    /// When it was made, where known; else the visit's own start.
    pub made_at: Timestamp,
}

/// A visit from another system says something else in a later export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectVisit {
    /// What the last import said. A visit that was changed here since is left alone.
    pub was: ImportVisit,
    /// What the files say now about the same visit.
    pub now: ImportVisit,
}

/// What an import found to look at: one entry in the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFindings {
    /// Store.
    pub store: StoreId,
    /// Promises in a lane above 0.
    pub overlaps: u32,
    /// No-shows that have a receipt.
    pub paid_no_shows: u32,
    /// Rows that were refused.
    pub rejected: u32,
    /// Other rows that a person must look at.
    pub unclear: u32,
}

/// A line from another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedLine {
    /// Service booked.
    pub service: ServiceId,
    /// What was really done, where it differs.
    pub performed: Option<ServiceId>,
    /// Who.
    pub subject: Subject,
    /// Staff; `None` for bookings without a named person.
    pub staff: Option<StaffId>,
    /// Start; `None` when the time is unknown and must not be invented (only with status `Cancelled`): then `date` counts.
    pub starts_at: Option<Timestamp>,
    /// Local date.
    pub date: LocalDate,
    /// Price paid or agreed.
    pub price: Price,
}

/// Where an imported visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportedStatus {
    /// A promise already made: it enters whatever is in the way.
    Promised,
    /// Took place.
    Completed,
    /// 爽约
    NoShow,
    /// Cancelled.
    Cancelled,
}

impl Versioned for ImportVisit {}

impl ImportVisit {
    /// The booking, and what may lie beside its lines.
    fn ask(&self, ask: &mut Ask<'_>) {
        ask.booking(self.store, self.booking);
        let starts = self.lines.iter().filter_map(|line| Some((line.starts_at?, ask.minutes(line.service))));
        if let Some(span) = starts.map(|(start, minutes)| TimeRange::starting(start, minutes)).reduce(|all, line| all.hull(&line)) {
            ask.schedule(self.store, running_since(span));
        }
    }
}

impl Payload for ImportVisit {
    const GIVEN_BY: Givers = Givers::System;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        self.ask(ask);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        self.lines.iter_mut().for_each(|line| cleaning.subject(&mut line.subject));
        cleaning.text("note", RECORD, &mut self.note);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        visit(decider, self)
    }
}

impl Versioned for CorrectVisit {}

impl Payload for CorrectVisit {
    const GIVEN_BY: Givers = Givers::System;

    fn store(&self) -> Option<StoreId> {
        Some(self.now.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.now.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        self.now.ask(ask);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        self.was.clean(cleaning);
        self.now.clean(cleaning);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        correct(decider, self)
    }
}

impl Versioned for ImportFindings {}

impl Payload for ImportFindings {
    const GIVEN_BY: Givers = Givers::System;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        findings(decider, self)
    }
}

pub(super) fn visit(decider: Decider<'_>, command: &ImportVisit) -> Result<Decision, Refusal> {
    let booking = imported(decider, command)?;
    match decider.view.booking(command.store, command.booking) {
        // A second run changes nothing; what happened here since stands.
        Found::Known(_) => Ok(Decision::default()),
        Found::Unknown => Err(Refusal::Undecided),
        Found::Absent => placed(decider, command, booking),
    }
}

/// Takes over what a later export says about a visit that nobody here has touched.
pub(super) fn correct(decider: Decider<'_>, CorrectVisit { was, now }: &CorrectVisit) -> Result<Decision, Refusal> {
    let corrected = imported(decider, now)?;
    if (was.store, was.booking) != (now.store, now.booking) {
        return Err(Refusal::Invalid { field: "was".into() });
    }
    let here = decider.booking(now.store, now.booking)?;
    if now.is_what_stands(here) {
        return Ok(Decision::default());
    }
    if !was.is_what_stands(here) {
        return Err(Refusal::Superseded);
    }
    let note = if corrected.note.is_empty() { here.note.clone() } else { corrected.note };
    let (version, history) = (here.version, here.history.clone());
    let (account, made_at, tier) = (here.account, here.made_at, here.tier);
    placed(decider, now, Booking { note, version, history, account, made_at, tier, ..corrected })
}

impl ImportVisit {
    /// Whether a visit stands as this says: nobody has changed it since it was imported.
    #[must_use]
    pub fn is_what_stands(&self, here: &Booking) -> bool {
        let status = match here.state {
            State::Confirmed { .. } if here.facts == Facts::default() => ImportedStatus::Promised,
            State::Completed { .. } => ImportedStatus::Completed,
            State::NoShow { .. } => ImportedStatus::NoShow,
            State::Cancelled { .. } => ImportedStatus::Cancelled,
            _ => return false,
        };
        let note_stands = self.status != ImportedStatus::Cancelled || self.note.trim() == here.note.as_str();
        let lines_stand = self.lines.iter().zip(&here.lines).all(|(line, here)| line.is_what_stands(here));
        status == self.status && note_stands && self.lines.len() == here.lines.len() && lines_stand
    }
}

impl ImportedLine {
    fn is_what_stands(&self, here: &Line) -> bool {
        (self.service, self.performed, self.staff, self.price) == (here.service, here.performed, here.staff, here.price)
            && self.subject == here.subject
            && self.starts_at.is_none_or(|at| at == here.starts_at)
    }
}

/// The visit as the files say it, without time.
fn imported(decider: Decider<'_>, command: &ImportVisit) -> Result<Booking, Refusal> {
    let store = decider.store(command.store)?;
    if command.lines.is_empty() || command.lines.len() > crate::visit_request::MAX_LINES {
        return Err(Refusal::Invalid { field: "lines".into() });
    }
    let lines = command.lines.iter().map(|line| imported_line(decider, store, line)).collect::<Result<Vec<Line>, Refusal>>()?;
    let unknown_time = command.lines.iter().any(|line| line.starts_at.is_none());
    if unknown_time && command.status != ImportedStatus::Cancelled {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let mut booking = decider.fresh(store.id, command.booking, None, lines, &command.note, 0);
    booking.made_at = command.made_at;
    booking.date_only = unknown_time;
    let at = booking.ends_at;
    booking.state = match command.status {
        ImportedStatus::Promised => State::Confirmed { at: command.made_at },
        ImportedStatus::Completed => State::Completed { at },
        ImportedStatus::NoShow => State::NoShow { at: booking.starts_at },
        ImportedStatus::Cancelled => State::Cancelled { by: CancelledBy::Member, late: false, at: command.made_at },
    };
    Ok(booking)
}

/// A promise takes its time, in the next lane where somebody is in the way.
fn placed(decider: Decider<'_>, command: &ImportVisit, mut booking: Booking) -> Result<Decision, Refusal> {
    decider.note(&mut booking, StepKind::Imported);
    let mut step = LadderStep::Free;
    if command.status == ImportedStatus::Promised {
        decider.view.must_cover(booking.store, booking.range())?;
        step = take_time(decider, &mut booking);
    }
    Ok(Decision { step, ..decider.alone(booking, None) })
}

/// One entry in the inbox for a whole import, however much there is to look at.
pub(super) fn findings(decider: Decider<'_>, command: &ImportFindings) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    let ImportFindings { overlaps, paid_no_shows, rejected, unclear, .. } = *command;
    let changes = decider.attention(store.id, vec![AttentionKind::Imported { overlaps, paid_no_shows, rejected, unclear }]);
    Ok(Decision { changes, ..Decision::default() })
}

fn take_time(decider: Decider<'_>, booking: &mut Booking) -> LadderStep {
    booking.occupancy = visit_time::occupancy(&booking.lines);
    lanes::stack(decider.view, booking, &[], &LaneReason::Imported, AS_PLANNED);
    if booking.occupancy.iter().any(|held| held.lane > 0) { LadderStep::Imported } else { LadderStep::Free }
}

fn imported_line(decider: Decider<'_>, store: &Store, line: &ImportedLine) -> Result<Line, Refusal> {
    let service = decider.view.service(line.service).or_refuse("service")?;
    let staff = line.staff.map(|id| decider.view.staff(id).or_refuse("staff")).transpose()?;
    Ok(Line {
        service: service.id,
        performed: line.performed,
        subject: line.subject.clone(),
        payer: None,
        staff_preference: line.staff.map_or(StaffPreference::Any, StaffPreference::Requested),
        staff: line.staff,
        resources: Vec::new(),
        starts_at: line.starts_at.unwrap_or_else(|| store.zone.instant(line.date, 0)),
        parts: staff.map_or_else(|| service.parts.clone(), |staff| service.parts_with(staff, store.id)),
        price: line.price,
    })
}
