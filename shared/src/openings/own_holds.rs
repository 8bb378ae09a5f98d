//! An account's own holds are not in its way: a new hold takes the place of the one before.

use std::borrow::Cow;

use crate::booking::{Booking, State};
use crate::id::StoreId;
use crate::view::View;

/// The view of a phone as if its account held nothing in a store. A phone's bookings are its own; of others it knows busy masks only.
#[must_use]
pub fn without_own_holds(view: &View, store: StoreId) -> Cow<'_, View> {
    let is_hold = |booking: &&Booking| booking.store == store && matches!(booking.state, State::Held { .. });
    let holds: Vec<&Booking> = view.bookings.values().filter(is_hold).collect();
    if holds.is_empty() {
        return Cow::Borrowed(view);
    }
    let mut free = view.clone();
    for hold in holds {
        free.bookings.remove(&hold.id);
        for held in &hold.occupancy {
            for day in held.range.start.utc_day()..=held.range.end.utc_day() {
                let key = (held.resource, day);
                if let Some(mut busy) = free.busy.get(&key).cloned() {
                    busy.holds.retain(|(range, _)| *range != held.range);
                    free.busy.insert(key, busy);
                }
            }
        }
    }
    Cow::Owned(free)
}
