//! Which openings to look for when somebody cannot have the time they wished: advice, never part of a decision.

use shared::booking::{Booking, Line};
use shared::command::{Command, NewLine, NewWish};
use shared::id::{BookingId, StoreId};
use shared::openings::{Audience, Wanted};
use shared::refusal::Refusal;
use shared::role::Channel;
use shared::time::Timestamp;
use shared::view::{Found, View};

use crate::openings::Wish;

/// What to look for after a refusal; `None` where other times are no help.
pub(crate) fn wish_of(command: &Command, refusal: &Refusal, channel: Channel, view: &View) -> Option<Wish> {
    if !refusal.is_about_time() {
        return None;
    }
    let audience = if channel == Channel::MemberApp { Audience::Online } else { Audience::Desk };
    match command {
        Command::Hold(c) => visit(c.store, &c.lines, audience),
        Command::Book(c) => visit(c.store, &c.lines, audience),
        Command::SeatWalkIn(c) => visit(c.store, &c.lines, audience),
        Command::Move(c) => moved(view, c.store, c.booking, c.starts_at, &c.wishes, audience),
        Command::AcceptAlternative(c) => moved(view, c.store, c.booking, c.starts_at, &[], audience),
        Command::CheckIn(c) => moved(view, c.store, c.booking, Timestamp(0), &[], audience),
        _ => None,
    }
}

/// What to look for when a booking had to give way: the store owes them a time.
pub(crate) fn wish_of_displaced(booking: &Booking) -> Wish {
    let audience = if booking.channel == Channel::MemberApp { Audience::Online } else { Audience::Desk };
    Wish { is_owed: true, ..of_booking(booking, booking.starts_at, &[], audience) }
}

fn visit(store: StoreId, lines: &[NewLine], audience: Audience) -> Option<Wish> {
    let at = lines.iter().map(|line| line.starts_at).min()?;
    // A member who asked for anybody was shown a price; the desk can say what another one costs.
    let price = |line: &NewLine| (audience == Audience::Online && !line.wish.is_requested()).then_some(line.seen_price);
    let prices = lines.iter().map(price).collect();
    let lines = lines.iter().map(|line| Wanted { service: line.service, wish: line.wish }).collect();
    Some(Wish { store, lines, at, audience, prices, moving: None, is_owed: false })
}

fn moved(view: &View, store: StoreId, booking: BookingId, at: Timestamp, wishes: &[Option<NewWish>], audience: Audience) -> Option<Wish> {
    match view.booking(store, booking) {
        Found::Known(booking) => Some(of_booking(booking, if at.0 == 0 { booking.starts_at } else { at }, wishes, audience)),
        Found::Absent | Found::Unknown => None,
    }
}

fn of_booking(booking: &Booking, at: Timestamp, wishes: &[Option<NewWish>], audience: Audience) -> Wish {
    let wanted = |(number, line): (usize, &Line)| Wanted {
        service: line.service,
        wish: wishes.get(number).copied().flatten().map_or(line.wish, |new| new.wish),
    };
    Wish {
        store: booking.store,
        lines: booking.lines.iter().enumerate().map(wanted).collect(),
        at,
        audience,
        prices: Vec::new(),
        moving: Some(booking.clone()),
        is_owed: false,
    }
}
