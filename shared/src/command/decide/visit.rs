//! The visit itself: start and finish.

use super::{Desk, wrong_state};
use crate::booking::admit::{Case, Otherwise};
use crate::booking::place::{self, Terms};
use crate::booking::precedence::{Class, Standing};
use crate::booking::{Booking, Line, State, StepKind};
use crate::command::{Finish, Start};
use crate::decision::Decision;
use crate::id::StaffId;
use crate::openings::Audience;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::store::Store;
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
    place::shift_lines(&mut started.lines, whole_minute(since));
    match command.staff {
        Some(staff) => give_to(desk, store, &mut started, staff)?,
        None if walked_in => choose_again(desk, store, &mut started)?,
        None => {}
    }
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

/// One pair of hands does all lines, one after another.
fn give_to(desk: Desk<'_>, store: &Store, booking: &mut Booking, staff: StaffId) -> Result<(), Refusal> {
    let person = desk.view.staff(staff).or_refuse("staff")?;
    if !person.active || !person.stores.contains(&store.id) {
        return Err(Refusal::NotFound { kind: "staff".into() });
    }
    let mut free_at = Timestamp(i64::MIN);
    for line in &mut booking.lines {
        if line.staff != Some(staff) {
            line.parts = desk.view.service(line.service).or_refuse("service")?.parts_with(person, store.id);
            line.staff = Some(staff);
        }
        line.starts_at = line.starts_at.max(free_at);
        free_at = line.range().end;
    }
    Ok(())
}

/// Whoever waits for anybody is served by whoever is free by now, and not by the one who was to be free first when they came.
fn choose_again(desk: Desk<'_>, store: &Store, booking: &mut Booking) -> Result<(), Refusal> {
    let asked_for = booking.lines.iter().all(|line| line.wish.is_requested());
    if asked_for || place::all_free(desk.view, store, &booking.lines, booking.id, desk.context.now)? {
        return Ok(());
    }
    let in_a_row = super::change::in_a_row(booking);
    let terms = Terms { audience: Audience::Desk, any_hours: true, price_bound: false, in_a_row, now: desk.context.now };
    let lines = match place::lines(desk.view, store, &desk.wishes(booking), Some(booking.id), terms) {
        Err(Refusal::Undecided) => return Err(Refusal::Undecided),
        // Nobody does this any more, but the guest is here: it stays with whoever was to do it.
        Err(_) => return Ok(()),
        Ok(lines) => lines,
    };
    for (line, new) in booking.lines.iter_mut().zip(lines) {
        // The price they were told while they waited.
        *line = Line { price: line.price, performed: line.performed, ..new };
    }
    Ok(())
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
