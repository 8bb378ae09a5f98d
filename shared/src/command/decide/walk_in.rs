//! Walk-ins 散客: they wait first (class 2). Somebody who stands there is a fact and is never refused for lack of time.

use super::Desk;
use super::visit::FAR_OFF_MINUTES;
use crate::booking::admit::{Case, Otherwise};
use crate::booking::place::{self, Terms};
use crate::booking::precedence::{Class, Standing};
use crate::booking::{State, StepKind};
use crate::command::SeatWalkIn;
use crate::decision::Decision;
use crate::refusal::Refusal;
use crate::role::Permission;

pub(super) fn seat(desk: Desk<'_>, command: &SeatWalkIn) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    if !desk.is_staff() {
        return Err(Refusal::NotAllowed);
    }
    desk.must(Permission::WorkBoard, store.id)?;
    desk.check_lines(store.id, &command.lines, &command.note)?;
    desk.view.booking(store.id, command.booking).or_taken()?;
    if command.lines.iter().any(|line| line.starts_at.minutes_since(desk.at()).abs() > FAR_OFF_MINUTES) {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let terms = Terms { any_hours: true, ..desk.terms() };
    let lines = place::lines(desk.view, store, &command.lines, Some(command.booking), terms)?;
    let tier = desk.tier(&command.lines);
    let account = None;
    let mut booking = desk.fresh(store.id, command.booking, account, lines, &command.note, tier);
    booking.state = State::Waiting { since: desk.at() };
    let case = Case {
        context: desk.context,
        view: desk.view,
        store,
        standing: Standing::of(Class::Waiting),
        over: false,
        otherwise: Otherwise::Refuse,
        over_at: None,
    };
    let admitted = match (desk.admit)(case, &mut booking) {
        Ok(admitted) => admitted,
        Err(Refusal::TimeTaken { .. }) => {
            // In the queue without a time of their own.
            booking.occupancy.clear();
            crate::booking::admit::Admitted::default()
        }
        Err(refusal) => return Err(refusal),
    };
    desk.note(&mut booking, StepKind::Waiting);
    Ok(desk.decision(booking, admitted, None))
}
