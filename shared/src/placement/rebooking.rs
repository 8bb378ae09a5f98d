//! Where a promise could go that its store cannot keep as it is: the same time with somebody else, or the nearest times. Never for more
//! than was agreed.

use crate::booking::{Booking, Line};
use crate::id::StaffId;
use crate::money::Price;
use crate::openings::bands::prices_for;
use crate::openings::{self, Openings};
use crate::placement::moved::new_preferences;
use crate::staff_preference::StaffPreference;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;
use crate::visit_request::{Audience, NewPreference, RequestedService, VisitRequest};

/// How far from its time another one is looked for.
const NEAR_DAYS: i64 = 7;
/// Other times at most.
const MOST_TIMES: usize = 2;
/// So many lower prices are looked at for somebody else at the same time.
const MOST_STEPS: usize = 4;

/// One way to keep the promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// When the visit begins.
    pub starts_at: Timestamp,
    /// Who would do its lines.
    pub staff: Vec<StaffId>,
    /// What a move says of the lines.
    pub staff_preferences: Vec<Option<NewPreference>>,
}

/// What could be done for a visit by what a view knows, the least change first; empty where nothing is free nearby.
#[must_use]
pub fn proposals(view: &View, booking: &Booking, now: Timestamp) -> Vec<Proposal> {
    let asked_for = |preference: fn(&Line) -> StaffPreference| {
        let wanted = |line: &Line| RequestedService { service: line.service, staff_preference: preference(line) };
        let near = TimeRange { start: booking.starts_at, end: booking.starts_at }.widened(NEAR_DAYS * 1440);
        VisitRequest {
            store: booking.store,
            lines: booking.lines.iter().map(wanted).collect(),
            starts: TimeRange { start: near.start.max(now), end: near.end },
            audience: Audience::Desk,
            moving: Some(booking.id),
        }
    };
    let own = asked_for(|line| line.staff_preference);
    let by_others = asked_for(|line| match line.staff_preference {
        StaffPreference::Requested(_) => StaffPreference::Any,
        other => other,
    });
    let at_that_time = |found: Openings| at(view, booking, (&by_others, &found), booking.starts_at);
    let steps = booking.lines.iter().zip(&by_others.lines).map(|(agreed, wanted)| bands(view, booking, (*wanted, agreed)).len()).max();
    let same_time =
        (0..steps.unwrap_or(0).clamp(1, MOST_STEPS)).find_map(|step| search(view, booking, (&by_others, step), now).and_then(at_that_time));
    let with_own = search(view, booking, (&own, 0), now).filter(|found| found.starts().next().is_some());
    let (request, found) = match with_own {
        Some(found) => (&own, Some(found)),
        None => (&by_others, search(view, booking, (&by_others, 0), now)),
    };
    let nearest = |found: Openings| {
        let times = found.nearest(booking.starts_at, MOST_TIMES + 1).into_iter().filter(|time| time.starts_at != booking.starts_at);
        times.filter_map(|time| at(view, booking, (request, &found), time.starts_at)).take(MOST_TIMES).collect::<Vec<_>>()
    };
    same_time.into_iter().chain(found.map(nearest).unwrap_or_default()).collect()
}

/// Openings at a price that is so many steps below the highest that may be asked.
fn search(view: &View, booking: &Booking, (request, step): (&VisitRequest, usize), now: Timestamp) -> Option<Openings> {
    let price = |(wanted, agreed): (&RequestedService, &Line)| price(view, booking, (*wanted, agreed), step);
    let prices: Vec<Option<Price>> = request.lines.iter().zip(&booking.lines).map(price).collect();
    openings::search_at_prices(view, request, &prices, now).ok()
}

/// What a line may cost: no more than with whoever was to do it. Steps go down the prices of others, to the lowest.
fn price(view: &View, booking: &Booking, (wanted, agreed): (RequestedService, &Line), step: usize) -> Option<Price> {
    let bands = bands(view, booking, (wanted, agreed));
    let lowest = bands.first().copied();
    bands.into_iter().rev().nth(step).or(lowest).or_else(|| view.menu_price(booking.store, agreed.service, agreed.staff))
}

/// The prices of a line that are no higher than with whoever was to do it, the lowest first.
fn bands(view: &View, booking: &Booking, (wanted, agreed): (RequestedService, &Line)) -> Vec<Price> {
    let own = view.menu_price(booking.store, agreed.service, agreed.staff);
    let Some((own, service)) = own.zip(view.catalogue.services.get(&agreed.service)) else { return Vec::new() };
    let mut bands = prices_for(view, booking.store, (service, wanted.staff_preference), Audience::Desk);
    bands.retain(|band| band.is_some() && *band <= own);
    bands
}

fn at(view: &View, booking: &Booking, (request, found): (&VisitRequest, &Openings), starts_at: Timestamp) -> Option<Proposal> {
    let staff: Vec<StaffId> = found.lines_at(starts_at)?.into_iter().map(|line| line.staff).collect();
    let staff_preferences = new_preferences(view, booking, request, &staff);
    Some(Proposal { starts_at, staff, staff_preferences })
}
