//! Which openings to look for when somebody cannot have the time they wished: advice, never part of a decision.

use shared::booking::{Booking, Line};
use shared::command::Command;
use shared::id::{BookingId, StoreId};
use shared::refusal::Refusal;
use shared::role::Channel;
use shared::time::{TimeRange, Timestamp};
use shared::view::{Found, View};
use shared::visit_request::{Audience, NewPreference, RequestedLine, RequestedService, VisitRequest};

use crate::openings::RefusedRequest;

/// What to look for after a refusal; `None` where other times are no help.
pub(crate) fn request_of(command: &Command, refusal: &Refusal, channel: Channel, view: &View) -> Option<RefusedRequest> {
    if !refusal.is_about_time() {
        return None;
    }
    let audience = if channel == Channel::MemberApp { Audience::Online } else { Audience::Desk };
    match command {
        Command::Hold(c) => visit(c.store, &c.lines, audience),
        Command::Book(c) => visit(c.store, &c.lines, audience),
        Command::SeatWalkIn(c) => visit(c.store, &c.lines, audience),
        Command::Move(c) => moved(view, c.store, c.booking, c.starts_at, &c.staff_preferences, audience),
        Command::AcceptAlternative(c) => moved(view, c.store, c.booking, c.starts_at, &[], audience),
        Command::CheckIn(c) => moved(view, c.store, c.booking, Timestamp(0), &[], audience),
        _ => None,
    }
}

/// What to look for when a booking had to give way: the store owes them a time.
pub(crate) fn request_of_displaced(booking: &Booking) -> RefusedRequest {
    let audience = if booking.channel == Channel::MemberApp { Audience::Online } else { Audience::Desk };
    RefusedRequest { is_owed: true, ..of_booking(booking, booking.starts_at, &[], audience) }
}

fn visit(store: StoreId, lines: &[RequestedLine], audience: Audience) -> Option<RefusedRequest> {
    let at = lines.iter().map(|line| line.starts_at).min()?;
    // A member who asked for anybody was shown a price; the desk can say what another one costs.
    let is_bound = |line: &RequestedLine| audience == Audience::Online && !line.staff_preference.is_requested();
    let prices = lines.iter().map(|line| is_bound(line).then_some(line.seen_price)).collect();
    let lines = lines.iter().map(RequestedLine::requested).collect();
    let request = VisitRequest { store, lines, starts: TimeRange::starting(at, 0), audience, moving: None };
    Some(RefusedRequest { request, prices, moving: None, is_owed: false })
}

fn moved(
    view: &View,
    store: StoreId,
    booking: BookingId,
    at: Timestamp,
    preferences: &[Option<NewPreference>],
    audience: Audience,
) -> Option<RefusedRequest> {
    match view.booking(store, booking) {
        Found::Known(booking) => Some(of_booking(booking, if at.0 == 0 { booking.starts_at } else { at }, preferences, audience)),
        Found::Absent | Found::Unknown => None,
    }
}

fn of_booking(booking: &Booking, at: Timestamp, preferences: &[Option<NewPreference>], audience: Audience) -> RefusedRequest {
    let requested = |(number, line): (usize, &Line)| RequestedService {
        service: line.service,
        staff_preference: preferences.get(number).copied().flatten().map_or(line.staff_preference, |new| new.staff_preference),
    };
    let lines = booking.lines.iter().enumerate().map(requested).collect();
    let starts = TimeRange::starting(at, 0);
    let request = VisitRequest { store: booking.store, lines, starts, audience, moving: Some(booking.id) };
    RefusedRequest { request, prices: Vec::new(), moving: Some(booking.clone()), is_owed: false }
}
