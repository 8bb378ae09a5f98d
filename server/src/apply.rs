//! The only write path. A transaction takes locks always in the same order (replica, brand, store, members), decides all its commands in
//! memory, takes the heads of the touched scopes in one sorted statement, writes in bulk, commits, and only then tells.
//!
//! Every number of a replica gets an outcome in the transaction of its effects. The store's row is the arbiter; the exclusion
//! constraint is a backstop whose hits are counted and must stay zero.

mod advice;
mod batch;
mod changes;
mod journal;
mod load;
mod order;
mod save;
mod spread;
mod tell;

use std::time::Duration;

use shared::command::Command;
use shared::decision::LadderStep;
use shared::id::{CommandId, ReplicaId};
use shared::refusal::Refusal;
use shared::role::Channel;
use shared::sync::{Answer, Envelope, Outcome, ReplicaState, Scope};
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::{commands, replicas};
use crate::error::{Result, is_unavailable};
use crate::identity::{Identity, principal_name};
use crate::state::{AppState, Counters};
use batch::Batch;
use order::{DeviceClock, Order};

/// Most commands in one transaction.
const MOST_COMMANDS: usize = 50;
/// A transaction that lost against another one is repeated so often.
const MOST_TRIES: u32 = 8;

/// What became of the commands of a replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Where the server stands with the replica.
    pub replica: ReplicaState,
    /// Outcomes, of commands decided before too.
    pub answers: Vec<Answer>,
}

/// A command of the product itself: importer, demo, jobs. Known by its id, so that giving it twice changes nothing.
#[derive(Clone, Debug)]
pub struct SystemCommand {
    /// Id.
    pub uuid: CommandId,
    /// Command.
    pub command: Command,
    /// When it was given; now, if not said.
    pub given_at: Option<Timestamp>,
}

/// Outcome of one command and the step of the ladder that decided it.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub outcome: Outcome,
    pub step: Option<LadderStep>,
}

impl Verdict {
    fn of(outcome: Outcome) -> Self {
        Verdict { outcome, step: None }
    }

    fn refused(refusal: Refusal) -> Self {
        Verdict::of(Outcome::Refused { refusal, alternatives: Vec::new() })
    }
}

/// Takes the numbered commands of a replica, strictly in order. `offset_millis` corrects the stamps of its clock.
///
/// # Errors
/// Of the database; what was answered before stays so, the rest is sent again by the device.
pub async fn numbered(
    state: &AppState,
    identity: &Identity,
    replica: ReplicaId,
    offset_millis: i64,
    envelopes: &[Envelope],
) -> Result<Received> {
    let now = state.clock.now();
    let receive = |envelope| Order::received(envelope, identity, replica, DeviceClock::Off(offset_millis), now);
    let orders: Vec<Order> = envelopes.iter().map(receive).collect();
    let principal = principal_name(identity.actor.principal);
    let mut answers = Vec::new();
    let mut rest = orders.as_slice();
    while let Some(first) = rest.first() {
        let chunk = rest.split_at(chunk_length(first, rest)).0;
        let taken = patiently(state, &principal, Some(replica), chunk).await?;
        rest = rest.get(taken.answers.len()..).unwrap_or_default();
        answers.extend(taken.answers);
        if let Some(stopped) = taken.stopped {
            return Ok(Received { replica: stopped, answers });
        }
    }
    let mut connection = state.pool.acquire().await?;
    let standing = replicas::standing(&mut connection, replica).await?;
    let replica = match standing {
        Some(standing) if standing.principal != principal => ReplicaState::Fork,
        standing => ReplicaState::At(standing.map_or(0, |standing| standing.last)),
    };
    Ok(Received { replica, answers })
}

/// Takes one command that does not wait in an outbox; it is known by its id alone.
///
/// # Errors
/// Of the database.
pub async fn direct(state: &AppState, identity: &Identity, replica: Option<ReplicaId>, envelope: &Envelope) -> Result<Outcome> {
    let replica = replica.unwrap_or(ReplicaId(Uuid::nil()));
    let order = Order::received(envelope, identity, replica, DeviceClock::Unknown, state.clock.now());
    let taken = patiently(state, &principal_name(identity.actor.principal), None, &[order]).await?;
    Ok(taken.answers.into_iter().next().map_or(Outcome::Poison, |answer| answer.outcome))
}

/// Gives commands of the product itself, in order and in bulk. Running twice changes nothing.
///
/// # Errors
/// Of the database; what was given before stays given.
pub async fn as_system(state: &AppState, channel: Channel, given: Vec<SystemCommand>) -> Result<Vec<Outcome>> {
    let now = state.clock.now();
    let order = |given: SystemCommand| Order::system(given.uuid, given.command, channel, given.given_at.unwrap_or(now).min(now));
    let orders: Vec<Order> = given.into_iter().map(order).collect();
    let mut outcomes = Vec::with_capacity(orders.len());
    let mut rest = orders.as_slice();
    while let Some(first) = rest.first() {
        let chunk = rest.split_at(chunk_length(first, rest)).0;
        let taken = patiently(state, "system", None, chunk).await?;
        rest = rest.get(taken.answers.len().max(1)..).unwrap_or_default();
        outcomes.extend(taken.answers.into_iter().map(|answer| answer.outcome));
    }
    Ok(outcomes)
}

/// A transaction is about one store: a booking's id means something within its store only, and stores never wait for two.
fn chunk_length(first: &Order, orders: &[Order]) -> usize {
    let mut store = first.store();
    let same = |order: &&Order| match (store, order.store()) {
        (Some(known), Some(other)) => known == other,
        (None, other) => {
            store = other;
            true
        }
        (Some(_), None) => true,
    };
    orders.iter().take(MOST_COMMANDS).take_while(same).count()
}

/// Part of a chunk that got its answers, and why the rest did not.
#[derive(Debug, Default)]
struct Taken {
    answers: Vec<Answer>,
    stopped: Option<ReplicaState>,
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
async fn patiently(state: &AppState, principal: &str, replica: Option<ReplicaId>, chunk: &[Order]) -> Result<Taken> {
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
    let outcomes = if poison {
        poisoned(state, connection, &sorted.fresh, now).await?
    } else {
        let (outcomes, touched) = run(state, connection, sorted.fresh, now).await?;
        poke.scopes = touched;
        outcomes
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

/// Decides and writes new commands.
async fn run(
    state: &AppState,
    connection: &mut PgConnection,
    mut orders: Vec<Order>,
    now: Timestamp,
) -> sqlx::Result<(Vec<Outcome>, Vec<Scope>)> {
    if orders.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut batch = Batch::open(state, connection, &mut orders, now).await?;
    let mut verdicts = Vec::with_capacity(orders.len());
    for order in &orders {
        verdicts.push(batch.decide(connection, order).await?);
    }
    let touched = save::save(connection, &mut batch).await?;
    let entries: Vec<_> = orders.iter().zip(&verdicts).map(|(order, verdict)| journal::entry(&state.sealer, order, verdict, now)).collect();
    commands::save(connection, &entries).await?;
    Ok((verdicts.into_iter().map(|verdict| verdict.outcome).collect(), touched))
}

/// Sets commands aside whose effects cannot be stored, so that they hold up nothing.
async fn poisoned(state: &AppState, connection: &mut PgConnection, orders: &[Order], now: Timestamp) -> sqlx::Result<Vec<Outcome>> {
    let entries: Vec<_> = orders.iter().map(|order| journal::poisoned(&state.sealer, order, now)).collect();
    commands::save(connection, &entries).await?;
    Ok(entries.into_iter().map(|entry| entry.outcome).collect())
}
