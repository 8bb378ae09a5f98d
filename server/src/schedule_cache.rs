//! The schedules decided on last, each as it stands at a head of its desk feed. Every change of a booking or a block moves that head:
//! whoever has the store's row and finds the same head in the database knows that nothing has happened since, and reads no day twice.

mod by_day;
mod ranges;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::command::ReadPlan;
use shared::decision::Change;
use shared::id::StoreId;
use shared::noun::RecordKey;
use shared::record::{Record, SCHEDULE, TimeTaken};
use shared::time::{DAY, TimeRange, Timestamp};
use shared::view::View;

use crate::changes::Changes;

use by_day::ByDay;

pub(crate) use ranges::TimeRanges;

/// Bookings and blocks kept in all, of about 1 kB each; the store used longest ago goes first.
const MOST_RECORDS: usize = 60_000;
/// After so many more records of a store, those of days that are not known as a whole are let go.
const MANY_RECORDS: usize = 4_000;
/// Beyond so many, days that are far away are let go as well.
const MOST_OF_STORE: usize = 45_000;
/// The days that are kept then: from so many before today to so many after.
const NEAR_DAYS: (i64, i64) = (1, 14);

/// Kept by this process. Another process moves the head, and what was kept is forgotten.
#[derive(Debug, Default)]
pub(crate) struct ScheduleCache(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    stores: HashMap<StoreId, Schedule>,
    uses: u64,
}

/// What is known of a store at a head of its desk feed.
#[derive(Debug)]
pub(crate) struct Schedule {
    store: StoreId,
    head: u64,
    /// Everything that touches these is here.
    pub ranges: TimeRanges,
    records: ByDay,
    /// Looked up by this transaction, and there was none, or there is none any more.
    pub absent: BTreeSet<RecordKey>,
    /// The part that the last view had: most often the next one wants the same.
    pub shown: Shown,
    last_use: u64,
    /// How many records there were when some were last let go.
    kept_then: usize,
}

/// The part of a schedule that is in a view.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub taken: TimeTaken,
    /// Everything that touches these is in the view.
    pub ranges: TimeRanges,
}

impl ScheduleCache {
    /// Takes out what is known of a store at `head`. The store's row must be locked: nobody else needs it meanwhile, and after a
    /// transaction that failed it is read again.
    pub(crate) fn take(&self, store: StoreId, head: u64) -> Schedule {
        let known = self.kept().stores.remove(&store).filter(|schedule| schedule.head == head);
        known.unwrap_or_else(|| Schedule::unknown(store, head))
    }

    /// Keeps a schedule whose transaction has been committed.
    pub(crate) fn keep(&self, schedule: Schedule) {
        let mut kept = self.kept();
        kept.uses += 1;
        let schedule = Schedule { last_use: kept.uses, ..schedule };
        kept.stores.insert(schedule.store, schedule);
        while kept.stores.values().map(Schedule::count).sum::<usize>() > MOST_RECORDS {
            let oldest = kept.stores.values().min_by_key(|schedule| schedule.last_use).map(|schedule| schedule.store);
            oldest.and_then(|store| kept.stores.remove(&store));
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A panic between two statements leaves less than there could be, never something wrong.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Schedule {
    fn unknown(store: StoreId, head: u64) -> Self {
        Schedule {
            store,
            head,
            ranges: TimeRanges::default(),
            records: ByDay::default(),
            absent: BTreeSet::new(),
            shown: Shown::default(),
            last_use: 0,
            kept_then: 0,
        }
    }

    /// Whose it is.
    pub(crate) fn store(&self) -> StoreId {
        self.store
    }

    /// Whether it is known that there is such a record, or that there is none.
    pub(crate) fn knows(&self, key: &RecordKey) -> bool {
        self.records.contains(key) || self.absent.contains(key)
    }

    /// Puts in what was read.
    pub(crate) fn insert(&mut self, record: Record) {
        self.records.insert(record);
    }

    /// Puts what a plan asks for into a view, from what is known; `in_view` are the ranges that it has already.
    pub(crate) fn supply(&self, view: &mut View, in_view: &mut TimeRanges, plan: &ReadPlan) {
        for key in &plan.records {
            if let Some(record) = self.records.get(key) {
                view.put(record.clone());
            }
        }
        view.known.absent.extend(plan.records.intersection(&self.absent));
        if let Some((store, range)) = plan.schedule {
            if !in_view.covers(&range) {
                self.records.between(range).for_each(|record| view.put(record.clone()));
                in_view.add(range);
            }
            view.known.schedules.insert(store, range);
        }
    }

    /// The schedule after a change of this transaction.
    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Put(record) if SCHEDULE.contains(&record.key().kind) => self.records.insert(record.clone()),
            Change::Put(_) => {}
            Change::Remove { key, .. } => {
                self.records.remove(key);
                self.absent.insert(*key);
            }
        }
    }

    /// As it is once its transaction is committed with `head`: records as they were written, with the places they were given.
    /// `view` and `in_view` are what the transaction saw.
    pub(crate) fn committed(mut self, head: u64, mut view: View, in_view: TimeRanges, changes: &Changes, now: Timestamp) -> Self {
        let own = changes.records.iter().filter(|((store, key), _)| *store == Some(self.store) && SCHEDULE.contains(&key.kind));
        for ((_, key), touched) in own {
            match &touched.after {
                Some(record) => {
                    self.records.insert(record.clone());
                    view.put(record.clone());
                }
                None => {
                    self.records.remove(key);
                    view.remove(key);
                }
            }
        }
        self.shown = Shown { taken: view.take_schedule(), ranges: in_view };
        self.absent.clear();
        self.head = head;
        self.let_go(now);
        self
    }

    fn let_go(&mut self, now: Timestamp) {
        if self.count() > MOST_OF_STORE {
            self.kept_then = 0;
            let (before, after) = NEAR_DAYS;
            self.ranges.keep_within(&TimeRange { start: Timestamp(now.0 - before * DAY), end: Timestamp(now.0 + after * DAY) });
        }
        // Looking through all of them is worth it only after many have come.
        if self.count() > self.kept_then + MANY_RECORDS {
            self.shown = Shown::default();
            let ranges = &self.ranges;
            self.records.retain(|during| ranges.overlap(&during.widened(1)));
            self.kept_then = self.count();
        }
    }

    /// An empty one counts, too.
    fn count(&self) -> usize {
        1 + self.records.len()
    }
}
