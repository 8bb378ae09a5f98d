//! What the server does by itself when it is due.
//!
//! A job is written in the transaction of its cause. A worker claims what is due by the clock of the program, does it, and removes it. If
//! the worker dies in between, the claim runs out and the job is done again: each has the effect of once. Any number of workers may run.
//! What does not succeed is tried again, later and later, and is never given up.

pub mod expire_hold;
pub mod project_visits;
pub mod renew_zones;
mod serve_waitlist;
pub mod tidy_up;

use shared::time::Timestamp;
use uuid::Uuid;

use crate::db;
use crate::db::jobs::{Claimed, NewJob};
use crate::error::{Error, Result};
use crate::job::Job;
use crate::metrics::Counters;
use crate::state::AppState;

/// Jobs taken at once.
const BATCH: i64 = 500;
/// Nobody else takes a claimed job for so long.
const CLAIM_MINUTES: i64 = 5;
/// How often it is looked for what is due.
const LOOK_EVERY_SECONDS: u32 = 1;
/// Pauses after attempts that did not succeed; the last one after all further ones.
const PAUSES_MINUTES: [i64; 4] = [1, 5, 15, 60];
/// So often it is tidied up.
const TIDY_EVERY_MINUTES: i64 = 10;

/// Does what is due until the program ends. It may be dropped at any time.
pub async fn run(state: AppState) {
    let mut is_planned = false;
    loop {
        let now = state.clock.now();
        let outcome = if is_planned { do_due(&state).await } else { plan(&state).await.map(|()| 1) };
        match outcome {
            Ok(0) => state.clock.pass(LOOK_EVERY_SECONDS, now).await,
            Ok(_) => is_planned = true,
            Err(error) => {
                tracing::warn!(%error, "what is due cannot be read for now");
                state.clock.pass(LOOK_EVERY_SECONDS * 3, now).await;
            }
        }
    }
}

/// Puts in what comes back by itself, where it does not wait already.
///
/// # Errors
/// Of the database.
pub async fn plan(state: &AppState) -> Result<()> {
    let recurring = [NewJob::new(Job::TidyUp {}, state.clock.now().plus_minutes(TIDY_EVERY_MINUTES))];
    Ok(db::jobs::put(&mut *state.pool.acquire().await?, &recurring).await?)
}

/// Does what is due now; how many jobs were looked at.
///
/// # Errors
/// Of the database. A job that did not succeed is no error.
pub async fn do_due(state: &AppState) -> Result<usize> {
    let now = state.clock.now();
    let claimed = db::jobs::claim(&state.pool, now, now.plus_minutes(CLAIM_MINUTES), BATCH).await?;
    let count = claimed.len();
    let (mut holds, mut of_holds) = (Vec::new(), Vec::new());
    for claimed in claimed {
        match &claimed.job {
            Ok(Job::ExpireHold(hold)) => {
                holds.push(*hold);
                of_holds.push(claimed);
            }
            // One that does not succeed keeps nothing else waiting.
            _ => settle(state, std::slice::from_ref(&claimed), perform(state, &claimed.job).await).await?,
        }
    }
    let expired = expire_hold::all(state, &holds).await.map(|()| None).map_err(|error| error.to_string());
    settle(state, &of_holds, expired).await?;
    Ok(count)
}

/// When a job comes back, if it does, or why it did not succeed.
type Outcome = std::result::Result<Option<Timestamp>, String>;

async fn perform(state: &AppState, job: &std::result::Result<Job, String>) -> Outcome {
    let done = match job.as_ref().map_err(Clone::clone)? {
        Job::ExpireHold(hold) => expire_hold::all(state, &[*hold]).await.map(|()| None),
        Job::ProjectVisits(of) => project_visits::once(state, of.store).await.map(|()| None),
        Job::ServeWaitlist(served) => serve_waitlist::once(state, *served).await.map(|()| None),
        Job::TidyUp {} => {
            let tidied = tidy_up::once(state).await.map_err(Error::from);
            tidied.map(|_| Some(state.clock.now().plus_minutes(TIDY_EVERY_MINUTES)))
        }
    };
    done.map_err(|error| error.to_string())
}

/// Removes what is done, and puts off what comes back.
async fn settle(state: &AppState, jobs: &[Claimed], outcome: Outcome) -> Result<()> {
    let ids: Vec<Uuid> = jobs.iter().map(|claimed| claimed.id).collect();
    match outcome {
        _ if ids.is_empty() => {}
        Ok(None) => db::jobs::done(&state.pool, &ids).await?,
        Ok(Some(next)) => db::jobs::again(&state.pool, &ids, next, None).await?,
        Err(why) => {
            let attempts = jobs.iter().map(|claimed| claimed.attempts).max().unwrap_or(1);
            tracing::warn!(jobs = ids.len(), attempts, why, "jobs did not succeed and will be tried again");
            Counters::count(&state.counters.jobs_failed);
            db::jobs::again(&state.pool, &ids, after_failure(attempts, state.clock.now()), Some(&why)).await?;
        }
    }
    Ok(())
}

fn after_failure(attempts: i32, now: Timestamp) -> Timestamp {
    let done = usize::try_from(attempts).unwrap_or(1).saturating_sub(1);
    let [.., longest] = PAUSES_MINUTES;
    now.plus_minutes(PAUSES_MINUTES.get(done).copied().unwrap_or(longest))
}
