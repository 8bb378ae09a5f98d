//! Which of the times that were offered for a booking can still be had. Pure.

use shared::booking::{Alternative, Booking};
use shared::openings::why_not;
use shared::staff_preference::StaffPreference;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService, VisitRequest};

/// Offers that lie ahead and that nobody has taken since, as far as this tablet knows.
#[must_use]
pub fn still_free<'a>(view: &View, booking: &'a Booking, now: Timestamp) -> Vec<&'a Alternative> {
    booking.alternatives.iter().filter(|offer| offer.starts_at > now && is_free(view, booking, offer, now)).collect()
}

fn is_free(view: &View, booking: &Booking, offer: &Alternative, now: Timestamp) -> bool {
    let wanted = |(place, line): (usize, &shared::booking::Line)| RequestedService {
        service: line.service,
        staff_preference: offer.staff.get(place).map_or(line.staff_preference, |staff| StaffPreference::Requested(*staff)),
    };
    let query = VisitRequest {
        store: booking.store,
        lines: booking.lines.iter().enumerate().map(wanted).collect(),
        starts: TimeRange::starting(offer.starts_at, 1),
        audience: Audience::Desk,
        moving: Some(booking.id),
    };
    why_not(view, &query, offer.starts_at, now).is_none()
}
