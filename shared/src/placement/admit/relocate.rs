//! The gentler ways, tried before anybody is displaced: an equal colleague, or beginning a little later.

use std::collections::BTreeSet;

use crate::agreed;
use crate::booking::history::StepKind;
use crate::booking::{Booking, Line, PLACED_NOW, State};
use crate::id::ResourceId;
use crate::occupancy::Occupancy;
use crate::openings::Schedule;
use crate::placement::admit::occupants::{meets, occupants};
use crate::placement::case::Case;
use crate::placement::visit_time;
use crate::resource::{AssignedResource, ResourceNeed};
use crate::service::Service;
use crate::staff::Staff;
use crate::time::TimeRange;

/// The victim with an equal free colleague instead, where its guest did not ask for a person: same skill, at least the
/// level, the same price, the gender wish kept. Relocation never displaces again, and nothing that has begun moves.
pub(super) fn reassigned(case: Case<'_>, victim: &Booking, wanted: &[Occupancy], changed: &[Booking]) -> Option<Booking> {
    if matches!(victim.state, State::InService { .. } | State::Completed { .. } | State::Held { .. }) {
        return None;
    }
    let mut moved = victim.clone();
    for (number, resource) in blocked(victim, |held| meets(held, wanted).is_some()) {
        exchange(case, &mut moved, (number, resource), wanted, changed)?;
    }
    moved.placed_seq = PLACED_NOW;
    moved.placed_by = case.context.replica;
    if is_with_others(victim, &moved) {
        moved.note_step(StepKind::Reassigned, case.context.now, case.context.actor.principal, case.context.actor.staff);
    } else {
        // Another basin is nothing to tell anybody.
        moved.version = moved.version.saturating_add(1);
    }
    Some(moved)
}

/// Whether somebody else does a line than before.
pub(super) fn is_with_others(before: &Booking, after: &Booking) -> bool {
    before.lines.iter().zip(&after.lines).any(|(before, after)| before.staff != after.staff)
}

/// A newcomer takes another free resource rather than one that somebody has, each for itself.
pub(super) fn to_free_resources(case: Case<'_>, newcomer: &mut Booking) {
    for held in taken(case, newcomer).into_iter().filter(|held| !is_staff(newcomer, *held)).collect::<Vec<_>>() {
        // Where there is none, it stays: the ladder says who has it.
        let _ = exchange(case, newcomer, held, &[], &[]);
    }
}

/// A newcomer who did not ask for a person goes to an equal free colleague rather than take somebody's time.
pub(super) fn to_free_colleague(case: Case<'_>, newcomer: &mut Booking) {
    let mut moved = newcomer.clone();
    for held in taken(case, newcomer).into_iter().filter(|held| is_staff(newcomer, *held)) {
        if exchange(case, &mut moved, held, &[], &[]).is_none() {
            return;
        }
    }
    *newcomer = moved;
}

fn taken(case: Case<'_>, newcomer: &Booking) -> BTreeSet<(u8, ResourceId)> {
    blocked(newcomer, |held| !occupants(case, std::slice::from_ref(held), Some(newcomer.id), None, &[]).is_empty())
}

fn is_staff(booking: &Booking, (number, resource): (u8, ResourceId)) -> bool {
    booking.lines.get(usize::from(number)).is_some_and(|line| line.staff.map(ResourceId::from) == Some(resource))
}

/// Gives a visit other free resources in place of those that `cause` needs; `None` where it must give way all the same.
pub(crate) fn beside(case: Case<'_>, visit: &Booking, cause: &[Occupancy], changed: &[Booking]) -> Option<Booking> {
    let mut moved = visit.clone();
    for held in blocked(visit, |held| meets(held, cause).is_some()) {
        if is_staff(visit, held) {
            return None;
        }
        exchange(case, &mut moved, held, cause, changed)?;
    }
    moved.placed_seq = PLACED_NOW;
    moved.placed_by = case.context.replica;
    moved.version = moved.version.saturating_add(1);
    Some(moved)
}

/// Somebody who is here and whose line lacks what its service needs by now, because it was booked before that, gets it if it is free.
pub(super) fn equip(case: Case<'_>, booking: &mut Booking) {
    let Some(span) = visit_time::span(&booking.lines) else { return };
    let moment = case.context.happened_at();
    let Ok(schedule) = Schedule::of_view(case.view, case.store.id, span, Some(booking.id), moment) else { return };
    for index in 0..booking.lines.len() {
        let line = &booking.lines[index];
        let Some(service) = case.view.catalogue.services.get(&line.service) else { continue };
        let has = |need: &ResourceNeed| line.resources.iter().any(|assigned| assigned.need.resource_type == need.resource_type);
        let missing: Vec<ResourceNeed> = service.needs.iter().filter(|need| !has(need)).cloned().collect();
        for need in missing {
            let line = &booking.lines[index];
            let needed: Vec<TimeRange> = need.ranges(&line.parts, line.starts_at).map(|(_, range)| range).collect();
            let is_own = |resource: &ResourceId| {
                let mut own = booking.lines.iter().flat_map(Line::resources_held).filter(|(held, _)| held == resource);
                own.any(|(_, range)| needed.iter().any(|needed| needed.overlaps(&range)))
            };
            let is_free = |resource: &ResourceId| !is_own(resource) && schedule.in_the_way(*resource, &needed, case.context.now).is_empty();
            if let Some(resource) = schedule.of_type(need.resource_type).find(is_free) {
                booking.lines[index].resources.push(AssignedResource { resource, need });
            }
        }
    }
}

/// What a booking holds, by line and by whom or what, of which `is_blocked` says so.
fn blocked(booking: &Booking, is_blocked: impl Fn(&Occupancy) -> bool) -> BTreeSet<(u8, ResourceId)> {
    booking.occupancy.iter().filter(|held| is_blocked(held)).map(|held| (held.line, held.resource)).collect()
}

/// Gives one line a colleague, or another resource of the type. All other time stays as it is: some of it may lie in another lane, or begin
/// late.
fn exchange(case: Case<'_>, booking: &mut Booking, held: (u8, ResourceId), wanted: &[Occupancy], changed: &[Booking]) -> Option<()> {
    let (number, old) = held;
    let index = usize::from(number);
    let new = if booking.lines.get(index)?.staff.map(ResourceId::from) == Some(old) {
        let colleague = equal_colleague(case, booking, index, wanted, changed)?.id;
        booking.lines.get_mut(index)?.staff = Some(colleague);
        colleague.into()
    } else {
        let place = booking.lines.get(index)?.resources.iter().position(|assigned| assigned.resource == old)?;
        let other = other_resource(case, booking, (index, place), wanted, changed)?;
        booking.lines.get_mut(index)?.resources.get_mut(place)?.resource = other;
        other
    };
    let fresh = visit_time::occupancy(&booking.lines).into_iter().filter(|held| held.line == number && held.resource == new);
    booking.occupancy.retain(|held| held.line != number || held.resource != old);
    booking.occupancy.extend(fresh);
    Some(())
}

/// Another free resource of the same type.
fn other_resource(
    case: Case<'_>,
    booking: &Booking,
    (index, place): (usize, usize),
    wanted: &[Occupancy],
    changed: &[Booking],
) -> Option<ResourceId> {
    let line: &Line = booking.lines.get(index)?;
    let assigned = line.resources.get(place)?;
    let schedule = Schedule::of_view(case.view, case.store.id, line.range(), Some(booking.id), case.context.happened_at()).ok()?;
    let needed: Vec<TimeRange> = assigned.need.ranges(&line.parts, line.starts_at).map(|(_, range)| range).collect();
    let elsewhere = || changed.iter().flat_map(|other| &other.occupancy).chain(&booking.occupancy).chain(wanted);
    let is_free = |resource: &ResourceId| {
        let mut held = elsewhere().filter(|held| held.resource == *resource);
        *resource != assigned.resource
            && !held.any(|held| needed.iter().any(|range| range.overlaps(&held.range)))
            && schedule.in_the_way(*resource, &needed, case.context.now).is_empty()
    };
    schedule.of_type(assigned.need.resource_type).find(is_free)
}

fn equal_colleague<'a>(case: Case<'a>, booking: &Booking, index: usize, wanted: &[Occupancy], changed: &[Booking]) -> Option<&'a Staff> {
    let line: &Line = booking.lines.get(index)?;
    if line.staff_preference.is_requested() || line.starts_at < case.context.now {
        return None;
    }
    let service: &Service = case.view.catalogue.services.get(&line.service)?;
    let current = case.view.catalogue.staff.get(&line.staff?)?;
    let moment = case.context.happened_at();
    let schedule = Schedule::of_view(case.view, case.store.id, line.range(), Some(booking.id), moment).ok()?;
    // How long it takes was agreed, and not by whose speed.
    let is_own = agreed::own_parts(case.view, case.store.id, line).is_some();
    case.view.staff_of(case.store.id).find(|staff| {
        let fits = staff.id != current.id
            && staff.can(service.id, case.store.id)
            && staff.level >= current.level
            && service.price_with(staff, case.store.id) == line.price
            && (is_own || service.parts_with(staff, case.store.id) == line.parts)
            && line.staff_preference.fits(staff);
        if !fits || schedule.check_free(staff.id, &line.parts, line.starts_at, case.context.now).is_err() {
            return false;
        }
        let mine = Line { staff: Some(staff.id), ..line.clone() };
        let mut ranges = visit_time::occupancy(std::slice::from_ref(&mine));
        ranges.retain(|held| held.resource == staff.id.into());
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
            let (.., planned) = line.needed().find(|(needed, part, _)| (*needed, *part) == (resource, held.part))?;
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
