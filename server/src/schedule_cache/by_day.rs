//! Records by id and by the days they touch: a decision about one day looks at the records of that day, however many there are.

use std::collections::BTreeMap;

use shared::noun::RecordKey;
use shared::record::Record;
use shared::time::{TimeRange, Timestamp};

use crate::utc_days::days_of;

/// What touches more days than this is looked at for every day.
const MANY_DAYS: usize = 31;

/// Records that take time.
#[derive(Debug, Default)]
pub(crate) struct ByDay {
    records: BTreeMap<RecordKey, (TimeRange, Record)>,
    /// The time of each record is beside it: one that is looked at and not wanted is not even touched, and one that is wanted is at hand.
    days: BTreeMap<i32, BTreeMap<RecordKey, (TimeRange, Record)>>,
    long: BTreeMap<RecordKey, (TimeRange, Record)>,
}

impl ByDay {
    pub(crate) fn contains(&self, key: &RecordKey) -> bool {
        self.records.contains_key(key)
    }

    pub(crate) fn get(&self, key: &RecordKey) -> Option<&Record> {
        self.records.get(key).map(|(_, record)| record)
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// Puts a record in the place of any earlier one.
    pub(crate) fn insert(&mut self, record: Record) {
        let key = record.key();
        self.remove(&key);
        let Some(during) = record.during() else { return };
        let days: Vec<i32> = days_of(during).take(MANY_DAYS + 1).collect();
        if days.len() > MANY_DAYS {
            self.long.insert(key, (during, record.clone()));
        } else {
            for day in days {
                self.days.entry(day).or_default().insert(key, (during, record.clone()));
            }
        }
        self.records.insert(key, (during, record));
    }

    pub(crate) fn remove(&mut self, key: &RecordKey) {
        let Some((during, _)) = self.records.remove(key) else { return };
        if self.long.remove(key).is_none() {
            for day in days_of(during) {
                if let Some(of_day) = self.days.get_mut(&day) {
                    of_day.remove(key);
                }
            }
        }
    }

    /// Takes out those whose time is not wanted.
    pub(crate) fn retain(&mut self, is_wanted: impl Fn(&TimeRange) -> bool) {
        let unwanted: Vec<RecordKey> = self.records.iter().filter(|(_, (during, _))| !is_wanted(during)).map(|(key, _)| *key).collect();
        unwanted.iter().for_each(|key| self.remove(key));
        self.days.retain(|_, keys| !keys.is_empty());
    }

    /// Everything that touches a range; what touches several days may come more than once.
    pub(crate) fn between(&self, range: TimeRange) -> impl Iterator<Item = &Record> {
        // However long the range is, only the days that have records are looked at.
        let (first, last) = (range.start.utc_day(), Timestamp(range.end.0.saturating_sub(1)).utc_day());
        let of_days = self.days.range(first..=last.max(first)).flat_map(|(_, of_day)| of_day);
        of_days.chain(&self.long).filter(move |(_, (during, _))| during.overlaps(&range)).map(|(_, (_, record))| record)
    }
}

#[cfg(test)]
mod tests {
    use shared::block::{Block, BlockKind};
    use shared::id::{BlockId, ReplicaId, ResourceId, StoreId};
    use shared::noun::Noun;
    use shared::stamp::Stamp;
    use shared::time::DAY;
    use uuid::Uuid;

    use super::*;

    fn days(first: i64, last: i64) -> TimeRange {
        TimeRange { start: Timestamp(first * DAY), end: Timestamp(last * DAY) }
    }

    fn leave(id: u128, range: TimeRange) -> Record {
        let (kind, reason, declared) = (BlockKind::TimeOff, String::new(), Stamp::default());
        let nobody = Uuid::nil();
        let (store, resource, placed_by) = (StoreId(nobody), ResourceId(nobody), ReplicaId(nobody));
        let id = BlockId(Uuid::from_u128(id));
        Block { id, store, resource, range, lane: 0, kind, reason: reason.into(), declared, placed_seq: 0, placed_by }.into()
    }

    fn touching(records: &ByDay, range: TimeRange) -> Vec<u128> {
        let found: std::collections::BTreeSet<u128> = records.between(range).map(|record| record.key().id.as_u128()).collect();
        found.into_iter().collect()
    }

    #[test]
    fn a_day_has_the_visits_that_touch_it_and_leave_of_a_year_touches_every_day() {
        let mut records = ByDay::default();
        records.insert(leave(1, days(0, 1)));
        records.insert(leave(2, days(0, 3)));
        records.insert(leave(3, days(-100, 265)));
        assert_eq!(touching(&records, days(2, 3)), [2, 3]);
        assert_eq!(touching(&records, days(0, 1)), [1, 2, 3]);
        assert!(touching(&records, days(300, 301)).is_empty());
        assert_eq!(touching(&records, TimeRange::ALWAYS), [1, 2, 3], "who asks for everything gets it");
        records.insert(leave(2, days(5, 6)));
        records.remove(&Block::key_of(BlockId(Uuid::from_u128(3))));
        assert!(touching(&records, days(2, 3)).is_empty(), "it has moved");
        assert_eq!(touching(&records, days(5, 6)), [2]);
        records.retain(|during| during.start.0 > 0);
        assert_eq!((records.len(), records.days.len()), (1, 1));
    }
}
