//! Visits from another system enter as they are: promises already made are kept, whatever is in the way (X1).

use super::Desk;
use crate::attention::AttentionKind;
use crate::booking::{AS_PLANNED, Booking, CancelledBy, Facts, LaneReason, Line, StaffWish, State, StepKind, place};
use crate::command::{CorrectVisit, ImportFindings, ImportVisit, ImportedLine, ImportedStatus};
use crate::decision::{Decision, LadderStep};
use crate::refusal::Refusal;
use crate::role::Principal;
use crate::store::Store;
use crate::view::Found;

pub(super) fn visit(desk: Desk<'_>, command: &ImportVisit) -> Result<Decision, Refusal> {
    let booking = imported(desk, command)?;
    match desk.view.booking(command.store, command.booking) {
        // A second run changes nothing; what happened here since stands.
        Found::Known(_) => Ok(Decision::default()),
        Found::Unknown => Err(Refusal::Undecided),
        Found::Absent => placed(desk, command, booking),
    }
}

/// Takes over what a later export says about a visit that nobody here has touched.
pub(super) fn correct(desk: Desk<'_>, CorrectVisit { was, now }: &CorrectVisit) -> Result<Decision, Refusal> {
    let corrected = imported(desk, now)?;
    if (was.store, was.booking) != (now.store, now.booking) {
        return Err(Refusal::Invalid { field: "was".into() });
    }
    let here = desk.booking(now.store, now.booking)?;
    if now.is_what_stands(here) {
        return Ok(Decision::default());
    }
    if !was.is_what_stands(here) {
        return Err(Refusal::Superseded);
    }
    let note = if corrected.note.is_empty() { here.note.clone() } else { corrected.note };
    let (version, history) = (here.version, here.history.clone());
    let (account, made_at, tier) = (here.account, here.made_at, here.tier);
    placed(desk, now, Booking { note, version, history, account, made_at, tier, ..corrected })
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
        let note_stands = self.status != ImportedStatus::Cancelled || self.note.trim() == here.note;
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
fn imported(desk: Desk<'_>, command: &ImportVisit) -> Result<Booking, Refusal> {
    if desk.context.actor.principal != Principal::System {
        return Err(Refusal::NotAllowed);
    }
    let store = desk.store(command.store)?;
    if command.lines.is_empty() || command.lines.len() > super::MAX_LINES {
        return Err(Refusal::Invalid { field: "lines".into() });
    }
    let lines = command.lines.iter().map(|line| imported_line(desk, store, line)).collect::<Result<Vec<Line>, Refusal>>()?;
    let unknown_time = command.lines.iter().any(|line| line.starts_at.is_none());
    if unknown_time && command.status != ImportedStatus::Cancelled {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let mut booking = desk.fresh(store.id, command.booking, None, lines, &command.note, 0);
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
fn placed(desk: Desk<'_>, command: &ImportVisit, mut booking: Booking) -> Result<Decision, Refusal> {
    desk.note(&mut booking, StepKind::Imported);
    let mut step = LadderStep::Free;
    if command.status == ImportedStatus::Promised {
        desk.view.must_cover(booking.store, booking.range())?;
        step = take_time(desk, &mut booking);
    }
    Ok(Decision { step, ..desk.alone(booking, None) })
}

/// One entry in the inbox for a whole import, however much there is to look at.
pub(super) fn findings(desk: Desk<'_>, command: &ImportFindings) -> Result<Decision, Refusal> {
    if desk.context.actor.principal != Principal::System {
        return Err(Refusal::NotAllowed);
    }
    let store = desk.store(command.store)?;
    let ImportFindings { overlaps, paid_no_shows, rejected, unclear, .. } = *command;
    let changes = desk.attention(store.id, vec![AttentionKind::Imported { overlaps, paid_no_shows, rejected, unclear }]);
    Ok(Decision { changes, ..Decision::default() })
}

fn take_time(desk: Desk<'_>, booking: &mut Booking) -> LadderStep {
    booking.occupancy = place::occupancy(&booking.lines);
    place::stack(desk.view, booking, &[], &LaneReason::Imported, AS_PLANNED);
    if booking.occupancy.iter().any(|held| held.lane > 0) { LadderStep::Imported } else { LadderStep::Free }
}

fn imported_line(desk: Desk<'_>, store: &Store, line: &ImportedLine) -> Result<Line, Refusal> {
    let service = desk.view.service(line.service).or_refuse("service")?;
    let staff = line.staff.map(|id| desk.view.staff(id).or_refuse("staff")).transpose()?;
    Ok(Line {
        service: service.id,
        performed: line.performed,
        subject: line.subject.clone(),
        payer: None,
        wish: line.staff.map_or(StaffWish::Any, StaffWish::Requested),
        staff: line.staff,
        starts_at: line.starts_at.unwrap_or_else(|| store.zone.instant(line.date, 0)),
        parts: staff.map_or_else(|| service.parts.clone(), |staff| service.parts_with(staff, store.id)),
        price: line.price,
    })
}
