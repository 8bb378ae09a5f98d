//! The reference: what a store offers, quantum by quantum in local time, by arithmetic of its own.

use shared::part::PartKind;
use shared::staff_preference::StaffPreference;
use shared::time::LocalSpan;
use shared::visit_request::RequestedService;

use crate::world::{World, staff_id};

/// So many milliseconds, for the reference's own arithmetic.
pub const MINUTES: i64 = 60_000;

/// May something go on during these five minutes, by spans in local time that may reach past midnight? Nothing begins
/// or ends twice within five minutes, so that the first and the last of them say it.
fn within(world: &World, at: i64, spans: impl Fn(i64) -> Vec<LocalSpan>) -> bool {
    let inside = |day: i64, minute: i64| spans(day).iter().any(|span| i64::from(span.from) <= minute && minute < i64::from(span.until));
    [at, at + 4 * MINUTES].into_iter().all(|at| {
        let (day, minute) = world.local(at);
        inside(day, minute) || inside(day - 1, minute + 1440)
    })
}

/// Can this staff member take the service from `start` on?
pub fn takes(world: &World, staff: usize, service: usize, start: i64, now: i64) -> bool {
    let parts = world.parts(staff, service);
    let mut at = start;
    for part in parts {
        for _ in 0..part.minutes / 5 {
            let next = at + 5 * MINUTES;
            let open = within(world, at, |day| world.hours(day));
            let working = within(world, at, |day| world.shift(staff, day));
            if !open || part.kind != PartKind::Processing && (!working || world.taken(staff, (at, next), now)) {
                return false;
            }
            at = next;
        }
    }
    let Some(washed) = world.washed(service) else { return true };
    (0..world.basins()).any(|basin| is_free_for(world, basin, (staff, service), &washed, start, now))
}

/// Is one basin free, and the store open, during all the parts that need it?
fn is_free_for(world: &World, basin: usize, (staff, service): (usize, usize), washed: &[usize], start: i64, now: i64) -> bool {
    let mut at = start;
    for (number, part) in world.parts(staff, service).into_iter().enumerate() {
        let next = at + i64::from(part.minutes) * MINUTES;
        if washed.contains(&number) && world.basin_taken(basin, (at, next), now) {
            return false;
        }
        at = next;
    }
    true
}

/// How many days are asked for.
pub const DAYS: i64 = 4;

/// Who is offered at `start`, of somebody who asks for the first days of the plan?
pub fn offered(world: &World, wanted: RequestedService, online: bool, start: i64, now: i64) -> Vec<usize> {
    let store = world.store();
    let service = &world.view.catalogue.services[&wanted.service];
    let (today, (day, minute)) = (world.local(now).0, world.local(start));
    let lead = i64::from(service.lead_minutes.unwrap_or(store.rules.lead_minutes));
    let too_soon = start < now || online && start - now < lead * MINUTES;
    let too_far = online && day > today + i64::from(store.rules.horizon_days);
    if too_soon || too_far || minute % i64::from(store.rules.grid_minutes) != 0 || !is_asked_for(world, start) {
        return Vec::new();
    }
    (0..world.staff_count())
        .filter(|index| {
            let staff = &world.view.catalogue.staff[&staff_id(*index)];
            let fits = match wanted.staff_preference {
                StaffPreference::Requested(id) => id == staff.id,
                StaffPreference::AnyOf(gender) => staff.gender == Some(gender),
                StaffPreference::Any => true,
            };
            fits && staff.active && staff.skills.contains(&wanted.service) && (staff.online || !online)
        })
        .filter(|index| takes(world, *index, (wanted.service.0.as_u128() - 200) as usize, start, now))
        .collect()
}

/// Does a start lie on the days that are asked for?
pub fn is_asked_for(world: &World, start: i64) -> bool {
    (world.first_day()..world.first_day() + DAYS).contains(&world.local(start).0)
}
