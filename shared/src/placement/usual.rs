//! Whom a returning member knows: whoever served them last in the store (A5).

use crate::booking::{Booking, State, Subject};
use crate::id::{MemberId, StaffId, StoreId};
use crate::placement::binding;
use crate::refusal::Refusal;
use crate::staff_preference::StaffPreference;
use crate::time::Timestamp;
use crate::view::View;

/// The member whose usual person counts for a line: one who leaves it to the store, where that says so.
#[must_use]
pub fn member_of(view: &View, store: StoreId, subject: &Subject, staff_preference: StaffPreference) -> Option<MemberId> {
    match subject {
        Subject::Member(member) if !staff_preference.is_requested() && binding::rules(&view.catalogue, store).usual_first => Some(*member),
        _ => None,
    }
}

/// Who served a member last; a device that keeps all visits of its store looks at these.
///
/// # Errors
/// `Undecided` where nobody has looked it up.
pub fn person_of(view: &View, store: StoreId, member: MemberId) -> Result<Option<StaffId>, Refusal> {
    match view.known.usual.iter().find(|known| (known.0, known.1) == (store, member)) {
        Some((.., known)) => Ok(*known),
        None if view.known.all_of.contains(&store) => Ok(last_of(view, store, member)),
        None => Err(Refusal::Undecided),
    }
}

fn last_of(view: &View, store: StoreId, member: MemberId) -> Option<StaffId> {
    let was_served = |booking: &&Booking| booking.store == store && matches!(booking.state, State::Completed { .. });
    view.bookings.values().filter(was_served).filter_map(|booking| last_in(booking, member)).max().map(|(_, staff)| staff)
}

/// The last line of a visit that somebody did for a member: when it began, and who it was.
#[must_use]
pub fn last_in(booking: &Booking, member: MemberId) -> Option<(Timestamp, StaffId)> {
    let own = booking.lines.iter().filter(|line| line.subject == Subject::Member(member));
    own.filter_map(|line| Some((line.starts_at, line.staff?))).max()
}
