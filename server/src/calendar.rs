//! A booking as a calendar file (B6). Calendars know an event again by its id and replace it when its sequence has risen; a visit that will
//! not take place is marked cancelled, so that a second download takes it out.

use chrono::TimeDelta;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Property};
use shared::booking::{Booking, State};
use shared::name::Language;
use shared::placement::binding;
use shared::record::Catalogue;
use shared::time::{DAY, LocalDate, MINUTE, Timestamp};

/// How long before the visit the calendar reminds.
const REMIND_BEFORE: TimeDelta = TimeDelta::hours(2);

/// The file of one booking.
#[must_use]
pub fn file(booking: &Booking, catalogue: &Catalogue, language: Language) -> String {
    let store = catalogue.stores.get(&booking.store);
    let place = store.map(|store| format!("{} {}", store.name.get(language), store.address)).unwrap_or_default();
    let summary = summary(booking, catalogue, language);
    let changed = booking.history.last().map_or(booking.made_at, |step| step.at);
    let mut event = Event::new();
    event
        .uid(&format!("{}@huiyue", booking.id))
        .summary(&summary)
        .location(place.trim())
        .status(status(booking))
        .sequence(booking.version)
        .add_property("DTSTAMP", instant(changed))
        .add_property("LAST-MODIFIED", instant(changed))
        .add_property("DTSTART", instant(booking.starts_at))
        .add_property("DTEND", instant(booking.ends_at));
    if event.get_status() == Some(EventStatus::Confirmed) {
        event.alarm(Alarm::display(&summary, -REMIND_BEFORE));
    }
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.push(event.done());
    calendar.to_string()
}

fn status(booking: &Booking) -> EventStatus {
    match booking.state {
        State::Held { .. } | State::Requested | State::Waiting { .. } => EventStatus::Tentative,
        State::Confirmed { .. } | State::CheckedIn { .. } | State::InService { .. } | State::Completed { .. } => EventStatus::Confirmed,
        _ => EventStatus::Cancelled,
    }
}

/// `精剪 · 阿杰`
fn summary(booking: &Booking, catalogue: &Catalogue, language: Language) -> String {
    let services = booking.lines.iter().filter_map(|line| catalogue.services.get(&line.service)).map(|service| service.name.get(language));
    let told = booking.lines.iter().filter_map(|line| binding::told_staff(catalogue, booking, line));
    let mut staff: Vec<&str> = told.filter_map(|staff| catalogue.staff.get(&staff)).map(|staff| staff.name.get(language)).collect();
    staff.dedup();
    let what = services.collect::<Vec<_>>().join(if language == Language::Chinese { "、" } else { ", " });
    if staff.is_empty() { what } else { format!("{what} · {}", staff.join(" + ")) }
}

/// `20261121T063000Z`
fn instant(at: Timestamp) -> String {
    let minute = at.0.rem_euclid(DAY) / MINUTE;
    let date = LocalDate(at.utc_day()).to_string().replace('-', "");
    format!("{date}T{:02}{:02}00Z", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_reads_instants_in_utc() {
        assert_eq!(instant(Timestamp(1_795_242_600_000)), "20261121T063000Z");
    }
}
