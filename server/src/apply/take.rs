//! One transaction of commands: sorted by number, decided, written, and repeated where it lost against another one.

use std::time::Duration;

use shared::id::{CommandId, ReplicaId};
use shared::sync::{Answer, Outcome, ReplicaState, Scope};
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::Batch;
use super::order::Order;
use super::schedules::Schedule;
use super::{journal, save};
use crate::db::{commands, replicas};
use crate::error::{Result, is_unavailable};
use crate::state::{AppState, Counters};

/// A transaction that lost against another one is repeated so often.
const MOST_TRIES: u32 = 8;

/// Part of a chunk that got its answers, and why the rest did not.
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

/// Takes a chunk; repeats what lost against another transaction, and goes one by one where the data itself does not fit.
pub(super) async fn patiently(state: &AppState, principal: &str, replica: Option<ReplicaId>, chunk: &[Order]) -> Result<Taken> {
    let mut chunk = chunk;
    let mut tries = 0;
    let _turn = match chunk.iter().find_map(Order::store) {
        Some(store) => Some(state.turn(store).await),
        None => None,
    };
    loop {
        let fault = match attempt(state, principal, replica, chunk, false).await {
            Ok(taken) => return Ok(taken),
            Err(fault) => fault,
        };
        tries += 1;
        let code = fault.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
        match code.as_str() {
            "40001" | "40P01" if tries < MOST_TRIES => {
                Counters::count(&state.counters.repeated);
                tokio::time::sleep(Duration::from_millis(u64::from(tries) * 5)).await;
            }
            _ if is_unavailable(&fault) || !is_about_data(&code) => return Err(fault.into()),
            _ => {
                if code == "23P01" {
                    Counters::count(&state.counters.backstop_hits);
                }
                tracing::error!(%code, commands = chunk.len(), "the database refused what was decided");
                // Whatever was remembered, the next try reads it.
                if let Some(store) = chunk.iter().find_map(Order::store) {
                    state.schedules.forget(store);
                }
                if chunk.len() == 1 && tries > 2 {
                    return Ok(attempt(state, principal, replica, chunk, true).await?);
                }
                chunk = chunk.get(..1).unwrap_or(chunk);
            }
        }
    }
}

/// Constraint violations and values that cannot be stored.
fn is_about_data(code: &str) -> bool {
    code.starts_with("22") || code.starts_with("23") || code.starts_with("40") || code.starts_with("54")
}

async fn attempt(state: &AppState, principal: &str, replica: Option<ReplicaId>, chunk: &[Order], poison: bool) -> sqlx::Result<Taken> {
    let now = state.clock.now();
    let mut transaction = state.pool.begin().await?;
    let connection = &mut *transaction;
    let standing = match replica {
        Some(replica) => Some(replicas::lock(connection, replica, principal, now).await?),
        None => None,
    };
    if standing.as_ref().is_some_and(|standing| standing.principal != principal) {
        return Ok(Taken { stopped: Some(ReplicaState::Fork), ..Taken::default() });
    }
    let uuids: Vec<Uuid> = chunk.iter().map(|order| order.uuid.0).collect();
    let known = commands::outcomes(connection, principal, &uuids).await?;
    let sorted = sort(chunk, standing.as_ref().map(|standing| standing.last), |uuid| known.get(&uuid).cloned());
    let mut taken = Taken { stopped: sorted.stopped, ..Taken::default() };
    let mut poke = PokeAtEnd { state, scopes: Vec::new() };
    let mut schedule = None;
    let outcomes = if poison {
        poisoned(state, connection, &sorted.fresh, now).await?
    } else {
        let ran = run(state, connection, sorted.fresh, now).await?;
        (poke.scopes, schedule) = (ran.touched, ran.schedule);
        ran.outcomes
    };
    let mut outcomes = outcomes.into_iter();
    for (order, known) in chunk.iter().zip(sorted.known) {
        let Some(outcome) = known.or_else(|| outcomes.next()) else { break };
        taken.answers.push(Answer { number: order.number, uuid: order.uuid, outcome });
    }
    if let (Some(replica), Some(standing)) = (replica, &standing)
        && let Some(last) = sorted.last.filter(|last| *last != standing.last)
    {
        replicas::set_last(connection, replica, last).await?;
    }
    transaction.commit().await?;
    if let Some(schedule) = schedule {
        state.schedules.keep(schedule);
    }
    drop(poke);
    Ok(taken)
}

/// A chunk sorted into what was decided before and what is new, up to the first number that cannot be taken.
struct Sorted {
    /// For each order taken: its stored outcome, or `None` when it is new.
    known: Vec<Option<Outcome>>,
    fresh: Vec<Order>,
    last: Option<u64>,
    stopped: Option<ReplicaState>,
}

fn sort(chunk: &[Order], last: Option<u64>, outcome: impl Fn(CommandId) -> Option<Outcome>) -> Sorted {
    let mut sorted = Sorted { known: Vec::new(), fresh: Vec::new(), last, stopped: None };
    for order in chunk {
        if sorted.fresh.iter().any(|fresh: &Order| fresh.uuid == order.uuid) {
            break; // Twice in one chunk: the next transaction knows its outcome.
        }
        let stored = outcome(order.uuid);
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
            sorted.fresh.push(order.clone());
        }
        sorted.known.push(stored);
    }
    sorted
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
