//! One transaction of commands: sorted by number, decided, written, and repeated where it lost against another one.

use std::sync::Arc;
use std::time::Duration;

use shared::scope::Scope;
use shared::sync::Outcome;
use shared::time::Timestamp;
use sqlx::PgConnection;

use crate::apply::batch::{self, Batch};
use crate::apply::sorted::{Mode, Sorted, answered, cut, moved, perhaps_known, sort};
use crate::apply::{journal, save};
use crate::db::commands::{self, Known};
use crate::db::{self, replicas};
use crate::error::problem::Problem;
use crate::error::{Result, is_unavailable};
use crate::live::Live;
use crate::metrics::Counters;
use crate::received_command::ReceivedCommand;
use crate::schedule_cache::Schedule;
use crate::state::AppState;
use crate::store_queues::{BatchResult, Submission};

/// A transaction that lost against another one is repeated so often.
const MOST_TRIES: u32 = 8;

/// Pokes when the transaction is over, also when nobody learned whether it was committed: a poke too many is harmless.
struct PokeAtEnd {
    live: Live,
    scopes: Vec<Scope>,
}

impl Drop for PokeAtEnd {
    fn drop(&mut self) {
        self.live.poke(self.scopes.drain(..));
    }
}

/// Takes submissions about one store in one transaction; each in its own where something of them cannot be stored. Answers in their order.
pub(crate) async fn together(state: &AppState, submissions: &Arc<[Submission]>) -> Vec<Result<BatchResult>> {
    if submissions.len() > 1 {
        match repeatedly(state, submissions).await {
            Ok(taken) => {
                let mut whole = Vec::with_capacity(taken.len());
                for (submission, taken) in submissions.iter().zip(taken) {
                    whole.push(rest(state, submission, taken).await);
                }
                return whole;
            }
            Err(fault) if is_unavailable(&fault) => {
                tracing::warn!(%fault, submissions = submissions.len(), "the database is not available");
                return submissions.iter().map(|_| Err(Problem::UNAVAILABLE.into())).collect();
            }
            Err(fault) => tracing::error!(%fault, submissions = submissions.len(), "submissions could not be taken together"),
        }
    }
    let mut answers = Vec::with_capacity(submissions.len());
    for submission in submissions.iter() {
        answers.push(match alone(state, submission.clone()).await {
            Ok(taken) => rest(state, submission, taken).await,
            fault => fault,
        });
    }
    answers
}

/// Takes what a transaction has left for others, the next order alone.
async fn rest(state: &AppState, submission: &Submission, mut taken: BatchResult) -> Result<BatchResult> {
    while taken.is_cut {
        let orders = submission.orders.get(taken.answers.len()..).unwrap_or_default().iter().take(1).cloned().collect();
        let mut next = alone(state, Submission { orders, ..submission.clone() }).await?;
        let is_at_end = next.answers.is_empty() || taken.answers.len() + next.answers.len() >= submission.orders.len();
        taken.answers.append(&mut next.answers);
        (taken.stopped, taken.last) = (next.stopped, next.last.or(taken.last));
        taken.is_cut = !is_at_end && taken.stopped.is_none();
    }
    Ok(taken)
}

/// Takes one submission; goes one by one where the data itself does not fit.
async fn alone(state: &AppState, mut submission: Submission) -> Result<BatchResult> {
    let mut tries = 0;
    loop {
        let only = Arc::from([submission.clone()]);
        let fault = match repeatedly(state, &only).await {
            Ok(taken) => return Ok(taken.into_iter().next().unwrap_or_default()),
            Err(fault) => fault,
        };
        let code = code_of(&fault);
        if is_unavailable(&fault) || !is_about_data(&code) {
            return Err(fault.into());
        }
        tries += 1;
        tracing::error!(%code, commands = submission.orders.len(), "the database refused what was decided");
        if submission.orders.len() == 1 && tries > 2 {
            let taken = attempt(state, &only, Mode::Poison).await?;
            return Ok(taken.into_iter().next().unwrap_or_default());
        }
        submission.orders.truncate(1);
    }
}

/// Attempts a transaction again while it only loses against others.
async fn repeatedly(state: &AppState, submissions: &Arc<[Submission]>) -> sqlx::Result<Vec<BatchResult>> {
    let mut tries = 0;
    let mut mode = Mode::Usual;
    loop {
        let fault = match attempt(state, submissions, mode).await {
            Ok(taken) => return Ok(taken),
            Err(fault) => fault,
        };
        tries += 1;
        let code = code_of(&fault);
        if code == "23505" && mode == Mode::Usual {
            // A command that was sent before under another number, or directly.
            mode = Mode::Careful;
            continue;
        }
        if matches!(code.as_str(), "40001" | "40P01") && tries < MOST_TRIES {
            Counters::count(&state.counters.repeated);
            tokio::time::sleep(Duration::from_millis(u64::from(tries) * 5)).await;
            continue;
        }
        if code == "23P01" {
            Counters::count(&state.counters.backstop_hits);
        }
        return Err(fault);
    }
}

fn code_of(fault: &sqlx::Error) -> String {
    fault.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned()
}

/// Constraint violations and values that cannot be stored.
fn is_about_data(code: &str) -> bool {
    code.starts_with("22") || code.starts_with("23") || code.starts_with("40") || code.starts_with("54")
}

async fn attempt(state: &AppState, submissions: &Arc<[Submission]>, mode: Mode) -> sqlx::Result<Vec<BatchResult>> {
    let (own, own_jobs) = (state.clone(), Arc::clone(submissions));
    let decided = db::transaction(&state.pool, move |connection| Box::pin(async move { decide(&own, connection, &own_jobs, mode).await }));
    let decided = decided.await?;
    if let Some(schedule) = decided.schedule {
        state.schedule_cache.keep(schedule);
    }
    Ok(decided.taken)
}

/// What a transaction has decided and written, for when it is committed.
struct Decided {
    taken: Vec<BatchResult>,
    schedule: Option<Schedule>,
    _poke: PokeAtEnd,
}

async fn decide(state: &AppState, connection: &mut PgConnection, submissions: &[Submission], mode: Mode) -> sqlx::Result<Decided> {
    let now = state.clock.now();
    let wanted = submissions.iter().filter_map(|submission| Some((submission.replica?, submission.principal.as_str()))).collect();
    let standings = replicas::lock(connection, &wanted, now).await?;
    let asked = perhaps_known(submissions, &standings, mode);
    let known = if asked.is_empty() { Known::new() } else { commands::outcomes(connection, &asked).await? };
    let sort_one = |submission: &Submission| sort(submission, submission.replica.and_then(|replica| standings.get(&replica)), &known);
    let mut sorted: Vec<Sorted> = submissions.iter().map(sort_one).collect();
    let fresh: Vec<ReceivedCommand> = sorted.iter().flat_map(|sorted| &sorted.fresh).cloned().collect();
    let given = fresh.len();
    let ran =
        if mode == Mode::Poison { poisoned(state, connection, &fresh, now).await? } else { run(state, connection, fresh, now).await? };
    if ran.outcomes.len() < given {
        let mut left = ran.outcomes.len();
        sorted = submissions.iter().zip(&sorted).map(|(submission, sorted)| cut(submission, sorted, &mut left, sort_one)).collect();
    }
    replicas::set_last(connection, &moved(submissions, &sorted, &standings)).await?;
    let mut outcomes = ran.outcomes.into_iter();
    Ok(Decided {
        taken: submissions.iter().zip(sorted).map(|(submission, sorted)| answered(submission, sorted, &mut outcomes)).collect(),
        schedule: ran.schedule,
        _poke: PokeAtEnd { live: state.live.clone(), scopes: ran.touched },
    })
}

/// What came of new commands.
#[derive(Default)]
struct Ran {
    outcomes: Vec<Outcome>,
    touched: Vec<Scope>,
    /// What is known of the store once this is committed.
    schedule: Option<Schedule>,
}

/// Decides and writes new commands.
async fn run(state: &AppState, connection: &mut PgConnection, mut orders: Vec<ReceivedCommand>, now: Timestamp) -> sqlx::Result<Ran> {
    if orders.is_empty() {
        return Ok(Ran::default());
    }
    let mut batch = Batch::open(state, connection, &mut orders, now).await?;
    let mut verdicts = Vec::with_capacity(orders.len());
    for order in &orders {
        match batch.decide(connection, order).await? {
            batch::Decided::Verdict(verdict) => verdicts.push(verdict),
            batch::Decided::Later => break,
        }
    }
    let saved = save::save(connection, &mut batch).await?;
    let entries: Vec<_> = orders
        .iter()
        .zip(&verdicts)
        .map(|(order, verdict)| journal::entry(&state.sealer, order, verdict, now, state.limits.refused_bytes))
        .collect();
    commands::save(connection, &entries).await?;
    let outcomes = verdicts.into_iter().map(|verdict| verdict.outcome).collect();
    Ok(Ran { outcomes, touched: saved.touched, schedule: batch.schedule(saved.desk_head) })
}

/// Sets commands aside whose effects cannot be stored, so that they hold up nothing.
async fn poisoned(state: &AppState, connection: &mut PgConnection, orders: &[ReceivedCommand], now: Timestamp) -> sqlx::Result<Ran> {
    let entries: Vec<_> = orders.iter().map(|order| journal::poisoned(&state.sealer, order, now)).collect();
    commands::save(connection, &entries).await?;
    Ok(Ran { outcomes: entries.into_iter().map(|entry| entry.outcome).collect(), ..Ran::default() })
}
