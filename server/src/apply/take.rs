//! One transaction of commands: sorted by number, decided, written, and repeated where it lost against another one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use shared::id::ReplicaId;
use shared::stamp::Stamp;
use shared::sync::{Answer, Outcome, ReplicaState, Scope};
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::Batch;
use super::order::Order;
use super::schedules::Schedule;
use super::{journal, save};
use crate::db::commands::{self, Known};
use crate::db::replicas::{self, Progress, Standing};
use crate::error::{Problem, Result, is_unavailable};
use crate::state::{AppState, Counters};

/// A transaction that lost against another one is repeated so often.
const MOST_TRIES: u32 = 8;

/// What one request asks for: commands of one principal about one store, in order.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub principal: String,
    /// `None` when they are known by their ids alone.
    pub replica: Option<ReplicaId>,
    pub orders: Vec<Order>,
}

/// Part of a job that got its answers, and why the rest did not.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub answers: Vec<Answer>,
    pub stopped: Option<ReplicaState>,
}

/// Pokes when the transaction is over, also when whoever asked for it has gone away during the commit: a poke too many is harmless.
struct PokeAtEnd<'a> {
    state: &'a AppState,
    scopes: Vec<Scope>,
}

impl Drop for PokeAtEnd<'_> {
    fn drop(&mut self) {
        self.state.live.poke(self.scopes.drain(..));
    }
}

/// Takes jobs about one store in one transaction; each in its own where something of them cannot be stored. Answers in their order.
pub(super) async fn together(state: &AppState, jobs: &[Job]) -> Vec<Result<Taken>> {
    if jobs.len() > 1 {
        match repeatedly(state, jobs).await {
            Ok(taken) => return taken.into_iter().map(Ok).collect(),
            Err(fault) if is_unavailable(&fault) => {
                tracing::warn!(%fault, jobs = jobs.len(), "the database is not available");
                return jobs.iter().map(|_| Err(Problem::UNAVAILABLE.into())).collect();
            }
            Err(fault) => tracing::error!(%fault, jobs = jobs.len(), "jobs could not be taken together"),
        }
    }
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        answers.push(alone(state, job).await);
    }
    answers
}

/// Takes one job; goes one by one where the data itself does not fit.
pub(super) async fn alone(state: &AppState, job: &Job) -> Result<Taken> {
    let mut job = Cow::Borrowed(job);
    let mut tries = 0;
    loop {
        let fault = match repeatedly(state, std::slice::from_ref(job.as_ref())).await {
            Ok(taken) => return Ok(taken.into_iter().next().unwrap_or_default()),
            Err(fault) => fault,
        };
        let code = code_of(&fault);
        if is_unavailable(&fault) || !is_about_data(&code) {
            return Err(fault.into());
        }
        tries += 1;
        tracing::error!(%code, commands = job.orders.len(), "the database refused what was decided");
        if job.orders.len() == 1 && tries > 2 {
            let taken = attempt(state, std::slice::from_ref(job.as_ref()), true).await?;
            return Ok(taken.into_iter().next().unwrap_or_default());
        }
        job.to_mut().orders.truncate(1);
    }
}

/// Attempts a transaction again while it only loses against others.
async fn repeatedly(state: &AppState, jobs: &[Job]) -> sqlx::Result<Vec<Taken>> {
    let mut tries = 0;
    loop {
        let fault = match attempt(state, jobs, false).await {
            Ok(taken) => return Ok(taken),
            Err(fault) => fault,
        };
        tries += 1;
        let code = code_of(&fault);
        if matches!(code.as_str(), "40001" | "40P01") && tries < MOST_TRIES {
            Counters::count(&state.counters.repeated);
            tokio::time::sleep(Duration::from_millis(u64::from(tries) * 5)).await;
            continue;
        }
        if code == "23P01" {
            Counters::count(&state.counters.backstop_hits);
        }
        // Whatever was remembered, the next try reads it.
        if let Some(store) = jobs.iter().flat_map(|job| &job.orders).find_map(Order::store) {
            state.schedules.forget(store);
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

async fn attempt(state: &AppState, jobs: &[Job], poison: bool) -> sqlx::Result<Vec<Taken>> {
    let now = state.clock.now();
    let mut transaction = state.pool.begin().await?;
    let connection = &mut *transaction;
    let wanted = jobs.iter().filter_map(|job| Some((job.replica?, job.principal.as_str()))).collect();
    let standings = replicas::lock(connection, &wanted, now).await?;
    let ids = |job: &Job| job.orders.iter().map(|order| order.uuid.0).collect::<Vec<Uuid>>();
    let asked: Vec<(&str, Uuid)> = jobs.iter().flat_map(|job| ids(job).into_iter().map(|uuid| (job.principal.as_str(), uuid))).collect();
    let known = commands::outcomes(connection, &asked).await?;
    let sorted: Vec<Sorted> = jobs.iter().map(|job| sort(job, job.replica.and_then(|replica| standings.get(&replica)), &known)).collect();
    let fresh: Vec<Order> = sorted.iter().flat_map(|sorted| &sorted.fresh).cloned().collect();
    let mut poke = PokeAtEnd { state, scopes: Vec::new() };
    let mut schedule = None;
    let outcomes = if poison {
        poisoned(state, connection, &fresh, now).await?
    } else {
        let ran = run(state, connection, fresh, now).await?;
        (poke.scopes, schedule) = (ran.touched, ran.schedule);
        ran.outcomes
    };
    replicas::set_last(connection, &moved(jobs, &sorted, &standings)).await?;
    transaction.commit().await?;
    if let Some(schedule) = schedule {
        state.schedules.keep(schedule);
    }
    drop(poke);
    let mut outcomes = outcomes.into_iter();
    Ok(jobs.iter().zip(sorted).map(|(job, sorted)| answered(job, sorted, &mut outcomes)).collect())
}

/// The replicas that have new outcomes, each with its last number.
fn moved(jobs: &[Job], sorted: &[Sorted], standings: &BTreeMap<ReplicaId, Standing>) -> BTreeMap<ReplicaId, Progress> {
    let moved = jobs.iter().zip(sorted).filter_map(|(job, sorted)| {
        let (replica, last) = (job.replica?, sorted.last?);
        (standings.get(&replica)?.last != last).then_some((replica, Progress { last, stamp: sorted.floor }))
    });
    moved.collect()
}

/// A job sorted into what was decided before and what is new, up to the first number that cannot be taken.
#[derive(Default)]
struct Sorted {
    /// For each order taken: its stored outcome, or `None` when it is new.
    known: Vec<Option<Outcome>>,
    fresh: Vec<Order>,
    last: Option<u64>,
    /// The replica's next stamp is later than this.
    floor: Stamp,
    stopped: Option<ReplicaState>,
}

fn sort(job: &Job, standing: Option<&Standing>, known: &Known) -> Sorted {
    if standing.is_some_and(|standing| standing.principal != job.principal) {
        return Sorted { stopped: Some(ReplicaState::Fork), ..Sorted::default() };
    }
    let floor = standing.map(|standing| standing.floor).unwrap_or_default();
    let mut sorted = Sorted { last: standing.map(|standing| standing.last), floor, ..Sorted::default() };
    for order in &job.orders {
        if sorted.fresh.iter().any(|fresh: &Order| fresh.uuid == order.uuid) {
            break; // Twice in one job: the next transaction knows its outcome.
        }
        let stored = known.get(&(job.principal.clone(), order.uuid)).cloned();
        if let Some(last) = sorted.last {
            let expected = last.saturating_add(1);
            if order.number > expected {
                sorted.stopped = Some(ReplicaState::Gap { expected });
                break;
            }
            if order.number < expected && stored.is_none() {
                sorted.stopped = Some(ReplicaState::Fork);
                break;
            }
            sorted.last = Some(last.max(order.number));
        }
        if stored.is_none() {
            let mut fresh = order.clone();
            if standing.is_some() {
                fresh.stamp = fresh.stamp.later_than(sorted.floor);
                sorted.floor = fresh.stamp;
            }
            sorted.fresh.push(fresh);
        }
        sorted.known.push(stored);
    }
    sorted
}

fn answered(job: &Job, sorted: Sorted, outcomes: &mut impl Iterator<Item = Outcome>) -> Taken {
    let mut taken = Taken { stopped: sorted.stopped, ..Taken::default() };
    for (order, known) in job.orders.iter().zip(sorted.known) {
        let Some(outcome) = known.or_else(|| outcomes.next()) else { break };
        taken.answers.push(Answer { number: order.number, uuid: order.uuid, outcome });
    }
    taken
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
async fn run(state: &AppState, connection: &mut PgConnection, mut orders: Vec<Order>, now: Timestamp) -> sqlx::Result<Ran> {
    if orders.is_empty() {
        return Ok(Ran::default());
    }
    let mut batch = Batch::open(state, connection, &mut orders, now).await?;
    let mut verdicts = Vec::with_capacity(orders.len());
    for order in &orders {
        verdicts.push(batch.decide(connection, order).await?);
    }
    let saved = save::save(connection, &mut batch).await?;
    let entries: Vec<_> = orders.iter().zip(&verdicts).map(|(order, verdict)| journal::entry(&state.sealer, order, verdict, now)).collect();
    commands::save(connection, &entries).await?;
    let outcomes = verdicts.into_iter().map(|verdict| verdict.outcome).collect();
    Ok(Ran { outcomes, touched: saved.touched, schedule: batch.schedule(saved.desk_head) })
}

/// Sets commands aside whose effects cannot be stored, so that they hold up nothing.
async fn poisoned(state: &AppState, connection: &mut PgConnection, orders: &[Order], now: Timestamp) -> sqlx::Result<Vec<Outcome>> {
    let entries: Vec<_> = orders.iter().map(|order| journal::poisoned(&state.sealer, order, now)).collect();
    commands::save(connection, &entries).await?;
    Ok(entries.into_iter().map(|entry| entry.outcome).collect())
}
