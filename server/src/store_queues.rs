//! What waits for each store, and how much of it fits into one transaction.

use std::collections::{BTreeMap, VecDeque, btree_map};
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::id::{ReplicaId, StoreId};
use shared::sync::{Answer, ReplicaState};
use tokio::sync::oneshot;

use crate::error::Result;
use crate::received_command::ReceivedCommand;

/// What one request asks for: commands of one principal about one store, in order.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    pub principal: String,
    /// `None` when they are known by their ids alone.
    pub replica: Option<ReplicaId>,
    pub orders: Vec<ReceivedCommand>,
}

/// Part of a submission that got its answers, and why the rest did not.
#[derive(Debug, Default)]
pub(crate) struct BatchResult {
    pub answers: Vec<Answer>,
    pub stopped: Option<ReplicaState>,
    /// The last number of the replica that has an outcome.
    pub last: Option<u64>,
    /// The next order is about people who could not be locked any more: the rest is for another transaction.
    pub is_cut: bool,
}

/// Most commands in one transaction.
pub(crate) const MOST_COMMANDS: usize = 50;

/// What waits for each store. A store is in here while somebody works for it.
#[derive(Debug, Default)]
pub(crate) struct StoreQueues(Mutex<BTreeMap<StoreId, VecDeque<Waiting>>>);

#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) submission: Submission,
    pub(crate) answer: oneshot::Sender<Result<BatchResult>>,
}

impl StoreQueues {
    /// How many wait for a store.
    pub(crate) fn waiting(&self, store: StoreId) -> usize {
        self.queues().get(&store).map_or(0, VecDeque::len)
    }

    /// Whether nobody works for the store yet.
    pub(crate) fn join(&self, store: StoreId, waiting: Waiting) -> bool {
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
    pub(crate) fn next(&self, store: StoreId) -> Option<Vec<Waiting>> {
        let mut queues = self.queues();
        let queue = queues.get_mut(&store)?;
        let mut group: Vec<Waiting> = Vec::new();
        while let Some(next) = queue.front() {
            if next.answer.is_closed() {
                // They went away before anybody looked at it: they will ask again, or not.
                queue.pop_front();
                continue;
            }
            let commands: usize = group.iter().map(|waiting| waiting.submission.orders.len()).sum();
            let fits = commands + next.submission.orders.len() <= MOST_COMMANDS
                && group.iter().all(|earlier| !repeats(&earlier.submission, &next.submission));
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

/// Whether a submission may say again what an earlier one says: only the next transaction knows the outcome.
pub(crate) fn repeats(earlier: &Submission, submission: &Submission) -> bool {
    let again = || submission.orders.iter().any(|order| earlier.orders.iter().any(|known| known.uuid == order.uuid));
    (submission.replica.is_some() && submission.replica == earlier.replica) || (submission.principal == earlier.principal && again())
}

#[cfg(test)]
mod tests {
    use shared::command::{Command, ResolveAttention};
    use shared::id::{AttentionId, CommandId, ReplicaId};
    use shared::role::Channel;
    use shared::time::Timestamp;
    use uuid::Uuid;

    use super::*;

    const NORTH: StoreId = StoreId(Uuid::from_u128(1));

    fn order(id: u128) -> ReceivedCommand {
        let command = Command::ResolveAttention(ResolveAttention { store: NORTH, attention: AttentionId(Uuid::from_u128(id)) });
        ReceivedCommand::system(CommandId(Uuid::from_u128(id)), command, Channel::Desk, Timestamp(0))
    }

    fn submission(principal: &str, replica: Option<u128>, ids: impl IntoIterator<Item = u128>) -> Submission {
        let replica = replica.map(|id| ReplicaId(Uuid::from_u128(id)));
        Submission { principal: principal.to_owned(), replica, orders: ids.into_iter().map(order).collect() }
    }

    /// Sizes of the groups in which submissions are taken that all wait already.
    fn groups(submissions: impl IntoIterator<Item = Submission>) -> Vec<usize> {
        let turns = StoreQueues::default();
        let mut people = Vec::new();
        for (index, submission) in submissions.into_iter().enumerate() {
            let (answer, person) = oneshot::channel();
            people.push(person);
            let is_first = turns.join(NORTH, Waiting { submission, answer });
            assert_eq!(is_first, index == 0, "one works, the others wait");
        }
        let sizes = std::iter::from_fn(|| turns.next(NORTH).map(|group| group.len())).collect();
        assert!(turns.queues().is_empty(), "nobody works for a store in which nobody waits");
        sizes
    }

    #[test]
    fn sixty_guests_who_wait_need_two_transactions() {
        assert_eq!(groups((0..60).map(|guest| submission(&format!("account:{guest}"), None, [guest]))), [50, 10]);
    }

    #[test]
    fn a_long_outbox_is_not_cut_and_not_passed_over() {
        let long = |replica| submission("user:ann", Some(replica), (0..40).map(|id| u128::from(replica as u64) * 100 + id));
        assert_eq!(groups([submission("account:bob", None, [1]), long(7), long(8), submission("account:eve", None, [2])]), [2, 2]);
    }

    #[test]
    fn one_tablet_asking_twice_gets_its_second_answer_from_the_next_transaction() {
        let again = || submission("user:ann", Some(7), [1]);
        assert_eq!(groups([again(), again()]), [1, 1], "the same outbox");
        let tapped = || submission("account:bob", None, [1]);
        assert_eq!(groups([tapped(), tapped(), submission("account:eve", None, [1])]), [1, 2], "the same command of the same person");
    }

    #[test]
    fn who_went_away_before_their_turn_is_not_decided_about() {
        let turns = StoreQueues::default();
        let (answer, person) = oneshot::channel();
        turns.join(NORTH, Waiting { submission: submission("account:bob", None, [1]), answer });
        drop(person);
        assert_eq!(turns.waiting(NORTH), 1);
        assert!(turns.next(NORTH).is_none());
        assert!(turns.queues().is_empty());
    }
}
