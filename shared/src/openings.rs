//! Which times are free. Pure: the caller brings hours, roster, blocks and bookings.
//!
//! One function for phone, desk, public API and the check inside `decide`: [`search()`] lists what is free from a [`View`],
//! [`Schedule::check_free`] admits, [`why_not`] explains. Listing rounds what is taken outward and what is free inward;
//! admitting is exact: what is listed can be booked.

pub mod bands;
pub mod day;
pub mod notice;
mod own_holds;
pub(crate) mod query;
mod reason;
pub mod sample;
mod schedule;
pub mod search;
mod together;

use crate::booking::Alternative;
use crate::id::{ResourceId, ResourceTypeId, StaffId};
use crate::mask::Mask;
use crate::money::Price;
use crate::part::Part;
use crate::refusal::Refusal;
use crate::resource::ResourceNeed;
use crate::service::Service;
use crate::sort;
use crate::staff::Staff;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;
use crate::visit_request::{Audience, RequestedService, VisitRequest};
use crate::window::Window;

use query::references;
use search::{Answer, Candidate, LineNeed, PartNeed, PoolNeed, Request};

pub use own_holds::without_own_holds;
pub use query::{MOST_LINES, MOST_SEARCH_DAYS};
pub use reason::why_not;
pub use schedule::Schedule;

/// The openings found. Starts are ready; who can take them is worked out when asked.
#[derive(Clone, Debug)]
pub struct Openings {
    open: Mask,
    free: Vec<Mask>,
    pools: Vec<Vec<usize>>,
    staff: Vec<StaffId>,
    lines: Vec<LineNeed>,
    found: Answer,
    /// Minutes from the start of the visit to that of each line, where these are kept.
    distances: Vec<u32>,
    offered: Mask,
}

/// One line of an opening: when it begins, and who can do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningLine {
    /// Start of the line.
    pub starts_at: Timestamp,
    /// Who would do it.
    pub staff: StaffId,
}

/// Finds the openings of a visit: on the store's grid, from now on, and for members within lead time and horizon.
///
/// # Errors
/// `NotFound` or `Undecided` for store and services, `Invalid` for no or too many lines, `NotOnline` for members.
pub fn search(view: &View, query: &VisitRequest, now: Timestamp) -> Result<Openings, Refusal> {
    search_at_prices(view, query, &prices_bound(view, query), now)
}

/// The same, only with people who do a line at its price here; `None` is any price. Lines without an entry may cost anything.
///
/// # Errors
/// As [`search()`].
pub fn search_at_prices(view: &View, query: &VisitRequest, prices: &[Option<Price>], now: Timestamp) -> Result<Openings, Refusal> {
    let mut openings = off_grid_at_prices(view, query, prices, now)?;
    if let crate::view::Found::Known(store) = view.store(query.store) {
        openings.offered.and(&day::grid(store, openings.window()));
    }
    Ok(openings)
}

fn search_off_grid(view: &View, query: &VisitRequest, now: Timestamp) -> Result<Openings, Refusal> {
    off_grid_at_prices(view, query, &prices_bound(view, query), now)
}

fn off_grid_at_prices(view: &View, query: &VisitRequest, prices: &[Option<Price>], now: Timestamp) -> Result<Openings, Refusal> {
    let services = query.services(view)?;
    let services = references(&services);
    let distances = query.distances(view);
    let reach = query.reach(&services, &distances);
    let schedule = Schedule::of_view(view, query.store, reach, query.moving, now)?;
    if query.audience == Audience::Online && services.iter().any(|service| !service.online) {
        return Err(Refusal::NotOnline);
    }
    Ok(in_schedule(&schedule, query, &services, (prices, distances), now))
}

/// Members stay at the prices they were told when a visit of theirs moves; a desk may look further.
fn prices_bound(view: &View, query: &VisitRequest) -> Vec<Option<Price>> {
    if query.audience == Audience::Online { prices_to_keep(view, query) } else { Vec::new() }
}

/// What the menu says of those who may do each line of a visit that moves: a line that still asks for nobody stays with people of its
/// price, one that newly does goes to the cheapest; with whoever is asked for it may cost anything. Empty for a visit that does not move.
#[must_use]
pub fn prices_to_keep(view: &View, query: &VisitRequest) -> Vec<Option<Price>> {
    let Some(moving) = query.moving.and_then(|id| view.bookings.get(&id)) else { return Vec::new() };
    let price = |(wanted, agreed): (&RequestedService, &crate::booking::Line)| {
        if wanted.staff_preference.is_requested() {
            return None;
        }
        let kept = (wanted.staff_preference == agreed.staff_preference)
            .then(|| view.menu_price(query.store, agreed.service, agreed.staff))
            .flatten();
        kept.or_else(|| {
            let service = view.catalogue.services.get(&wanted.service)?;
            bands::prices_for(view, query.store, (service, wanted.staff_preference), query.audience).first().copied()
        })
    };
    query.lines.iter().zip(&moving.lines).map(price).collect()
}

/// The search itself, over a schedule gathered before. Bounds apply, the grid does not.
fn in_schedule(
    schedule: &Schedule<'_>,
    query: &VisitRequest,
    services: &[&Service],
    (prices, distances): (&[Option<Price>], Vec<u32>),
    now: Timestamp,
) -> Openings {
    let mut staff: Vec<StaffId> = Vec::new();
    let mut types: Vec<ResourceTypeId> = Vec::new();
    let mut lines = Vec::with_capacity(services.len());
    for (number, (line, service)) in query.lines.iter().zip(services).enumerate() {
        let mut candidates = Vec::new();
        for need in &service.needs {
            index_of(&mut types, need.resource_type);
        }
        let price = prices.get(number).copied().flatten();
        let affordable = |member: &&Staff| price.is_none_or(|price| service.price_with(member, schedule.store.id) == price);
        for member in schedule.able(service, line.staff_preference, query.audience).filter(affordable) {
            let distance = distances.get(number).copied().unwrap_or(0);
            let parts = service.parts_with(member, schedule.store.id);
            let resources = service.needs.iter().map(|need| pool_need(index_of(&mut types, need.resource_type), need, distance, &parts));
            candidates.push(Candidate { resources: resources.collect(), ..candidate(index_of(&mut staff, member.id), distance, &parts) });
        }
        lines.push(LineNeed { candidates });
    }
    let window = Window::around(query.reach(services, &distances));
    let mut resources: Vec<ResourceId> = Vec::new();
    let mut pool = |wanted: &ResourceTypeId| {
        let first = staff.len() + resources.len();
        resources.extend(schedule.of_type(*wanted));
        (first..staff.len() + resources.len()).collect::<Vec<usize>>()
    };
    let pools: Vec<Vec<usize>> = types.iter().map(&mut pool).collect();
    let time = day::free_time(schedule, &staff, &resources, window, now);
    let request = Request { open: &time.open, free: &time.free, pools: &pools, lines: &lines };
    let found = if distances.is_empty() { search::find(request) } else { Answer::of_starts(together::find(request)) };
    let allowed = match query.audience {
        Audience::Online => notice::online_starts(schedule.store, services, now),
        Audience::Desk => TimeRange { start: now, end: Timestamp(i64::MAX) },
    };
    let from = window.quantum_at_or_after(query.starts.start.max(allowed.start));
    let until = window.quantum_at_or_after(query.starts.end.min(allowed.end));
    let mut offered = found.starts().cloned().unwrap_or_else(|| Mask::empty(window));
    offered.keep(from..until);
    Openings { open: time.open, free: time.free, pools, staff, lines, found, distances, offered }
}

fn candidate(staff: usize, distance: u32, parts: &[Part]) -> Candidate {
    let mut at = distance;
    let mut needs = Vec::with_capacity(parts.len());
    for part in parts {
        needs.push(PartNeed::from_minutes(at, u32::from(part.minutes), part.kind.needs_staff()));
        at = at.saturating_add(u32::from(part.minutes));
    }
    Candidate { staff, parts: needs, resources: Vec::new(), length: (at - distance).div_ceil(5) }
}

fn pool_need(pool: usize, need: &ResourceNeed, distance: u32, parts: &[Part]) -> PoolNeed {
    let stretch = |(_, offset, minutes): (u8, u32, u32)| PartNeed::from_minutes(distance.saturating_add(offset), minutes, true);
    PoolNeed { pool, stretches: need.stretches(parts).map(stretch).collect() }
}

/// The place of something in a list, to which it is added where it is not there yet.
fn index_of<T: PartialEq>(known: &mut Vec<T>, wanted: T) -> usize {
    known.iter().position(|known| *known == wanted).unwrap_or_else(|| {
        known.push(wanted);
        known.len() - 1
    })
}

impl Openings {
    /// What was searched: whole UTC days.
    #[must_use]
    pub fn window(&self) -> Window {
        self.offered.window()
    }

    /// The starts that are offered, in order.
    pub fn starts(&self) -> impl Iterator<Item = Timestamp> + '_ {
        self.offered.iter().map(|quantum| self.window().instant(quantum))
    }

    /// Is this start offered?
    #[must_use]
    pub fn has(&self, start: Timestamp) -> bool {
        self.window().quantum_at(start).is_some_and(|quantum| self.offered.has(quantum))
    }

    /// Can the visit begin here, offered or not? Neither the grid nor notice counts.
    #[must_use]
    pub fn is_possible(&self, start: Timestamp) -> bool {
        self.window().quantum_at(start).is_some_and(|quantum| self.found.starts().is_some_and(|starts| starts.has(quantum)))
    }

    /// The first start offered at or after an instant.
    #[must_use]
    pub fn next_start(&self, at: Timestamp) -> Option<Timestamp> {
        self.offered.next_start(self.window().quantum_at_or_after(at)).map(|quantum| self.window().instant(quantum))
    }

    /// Who can take the first line at a start such that the rest fits, in order of preference.
    pub fn staff_at(&self, start: Timestamp) -> impl Iterator<Item = StaffId> + '_ {
        let quantum = self.window().quantum_at(start);
        quantum.into_iter().flat_map(|quantum| {
            let able = self.found.candidates_at(self.request(), 0, quantum);
            able.filter_map(|(_, candidate)| self.staff.get(candidate.staff).copied())
        })
    }

    /// One way to do the whole visit from a start on: per line when and by whom.
    #[must_use]
    pub fn lines_at(&self, start: Timestamp) -> Option<Vec<OpeningLine>> {
        let quantum = self.window().quantum_at(start)?;
        let assigned: Vec<(Timestamp, usize)> = if self.distances.is_empty() {
            let found = self.found.assignment(self.request(), quantum)?;
            found.into_iter().map(|(at, chosen)| (self.window().instant(at), chosen)).collect()
        } else {
            let starts = self.distances.iter().map(|distance| start.plus_minutes(i64::from(*distance)));
            starts.zip(together::assignment(self.request(), quantum)?).collect()
        };
        let placed = assigned.into_iter().zip(&self.lines).map(|((starts_at, chosen), line)| {
            let staff = line.candidates.get(chosen).and_then(|candidate| self.staff.get(candidate.staff))?;
            Some(OpeningLine { starts_at, staff: *staff })
        });
        placed.collect()
    }

    /// The offered starts nearest to a wish, earlier ones first when equally near: the "three openings" of a refusal.
    #[must_use]
    pub fn nearest(&self, around: Timestamp, count: usize) -> Vec<Alternative> {
        let mut starts: Vec<Timestamp> = self.starts().collect();
        sort::sort_by_key(&mut starts, |start| (start.0.abs_diff(around.0), *start));
        starts.truncate(count);
        sort::sort(&mut starts);
        let whole = |start: &Timestamp| {
            let staff = self.lines_at(*start)?.into_iter().map(|line| line.staff).collect();
            Some(Alternative { starts_at: *start, staff })
        };
        starts.iter().filter_map(whole).collect()
    }

    fn request(&self) -> Request<'_> {
        Request { open: &self.open, free: &self.free, pools: &self.pools, lines: &self.lines }
    }
}
