//! Zones change by law: a store's table is renewed, and no promise moves silently. The instants stay; where the clock on the wall will show
//! another time than was promised, a person must call.

use super::Desk;
use crate::attention::AttentionKind;
use crate::booking::{Booking, State};
use crate::command::RenewZone;
use crate::decision::{Change, Decision};
use crate::refusal::Refusal;
use crate::role::Principal;

pub(super) fn renew(desk: Desk<'_>, command: &RenewZone) -> Result<Decision, Refusal> {
    if desk.context.actor.principal != Principal::System {
        return Err(Refusal::NotAllowed);
    }
    let current = desk.store(command.store)?;
    if current.zone.name != command.zone.name || !command.zone.is_sound() {
        return Err(Refusal::Invalid { field: "zone".into() });
    }
    if current.zone == command.zone {
        return Ok(Decision::default());
    }
    desk.view.must_cover(current.id, command.ahead)?;
    let mut shifted: Vec<AttentionKind> = Vec::new();
    for booking in desk.view.bookings.values().filter(|booking| booking.store == current.id && is_promised(booking)) {
        let minutes = current.zone.shift_minutes(&command.zone, booking.starts_at);
        if booking.starts_at >= command.ahead.start && minutes != 0 {
            shifted.push(AttentionKind::ClockShifted { booking: booking.id, minutes });
        }
    }
    let mut store = current.clone();
    store.zone = command.zone.clone();
    let mut changes = vec![Change::put(store)];
    changes.extend(desk.attention(current.id, shifted));
    Ok(Decision { changes, ..Decision::default() })
}

fn is_promised(booking: &Booking) -> bool {
    matches!(booking.state, State::Requested | State::Confirmed { .. } | State::Displaced { .. })
}
