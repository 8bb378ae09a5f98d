//! Where a visit goes: who does each line, which price holds, and the time it takes.

mod able;
mod assign;

use std::collections::BTreeMap;

use crate::booking::{Booking, GROWS_AT_MOST_MINUTES, LaneReason, Line, Occupancy};
use crate::command::NewLine;
use crate::id::{BookingId, ResourceId, StoreId};
use crate::openings::{Audience, Schedule};
use crate::refusal::Refusal;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;
use able::Wanted;
use assign::Search;

/// What a placement may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacementRules {
    /// Who asks: members are bound to what is offered online.
    pub audience: Audience,
    /// Outside hours and shifts, with a reason, or because it has already happened.
    pub any_hours: bool,
    /// Where the price on the screen must be the price that holds (B13).
    pub price_bound: PriceBound,
    /// Each line begins when the one before it is done, whoever does it and however long it takes them.
    pub in_a_row: bool,
    /// Decided when.
    pub now: Timestamp,
    /// When what is decided happened: visits in service go on until then.
    pub moment: Timestamp,
}

/// Which lines may only be done by people with whom they cost what was on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceBound {
    /// None.
    Nothing,
    /// Those that ask for nobody: who does them, and so what they cost, was chosen with the time.
    Unasked,
    /// All.
    Every,
}

impl PriceBound {
    fn holds_for(self, line: &NewLine) -> bool {
        match self {
            PriceBound::Nothing => false,
            PriceBound::Unasked => !line.wish.is_requested(),
            PriceBound::Every => true,
        }
    }
}

/// Makes the lines of a visit: chooses staff (A5: the wished person, else the least booked that day, then by id) and fixes parts
/// and prices. Lines of one staff member follow one another, and each is checked where it lands.
///
/// # Errors
/// `NotFound`, `NotOnline`, `NotSkilled`, `PriceChanged`, `StoreClosed`, `NotOnShift`, `NobodyFree`, `Invalid` or `Undecided`.
pub fn lines(
    view: &View,
    store: &Store,
    wanted: &[NewLine],
    moving: Option<BookingId>,
    terms: PlacementRules,
) -> Result<Vec<Line>, Refusal> {
    let wanted = wanted.iter().map(|new| Wanted::of(view, store, new, terms)).collect::<Result<Vec<_>, _>>()?;
    Search::new(view, store, wanted, moving, terms)?.run()
}

/// Whether everybody who is to do these lines, and every resource they have, is free for them; `own` is the booking they belong to.
///
/// # Errors
/// `NotFound` or `Undecided` for the store.
pub fn all_free(view: &View, store: &Store, lines: &[Line], own: BookingId, terms: PlacementRules) -> Result<bool, Refusal> {
    let Some(span) = span(lines) else { return Ok(true) };
    let schedule = Schedule::of_view(view, store.id, span, Some(own), terms.moment)?;
    let mut needed = lines.iter().flat_map(Line::needed);
    let is_free = |(resource, _, range)| schedule.in_the_way(resource, &[range], terms.now).is_empty();
    Ok(lines.iter().all(|line| line.staff.is_some()) && needed.all(is_free))
}

/// What everybody has on a day, without the booking that is to move.
fn booked_minutes(view: &View, store: &Store, day: TimeRange, moving: Option<BookingId>) -> BTreeMap<ResourceId, i64> {
    let mut minutes = BTreeMap::new();
    let others = view.bookings_between(store.id, day).filter(|booking| Some(booking.id) != moving);
    for held in others.flat_map(|booking| &booking.occupancy) {
        let within = TimeRange { start: held.range.start.max(day.start), end: held.range.end.min(day.end) };
        *minutes.entry(held.resource).or_insert(0) += within.minutes().max(0);
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
            let held = move |(resource, part, range)| Occupancy { resource, lane: 0, reason: None, range, line: number, part };
            line.needed().map(held)
        })
        .collect()
}

/// The local days of a store on which starts lie.
#[must_use]
pub fn days_of(store: &Store, starts: impl Iterator<Item = Timestamp>) -> TimeRange {
    let days = starts.map(|start| store.zone.day_of(start)).reduce(|all, day| all.hull(&day));
    days.unwrap_or(TimeRange { start: Timestamp(0), end: Timestamp(0) })
}

/// Moves every line by the same distance, so that the visit begins at `starts_at`.
pub fn shift_lines(lines: &mut [Line], starts_at: Timestamp) {
    let Some(first) = lines.iter().map(|line| line.starts_at).min() else { return };
    let by = starts_at.0.saturating_sub(first.0);
    for line in lines {
        line.starts_at = Timestamp(line.starts_at.0.saturating_add(by));
    }
}

/// Gives back the time after `at`; what lies before stays as it was.
pub fn end_at(held: &mut Vec<Occupancy>, at: Timestamp) {
    for held in held.iter_mut() {
        held.range.end = held.range.end.min(at);
    }
    held.retain(|held| !held.range.is_empty());
}

/// Gives each held range the lowest lane in which nothing else lies at `moment`; above 0 with the reason.
pub fn stack(view: &View, booking: &mut Booking, others: &[Booking], reason: &LaneReason, moment: Timestamp) {
    let mut placed: Vec<Occupancy> = Vec::with_capacity(booking.occupancy.len());
    for mut held in std::mem::take(&mut booking.occupancy) {
        let place = (booking.store, held.resource, held.range);
        let mut taken = taken_lanes(view, place, Some(booking.id), others, moment);
        taken.extend(placed.iter().filter(|own| own.resource == held.resource && own.range.overlaps(&held.range)).map(|own| own.lane));
        held.lane = lowest_free(&taken);
        held.reason = (held.lane > 0).then(|| reason.clone());
        placed.push(held);
    }
    booking.occupancy = placed;
}

/// The lanes in which something lies; `others` have changed and are not in the view yet.
#[must_use]
pub fn taken_lanes(
    view: &View,
    (store, resource, range): (StoreId, ResourceId, TimeRange),
    own: Option<BookingId>,
    others: &[Booking],
    moment: Timestamp,
) -> Vec<u8> {
    let current = |booking: &Booking| others.iter().find(|other| other.id == booking.id).is_none();
    let unchanged = view.bookings_between(store, range.widened(GROWS_AT_MOST_MINUTES)).filter(|booking| current(booking));
    let around = unchanged.chain(others).filter(|other| Some(other.id) != own);
    let lanes =
        around.flat_map(|other| other.held_at(moment)).filter(|(held, during)| held.resource == resource && during.overlaps(&range));
    let blocks = view.blocks_between(store, range).filter(|block| block.resource == resource);
    let elsewhere = view.elsewhere_between(store, range).filter(|entry| entry.counts_at(moment)).flat_map(|entry| &entry.times);
    let elsewhere = elsewhere.filter(|held| held.resource == resource && held.range.overlaps(&range));
    lanes.map(|(held, _)| held.lane).chain(blocks.map(|block| block.lane)).chain(elsewhere.map(|held| held.lane)).collect()
}

/// The lowest lane that is not taken.
#[must_use]
pub fn lowest_free(taken: &[u8]) -> u8 {
    (0..=u8::MAX).find(|lane| !taken.contains(lane)).unwrap_or(u8::MAX)
}
