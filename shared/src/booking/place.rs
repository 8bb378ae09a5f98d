//! Where a visit goes: who does each line, which price holds, and the time it takes.

use std::collections::BTreeMap;

use crate::booking::precedence::{Class, Standing, standing_of};
use crate::booking::{Booking, LaneReason, Line, Occupancy, StaffWish};
use crate::command::NewLine;
use crate::id::{BookingId, ResourceId, StaffId};
use crate::openings::{Audience, Schedule, Taken, TakenBy};
use crate::order;
use crate::refusal::Refusal;
use crate::service::{Part, Service, total_minutes};
use crate::staff::Staff;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;

/// What a placement may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Who asks: members are bound to what is offered online.
    pub audience: Audience,
    /// Outside hours and shifts, with a reason, or because it has already happened.
    pub any_hours: bool,
    /// The price on the screen must be the price that holds (B13).
    pub price_bound: bool,
    /// Each line begins when the one before it is done, whoever does it and however long it takes them.
    pub in_a_row: bool,
    /// Decided when.
    pub now: Timestamp,
}

/// Makes the lines of a visit: chooses staff (A5: the wished person, else the least booked that day, then by id) and fixes parts
/// and prices. Lines of one staff member follow one another.
///
/// # Errors
/// `NotFound`, `NotOnline`, `NotSkilled`, `PriceChanged`, `StoreClosed`, `NotOnShift`, `NobodyFree` or `Undecided`.
pub fn lines(view: &View, store: &Store, wanted: &[NewLine], moving: Option<BookingId>, terms: Terms) -> Result<Vec<Line>, Refusal> {
    let mut lines: Vec<Line> = Vec::with_capacity(wanted.len());
    let mut rest = wanted;
    while let Some((new, later)) = rest.split_first() {
        rest = later;
        let follows = lines.last().filter(|_| terms.in_a_row).map(|before| before.range().end);
        let new = &NewLine { starts_at: follows.unwrap_or(new.starts_at), ..new.clone() };
        let service = view.service(new.service).or_refuse("service")?;
        if !service.active {
            return Err(Refusal::NotFound { kind: "service".into() });
        }
        if terms.audience == Audience::Online && !service.online {
            return Err(Refusal::NotOnline);
        }
        let staff = choose(view, store, service, (new, later), moving, &lines, terms)?;
        let parts = service.parts_with(staff, store.id);
        let busy_until = lines.iter().filter(|line| line.staff == Some(staff.id)).map(|line| line.range().end).max();
        lines.push(Line {
            service: service.id,
            performed: None,
            subject: new.subject.clone(),
            payer: new.payer,
            wish: new.wish,
            staff: Some(staff.id),
            starts_at: busy_until.map_or(new.starts_at, |until| until.max(new.starts_at)),
            parts,
            price: service.price_with(staff, store.id),
        });
    }
    Ok(lines)
}

/// The staff member for a line. Free ones first; where nobody is free, the one with the weakest rights and the fewest visits in the way is
/// returned, and the ladder decides.
fn choose<'a>(
    view: &'a View,
    store: &Store,
    service: &Service,
    (new, later): (&NewLine, &[NewLine]),
    moving: Option<BookingId>,
    earlier: &[Line],
    terms: Terms,
) -> Result<&'a Staff, Refusal> {
    let reach = TimeRange::starting(new.starts_at, 2 * 1440).widened(1440);
    let schedule = Schedule::of_view(view, store.id, reach, moving)?;
    let mut able: Vec<&Staff> = view
        .staff_of(store.id)
        .filter(|staff| staff.can(service.id, store.id) && (terms.audience == Audience::Desk || staff.online))
        .filter(|staff| match new.wish {
            StaffWish::Requested(id) => staff.id == id,
            StaffWish::AnyOf(gender) => staff.gender == Some(gender),
            StaffWish::Any => true,
        })
        .collect();
    if able.is_empty() {
        return Err(match new.wish {
            StaffWish::Requested(staff) => Refusal::NotSkilled { staff },
            _ => Refusal::NobodyFree,
        });
    }
    if terms.price_bound {
        let now = able.first().and_then(|staff| service.price_with(staff, store.id));
        able.retain(|staff| service.price_with(staff, store.id) == new.seen_price);
        if able.is_empty() {
            return Err(Refusal::PriceChanged { now });
        }
    }
    if !terms.any_hours {
        let mut refusal = None;
        able.retain(|staff| match schedule.check_hours(staff.id, &service.parts_with(staff, store.id), new.starts_at) {
            Ok(()) => true,
            Err(reason) => {
                refusal.get_or_insert(reason);
                false
            }
        });
        if let (true, Some(reason)) = (able.is_empty(), refusal) {
            return Err(reason);
        }
    }
    let day = store.zone.day(store.zone.local(new.starts_at).0);
    let booked = booked_minutes(view, store, day);
    order::sort_by_key(&mut able, |staff| {
        let parts = service.parts_with(staff, store.id);
        let others = in_the_way(view, store, &schedule, staff.id, (&parts, new.starts_at), terms.now);
        let busy_here = earlier.iter().any(|line| {
            line.staff == Some(staff.id) && line.range().overlaps(&TimeRange::starting(new.starts_at, i64::from(total_minutes(&parts))))
        });
        // Waiting for one's own earlier line disturbs nobody else.
        let blocked = others.max(busy_here.then_some((Standing::request(0, 0), 0)));
        // Whoever is done when the next line begins leaves its staff free to choose: so every opening of several lines fits.
        let done = new.starts_at.plus_minutes(i64::from(total_minutes(&parts)));
        let overruns = later.iter().any(|next| new.starts_at < next.starts_at && next.starts_at < done);
        // One pair of hands for the whole visit, where possible.
        let continues = earlier.last().is_some_and(|line| line.staff == Some(staff.id));
        // Outside of hours somebody may be named; nobody is called in for a guest who asked for nobody.
        let off = schedule.check_hours(staff.id, &parts, new.starts_at).is_err();
        (off, blocked, overruns, !continues, booked.get(&ResourceId::from(staff.id)).copied().unwrap_or(0), staff.id)
    });
    able.first().copied().ok_or(Refusal::NobodyFree)
}

/// The strongest right in the way of a stretch of somebody's time, and how many there are; `None` is nothing.
fn in_the_way(
    view: &View,
    store: &Store,
    schedule: &Schedule<'_>,
    staff: StaffId,
    (parts, start): (&[Part], Timestamp),
    now: Timestamp,
) -> Option<(Standing, usize)> {
    let taken = schedule.in_the_way(staff, parts, start, now);
    let standing = |taken: &Taken| match taken.by {
        TakenBy::Booking(id) => view.bookings.get(&id).and_then(|booking| standing_of(booking, &store.rules, now)),
        TakenBy::Block(_) => Some(Standing::of(Class::Block)),
        TakenBy::Hold => None,
    };
    // Whoever is not known by name keeps a promise.
    taken.iter().map(|taken| standing(taken).unwrap_or(Standing::of(Class::Promise))).max().map(|strongest| (strongest, taken.len()))
}

/// Whether everybody who is to do these lines is free for them; `own` is the booking they belong to.
///
/// # Errors
/// `NotFound` or `Undecided` for the store.
pub fn all_free(view: &View, store: &Store, lines: &[Line], own: BookingId, now: Timestamp) -> Result<bool, Refusal> {
    let Some(span) = span(lines) else { return Ok(true) };
    let schedule = Schedule::of_view(view, store.id, span.widened(1440), Some(own))?;
    let is_free = |line: &Line| line.staff.is_some_and(|staff| schedule.in_the_way(staff, &line.parts, line.starts_at, now).is_empty());
    Ok(lines.iter().all(is_free))
}

fn booked_minutes(view: &View, store: &Store, day: TimeRange) -> BTreeMap<ResourceId, i64> {
    let mut minutes = BTreeMap::new();
    for held in view.bookings_between(store.id, day).flat_map(|booking| &booking.occupancy) {
        *minutes.entry(held.resource).or_insert(0) += held.range.minutes();
    }
    minutes
}

/// Earliest start and latest end of lines.
#[must_use]
pub fn span(lines: &[Line]) -> Option<TimeRange> {
    lines.iter().map(Line::range).reduce(|all, range| all.hull(&range))
}

/// The time that lines take, all in lane 0.
#[must_use]
pub fn occupancy(lines: &[Line]) -> Vec<Occupancy> {
    let numbered = lines.iter().zip(0u8..);
    numbered
        .flat_map(|(line, number)| {
            line.staff.into_iter().flat_map(move |staff| {
                line.staff_ranges().map(move |(part, range)| Occupancy {
                    resource: staff.into(),
                    lane: 0,
                    reason: None,
                    range,
                    line: number,
                    part,
                })
            })
        })
        .collect()
}

/// Moves every line by the same distance, so that the visit begins at `starts_at`.
pub fn shift_lines(lines: &mut [Line], starts_at: Timestamp) {
    let Some(first) = lines.iter().map(|line| line.starts_at).min() else { return };
    let by = starts_at.0.saturating_sub(first.0);
    for line in lines {
        line.starts_at = Timestamp(line.starts_at.0.saturating_add(by));
    }
}

/// Gives each held range the lowest lane in which nothing else lies; above 0 with the reason.
pub fn stack(view: &View, booking: &mut Booking, others: &[Booking], reason: &LaneReason) {
    let changed = |id: BookingId| others.iter().find(|other| other.id == id);
    let mut placed: Vec<Occupancy> = Vec::with_capacity(booking.occupancy.len());
    for mut held in std::mem::take(&mut booking.occupancy) {
        let mut taken: Vec<u8> = view
            .bookings_between(booking.store, held.range.widened(24 * 60))
            .filter(|other| other.id != booking.id)
            .map(|other| changed(other.id).unwrap_or(other))
            .flat_map(|other| &other.occupancy)
            .chain(&placed)
            .filter(|other| other.resource == held.resource && other.range.overlaps(&held.range))
            .map(|other| other.lane)
            .collect();
        let blocks = view.blocks_between(booking.store, held.range).filter(|block| ResourceId::from(block.staff) == held.resource);
        taken.extend(blocks.map(|block| block.lane));
        held.lane = (0..=u8::MAX).find(|lane| !taken.contains(lane)).unwrap_or(u8::MAX);
        held.reason = (held.lane > 0).then(|| reason.clone());
        placed.push(held);
    }
    booking.occupancy = placed;
}

/// Staff members whose time a booking takes.
#[must_use]
pub fn staff_in(booking: &Booking) -> Vec<StaffId> {
    let mut staff: Vec<StaffId> = booking.lines.iter().filter_map(|line| line.staff).collect();
    order::sort_and_dedup(&mut staff);
    staff
}
