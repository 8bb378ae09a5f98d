//! What `store/busy` says: taken time without ids, names or boundaries between neighbours.

use serde::{Deserialize, Serialize};

use super::mask::{DayMask, Mask};
use super::schedule::Taken;
use super::window::Window;
use crate::id::{ResourceId, StoreId};
use crate::record::{Home, Noun, RecordKey};
use crate::sort;
use crate::sync::Scope;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

/// The taken time of one resource on one UTC day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusyDay {
    /// Store.
    pub store: StoreId,
    /// The staff member or unit.
    pub resource: ResourceId,
    /// UTC day.
    pub day: i32,
    /// Taken quanta.
    pub busy: DayMask,
    /// Active holds, each with its expiry.
    pub holds: Vec<(TimeRange, Timestamp)>,
}

impl Versioned for BusyDay {}

impl Noun for BusyDay {
    fn id(&self) -> Self::Id {
        (self.resource, self.day)
    }

    fn home(&self) -> Home {
        Home::Store(self.store)
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::Busy(self.store), self.key())]
    }
}

/// What `store/busy` says of one resource and UTC day. Neighbours melt together, so that no boundary between two guests
/// is given away; holds stay apart, because each runs out by itself.
#[must_use]
pub fn busy_day(store: StoreId, resource: ResourceId, day: i32, taken: &[Taken]) -> BusyDay {
    let window = Window::day(day);
    let mut busy = Mask::empty(window);
    let mut holds = Vec::new();
    for taken in taken.iter().filter(|taken| taken.resource == resource && taken.range.overlaps(&window.range())) {
        match taken.expires_at {
            None => busy.set(window.outward(taken.range)),
            Some(expires_at) => holds.push((taken.range, expires_at)),
        }
    }
    sort::sort(&mut holds);
    BusyDay { store, resource, day, busy: busy.day(day), holds }
}
