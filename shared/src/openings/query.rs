//! What a search for a visit looks at.

use std::borrow::Cow;

use crate::agreed;
use crate::booking::Booking;
use crate::id::{ServiceId, StoreId};
use crate::refusal::Refusal;
use crate::service::Service;
use crate::time::{LocalDate, TimeRange};
use crate::view::View;
use crate::visit_request::{Audience, RequestedService, VisitRequest};
use crate::zone::Zone;

/// The most lines one search looks at.
pub const MOST_LINES: usize = 20;

/// The most days one search looks at.
pub const MOST_SEARCH_DAYS: u16 = 62;

impl VisitRequest {
    /// One service on some local days of a store.
    #[must_use]
    pub fn days(store: StoreId, zone: &Zone, wanted: RequestedService, from: LocalDate, days: u16, audience: Audience) -> Self {
        let days = days.clamp(1, MOST_SEARCH_DAYS);
        let last = from.plus_days(i32::from(days) - 1);
        let starts = TimeRange { start: zone.day(from).start, end: zone.day(last).end };
        VisitRequest { store, lines: vec![wanted], starts, audience, moving: None }
    }

    /// What of the store's bookings and blocks a search looks at: whoever answers loads these.
    ///
    /// # Errors
    /// Those of [`crate::openings::search()`].
    pub fn reads(&self, view: &View) -> Result<TimeRange, Refusal> {
        let services = self.services(view)?;
        Ok(self.reach(&references(&services), &self.distances(view)))
    }

    /// The services of the lines, in order; of a visit that moves as they were agreed.
    pub(super) fn services<'a>(&self, view: &'a View) -> Result<Vec<Cow<'a, Service>>, Refusal> {
        if self.lines.is_empty() || self.lines.len() > MOST_LINES {
            return Err(Refusal::Invalid { field: "lines".into() });
        }
        let moving = self.moving.and_then(|id| view.bookings.get(&id));
        let agreed =
            |number: usize, service: ServiceId| moving.and_then(|booking| booking.lines.get(number)).filter(|line| line.service == service);
        let service = |(number, line): (usize, &RequestedService)| {
            let service = view.service(line.service).or_refuse("service")?;
            match agreed(number, service.id) {
                Some(line) => Ok(agreed::service_of(view, self.store, line, service)),
                None if service.active => Ok(Cow::Borrowed(service)),
                None => Err(Refusal::NotFound { kind: "service".into() }),
            }
        };
        self.lines.iter().enumerate().map(service).collect()
    }

    /// By how many minutes each line of a booking that is to move begins after the first; empty where one simply follows the other.
    pub(super) fn distances(&self, view: &View) -> Vec<u32> {
        let moving = self.moving.and_then(|id| view.bookings.get(&id));
        let same = |booking: &&Booking| booking.lines.iter().map(|line| line.service).eq(self.lines.iter().map(|line| line.service));
        let Some(booking) = moving.filter(same).filter(|booking| !booking.is_in_a_row()) else { return Vec::new() };
        let first = booking.lines.iter().map(|line| line.starts_at).min().unwrap_or_default();
        booking.lines.iter().map(|line| u32::try_from(line.starts_at.minutes_since(first)).unwrap_or(0)).collect()
    }

    /// The time a visit within the starts can touch, whoever does it.
    pub(super) fn reach(&self, services: &[&Service], distances: &[u32]) -> TimeRange {
        let limit = self.starts.start.plus_minutes(i64::from(MOST_SEARCH_DAYS) * 1440);
        let longest: i64 = services.iter().map(|service| service.longest_minutes()).sum();
        let furthest = i64::from(distances.iter().copied().max().unwrap_or(0));
        TimeRange { start: self.starts.start, end: self.starts.end.min(limit).plus_minutes(longest + furthest) }
    }
}

/// Of what is borrowed or made for the occasion.
pub(super) fn references<'a>(services: &'a [Cow<'_, Service>]) -> Vec<&'a Service> {
    services.iter().map(AsRef::as_ref).collect()
}
