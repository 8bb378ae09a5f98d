//! Which of the times that were offered for a booking can still be had. Pure.

use shared::booking::{Alternative, Booking, StaffWish};
use shared::openings::{Audience, Query, Wanted, why_not};
use shared::time::{TimeRange, Timestamp};
use shared::view::View;

/// Offers that lie ahead and that nobody has taken since, as far as this tablet knows.
#[must_use]
pub fn still_free<'a>(view: &View, booking: &'a Booking, now: Timestamp) -> Vec<&'a Alternative> {
    booking.alternatives.iter().filter(|offer| offer.starts_at > now && is_free(view, booking, offer, now)).collect()
}

fn is_free(view: &View, booking: &Booking, offer: &Alternative, now: Timestamp) -> bool {
    let wanted = |(place, line): (usize, &shared::booking::Line)| Wanted {
        service: line.service,
        wish: offer.staff.get(place).map_or(line.wish, |staff| StaffWish::Requested(*staff)),
    };
    let query = Query {
        store: booking.store,
        lines: booking.lines.iter().enumerate().map(wanted).collect(),
        starts: TimeRange::starting(offer.starts_at, 1),
        audience: Audience::Desk,
        moving: Some(booking.id),
    };
    why_not(view, &query, offer.starts_at, now).is_none()
}
