//! The schedules decided on last, each as it stands at a head of its desk feed. Every change of a booking or a block moves that head:
//! whoever has the store's row and finds the same head in the database knows that nothing has happened since, and reads no day twice.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::block::Block;
use shared::booking::Booking;
use shared::id::{BlockId, BookingId, StoreId};
use shared::table::Table;
use shared::time::TimeRange;
use shared::view::View;

use super::changes::Changes;
use crate::db::bookings::reach;

/// Bookings and blocks kept in all, of about 1 kB each; the store used longest ago goes first.
const MOST_RECORDS: usize = 60_000;
/// Beyond so many records of a store, those outside of its range are let go.
const MANY_RECORDS: usize = 4_000;

/// Kept by this process. Another process moves the head, and what was kept is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Schedules(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    stores: HashMap<StoreId, Schedule>,
    uses: u64,
}

/// What is known of a store at a head of its desk feed.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    store: StoreId,
    head: u64,
    /// Everything that touches it is here.
    range: TimeRange,
    bookings: Table<BookingId, Booking>,
    blocks: Table<BlockId, Block>,
    last_use: u64,
}

impl Schedules {
    /// Puts what is known of a store at `head` into a view that has nothing of it yet. The store's row must be locked.
    pub(crate) fn recall(&self, store: StoreId, head: u64, view: &mut View) {
        let mut kept = self.kept();
        kept.uses += 1;
        let now = kept.uses;
        let Some(schedule) = kept.stores.get_mut(&store) else { return };
        if schedule.head != head {
            kept.stores.remove(&store);
            return;
        }
        schedule.last_use = now;
        view.bookings = schedule.bookings.clone();
        view.blocks = schedule.blocks.clone();
        view.known.schedules.insert(store, schedule.range);
    }

    /// Keeps a schedule whose transaction has been committed.
    pub(crate) fn keep(&self, schedule: Schedule) {
        let mut kept = self.kept();
        kept.uses += 1;
        let schedule = Schedule { last_use: kept.uses, ..schedule };
        kept.stores.insert(schedule.store, schedule);
        while kept.stores.values().map(Schedule::records).sum::<usize>() > MOST_RECORDS {
            let oldest = kept.stores.values().min_by_key(|schedule| schedule.last_use).map(|schedule| schedule.store);
            oldest.and_then(|store| kept.stores.remove(&store));
        }
    }

    /// Lets go of a store: the database refused what was decided on what is kept.
    pub(crate) fn forget(&self, store: StoreId) {
        self.kept().stores.remove(&store);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Whoever panicked in between left at worst less than there could be.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Schedule {
    /// What a view knows of a store once the changes of its transaction are committed with `head`. Records are taken as they were
    /// written, with the places they were given.
    pub(crate) fn after(store: StoreId, head: u64, view: View, changes: &Changes) -> Option<Self> {
        // Of stores that do not exist anybody may ask.
        view.catalogue.stores.get(&store)?;
        let range = view.known.schedules.get(&store).copied()?;
        let (mut bookings, mut blocks) = (view.bookings, view.blocks);
        for ((_, id), touched) in &changes.bookings {
            match &touched.after {
                Some(booking) => bookings.insert(*id, booking.clone()),
                None => bookings.remove(id),
            }
        }
        for ((_, id), touched) in &changes.blocks {
            match &touched.after {
                Some(block) => blocks.insert(*id, block.clone()),
                None => blocks.remove(id),
            }
        }
        if bookings.len() + blocks.len() > MANY_RECORDS {
            bookings.retain(|booking| reach(booking).overlaps(&range.widened(1)));
            blocks.retain(|block| block.range.overlaps(&range.widened(1)));
        }
        Some(Schedule { store, head, range, bookings, blocks, last_use: 0 })
    }

    /// An empty one counts, too.
    fn records(&self) -> usize {
        1 + self.bookings.len() + self.blocks.len()
    }
}
