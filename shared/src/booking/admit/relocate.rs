//! The gentler ways, tried before anybody is displaced: an equal colleague, or beginning a little later.

use super::Case;
use super::occupants::{meets, occupants};
use crate::booking::{Booking, Line, Occupancy, PLACED_NOW, State, StepKind, place};
use crate::openings::Schedule;
use crate::service::Service;
use crate::staff::Staff;

/// The victim with an equal free colleague instead, where its guest did not ask for a person: same skill, at least the
/// level, the same price, the gender wish kept. Relocation never displaces again, and nothing that has begun moves.
pub(super) fn reassigned(case: Case<'_>, victim: &Booking, wanted: &[Occupancy], changed: &[Booking]) -> Option<Booking> {
    if matches!(victim.state, State::InService { .. } | State::Completed { .. } | State::Held { .. }) {
        return None;
    }
    let mut moved = victim.clone();
    for index in blocked_lines(victim, |held| meets(held, wanted).is_some()) {
        give_to_colleague(case, &mut moved, index, wanted, changed)?;
    }
    moved.placed_seq = PLACED_NOW;
    moved.placed_by = case.context.replica;
    moved.note_step(StepKind::Reassigned, case.context.now, case.context.actor.principal, case.context.actor.staff);
    Some(moved)
}

/// A newcomer who did not ask for a person goes to an equal free colleague rather than take somebody's time.
pub(super) fn to_free_colleague(case: Case<'_>, newcomer: &mut Booking) {
    let is_taken = |held: &Occupancy| !occupants(case, std::slice::from_ref(held), Some(newcomer.id), None, &[]).is_empty();
    let mut moved = newcomer.clone();
    for index in blocked_lines(newcomer, is_taken) {
        if give_to_colleague(case, &mut moved, index, &[], &[]).is_none() {
            return;
        }
    }
    *newcomer = moved;
}

/// The lines that hold time for which `is_blocked` says so.
fn blocked_lines(booking: &Booking, is_blocked: impl Fn(&Occupancy) -> bool) -> Vec<u8> {
    let numbers = (0u8..).zip(&booking.lines).map(|(number, _)| number);
    numbers.filter(|number| booking.occupancy.iter().any(|held| held.line == *number && is_blocked(held))).collect()
}

/// Gives one line to a colleague. The time of the other lines stays as it is: some of it may lie in another lane, or begin late.
fn give_to_colleague(case: Case<'_>, booking: &mut Booking, number: u8, wanted: &[Occupancy], changed: &[Booking]) -> Option<()> {
    let index = usize::from(number);
    let colleague = equal_colleague(case, booking, index, wanted, changed)?.id;
    booking.lines.get_mut(index)?.staff = Some(colleague);
    let fresh = place::occupancy(&booking.lines).into_iter().filter(|held| held.line == number);
    booking.occupancy.retain(|held| held.line != number);
    booking.occupancy.extend(fresh);
    Some(())
}

fn equal_colleague<'a>(case: Case<'a>, booking: &Booking, index: usize, wanted: &[Occupancy], changed: &[Booking]) -> Option<&'a Staff> {
    let line: &Line = booking.lines.get(index)?;
    if line.wish.is_requested() || line.starts_at < case.context.now {
        return None;
    }
    let service: &Service = case.view.catalogue.services.get(&line.service)?;
    let current = case.view.catalogue.staff.get(&line.staff?)?;
    let moment = case.context.happened_at();
    let schedule = Schedule::of_view(case.view, case.store.id, line.range(), Some(booking.id), moment).ok()?;
    case.view.staff_of(case.store.id).find(|staff| {
        let fits = staff.id != current.id
            && staff.can(service.id, case.store.id)
            && staff.level >= current.level
            && service.price_with(staff, case.store.id) == line.price
            && service.parts_with(staff, case.store.id) == line.parts
            && match line.wish {
                crate::booking::StaffWish::AnyOf(gender) => staff.gender == Some(gender),
                _ => true,
            };
        if !fits || schedule.check_free(staff.id, &line.parts, line.starts_at, case.context.now).is_err() {
            return false;
        }
        let mine = Line { staff: Some(staff.id), ..line.clone() };
        let ranges = place::occupancy(std::slice::from_ref(&mine));
        let mut other_lines = booking.lines.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        let busy_here = other_lines.any(|other| other.staff == Some(staff.id) && other.range().overlaps(&mine.range()));
        let taken_now = changed.iter().flat_map(|other| &other.occupancy).any(|held| meets(held, &ranges).is_some());
        !busy_here && !taken_now && !wanted.iter().any(|want| meets(want, &ranges).is_some())
    })
}

/// The victim beginning a little later, where the overlap is at its start and within the store's tolerance. How late is counted from the
/// promise: being a little late twice is being late.
pub(super) fn delayed(case: Case<'_>, victim: &Booking, wanted: &[Occupancy]) -> Option<(Booking, u16)> {
    if matches!(victim.state, State::InService { .. } | State::Completed { .. } | State::Held { .. }) {
        return None;
    }
    let pushed = victim.lines.iter().map(|line| line.starts_at).min()?.minutes_since(victim.starts_at).max(0);
    let mut late = victim.clone();
    let mut most = 0;
    for held in &mut late.occupancy {
        let resource = held.resource;
        for want in wanted.iter().filter(|want| want.resource == resource) {
            if !want.range.overlaps(&held.range) {
                continue;
            }
            // What is over delays nobody any more.
            if want.range.start > held.range.start || want.range.end >= held.range.end || want.range.end <= case.context.now {
                return None;
            }
            let line = victim.lines.get(usize::from(held.line))?;
            let (_, planned) = line.staff_ranges().find(|(part, _)| *part == held.part)?;
            most = most.max(want.range.end.minutes_since(planned.start) + pushed);
            held.range.start = want.range.end;
        }
    }
    let minutes = u16::try_from(most).ok()?;
    if most == 0 || most > i64::from(case.store.rules.late_tolerance_minutes) {
        return None;
    }
    late.late_minutes = late.late_minutes.max(minutes);
    late.placed_seq = PLACED_NOW;
    late.placed_by = case.context.replica;
    late.note_step(StepKind::Delayed, case.context.now, case.context.actor.principal, case.context.actor.staff);
    Some((late, minutes))
}
