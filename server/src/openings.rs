//! From the time that is taken in a store to what can be booked there: the same engine as on a phone, over busy days.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::booking::{Alternative, Booking};
use shared::id::{BookingId, StaffId, StoreId};
use shared::openings::{Audience, Openings, Query, Taken, Wanted, busy_day, search};
use shared::refusal::Refusal;
use shared::time::{DAY, TimeRange, Timestamp};
use shared::view::{BusyDay, Catalogue, Known, View};
use sqlx::PgConnection;

use crate::state::AppState;

/// Alternatives are looked for in so many days first, then in more.
const SEARCH_DAYS: [i64; 2] = [3, 14];
/// So many are offered.
const ALTERNATIVES: usize = 3;
/// What lies further from now than this is not searched.
const FURTHEST: i64 = 400 * DAY;
/// No single stretch of taken time is cut into more days than this.
const MOST_DAYS: i32 = 400;

/// The UTC days a range touches; of endless ranges only the first ones.
pub fn days_of(range: TimeRange) -> impl Iterator<Item = i32> {
    let first = range.start.utc_day();
    let last = Timestamp(range.end.0.saturating_sub(1).max(range.start.0)).utc_day();
    first..=last.min(first.saturating_add(MOST_DAYS))
}

/// Taken time by staff member and UTC day.
fn by_day<'a>(taken: impl Iterator<Item = &'a Taken>, within: TimeRange) -> BTreeMap<(StaffId, i32), Vec<Taken>> {
    let mut days: BTreeMap<(StaffId, i32), Vec<Taken>> = BTreeMap::new();
    for taken in taken {
        let inside = TimeRange { start: taken.range.start.max(within.start), end: taken.range.end.min(within.end) };
        if !inside.is_empty() {
            days_of(inside).for_each(|day| days.entry((taken.staff, day)).or_default().push(*taken));
        }
    }
    days
}

/// A view that knows the catalogue and what is taken within a range, as a phone does.
pub fn view_of<'a>(catalogue: Arc<Catalogue>, store: StoreId, taken: impl Iterator<Item = &'a Taken>, within: TimeRange) -> View {
    let days = by_day(taken, within).into_iter();
    let busy = days.map(|((staff, day), taken)| ((staff.into(), day), busy_day(store, staff, day, &taken))).collect();
    View { catalogue, busy, known: Known { catalogue: true, ..Known::default() }, ..View::default() }
}

/// The busy masks of some staff and days.
#[must_use]
pub fn busy_days(store: StoreId, wanted: &[(StaffId, i32)], taken: &[Taken], within: TimeRange) -> Vec<BusyDay> {
    let days = by_day(taken.iter(), within);
    let of = |(staff, day): &(StaffId, i32)| busy_day(store, *staff, *day, days.get(&(*staff, *day)).map_or(&[][..], Vec::as_slice));
    wanted.iter().map(of).collect()
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
    /// The booking that is to move, if there is one.
    pub moving: Option<BookingId>,
    /// The same as it is, where it may only go to people of its price.
    pub at_its_price: Option<Booking>,
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
    let first_day = Timestamp(i64::from(from.utc_day() - 1) * DAY);
    let range = TimeRange { start: first_day, end: Timestamp(first_day.0 + 18 * DAY) };
    let (_, stored) = state.times.taken(connection, wish.store, range).await?;
    let taken = overlay(&stored);
    let mut view = view_of(Arc::clone(catalogue), wish.store, taken.iter(), range);
    view.bookings.extend(wish.at_its_price.iter().map(|booking| (booking.id, booking.clone())));
    let mut found = Vec::new();
    for days in SEARCH_DAYS {
        let starts = TimeRange { start: from, end: Timestamp(from.0 + days * DAY) };
        found = nearest(&view, wish, starts, now).unwrap_or_default();
        if found.len() >= ALTERNATIVES {
            break;
        }
    }
    Ok(found)
}

fn nearest(view: &View, wish: &Wish, starts: TimeRange, now: Timestamp) -> Result<Vec<Alternative>, Refusal> {
    let query = |audience| Query { store: wish.store, lines: wish.lines.clone(), starts, audience, moving: wish.moving };
    let found: Openings = match search(view, &query(wish.audience), now) {
        // What the desk booked although it is not offered online still gets other times.
        Err(Refusal::NotOnline) => search(view, &query(Audience::Desk), now)?,
        found => found?,
    };
    Ok(found.nearest(wish.at, ALTERNATIVES))
}
