//! From the time that is taken in a store to what can be booked there: the same engine as on a phone, over busy days.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::booking::{Alternative, Booking};
use shared::busy_day::{BusyDay, Taken, busy_day};
use shared::id::{ResourceId, StoreId};
use shared::money::Price;
use shared::openings::{Openings, search, search_at_prices};
use shared::record::Catalogue;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::{DAY, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService, VisitRequest};
use sqlx::PgConnection;

use crate::state::AppState;
use crate::utc_days::days_of;

/// Alternatives are looked for in so many days first, then in more.
const SEARCH_DAYS: [i64; 2] = [3, 14];
/// Whom the store owes a time, and who has none within these, is looked after for so many.
const OWED_DAYS: i64 = 60;
/// So many are offered.
const ALTERNATIVES: usize = 3;
/// What lies further from now than this is not searched.
const FURTHEST: i64 = 400 * DAY;

/// Taken time by resource and UTC day.
fn by_day<'a>(taken: impl Iterator<Item = &'a Taken>, within: TimeRange) -> BTreeMap<(ResourceId, i32), Vec<Taken>> {
    let mut days: BTreeMap<(ResourceId, i32), Vec<Taken>> = BTreeMap::new();
    for taken in taken {
        let inside = TimeRange { start: taken.range.start.max(within.start), end: taken.range.end.min(within.end) };
        if !inside.is_empty() {
            days_of(inside).for_each(|day| days.entry((taken.resource, day)).or_default().push(*taken));
        }
    }
    days
}

/// A view that knows the catalogue and what is taken within a range, as a phone does.
pub fn view_of<'a>(catalogue: Arc<Catalogue>, store: StoreId, taken: impl Iterator<Item = &'a Taken>, within: TimeRange) -> View {
    let days = by_day(taken, within).into_iter();
    let mut view = View::of(catalogue);
    view.busy = days.map(|((resource, day), taken)| ((resource, day), busy_day(store, resource, day, &taken))).collect();
    view.known.catalogue = true;
    view
}

/// The busy masks of some resources and days.
#[must_use]
pub fn busy_days(store: StoreId, wanted: &[(ResourceId, i32)], taken: &[Taken], within: TimeRange) -> Vec<BusyDay> {
    let days = by_day(taken.iter(), within);
    let taken = |wanted: &(ResourceId, i32)| days.get(wanted).map_or(&[][..], Vec::as_slice);
    wanted.iter().map(|wanted| busy_day(store, wanted.0, wanted.1, taken(wanted))).collect()
}

/// A visit that cannot be had at the time that was asked for.
#[derive(Clone, Debug)]
pub struct RefusedRequest {
    /// What was asked for; its starts begin with the one that was wanted.
    pub request: VisitRequest,
    /// What the lines cost on the screen, where anybody may do them for that and nobody was to cost more. Empty: at any price.
    pub prices: Vec<Option<Price>>,
    /// The booking that is to move, if there is one: its lines keep their distances and, for members, their prices.
    pub moving: Option<Booking>,
    /// The store has taken a promise back: some time must be found.
    pub is_owed: bool,
}

impl RefusedRequest {
    fn at(&self) -> Timestamp {
        self.request.starts.start
    }
}

/// Up to three openings near what was refused, in the time that `overlay` leaves of what is stored.
///
/// # Errors
/// Of the database; what cannot be searched has no openings.
pub async fn alternatives(
    state: &AppState,
    connection: &mut PgConnection,
    catalogue: &Arc<Catalogue>,
    refused: &RefusedRequest,
    overlay: impl Fn(&[Taken]) -> Vec<Taken>,
    now: Timestamp,
) -> sqlx::Result<Vec<Alternative>> {
    if refused.request.lines.is_empty() || refused.at().0.abs_diff(now.0) > FURTHEST.unsigned_abs() {
        return Ok(Vec::new());
    }
    let from = refused.at().plus_minutes(-1440).max(now);
    let view = view_from(state, connection, catalogue, refused, &overlay, (from, SEARCH_DAYS[1])).await?;
    let mut found = Vec::new();
    for days in SEARCH_DAYS {
        found = nearest(&view, refused, during(from, days), now).unwrap_or_default();
        if found.len() >= ALTERNATIVES {
            break;
        }
    }
    if found.is_empty() && refused.is_owed {
        let view = view_from(state, connection, catalogue, refused, &overlay, (from, OWED_DAYS)).await?;
        let eased = easings(refused).into_iter();
        found = eased
            .filter_map(|refused| nearest(&view, &refused, during(from, OWED_DAYS), now).ok())
            .find(|near| !near.is_empty())
            .unwrap_or_default();
    }
    Ok(found)
}

/// What a phone would know of a store for so many days.
async fn view_from(
    state: &AppState,
    connection: &mut PgConnection,
    catalogue: &Arc<Catalogue>,
    refused: &RefusedRequest,
    overlay: &impl Fn(&[Taken]) -> Vec<Taken>,
    (from, days): (Timestamp, i64),
) -> sqlx::Result<View> {
    let first_day = Timestamp(i64::from(from.utc_day() - 1) * DAY);
    let range = TimeRange { start: first_day, end: Timestamp(first_day.0 + (days + 4) * DAY) };
    let (_, stored) = state.times.taken(connection, refused.request.store, range).await?;
    let taken = overlay(&stored);
    let mut view = view_of(Arc::clone(catalogue), refused.request.store, taken.iter(), range);
    // Its own time is not among what is taken.
    let moving = refused.moving.iter().map(|booking| Booking { occupancy: Vec::new(), ..booking.clone() });
    view.bookings.extend(moving.map(|booking| (booking.id, booking)));
    Ok(view)
}

fn during(from: Timestamp, days: i64) -> TimeRange {
    TimeRange { start: from, end: Timestamp(from.0 + days * DAY) }
}

/// The same for longer; then also what is not for everybody to book, at whatever price in the menu, since the agreed one holds; then
/// with somebody else. These are offers: the guest sees who it would be, and says yes or no. A man or a woman that was asked for stays one.
fn easings(refused: &RefusedRequest) -> [RefusedRequest; 3] {
    let eased = |request| RefusedRequest { request, ..refused.clone() };
    let by_the_store = VisitRequest { audience: Audience::Desk, ..refused.request.clone() };
    let with_anybody = |line: &RequestedService| match line.staff_preference {
        StaffPreference::Requested(_) => RequestedService { staff_preference: StaffPreference::Any, ..*line },
        _ => *line,
    };
    let by_anybody = VisitRequest { lines: by_the_store.lines.iter().map(with_anybody).collect(), ..by_the_store.clone() };
    [refused.clone(), eased(by_the_store), eased(by_anybody)]
}

fn nearest(view: &View, refused: &RefusedRequest, starts: TimeRange, now: Timestamp) -> Result<Vec<Alternative>, Refusal> {
    let request = VisitRequest { starts, ..refused.request.clone() };
    let found: Openings = match search(view, &request, now) {
        // What the desk booked although it is not offered online still gets other times.
        Err(Refusal::NotOnline) => search(view, &VisitRequest { audience: Audience::Desk, ..request }, now)?,
        Ok(_) if !refused.prices.is_empty() => search_at_prices(view, &request, &refused.prices, now)?,
        found => found?,
    };
    Ok(found.nearest(refused.at(), ALTERNATIVES))
}
