//! Time that becomes free is offered to those who wait: a job for each day concerned, in the transaction of the cause.

use std::collections::BTreeSet;

use shared::booking::Booking;
use shared::id::StoreId;
use shared::noun::RecordKey;
use shared::occupancy::Occupancy;
use shared::placement::case::LONGEST_VISIT_MINUTES;
use shared::record::{CATALOGUE, Catalogue, Record};
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::waitlist_entry::{Waiting, WaitlistEntry};
use sqlx::PgConnection;
use uuid::Uuid;

use super::numbered::Numbered;
use crate::changes::{Changes, Touched};
use crate::db::jobs::NewJob;
use crate::db::waitlist::{Freed, concerned};
use crate::job::{Job, Served};

/// The jobs of those who wait. The changes are written already: whoever has just begun to wait is among them.
pub(crate) async fn falling_due(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    changes: &Changes,
    numbered: &Numbered,
    now: Timestamp,
) -> sqlx::Result<Vec<NewJob>> {
    let mut causes = Vec::new();
    let mut jobs = Vec::new();
    for ((store, key), touched) in &changes.records {
        let change = store.and_then(|store| numbered.get(&(store, *key))).copied().unwrap_or(0);
        let cause = Uuid::new_v5(&key.id, format!("{} {change} {}", key.kind.0, now.0).as_bytes());
        causes.extend(freed(*store, key, touched).map(|freed| (cause, freed)));
        jobs.extend(ends(catalogue, touched, cause));
    }
    if causes.is_empty() {
        return Ok(jobs);
    }
    let freed: Vec<Freed> = causes.iter().map(|(_, freed)| *freed).collect();
    let mut days: BTreeSet<(StoreId, LocalDate)> = BTreeSet::new();
    for (place, store, starts_at) in concerned(connection, &freed).await? {
        let (Some((cause, _)), Some(day)) = (causes.get(place), day(catalogue, store, starts_at)) else { continue };
        // One of several causes is enough for a day.
        if days.insert((store, day)) {
            jobs.push(NewJob::new(Job::ServeWaitlist(Served { store, day, cause: *cause }), now));
        }
    }
    Ok(jobs)
}

fn day(catalogue: &Catalogue, store: StoreId, at: Timestamp) -> Option<LocalDate> {
    Some(catalogue.stores.get(&store)?.zone.local(at).0)
}

/// What may be free by a change: time that was taken and no longer is, whatever follows from hours, roster, people and things, and what
/// somebody has just begun to wait for.
fn freed(store: Option<StoreId>, key: &RecordKey, touched: &Touched) -> Option<Freed> {
    if CATALOGUE.contains(&key.kind) {
        let store = of_store(touched.after.as_ref().or(touched.before.as_ref())?);
        return Some(Freed { store, starts: TimeRange::ALWAYS });
    }
    if let Some(entry) = touched.after.as_ref().and_then(Record::of::<WaitlistEntry>) {
        return (entry.state == Waiting::Queued).then_some(Freed { store, starts: entry.starts });
    }
    let held = |record: &Option<Record>| record.as_ref().map(Record::occupancy).unwrap_or_default();
    let (before, after) = (held(&touched.before), held(&touched.after));
    let keeps = |was: &Occupancy| after.iter().any(|is| is.resource == was.resource && is.range.covers(&was.range));
    let gone = before.iter().filter(|was| !keeps(was)).map(|was| was.range).reduce(|all, range| all.hull(&range))?;
    Some(Freed { store, starts: TimeRange { start: gone.start.plus_minutes(-LONGEST_VISIT_MINUTES), ..gone } })
}

/// The one store whose time a record of the catalogue makes.
fn of_store(record: &Record) -> Option<StoreId> {
    match record {
        Record::Store(store) => Some(store.id),
        Record::Shift(shift) => Some(shift.store),
        Record::Resource(resource) => Some(resource.store),
        _ => None,
    }
}

/// When an offer ends, and when the day does that somebody waits for.
fn ends(catalogue: &Catalogue, touched: &Touched, cause: Uuid) -> Option<NewJob> {
    let entry: &WaitlistEntry = touched.after.as_ref()?.of()?;
    let ends_at = match &entry.state {
        Waiting::Offered(offer) => offer.until,
        Waiting::Queued => entry.starts.end,
        _ => return None,
    };
    let day = day(catalogue, entry.store, entry.starts.start)?;
    let cause = Uuid::new_v5(&cause, format!("until {}", ends_at.0).as_bytes());
    Some(NewJob::new(Job::ServeWaitlist(Served { store: entry.store, day, cause }), ends_at))
}

/// Whether a hold is an offer to somebody who waits: what its entry says, where this transaction has made it.
pub(crate) fn offered<'a>(changes: &'a Changes, hold: &Booking) -> Option<&'a WaitlistEntry> {
    changes.after::<WaitlistEntry>().find(|entry| entry.store == hold.store && entry.offer().is_some_and(|offer| offer.hold == hold.id))
}
