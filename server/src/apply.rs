//! The only write path. A transaction takes locks always in the same order (replicas, brand, store, shared staff, members), decides all its
//! commands in memory, takes the heads of the touched scopes in one sorted statement, writes in bulk, commits, and only then tells.
//!
//! Every number of a replica gets an outcome in the transaction of its effects. The store's row is the arbiter; the exclusion
//! constraint is a backstop whose hits are counted and must stay zero.

mod advice;
mod batch;
mod elsewhere;
mod evidence;
mod fall_due;
mod fan_out;
mod journal;
mod load;
mod member_use;
mod notify;
pub(crate) mod numbered;
mod pace;
mod proof;
mod save;
mod serve_waitlist;
pub(crate) mod shared_staff;
mod sorted;
mod store_queue;
pub(crate) mod transaction;
pub(crate) mod verdict;

use shared::command::{Command, Release};
use shared::envelope::Envelope;
use shared::id::{CommandId, ReplicaId, StoreId};
use shared::role::{Channel, Principal};
use shared::sync::{Answer, Outcome, ReplicaState};
use shared::time::Timestamp;
use uuid::Uuid;

use crate::db::{bookings, replicas};
use crate::error::Result;
use crate::identity::{Identity, principal_name};
use crate::received_command::{Delivery, ReceivedCommand};
use crate::state::AppState;
use crate::store_queues::{BatchResult, MOST_COMMANDS, Submission};

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
    let receive = |envelope| ReceivedCommand::received(envelope, identity, replica, Delivery::Queued { offset_millis }, now);
    let orders: Vec<ReceivedCommand> = envelopes.iter().map(receive).collect();
    pace::check(state, identity, &orders)?;
    let principal = principal_name(identity.actor.principal);
    let (mut answers, mut last) = (Vec::new(), None);
    let mut rest = orders.as_slice();
    while let Some(first) = rest.first() {
        let chunk = rest.split_at(chunk_length(first, rest)).0;
        let taken = take(state, Submission { principal: principal.clone(), replica: Some(replica), orders: chunk.to_vec() }).await?;
        rest = rest.get(taken.answers.len()..).unwrap_or_default();
        answers.extend(taken.answers);
        last = taken.last;
        if let Some(stopped) = taken.stopped {
            return Ok(Received { replica: stopped, answers });
        }
    }
    let replica = match last {
        Some(last) => ReplicaState::At(last),
        None => standing(state, replica, &principal).await?,
    };
    Ok(Received { replica, answers })
}

/// Where the server stands with a replica that has nothing to say.
async fn standing(state: &AppState, replica: ReplicaId, principal: &str) -> Result<ReplicaState> {
    let standing = replicas::standing(&mut *state.pool.acquire().await?, replica).await?;
    Ok(match standing {
        Some(standing) if standing.principal != principal => ReplicaState::Fork,
        standing => ReplicaState::At(standing.map_or(0, |standing| standing.last)),
    })
}

/// Takes one command that does not wait in an outbox; it is known by its id alone.
///
/// # Errors
/// Of the database.
pub async fn direct(state: &AppState, identity: &Identity, replica: Option<ReplicaId>, envelope: &Envelope) -> Result<Outcome> {
    let replica = replica.unwrap_or(ReplicaId(Uuid::nil()));
    let order = ReceivedCommand::received(envelope, identity, replica, Delivery::Direct, state.clock.now());
    pace::check(state, identity, std::slice::from_ref(&order))?;
    let submission = Submission { principal: principal_name(identity.actor.principal), replica: None, orders: vec![order] };
    let holds_in =
        submission.orders.first().filter(|order| matches!(order.command, Some(Command::Hold(_)))).and_then(ReceivedCommand::store);
    let outcome = only_outcome(take(state, submission.clone()).await?);
    let Some(store) = holds_in else { return Ok(outcome) };
    match &outcome {
        Outcome::Applied => drop(let_go_elsewhere(state, identity, store).await?),
        // Somebody who works in several stores may be taken by nothing but this account's own hold in another one.
        Outcome::Refused { refusal, .. } if refusal.is_about_time() && let_go_elsewhere(state, identity, store).await? > 0 => {
            let again = |order: &ReceivedCommand| ReceivedCommand { uuid: CommandId(state.clock.fresh_id()), ..order.clone() };
            let orders = submission.orders.iter().map(again).collect();
            return Ok(only_outcome(take(state, Submission { orders, ..submission }).await?));
        }
        _ => {}
    }
    Ok(outcome)
}

fn only_outcome(taken: BatchResult) -> Outcome {
    taken.answers.into_iter().next().map_or(Outcome::Poison, |answer| answer.outcome)
}

/// One account protects one time: what it holds in other stores is let go once it holds one here. Within a store the decision does so;
/// a transaction is about one store. Answers how many there were.
async fn let_go_elsewhere(state: &AppState, identity: &Identity, store: StoreId) -> Result<usize> {
    let Some(account) = identity.actor.account_id() else { return Ok(0) };
    let mut connection = state.pool.acquire().await?;
    let holds = bookings::holds_elsewhere(&mut connection, account, store, state.clock.now()).await?;
    drop(connection);
    let count = holds.len();
    for (store, booking) in holds {
        let mut order = ReceivedCommand::system(
            CommandId(state.clock.fresh_id()),
            Command::Release(Release { store, booking }),
            Channel::MemberApp,
            state.clock.now(),
        );
        order.actor = identity.actor.clone();
        take(state, Submission { principal: principal_name(identity.actor.principal), replica: None, orders: vec![order] }).await?;
    }
    Ok(count)
}

/// Gives commands of the product itself, in order and in bulk. Running twice changes nothing.
///
/// # Errors
/// Of the database; what was given before stays given.
pub async fn as_system(state: &AppState, channel: Channel, given: Vec<SystemCommand>) -> Result<Vec<Outcome>> {
    let now = state.clock.now();
    let order = |given: SystemCommand| ReceivedCommand::system(given.uuid, given.command, channel, given.given_at.unwrap_or(now).min(now));
    let orders: Vec<ReceivedCommand> = given.into_iter().map(order).collect();
    let mut outcomes = Vec::with_capacity(orders.len());
    let mut rest = orders.as_slice();
    while let Some(first) = rest.first() {
        let chunk = rest.split_at(chunk_length(first, rest)).0;
        let taken = take(state, Submission { principal: principal_name(Principal::System), replica: None, orders: chunk.to_vec() }).await?;
        rest = rest.get(taken.answers.len().max(1)..).unwrap_or_default();
        outcomes.extend(taken.answers.into_iter().map(|answer| answer.outcome));
    }
    Ok(outcomes)
}

async fn take(state: &AppState, submission: Submission) -> Result<BatchResult> {
    match submission.orders.iter().find_map(ReceivedCommand::store) {
        Some(store) => store_queue::enqueue(state, store, submission).await,
        None => store_queue::at_once(state, submission).await,
    }
}

/// A transaction is about one store: a booking's id means something within its store only, and stores never wait for two. Who works where
/// concerns several: that has a transaction of its own.
fn chunk_length(first: &ReceivedCommand, orders: &[ReceivedCommand]) -> usize {
    let is_alone = |order: &ReceivedCommand| order.command.as_ref().is_some_and(Command::is_alone);
    if is_alone(first) {
        return 1;
    }
    let mut store = first.store();
    let same = |order: &&ReceivedCommand| match (store, order.store()) {
        _ if is_alone(order) => false,
        (Some(known), Some(other)) => known == other,
        (None, other) => {
            store = other;
            true
        }
        (Some(_), None) => true,
    };
    orders.iter().take(MOST_COMMANDS).take_while(same).count()
}
