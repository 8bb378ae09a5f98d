//! Zones change by law: a store's table is renewed, and no promise moves silently. The instants stay; where the clock on the wall will show
//! another time than was promised, a person must call.

use serde::{Deserialize, Serialize};

use crate::attention::AttentionKind;
use crate::booking::{Booking, State};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::{Change, Decision};
use crate::id::StoreId;
use crate::refusal::Refusal;
use crate::time::TimeRange;
use crate::versioned::Versioned;
use crate::zone::Zone;

/// Newer data about a store's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewZone {
    /// Store.
    pub store: StoreId,
    /// The same zone, from newer data.
    pub zone: Zone,
    /// From now to the furthest promise: what lies in it and would shift is listed.
    pub ahead: TimeRange,
}

impl Versioned for RenewZone {}

impl Payload for RenewZone {
    const GIVEN_BY: Givers = Givers::System;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.whole_schedule(self.store, self.ahead);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        renew(decider, self)
    }
}

pub(super) fn renew(decider: Decider<'_>, command: &RenewZone) -> Result<Decision, Refusal> {
    let current = decider.store(command.store)?;
    if current.zone.name != command.zone.name || !command.zone.is_sound() {
        return Err(Refusal::Invalid { field: "zone".into() });
    }
    if current.zone == command.zone {
        return Ok(Decision::default());
    }
    decider.view.must_cover(current.id, command.ahead)?;
    let mut shifted: Vec<AttentionKind> = Vec::new();
    for booking in decider.view.bookings.values().filter(|booking| booking.store == current.id && is_promised(booking)) {
        let minutes = current.zone.shift_minutes(&command.zone, booking.starts_at);
        if booking.starts_at >= command.ahead.start && minutes != 0 {
            shifted.push(AttentionKind::ClockShifted { booking: booking.id, minutes });
        }
    }
    let mut store = current.clone();
    store.zone = command.zone.clone();
    let mut changes = vec![Change::put(store)];
    changes.extend(decider.attention(current.id, shifted));
    Ok(Decision { changes, ..Decision::default() })
}

fn is_promised(booking: &Booking) -> bool {
    matches!(booking.state, State::Requested | State::Confirmed { .. } | State::Displaced { .. })
}
