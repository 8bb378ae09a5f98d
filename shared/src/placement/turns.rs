//! Whose turn it is 轮钟 in a store, as far as its record of the day is here.

use crate::business_day;
use crate::id::{StaffId, StoreId};
use crate::placement::binding;
use crate::refusal::Refusal;
use crate::rotation::{Place, queue};
use crate::staff_assignment::AssignmentOrder;
use crate::store::Store;
use crate::time::Timestamp;
use crate::view::{Found, View};

/// Whether a store goes by turns.
#[must_use]
pub fn are_kept(view: &View, store: StoreId) -> bool {
    binding::rules(&view.catalogue, store).order == AssignmentOrder::Rotation
}

/// The queue of the business day of `at`, the next one first; empty while nobody has signed in, and where a store does not go by turns.
///
/// # Errors
/// `Undecided` where the record of the day is not here.
pub fn queue_at(view: &View, store: &Store, at: Timestamp) -> Result<Vec<Place>, Refusal> {
    if !are_kept(view, store.id) {
        return Ok(Vec::new());
    }
    match view.find_in::<crate::rotation::Rotation>(store.id, (store.id, business_day::day_of(store, at).0)) {
        Found::Known(rotation) => Ok(queue(rotation)),
        Found::Absent => Ok(Vec::new()),
        Found::Unknown => Err(Refusal::Undecided),
    }
}

/// The people of that queue.
///
/// # Errors
/// As [`queue_at`].
pub fn order_at(view: &View, store: &Store, at: Timestamp) -> Result<Vec<StaffId>, Refusal> {
    Ok(queue_at(view, store, at)?.into_iter().map(|place| place.staff).collect())
}
