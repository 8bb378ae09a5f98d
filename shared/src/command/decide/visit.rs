//! The visit itself: start and finish.

use super::{Desk, wrong_state};
use crate::booking::admit::{Case, Otherwise};
use crate::booking::precedence::{Class, Standing};
use crate::booking::{State, StepKind, place};
use crate::command::{Finish, Start};
use crate::decision::Decision;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::time::{MINUTE, Timestamp};

/// Somebody sits in the chair: class 6. The visit takes the time from the real start on.
pub(super) fn start(desk: Desk<'_>, command: &Start) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    let booking = desk.booking(store.id, command.booking)?;
    let over = desk.over(store.id, command.over.as_ref())?;
    let (arrived_at, walked_in) = match booking.state {
        State::CheckedIn { at, .. } => (Some(at), false),
        State::Waiting { since } => (Some(since), true),
        State::Requested | State::Confirmed { .. } | State::Displaced { .. } => (None, false),
        State::InService { .. } => return Ok(Decision::default()),
        _ => return Err(wrong_state(booking)),
    };
    let since = desk.context.stamp.at;
    // Half a day off is a slip of the finger, not a visit.
    if since.minutes_since(booking.starts_at).abs() > 12 * 60 {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let mut started = booking.clone();
    if let Some(staff) = command.staff {
        let person = desk.view.staff(staff).or_refuse("staff")?;
        if !person.active || !person.stores.contains(&store.id) {
            return Err(Refusal::NotFound { kind: "staff".into() });
        }
        for line in &mut started.lines {
            line.staff = Some(staff);
        }
    }
    place::shift_lines(&mut started.lines, whole_minute(since));
    // A promise that is kept late lies beside the next one and shows; a walk-in over a visible promise needs a reason.
    let otherwise = if walked_in { Otherwise::AskOverride } else { Otherwise::NextLane };
    let standing = Standing::of(Class::InService);
    let case = Case { context: desk.context, view: desk.view, store, standing, over, otherwise };
    let promised_at = booking.starts_at;
    let admitted = (desk.admit)(case, &mut started)?;
    started.alternatives.clear();
    started.late_minutes = u16::try_from(started.starts_at.minutes_since(promised_at).clamp(0, 600)).unwrap_or(0);
    started.state = State::InService { since, arrived_at };
    desk.note(&mut started, StepKind::Started);
    Ok(desk.decision(started, admitted, None))
}

fn whole_minute(at: Timestamp) -> Timestamp {
    Timestamp(at.0.div_euclid(MINUTE) * MINUTE)
}

/// The visit is over: what is left of its time is free again.
pub(super) fn finish(desk: Desk<'_>, command: &Finish) -> Result<Decision, Refusal> {
    desk.must(Permission::WorkBoard, command.store)?;
    let booking = desk.booking(command.store, command.booking)?;
    match booking.state {
        State::InService { .. } | State::CheckedIn { .. } => {}
        State::Completed { .. } => return Ok(Decision::default()),
        _ => return Err(wrong_state(booking)),
    }
    let at = desk.context.stamp.at;
    let mut finished = booking.clone();
    finished.state = State::Completed { at };
    super::arrive::release_rest(&mut finished, at);
    desk.note(&mut finished, StepKind::Finished);
    Ok(desk.alone(finished, None))
}
