//! Why a time is not offered (A9), and the same check for a visit that is about to be admitted: hours, shift, who has it.
//!
//! Listing rounds what is taken outward; this check is exact. So everything that is listed passes here.

use super::day::{on_shift, open_hours};
use super::notice;
use super::query::references;
use super::schedule::Schedule;
use crate::booking::Booking;
use crate::busy_day::{Taken, TakenBy};
use crate::id::{ResourceId, StaffId};
use crate::part::{Part, staff_ranges};
use crate::refusal::Refusal;
use crate::resource::ResourceNeed;
use crate::service::Service;
use crate::sort;
use crate::staff::Staff;
use crate::staff_preference::StaffPreference;
use crate::time::{QUANTUM, TimeRange, Timestamp};
use crate::view::View;
use crate::visit_request::{Audience, VisitRequest};
use crate::window::Window;

impl Schedule<'_> {
    /// Is the store open during all parts, and the staff member on shift during those that need them? Not whether the time
    /// is taken.
    ///
    /// # Errors
    /// `StoreClosed` or `NotOnShift`.
    pub fn check_hours(&self, staff: StaffId, parts: &[Part], start: Timestamp) -> Result<(), Refusal> {
        let whole = ranges(parts, start).fold(TimeRange { start, end: start }, |all, (range, _)| all.hull(&range));
        if !self.is_open(whole) {
            return Err(Refusal::StoreClosed);
        }
        let working = on_shift(self.store, &self.shifts, staff, whole);
        let works = |range: TimeRange| working.iter().any(|shift| shift.covers(&range));
        let mut needed = ranges(parts, start).filter(|(_, part)| part.kind.needs_staff());
        if needed.all(|(range, _)| works(range)) { Ok(()) } else { Err(Refusal::NotOnShift { staff }) }
    }

    /// Everything that has somebody's or something's time within what is needed of it, exactly; on a phone also what is only known as
    /// busy, as one hold.
    #[must_use]
    pub fn in_the_way(&self, resource: ResourceId, needed: &[TimeRange], now: Timestamp) -> Vec<Taken> {
        let meets = |range: &TimeRange| needed.iter().any(|own| own.overlaps(range));
        let own = self.taken.iter().filter(|taken| taken.resource == resource && taken.counts_at(now));
        let mut found: Vec<Taken> = own.filter(|taken| meets(&taken.range)).copied().collect();
        for (_, day, busy) in self.busy_days.iter().filter(|(whose, _, _)| *whose == resource) {
            let window = Window::day(*day);
            let mut free = crate::mask::Mask::full(window);
            free.clear_day(*day, busy);
            let hidden = needed.iter().filter(|range| range.overlaps(&window.range()) && !free.has_all(window.outward(**range)));
            found.extend(hidden.map(|range| Taken { resource, range: *range, by: TakenBy::Hold, expires_at: None }));
        }
        found
    }

    /// Can the staff member take these parts from `start` on? The exact check.
    ///
    /// # Errors
    /// `StoreClosed`, `NotOnShift` or `TimeTaken`.
    pub fn check_free(&self, staff: StaffId, parts: &[Part], start: Timestamp, now: Timestamp) -> Result<(), Refusal> {
        self.check_hours(staff, parts, start)?;
        let needed: Vec<TimeRange> = staff_ranges(parts, start).map(|(_, range)| range).collect();
        let in_the_way = self.in_the_way(staff.into(), &needed, now);
        if in_the_way.is_empty() {
            return Ok(());
        }
        let mut by: Vec<_> = in_the_way
            .iter()
            .filter_map(|taken| match taken.by {
                TakenBy::Record(key) => key.id_of::<Booking>(),
                TakenBy::Hold => None,
            })
            .collect();
        sort::sort_and_dedup(&mut by);
        Err(Refusal::TimeTaken { by })
    }

    /// Is there a resource for each need of a service?
    ///
    /// # Errors
    /// `NoResource` for the first that finds none.
    pub fn check_resources(&self, needs: &[ResourceNeed], parts: &[Part], start: Timestamp, now: Timestamp) -> Result<(), Refusal> {
        let finds_none = |need: &&ResourceNeed| {
            let needed: Vec<TimeRange> = need.ranges(parts, start).map(|(_, range)| range).collect();
            !self.of_type(need.resource_type).any(|resource| self.in_the_way(resource, &needed, now).is_empty())
        };
        match needs.iter().find(finds_none) {
            Some(need) => Err(Refusal::NoResource { resource_type: need.resource_type }),
            None => Ok(()),
        }
    }

    /// Who can take a service at `start`, in order of preference, with the parts it takes them: off the grid, too.
    pub fn free_at(
        &self,
        wanted: (&Service, StaffPreference),
        start: Timestamp,
        audience: Audience,
        now: Timestamp,
    ) -> Vec<(&Staff, Vec<Part>)> {
        let (service, staff_preference) = wanted;
        let with_parts = self.able(service, staff_preference, audience).map(|staff| (staff, service.parts_with(staff, self.store.id)));
        let is_free = |(staff, parts): &(&Staff, Vec<Part>)| {
            self.check_free(staff.id, parts, start, now).and_then(|()| self.check_resources(&service.needs, parts, start, now)).is_ok()
        };
        with_parts.filter(is_free).collect()
    }

    /// Why nobody who fits can take a service at `start`; `Ok` with the staff who can.
    fn first_free(
        &self,
        service: &Service,
        staff_preference: StaffPreference,
        start: Timestamp,
        audience: Audience,
        now: Timestamp,
    ) -> Result<Vec<Part>, Refusal> {
        if let Some((_, parts)) = self.free_at((service, staff_preference), start, audience, now).into_iter().next() {
            return Ok(parts);
        }
        match staff_preference {
            StaffPreference::Requested(staff) => match self.able(service, staff_preference, audience).next() {
                None => Err(Refusal::NotSkilled { staff }),
                Some(member) => {
                    let parts = service.parts_with(member, self.store.id);
                    self.check_free(staff, &parts, start, now)?;
                    self.check_resources(&service.needs, &parts, start, now).map(|()| parts)
                }
            },
            StaffPreference::Any | StaffPreference::AnyOf(_) => Err(self.closed(service, start).unwrap_or_else(|| {
                // Somebody is free, and the resource is not.
                let of = |staff: &Staff| service.parts_with(staff, self.store.id);
                let mut free = self
                    .able(service, staff_preference, audience)
                    .filter(|staff| self.check_free(staff.id, &of(staff), start, now).is_ok());
                let missing = free.find_map(|staff| self.check_resources(&service.needs, &of(staff), start, now).err());
                missing.unwrap_or(Refusal::NobodyFree)
            })),
        }
    }

    fn closed(&self, service: &Service, start: Timestamp) -> Option<Refusal> {
        let whole = ranges(&service.parts, start).fold(TimeRange { start, end: start }, |all, (range, _)| all.hull(&range));
        (!self.is_open(whole)).then_some(Refusal::StoreClosed)
    }

    fn is_open(&self, whole: TimeRange) -> bool {
        open_hours(self.store, whole).iter().any(|open| open.covers(&whole))
    }
}

/// "Why is this time not offered?" (A9): the rule that blocks a start, `None` when it can be booked. The grid is not a rule:
/// a start off the grid is not offered, but admitted.
#[must_use]
pub fn why_not(view: &View, query: &VisitRequest, start: Timestamp, now: Timestamp) -> Option<Refusal> {
    blocked(view, query, start, now).err()
}

fn blocked(view: &View, query: &VisitRequest, start: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    let services = query.services(view)?;
    let services = references(&services);
    let asked = VisitRequest { starts: TimeRange::starting(start, 1), ..query.clone() };
    let distances = asked.distances(view);
    let schedule = Schedule::of_view(view, query.store, asked.reach(&services, &distances), query.moving, now)?;
    if query.audience == Audience::Online {
        if services.iter().any(|service| !service.online) {
            return Err(Refusal::NotOnline);
        }
        notice::check_notice(schedule.store, &services, start, now)?;
    }
    if super::search_off_grid(view, &asked, now)?.is_possible(start) {
        return Ok(());
    }
    let mut at = start;
    for (number, (line, service)) in query.lines.iter().zip(&services).enumerate() {
        at = distances.get(number).map_or(at, |distance| start.plus_minutes(i64::from(*distance)));
        let parts = schedule.first_free(service, line.staff_preference, at, query.audience, now)?;
        at = at.plus_minutes(i64::from(crate::part::total_minutes(&parts)));
    }
    // Every line finds somebody. Between quanta that settles it; on them the masks know better what fits together.
    if start.0.rem_euclid(QUANTUM) == 0 && query.lines.len() > 1 { Err(Refusal::NobodyFree) } else { Ok(()) }
}

fn ranges(parts: &[Part], start: Timestamp) -> impl Iterator<Item = (TimeRange, &Part)> {
    let mut at = start;
    parts.iter().map(move |part| {
        let range = TimeRange::starting(at, i64::from(part.minutes));
        at = range.end;
        (range, part)
    })
}
