//! A visit that moves: what it says to the store, and what it costs then. Pure, by the rule that the server decides with.

use shared::booking::Booking;
use shared::id::StaffId;
use shared::money::Price;
use shared::placement::moved;
use shared::staff_preference::StaffPreference;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::NewPreference;

use super::find::{Search, total};

/// A visit once it has moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// What the command says of each line.
    pub staff_preferences: Vec<Option<NewPreference>>,
    /// The whole price.
    pub price: Price,
}

/// The visit of a search from a start on; `None` when it does not fit, or is not known here.
pub fn at(view: &View, search: &Search, start: Timestamp, now: Timestamp) -> Option<Moved> {
    let booking = booking(view, search)?;
    let found = search.within(view, TimeRange::starting(start, 1), now)?.lines_at(start)?;
    let staff: Vec<StaffId> = found.into_iter().map(|line| line.staff).collect();
    let staff_preferences = moved::new_preferences(view, booking, &search.query(view, TimeRange::starting(start, 1)), &staff);
    let prices = booking.lines.iter().zip(&staff).map(|(line, staff)| moved::price_with(view, booking.store, line, *staff));
    Some(Moved { price: total(prices), staff_preferences })
}

/// What one line costs with a wish, whatever the time.
pub fn price_of(view: &View, search: &Search, place: usize, staff_preference: StaffPreference) -> Price {
    let booking = booking(view, search)?;
    let mut asked = search.clone();
    if let Some(own) = asked.each.get_mut(place) {
        *own = staff_preference;
    }
    let staff_preferences = moved::new_preferences(view, booking, &asked.query(view, TimeRange::starting(booking.starts_at, 1)), &[]);
    let new = staff_preferences.get(place).copied().flatten().map(|staff_preference| staff_preference.seen_price);
    new.or_else(|| booking.lines.get(place).map(|line| line.price)).flatten()
}

fn booking<'a>(view: &'a View, search: &Search) -> Option<&'a Booking> {
    view.bookings.get(&search.moving?)
}
