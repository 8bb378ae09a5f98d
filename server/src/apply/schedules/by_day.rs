//! Records by id and by the days they touch: a decision about one day looks at the records of that day, however many there are.

use std::collections::BTreeMap;

use shared::table::Table;
use shared::time::{TimeRange, Timestamp};

use crate::openings::days_of;

/// What touches more days than this is looked at for every day.
const MANY_DAYS: usize = 31;

/// Records of one kind.
#[derive(Debug)]
pub(crate) struct ByDay<Id: Ord, T> {
    records: Table<Id, T>,
    /// The time of each record is beside its id: a record that is looked at and not wanted is not even touched.
    days: BTreeMap<i32, BTreeMap<Id, TimeRange>>,
    long: BTreeMap<Id, TimeRange>,
    reach: fn(&T) -> TimeRange,
}

impl<Id: Ord + Copy, T> ByDay<Id, T> {
    /// None yet; `reach` says which time a record touches.
    pub(crate) fn new(reach: fn(&T) -> TimeRange) -> Self {
        ByDay { records: Table::default(), days: BTreeMap::new(), long: BTreeMap::new(), reach }
    }

    pub(crate) fn contains(&self, id: &Id) -> bool {
        self.records.contains_key(id)
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// Puts a record in the place of any earlier one.
    pub(crate) fn insert(&mut self, id: Id, record: T) {
        self.remove(&id);
        let range = (self.reach)(&record);
        let days: Vec<i32> = days_of(range).take(MANY_DAYS + 1).collect();
        if days.len() > MANY_DAYS {
            self.long.insert(id, range);
        } else {
            for day in days {
                self.days.entry(day).or_default().insert(id, range);
            }
        }
        self.records.insert(id, record);
    }

    pub(crate) fn remove(&mut self, id: &Id) {
        let Some(record) = self.records.get(id) else { return };
        if self.long.remove(id).is_none() {
            for day in days_of((self.reach)(record)) {
                if let Some(of_day) = self.days.get_mut(&day) {
                    of_day.remove(id);
                }
            }
        }
        self.records.remove(id);
    }

    /// Takes out what is not wanted.
    pub(crate) fn retain(&mut self, is_wanted: impl Fn(&T) -> bool) {
        let unwanted: Vec<Id> = self.records.iter().filter(|(_, record)| !is_wanted(record)).map(|(id, _)| *id).collect();
        unwanted.iter().for_each(|id| self.remove(id));
        self.days.retain(|_, ids| !ids.is_empty());
    }

    /// Shares a record with a table, if it is here.
    pub(crate) fn share(&self, id: Id, table: &mut Table<Id, T>) {
        table.share(id, &self.records);
    }

    /// Shares everything that touches a range with a table.
    pub(crate) fn share_between(&self, range: TimeRange, table: &mut Table<Id, T>) {
        // However long the range is, only the days that have records are looked at.
        let (first, last) = (range.start.utc_day(), Timestamp(range.end.0.saturating_sub(1)).utc_day());
        let of_days = self.days.range(first..=last.max(first)).flat_map(|(_, of_day)| of_day);
        for (id, _) in of_days.chain(&self.long).filter(|(_, reach)| reach.overlaps(&range)) {
            table.share(*id, &self.records);
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::time::DAY;

    use super::*;

    fn days(first: i64, last: i64) -> TimeRange {
        TimeRange { start: Timestamp(first * DAY), end: Timestamp(last * DAY) }
    }

    fn touching(records: &ByDay<u32, TimeRange>, range: TimeRange) -> Vec<u32> {
        let mut found = Table::default();
        records.share_between(range, &mut found);
        found.keys().copied().collect()
    }

    #[test]
    fn a_day_has_the_visits_that_touch_it_and_leave_of_a_year_touches_every_day() {
        let mut records = ByDay::new(|range: &TimeRange| *range);
        records.insert(1, days(0, 1));
        records.insert(2, days(0, 3));
        records.insert(3, days(-100, 265));
        assert_eq!(touching(&records, days(2, 3)), [2, 3]);
        assert_eq!(touching(&records, days(0, 1)), [1, 2, 3]);
        assert!(touching(&records, days(300, 301)).is_empty());
        assert_eq!(touching(&records, TimeRange::ALWAYS), [1, 2, 3], "who asks for everything gets it");
        records.insert(2, days(5, 6));
        records.remove(&3);
        assert!(touching(&records, days(2, 3)).is_empty(), "it has moved");
        assert_eq!(touching(&records, days(5, 6)), [2]);
        records.retain(|range| range.start.0 > 0);
        assert_eq!((records.len(), records.days.len()), (1, 1));
    }
}
