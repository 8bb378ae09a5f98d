//! What takes an edit of a visit back. Pure.

use shared::booking::{Booking, Line};
use shared::command::{ChangeVisit, Command};
use shared::line_change::{LineChange, SeenLine};

/// The edit that makes of `after` what was `before`; `lines` are those that led from one to the other. A visit that held no time has
/// nowhere to go back to.
#[must_use]
pub fn change_back(before: &Booking, after: &Booking, lines: &[LineChange]) -> Option<Command> {
    if before.occupancy.is_empty() {
        return None;
    }
    let back = |(number, line): (u8, &Line)| {
        let place = lines.iter().position(|change| change.was.is_some_and(|was| was.number == number));
        let now = place.and_then(|place| Some((u8::try_from(place).ok()?, after.lines.get(place)?)));
        LineChange {
            was: now.map(|(number, now)| SeenLine { number, service: now.service, price: now.price }),
            service: line.service,
            subject: line.subject.clone(),
            payer: line.payer,
            staff_preference: line.staff_preference,
            staff: line.staff,
            minutes: Some(line.parts.iter().map(|part| part.minutes).collect()),
            seen_price: line.price,
            is_own_price: true,
            is_beside: false,
        }
    };
    Some(Command::ChangeVisit(ChangeVisit {
        store: before.store,
        booking: before.id,
        lines_seen: u8::try_from(after.lines.len()).ok()?,
        lines: (0u8..).zip(&before.lines).map(back).collect(),
        starts_at: first_start(before).filter(|start| first_start(after) != Some(*start)),
        note: (before.note != after.note).then(|| before.note.clone()),
        override_reason: None,
    }))
}

fn first_start(booking: &Booking) -> Option<shared::time::Timestamp> {
    booking.lines.iter().map(|line| line.starts_at).min()
}
