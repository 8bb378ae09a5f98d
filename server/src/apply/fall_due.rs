//! What is to be done later because of what changed: put in with it.

use shared::booking::Booking;
use shared::noun::Noun;
use shared::record::Record;
use shared::store::Store;
use shared::time::Timestamp;

use crate::changes::{Changes, Touched};
use crate::db::jobs::NewJob;
use crate::job::{Hold, Job, Projected};

/// The jobs.
pub(crate) fn falling_due(changes: &Changes, now: Timestamp) -> Vec<NewJob> {
    changes.records.values().filter_map(|touched| end_of_hold(touched).or_else(|| other_days(touched, now))).collect()
}

/// A hold that nobody confirms ends by itself.
fn end_of_hold(touched: &Touched) -> Option<NewJob> {
    let held_until = |record: &Option<Record>| record.as_ref()?.of::<Booking>()?.held_until();
    let until = held_until(&touched.after).filter(|until| held_until(&touched.before) != Some(*until))?;
    let booking = touched.after.as_ref()?.of::<Booking>()?;
    Some(NewJob::new(Job::ExpireHold(Hold { store: booking.store, booking: booking.id, until }), until))
}

/// Where the clocks of a store are set by another zone, its visits may lie on other days.
fn other_days(touched: &Touched, now: Timestamp) -> Option<NewJob> {
    let (before, after) = (touched.before.as_ref()?.of::<Store>()?, touched.after.as_ref()?.of::<Store>()?);
    (before.zone != after.zone).then(|| NewJob::new(Job::ProjectVisits(Projected { store: after.id, since: now }), now))
}
