//! Who is offered which time when one becomes free (A6): by tier, then by time of entry, then by id. Pure: the caller brings those who
//! wait.

use crate::money::Price;
use crate::openings::{OpeningLine, bands, search_at_prices};
use crate::part::total_minutes;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;
use crate::visit_request::{Audience, RequestedLine, RequestedService, VisitRequest};
use crate::waitlist_entry::{OFFER_MINUTES, WaitlistEntry};

/// The next one to be offered a time: their place in `queue`, which is in the order of [`WaitlistEntry::rank`], and the visit. Only what is
/// offered online is offered by itself, never a time that they let go by before.
///
/// An offer takes time away: whoever stands before the one who was found finds nothing afterwards either.
#[must_use]
pub fn next_offer(view: &View, store: &Store, queue: &[&WaitlistEntry], now: Timestamp) -> Option<(usize, Vec<RequestedLine>)> {
    let mut fruitless: Vec<(&[RequestedService], TimeRange)> = Vec::new();
    for (place, entry) in queue.iter().enumerate() {
        let wish = (entry.services.as_slice(), entry.starts);
        if fruitless.contains(&wish) {
            continue;
        }
        let visits = free_visits(view, store, entry, Audience::Online, now);
        if visits.is_empty() {
            fruitless.push(wish);
        }
        let is_new = |lines: &Vec<RequestedLine>| !entry.passed.iter().any(|passed| passed.overlaps(&range_of(view, store, lines)));
        if let Some(lines) = visits.into_iter().find(is_new) {
            return Some((place, lines));
        }
    }
    None
}

/// The visits that somebody who waits could have now, in the order of their starts, each with the price it would have. None begins before
/// its offer would end.
#[must_use]
pub fn free_visits(view: &View, store: &Store, entry: &WaitlistEntry, audience: Audience, now: Timestamp) -> Vec<Vec<RequestedLine>> {
    let starts = TimeRange { start: entry.starts.start.max(now.plus_minutes(OFFER_MINUTES)), end: entry.starts.end };
    if starts.is_empty() {
        return Vec::new();
    }
    let request = VisitRequest { store: store.id, lines: entry.services.clone(), starts, audience, moving: None };
    let prices: Vec<Option<Price>> = entry.services.iter().map(|wanted| lowest_price(view, store, wanted, audience)).collect();
    let Ok(openings) = search_at_prices(view, &request, &prices, now) else { return Vec::new() };
    let visit = |start| Some(requested(view, store, entry, &openings.lines_at(start)?));
    openings.starts().filter_map(visit).collect()
}

/// "Anybody" is somebody of the lowest price; who is asked for may cost anything.
fn lowest_price(view: &View, store: &Store, wanted: &RequestedService, audience: Audience) -> Option<Price> {
    if wanted.staff_preference.is_requested() {
        return None;
    }
    let service = view.catalogue.services.get(&wanted.service)?;
    bands::prices_for(view, store.id, (service, wanted.staff_preference), audience).first().copied()
}

fn requested(view: &View, store: &Store, entry: &WaitlistEntry, lines: &[OpeningLine]) -> Vec<RequestedLine> {
    let line = |(wanted, opening): (&RequestedService, &OpeningLine)| RequestedLine {
        service: wanted.service,
        subject: entry.subject.clone(),
        payer: None,
        staff_preference: wanted.staff_preference,
        starts_at: opening.starts_at,
        seen_price: view.menu_price(store.id, wanted.service, Some(opening.staff)).flatten(),
    };
    entry.services.iter().zip(lines).map(line).collect()
}

/// The time that a visit would take at most.
fn range_of(view: &View, store: &Store, lines: &[RequestedLine]) -> TimeRange {
    let minutes = |line: &RequestedLine| {
        let service = view.catalogue.services.get(&line.service);
        let staff = line.staff_preference.person().and_then(|id| view.catalogue.staff.get(&id));
        match (service, staff) {
            (Some(service), Some(staff)) => i64::from(total_minutes(&service.parts_with(staff, store.id))),
            (service, _) => service.map_or(0, crate::service::Service::longest_minutes),
        }
    };
    let ranges = lines.iter().map(|line| TimeRange::starting(line.starts_at, minutes(line)));
    ranges.reduce(|all, range| all.hull(&range)).unwrap_or(TimeRange { start: Timestamp(0), end: Timestamp(0) })
}
