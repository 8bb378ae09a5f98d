//! Busy elsewhere 在别店: who works in several stores has one body. The time they have in one store stands in the schedules of the others,
//! without whose visit it is; there nothing takes it away.

use serde::{Deserialize, Serialize};

use crate::id::{ElsewhereId, ResourceId, StaffId, StoreId};
use crate::noun::{Home, Noun, RecordKey, Search};
use crate::occupancy::{LaneReason, Occupancy};
use crate::scope::Scope;
use crate::staff::Staff;
use crate::table::Table;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

/// What a visit or block of one store takes, as another store sees it. Only the server makes these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Id: follows from both stores and what takes the time.
    pub id: ElsewhereId,
    /// In whose schedule it stands.
    pub store: StoreId,
    /// Where they are.
    pub at: StoreId,
    /// The time of those who work in both stores.
    pub times: Vec<Occupancy>,
    /// It runs out by itself then: somebody is only looking at that time.
    pub held_until: Option<Timestamp>,
}

impl Elsewhere {
    /// Of the time that something takes in a store, what it takes from people who work there and in another one, too.
    #[must_use]
    pub fn times_of(mut times: Vec<Occupancy>, (at, store): (StoreId, StoreId), staff: &Table<StaffId, Staff>) -> Vec<Occupancy> {
        let works_there = |held: &Occupancy| {
            let staff = staff.get(&StaffId(held.resource.0));
            staff.is_some_and(|staff| staff.stores.contains(&at) && staff.stores.contains(&store))
        };
        times.retain(works_there);
        // In what words somebody was squeezed in is for those who work there.
        times.iter_mut().for_each(|held| held.reason = (held.lane > 0).then_some(LaneReason::SecondFact));
        times
    }

    /// Whether it still takes the time: everything but a hold that has run out.
    #[must_use]
    pub fn counts_at(&self, now: Timestamp) -> bool {
        self.held_until.is_none_or(|until| now < until)
    }

    /// Whether it takes any of somebody's time within a range.
    #[must_use]
    pub fn meets(&self, resource: ResourceId, range: TimeRange) -> bool {
        self.times.iter().any(|held| held.resource == resource && held.range.overlaps(&range))
    }

    /// From the first to the last of it.
    #[must_use]
    pub fn range(&self) -> TimeRange {
        let all = self.times.iter().map(|held| held.range).reduce(|all, range| all.hull(&range));
        all.unwrap_or(TimeRange { start: Timestamp(0), end: Timestamp(0) })
    }
}

impl Versioned for Elsewhere {}

impl Noun for Elsewhere {
    fn id(&self) -> ElsewhereId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Store(self.store)
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::Desk(self.store), self.key())]
    }

    fn search(&self) -> Search {
        Search { about: Some(self.at.0), during: Some(self.range()), ..Search::default() }
    }

    fn occupancy(&self) -> Vec<Occupancy> {
        self.times.clone()
    }

    fn held_until(&self) -> Option<Timestamp> {
        self.held_until
    }

    fn ended_at(&self) -> Option<Timestamp> {
        Some(self.range().end)
    }
}
