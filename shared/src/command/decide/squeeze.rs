//! Squeeze 加塞: authorised staff place a deliberate overlap with a reason; both bookings stand, and it shows (A12).

use super::{Desk, wrong_state};
use crate::booking::admit::Admitted;
use crate::booking::place::{self, Terms};
use crate::booking::state::StateKind;
use crate::booking::{AS_PLANNED, LaneReason, PLACED_NOW, State, StepKind};
use crate::command::Squeeze;
use crate::command::texts::NOTE;
use crate::decision::{Decision, LadderStep, NoticeKind};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::view::Found;

pub(super) fn squeeze(desk: Desk<'_>, command: &Squeeze) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    desk.must(Permission::Override, store.id)?;
    let reason = command.reason.trim();
    if reason.is_empty() || NOTE.check("reason", reason).is_err() {
        return Err(Refusal::Invalid { field: "reason".into() });
    }
    desk.check_lines(store.id, &command.lines, &command.note)?;
    let account = desk.account_for(command.account, &command.lines)?;
    let existing = match desk.view.booking(store.id, command.booking) {
        Found::Known(booking) => match booking.state.kind() {
            StateKind::Requested | StateKind::Confirmed | StateKind::Waiting | StateKind::Displaced => Some(booking),
            _ => return Err(wrong_state(booking)),
        },
        Found::Absent => None,
        Found::Unknown => return Err(Refusal::Undecided),
    };
    let terms = Terms { any_hours: true, ..desk.terms() };
    let lines = place::lines(desk.view, store, &command.lines, Some(command.booking), terms)?;
    desk.check_notice(store, &lines)?;
    let mut booking = match existing {
        Some(existing) => existing.clone(),
        None => {
            let tier = desk.tier(&command.lines);
            desk.fresh(store.id, command.booking, account, Vec::new(), &command.note, tier)
        }
    };
    booking.lines = lines;
    let span = place::span(&booking.lines).ok_or(Refusal::Invalid { field: "lines".into() })?;
    desk.view.must_cover(store.id, span)?;
    booking.starts_at = span.start;
    booking.ends_at = span.end;
    booking.occupancy = place::occupancy(&booking.lines);
    booking.alternatives.clear();
    booking.late_minutes = 0;
    booking.facts.given_way = false;
    booking.placed_seq = PLACED_NOW;
    booking.placed_by = desk.context.replica;
    place::stack(desk.view, &mut booking, &[], &LaneReason::Squeeze(reason.to_owned()), AS_PLANNED);
    booking.state = State::Confirmed { at: desk.context.now };
    desk.note(&mut booking, StepKind::Squeezed);
    let squeezed = Admitted { step: LadderStep::Squeezed, ..Admitted::default() };
    Ok(desk.decision(booking, squeezed, Some(NoticeKind::Confirmed)))
}
