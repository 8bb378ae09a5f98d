//! From the time that is taken in a store to what can be booked there: the same engine as on a phone, over busy days.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::booking::{Alternative, Booking, StaffWish};
use shared::id::{ResourceId, StoreId};
use shared::money::Price;
use shared::openings::{Audience, BusyDay, Openings, Query, Taken, Wanted, busy_day, search, search_at_prices};
use shared::refusal::Refusal;
use shared::time::{DAY, TimeRange, Timestamp};
use shared::view::{Catalogue, View};
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

/// A time somebody wished for and cannot have.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Store.
    pub store: StoreId,
    /// Services with their wishes, in order.
    pub lines: Vec<Wanted>,
    /// Start.
    pub at: Timestamp,
    /// Who asks.
    pub audience: Audience,
    /// What the lines cost on the screen, where anybody may do them for that and nobody was to cost more. Empty: at any price.
    pub prices: Vec<Option<Price>>,
    /// The booking that is to move, if there is one: its lines keep their distances and, for members, their prices.
    pub moving: Option<Booking>,
    /// The store has taken a promise back: some time must be found.
    pub is_owed: bool,
}

/// Up to three openings near a wish, in the time that `overlay` leaves of what is stored.
///
/// # Errors
/// Of the database; a wish that cannot be searched has no openings.
pub async fn alternatives(
    state: &AppState,
    connection: &mut PgConnection,
    catalogue: &Arc<Catalogue>,
    wish: &Wish,
    overlay: impl Fn(&[Taken]) -> Vec<Taken>,
    now: Timestamp,
) -> sqlx::Result<Vec<Alternative>> {
    if wish.lines.is_empty() || wish.at.0.abs_diff(now.0) > FURTHEST.unsigned_abs() {
        return Ok(Vec::new());
    }
    let from = wish.at.plus_minutes(-1440).max(now);
    let view = view_from(state, connection, catalogue, wish, &overlay, (from, SEARCH_DAYS[1])).await?;
    let mut found = Vec::new();
    for days in SEARCH_DAYS {
        found = nearest(&view, wish, during(from, days), now).unwrap_or_default();
        if found.len() >= ALTERNATIVES {
            break;
        }
    }
    if found.is_empty() && wish.is_owed {
        let view = view_from(state, connection, catalogue, wish, &overlay, (from, OWED_DAYS)).await?;
        let eased = easings(wish).into_iter();
        found = eased
            .filter_map(|wish| nearest(&view, &wish, during(from, OWED_DAYS), now).ok())
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
    wish: &Wish,
    overlay: &impl Fn(&[Taken]) -> Vec<Taken>,
    (from, days): (Timestamp, i64),
) -> sqlx::Result<View> {
    let first_day = Timestamp(i64::from(from.utc_day() - 1) * DAY);
    let range = TimeRange { start: first_day, end: Timestamp(first_day.0 + (days + 4) * DAY) };
    let (_, stored) = state.times.taken(connection, wish.store, range).await?;
    let taken = overlay(&stored);
    let mut view = view_of(Arc::clone(catalogue), wish.store, taken.iter(), range);
    // Its own time is not among what is taken.
    let moving = wish.moving.iter().map(|booking| Booking { occupancy: Vec::new(), ..booking.clone() });
    view.bookings.extend(moving.map(|booking| (booking.id, booking)));
    Ok(view)
}

fn during(from: Timestamp, days: i64) -> TimeRange {
    TimeRange { start: from, end: Timestamp(from.0 + days * DAY) }
}

/// The same wish for longer; then also what is not for everybody to book, at whatever price in the menu, since the agreed one holds; then
/// with somebody else. These are offers: the guest sees who it would be, and says yes or no. A wish for a man or a woman is never eased.
fn easings(wish: &Wish) -> [Wish; 3] {
    let by_the_store = Wish { audience: Audience::Desk, ..wish.clone() };
    let with_anybody = |line: &Wanted| Wanted { wish: if line.wish.is_requested() { StaffWish::Any } else { line.wish }, ..*line };
    let by_anybody = Wish { lines: wish.lines.iter().map(with_anybody).collect(), ..by_the_store.clone() };
    [wish.clone(), by_the_store, by_anybody]
}

fn nearest(view: &View, wish: &Wish, starts: TimeRange, now: Timestamp) -> Result<Vec<Alternative>, Refusal> {
    let query = |audience| Query {
        store: wish.store,
        lines: wish.lines.clone(),
        starts,
        audience,
        moving: wish.moving.as_ref().map(|booking| booking.id),
    };
    let found: Openings = match search(view, &query(wish.audience), now) {
        // What the desk booked although it is not offered online still gets other times.
        Err(Refusal::NotOnline) => search(view, &query(Audience::Desk), now)?,
        Ok(_) if !wish.prices.is_empty() => search_at_prices(view, &query(wish.audience), &wish.prices, now)?,
        found => found?,
    };
    Ok(found.nearest(wish.at, ALTERNATIVES))
}
