//! What `store/busy` says: taken time without ids, names or boundaries between neighbours.

use serde::{Deserialize, Serialize};

use crate::block::Block;
use crate::booking::{Booking, State};
use crate::elsewhere::Elsewhere;
use crate::id::{ResourceId, StoreId};
use crate::mask::{DayMask, Mask};
use crate::noun::{Home, Noun, RecordKey};
use crate::scope::Scope;
use crate::sort;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;
use crate::window::Window;

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

/// A stretch of the time of a staff member or resource that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whose time.
    pub resource: ResourceId,
    /// When.
    pub range: TimeRange,
    /// By what.
    pub by: TakenBy,
    /// A hold counts only until then.
    pub expires_at: Option<Timestamp>,
}

/// What takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBy {
    /// A record: a booking, a block.
    Record(RecordKey),
    /// A hold whose booking is not known here.
    Hold,
}

impl Taken {
    /// Whether it still takes the time: everything but an expired hold.
    #[must_use]
    pub fn counts_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }

    /// The time a booking holds by plan. Its own occupancy says so, whatever its state; only a hold runs out by itself.
    pub fn by_booking(booking: &Booking) -> impl Iterator<Item = Taken> + '_ {
        booking.occupancy.iter().map(|held| Taken::held(booking, held.resource, held.range))
    }

    /// The time a booking holds as it stands at `moment`: more than by plan while it overruns.
    pub fn at(booking: &Booking, moment: Timestamp) -> impl Iterator<Item = Taken> + '_ {
        booking.held_at(moment).map(|(held, range)| Taken::held(booking, held.resource, range))
    }

    fn held(booking: &Booking, resource: ResourceId, range: TimeRange) -> Taken {
        let expires_at = match booking.state {
            State::Held { expires_at } => Some(expires_at),
            _ => None,
        };
        Taken { resource, range, by: TakenBy::Record(booking.key()), expires_at }
    }

    /// The time that people have in another store.
    pub fn elsewhere(entry: &Elsewhere) -> impl Iterator<Item = Taken> + '_ {
        let (by, expires_at) = (TakenBy::Record(entry.key()), entry.held_until);
        entry.times.iter().map(move |held| Taken { resource: held.resource, range: held.range, by, expires_at })
    }

    /// The time a block takes.
    #[must_use]
    pub fn by_block(block: &Block) -> Taken {
        Taken { resource: block.resource, range: block.range, by: TakenBy::Record(block.key()), expires_at: None }
    }
}
