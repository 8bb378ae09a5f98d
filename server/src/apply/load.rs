//! What decisions ask for, from the tables into the schedule and the view. What earlier commands of the transaction changed is never
//! overwritten, and nothing is read twice.

use std::collections::BTreeSet;

use shared::command::ReadPlan;
use shared::phone::Phone;
use shared::record::{RecordKey, SCHEDULE};
use shared::time::TimeRange;
use shared::view::View;
use sqlx::PgConnection;

use super::schedules::{Schedule, TimeRanges};
use crate::db::{members, stored};
use crate::sealed::Sealer;

/// What some commands of one store ask for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// What takes time.
    taking_time: BTreeSet<RecordKey>,
    others: BTreeSet<RecordKey>,
    numbers: BTreeSet<Phone>,
    ranges: TimeRanges,
}

impl Wanted {
    /// What a plan asks for, too.
    pub(crate) fn add(&mut self, plan: &ReadPlan) {
        let (taking_time, others): (Vec<_>, Vec<_>) = plan.records.iter().copied().partition(|key| SCHEDULE.contains(&key.kind));
        self.taking_time.extend(taking_time);
        self.others.extend(others);
        self.numbers.extend(plan.numbers.iter().cloned());
        if let Some((_, range)) = plan.schedule {
            self.ranges.add(range);
        }
    }
}

/// Loads what is wanted: what takes time into the schedule of the commands' store, the rest into the view.
pub(crate) async fn load(
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
    // Whoever is decided about must not be changed by others meanwhile.
    for record in stored::lock_and_read(connection, sealer, store, &unknown).await? {
        view.put(record);
    }
    let absent: Vec<RecordKey> = unknown.into_iter().filter(|key| view.get(key).is_none()).collect();
    view.known.absent.extend(absent);
    load_numbers(connection, sealer, view, &wanted.numbers).await
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

/// Everybody who has verified one of these numbers, of whatever store.
async fn load_numbers(connection: &mut PgConnection, sealer: &Sealer, view: &mut View, numbers: &BTreeSet<Phone>) -> sqlx::Result<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    for member in members::with_verified(connection, sealer, numbers).await? {
        view.members.insert_new(member.id, member);
    }
    view.known.numbers.extend(numbers.iter().cloned());
    Ok(())
}
