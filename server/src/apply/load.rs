//! What decisions ask for, from the tables into the schedule and the view. What earlier commands of the transaction changed is never
//! overwritten, and nothing is read twice.

use std::collections::BTreeSet;

use shared::command::ReadPlan;
use shared::member::Member;
use shared::noun::{Kind, RecordKey};
use shared::phone::Phone;
use shared::record::SCHEDULE;
use shared::time::TimeRange;
use shared::view::View;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::{members, stored};
use crate::schedule_cache::{Schedule, TimeRanges};
use crate::sealed::Sealer;

/// What some commands of one store ask for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// What takes time.
    taking_time: BTreeSet<RecordKey>,
    others: BTreeSet<RecordKey>,
    ranges: TimeRanges,
    /// Other aggregates: they are locked.
    pub people: People,
}

/// The members that commands are about, by name and by the numbers they have verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct People {
    members: BTreeSet<RecordKey>,
    numbers: BTreeSet<Phone>,
}

impl People {
    /// Whether everybody of others is among them.
    pub(crate) fn include(&self, others: &People) -> bool {
        self.members.is_superset(&others.members) && self.numbers.is_superset(&others.numbers)
    }

    /// Together with others.
    pub(crate) fn extend(&mut self, others: &People) {
        self.members.extend(&others.members);
        self.numbers.extend(others.numbers.iter().cloned());
    }

    fn is_empty(&self) -> bool {
        self.members.is_empty() && self.numbers.is_empty()
    }
}

impl Wanted {
    /// What a plan asks for, too.
    pub(crate) fn add(&mut self, plan: &ReadPlan) {
        for key in &plan.records {
            match key.kind {
                Member::KIND => self.people.members.insert(*key),
                kind if SCHEDULE.contains(&kind) => self.taking_time.insert(*key),
                _ => self.others.insert(*key),
            };
        }
        self.people.numbers.extend(plan.numbers.iter().cloned());
        if let Some((_, range)) = plan.schedule {
            self.ranges.add(range);
        }
    }
}

/// Loads what is wanted of the commands' store, which its row protects: what takes time into the schedule, the rest into the view.
pub(crate) async fn load_store(
    connection: &mut PgConnection,
    sealer: &Sealer,
    schedule: Option<&mut Schedule>,
    view: &mut View,
    wanted: &Wanted,
) -> sqlx::Result<()> {
    let store = schedule.as_ref().map(|schedule| schedule.store());
    if let Some(schedule) = schedule {
        load_schedule(connection, sealer, schedule, wanted).await?;
    }
    let unknown: Vec<RecordKey> = wanted.others.iter().filter(|key| view.get(key).is_none()).copied().collect();
    if !unknown.is_empty() {
        stored::by_keys(connection, sealer, store, &unknown).await?.into_iter().for_each(|record| view.put(record));
        let absent: Vec<RecordKey> = unknown.into_iter().filter(|key| view.get(key).is_none()).collect();
        view.known.absent.extend(absent);
    }
    Ok(())
}

/// Locks people until the end of the transaction, all in one statement and in one order, and then reads them: whoever is decided about must
/// not be changed by others meanwhile.
pub(crate) async fn lock_people(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, people: &People) -> sqlx::Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = people.members.iter().map(|key| key.id).collect();
    for member in members::lock_and_read(connection, sealer, &ids, &people.numbers).await? {
        view.members.insert_new(member.id, member);
    }
    let absent: Vec<RecordKey> = people.members.iter().filter(|key| view.get(key).is_none()).copied().collect();
    view.known.absent.extend(absent);
    view.known.numbers.extend(people.numbers.iter().cloned());
    Ok(())
}

async fn load_schedule(connection: &mut PgConnection, sealer: &Sealer, schedule: &mut Schedule, wanted: &Wanted) -> sqlx::Result<()> {
    let missing: Vec<TimeRange> = wanted.ranges.iter().flat_map(|range| schedule.ranges.missing(range)).collect();
    let unknown: Vec<RecordKey> = wanted.taking_time.iter().filter(|key| !schedule.knows(key)).copied().collect();
    for record in stored::touching(connection, sealer, schedule.store(), &unknown, &missing).await? {
        if !schedule.knows(&record.key()) {
            schedule.insert(record);
        }
    }
    let absent: Vec<RecordKey> = unknown.into_iter().filter(|key| !schedule.knows(key)).collect();
    schedule.absent.extend(absent);
    missing.into_iter().for_each(|range| schedule.ranges.add(range));
    Ok(())
}
