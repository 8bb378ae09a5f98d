//! Jobs sorted into what was decided before and what is new.

use std::collections::BTreeMap;

use shared::id::ReplicaId;
use shared::stamp::Stamp;
use shared::sync::{Answer, Outcome, ReplicaState};
use uuid::Uuid;

use crate::db::commands::Known;
use crate::db::replicas::{Progress, Standing};
use crate::received_command::ReceivedCommand;
use crate::store_queues::{BatchResult, Submission};

/// The commands that may have an outcome already. A number that a replica has not reached is new, and so is its command, unless a
/// device gave it twice: then it cannot be written, and is looked up with more care.
pub(super) fn perhaps_known<'a>(
    submissions: &'a [Submission],
    standings: &BTreeMap<ReplicaId, Standing>,
    mode: Mode,
) -> Vec<(&'a str, Uuid)> {
    let of_submission = |submission: &'a Submission| {
        let last = submission.replica.and_then(|replica| standings.get(&replica)).map(|standing| standing.last);
        let may_be_known = move |order: &&ReceivedCommand| mode != Mode::Usual || last.is_none_or(|last| order.number <= last);
        submission.orders.iter().filter(may_be_known).map(|order| (submission.principal.as_str(), order.uuid.0))
    };
    submissions.iter().flat_map(of_submission).collect()
}

/// The replicas that have new outcomes, each with its last number.
pub(super) fn moved(
    submissions: &[Submission],
    sorted: &[Sorted],
    standings: &BTreeMap<ReplicaId, Standing>,
) -> BTreeMap<ReplicaId, Progress> {
    let moved = submissions.iter().zip(sorted).filter_map(|(submission, sorted)| {
        let (replica, last) = (submission.replica?, sorted.last?);
        (standings.get(&replica)?.last != last).then_some((replica, Progress { last, stamp: sorted.floor }))
    });
    moved.collect()
}

/// A submission sorted into what was decided before and what is new, up to the first number that cannot be taken.
#[derive(Default)]
pub(super) struct Sorted {
    /// For each order taken: its stored outcome, or `None` when it is new.
    known: Vec<Option<Outcome>>,
    pub fresh: Vec<ReceivedCommand>,
    last: Option<u64>,
    /// The replica's next stamp is later than this.
    floor: Stamp,
    stopped: Option<ReplicaState>,
    is_cut: bool,
}

/// A submission sorted again up to where its transaction ended: `left` of the new orders of all submissions have an outcome.
pub(super) fn cut(submission: &Submission, sorted: &Sorted, left: &mut usize, sort: impl Fn(&Submission) -> Sorted) -> Sorted {
    let has_outcome = |known: &&Option<Outcome>| known.is_some() || left.checked_sub(1).inspect(|less| *left = *less).is_some();
    let count = sorted.known.iter().take_while(has_outcome).count();
    let orders = submission.orders.iter().take(count).cloned().collect();
    Sorted { is_cut: count < sorted.known.len(), ..sort(&Submission { orders, ..submission.clone() }) }
}

pub(super) fn sort(submission: &Submission, standing: Option<&Standing>, known: &Known) -> Sorted {
    if standing.is_some_and(|standing| standing.principal != submission.principal) {
        return Sorted { stopped: Some(ReplicaState::Fork), ..Sorted::default() };
    }
    let floor = standing.map(|standing| standing.floor).unwrap_or_default();
    let mut sorted = Sorted { last: standing.map(|standing| standing.last), floor, ..Sorted::default() };
    for order in &submission.orders {
        if sorted.fresh.iter().any(|fresh: &ReceivedCommand| fresh.uuid == order.uuid) {
            break; // Twice in one submission: the next transaction knows its outcome.
        }
        let stored = known.get(&(submission.principal.clone(), order.uuid)).cloned();
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

pub(super) fn answered(submission: &Submission, sorted: Sorted, outcomes: &mut impl Iterator<Item = Outcome>) -> BatchResult {
    let mut taken = BatchResult { stopped: sorted.stopped, last: sorted.last, is_cut: sorted.is_cut, ..BatchResult::default() };
    for (order, known) in submission.orders.iter().zip(sorted.known) {
        let Some(outcome) = known.or_else(|| outcomes.next()) else { break };
        taken.answers.push(Answer { number: order.number, uuid: order.uuid, outcome });
    }
    taken
}

/// How a transaction is attempted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Usual,
    /// Every command is looked up: one of them was written before.
    Careful,
    /// What was decided cannot be stored: the commands are set aside.
    Poison,
}
