//! When it is settled who serves a guest who asked for nobody, and whom the guest is told until then (A5).

use crate::booking::{Booking, Line, State};
use crate::id::{StaffId, StoreId};
use crate::record::Catalogue;
use crate::staff_assignment::{AssignmentRules, Binding};

/// What a store has set.
#[must_use]
pub fn rules(catalogue: &Catalogue, store: StoreId) -> AssignmentRules {
    catalogue.staff_assignments.get(&store).map(|set| set.rules).unwrap_or_default()
}

/// Whether the visit may still pass to equal colleagues without a word: its guest asked for nobody, and is not here yet.
#[must_use]
pub fn is_open(catalogue: &Catalogue, booking: &Booking) -> bool {
    let is_ahead = matches!(booking.state, State::Held { .. } | State::Requested | State::Confirmed { .. } | State::Displaced { .. });
    is_ahead
        && rules(catalogue, booking.store).binding == Binding::OnArrival
        && booking.lines.iter().any(|line| !line.staff_preference.is_requested())
}

/// Whom the guest is told for a line; nobody while that is open.
#[must_use]
pub fn told_staff(catalogue: &Catalogue, booking: &Booking, line: &Line) -> Option<StaffId> {
    line.staff.filter(|_| line.staff_preference.is_requested() || !is_open(catalogue, booking))
}
