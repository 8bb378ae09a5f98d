//! Jobs that wait for the same store are taken together: one transaction and one commit for all, in the order they came. They would wait
//! for the store's row anyway; so a busy store writes to the disk once for many, and holds no connection that other stores could use.
//! The row stays the arbiter, between processes too.

use std::collections::{BTreeMap, VecDeque, btree_map};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::id::StoreId;
use tokio::sync::oneshot;
use tokio::task::JoinError;

use super::MOST_COMMANDS;
use super::take::{Job, Taken, together};
use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::state::AppState;

/// Beyond so many the next is told to come back: a queue that nobody sees the end of helps nobody.
const MOST_WAITING: usize = 1_000;

/// What waits for each store. A store is in here while somebody works for it.
#[derive(Debug, Default)]
pub(crate) struct StoreQueues(Mutex<BTreeMap<StoreId, VecDeque<Waiting>>>);

#[derive(Debug)]
struct Waiting {
    job: Job,
    answer: oneshot::Sender<Result<Taken>>,
}

/// Takes a job when its store's turn comes.
pub(super) async fn enqueue(state: &AppState, store: StoreId, job: Job) -> Result<Taken> {
    if state.store_queues.waiting(store) >= MOST_WAITING {
        return Err(Problem::UNAVAILABLE.into());
    }
    let (answer, taken) = oneshot::channel();
    if state.store_queues.join(store, Waiting { job, answer }) {
        // A task of its own: whoever came first may go away, the others still wait.
        tokio::spawn(work(state.clone(), store));
    }
    taken.await.unwrap_or_else(|_| Err(Error::Fault("a job was dropped".into())))
}

async fn work(state: AppState, store: StoreId) {
    while let Some(group) = state.store_queues.next(store) {
        let (jobs, waiting): (Vec<Job>, Vec<_>) = group.into_iter().map(|waiting| (waiting.job, waiting.answer)).unzip();
        let jobs: Arc<[Job]> = jobs.into();
        let answers = match guarded(&state, Arc::clone(&jobs)).await {
            Ok(answers) => answers.into_iter().map(Some).collect(),
            Err(_) => one_by_one(&state, &jobs).await,
        };
        for (waiting, taken) in waiting.into_iter().zip(answers) {
            let Some(taken) = taken else { continue };
            drop(waiting.send(taken)); // Whoever asked may have gone; what is decided is decided.
        }
    }
}

/// Takes a job that is about no store: it waits for nobody, and ends even if whoever asked goes away.
pub(super) async fn at_once(state: &AppState, job: Job) -> Result<Taken> {
    let answers = guarded(state, Arc::from([job])).await;
    answers.ok().and_then(|answers| answers.into_iter().next()).unwrap_or_else(|| Err(Error::Fault("a job was dropped".into())))
}

/// In a task of its own: a panic must not end the work for the store.
async fn guarded(state: &AppState, jobs: Arc<[Job]>) -> Result<Vec<Result<Taken>>, JoinError> {
    let state = state.clone();
    tokio::spawn(async move { together(&state, &jobs).await }).await
}

/// After a panic: only the job that causes it stays without an answer.
async fn one_by_one(state: &AppState, jobs: &[Job]) -> Vec<Option<Result<Taken>>> {
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        answers.push(guarded(state, Arc::from([job.clone()])).await.ok().and_then(|answers| answers.into_iter().next()));
    }
    answers
}

impl StoreQueues {
    /// How many wait for a store.
    pub(crate) fn waiting(&self, store: StoreId) -> usize {
        self.queues().get(&store).map_or(0, VecDeque::len)
    }

    /// Whether nobody works for the store yet.
    fn join(&self, store: StoreId, waiting: Waiting) -> bool {
        match self.queues().entry(store) {
            btree_map::Entry::Occupied(mut queue) => {
                queue.get_mut().push_back(waiting);
                false
            }
            btree_map::Entry::Vacant(place) => {
                place.insert(VecDeque::from([waiting]));
                true
            }
        }
    }

    /// Who is next, as many as fit into one transaction; nobody ends the work.
    fn next(&self, store: StoreId) -> Option<Vec<Waiting>> {
        let mut queues = self.queues();
        let queue = queues.get_mut(&store)?;
        let mut group: Vec<Waiting> = Vec::new();
        while let Some(next) = queue.front() {
            if next.answer.is_closed() {
                // They went away before anybody looked at it: they will ask again, or not.
                queue.pop_front();
                continue;
            }
            let commands: usize = group.iter().map(|waiting| waiting.job.orders.len()).sum();
            let fits = commands + next.job.orders.len() <= MOST_COMMANDS && group.iter().all(|earlier| !repeats(&earlier.job, &next.job));
            if !group.is_empty() && !fits {
                break;
            }
            group.extend(queue.pop_front());
        }
        if group.is_empty() {
            queues.remove(&store);
        }
        (!group.is_empty()).then_some(group)
    }

    fn queues(&self) -> MutexGuard<'_, BTreeMap<StoreId, VecDeque<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a job may say again what an earlier one says: only the next transaction knows the outcome.
fn repeats(earlier: &Job, job: &Job) -> bool {
    let again = || job.orders.iter().any(|order| earlier.orders.iter().any(|known| known.uuid == order.uuid));
    (job.replica.is_some() && job.replica == earlier.replica) || (job.principal == earlier.principal && again())
}

#[cfg(test)]
mod tests {
    use shared::command::{Command, ResolveAttention};
    use shared::id::{AttentionId, CommandId, ReplicaId};
    use shared::role::Channel;
    use shared::time::Timestamp;
    use uuid::Uuid;

    use super::super::received_command::ReceivedCommand;
    use super::*;

    const NORTH: StoreId = StoreId(Uuid::from_u128(1));

    fn order(id: u128) -> ReceivedCommand {
        let command = Command::ResolveAttention(ResolveAttention { store: NORTH, attention: AttentionId(Uuid::from_u128(id)) });
        ReceivedCommand::system(CommandId(Uuid::from_u128(id)), command, Channel::Desk, Timestamp(0))
    }

    fn job(principal: &str, replica: Option<u128>, ids: impl IntoIterator<Item = u128>) -> Job {
        let replica = replica.map(|id| ReplicaId(Uuid::from_u128(id)));
        Job { principal: principal.to_owned(), replica, orders: ids.into_iter().map(order).collect() }
    }

    /// Sizes of the groups in which jobs are taken that all wait already.
    fn groups(jobs: impl IntoIterator<Item = Job>) -> Vec<usize> {
        let turns = StoreQueues::default();
        let mut people = Vec::new();
        for (index, job) in jobs.into_iter().enumerate() {
            let (answer, person) = oneshot::channel();
            people.push(person);
            let is_first = turns.join(NORTH, Waiting { job, answer });
            assert_eq!(is_first, index == 0, "one works, the others wait");
        }
        let sizes = std::iter::from_fn(|| turns.next(NORTH).map(|group| group.len())).collect();
        assert!(turns.queues().is_empty(), "nobody works for a store in which nobody waits");
        sizes
    }

    #[test]
    fn sixty_guests_who_wait_need_two_transactions() {
        assert_eq!(groups((0..60).map(|guest| job(&format!("account:{guest}"), None, [guest]))), [50, 10]);
    }

    #[test]
    fn a_long_outbox_is_not_cut_and_not_passed_over() {
        let long = |replica| job("user:ann", Some(replica), (0..40).map(|id| u128::from(replica as u64) * 100 + id));
        assert_eq!(groups([job("account:bob", None, [1]), long(7), long(8), job("account:eve", None, [2])]), [2, 2]);
    }

    #[test]
    fn one_tablet_asking_twice_gets_its_second_answer_from_the_next_transaction() {
        let again = || job("user:ann", Some(7), [1]);
        assert_eq!(groups([again(), again()]), [1, 1], "the same outbox");
        let tapped = || job("account:bob", None, [1]);
        assert_eq!(groups([tapped(), tapped(), job("account:eve", None, [1])]), [1, 2], "the same command of the same person");
    }

    #[test]
    fn who_went_away_before_their_turn_is_not_decided_about() {
        let turns = StoreQueues::default();
        let (answer, person) = oneshot::channel();
        turns.join(NORTH, Waiting { job: job("account:bob", None, [1]), answer });
        drop(person);
        assert_eq!(turns.waiting(NORTH), 1);
        assert!(turns.next(NORTH).is_none());
        assert!(turns.queues().is_empty());
    }
}
