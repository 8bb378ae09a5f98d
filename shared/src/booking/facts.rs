//! What the desk saw happen to a guest. Facts are a set, kept beside what was agreed: in whatever order they arrive, the visit stands
//! where it stands.

use serde::{Deserialize, Serialize};

use super::State;
use crate::id::ReplicaId;
use crate::time::Timestamp;

/// Most check-ins kept at once; only the first and those after a late undo ever count.
const MOST_CHECK_INS: usize = 8;

/// When a fact happened, and which one it was: of one replica no two are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FactStamp {
    /// When it happened.
    pub at: Timestamp,
    /// Its number on the replica that tells it.
    pub number: u64,
    /// The replica.
    pub replica: ReplicaId,
}

/// What a desk can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The guest is here.
    CheckedIn,
    /// The guest was not here after all.
    CheckInUndone,
    /// The desk was told, or decided, that the visit does not take place.
    Cancelled,
    /// Nobody came.
    Missed,
    /// It was a mistake that nobody came.
    MissUndone,
    /// The service has begun.
    Started,
    /// It is over.
    Finished,
}

/// The facts told about a booking so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Where the booking stood by agreement, while facts say that it stands elsewhere.
    pub agreed: Option<State>,
    /// The store has taken its promise back: nobody can miss it any more.
    pub given_way: bool,
    /// Check-ins that no later undo took back, the first one first.
    pub check_ins: Vec<FactStamp>,
    /// The last undo of a check-in.
    pub undone: Option<FactStamp>,
    /// The last cancellation given at a desk: whoever was there before it has left.
    pub cancelled: Option<FactStamp>,
    /// The last time it was noticed that nobody came.
    pub missed: Option<FactStamp>,
    /// The last time that was taken back: what was noticed before it does not count.
    #[serde(default)]
    pub miss_undone: Option<FactStamp>,
    /// The first start.
    pub started: Option<FactStamp>,
    /// The first end.
    pub finished: Option<FactStamp>,
}

impl Facts {
    /// The same without which device told what, and how many commands it had given: for readers outside of the store.
    #[must_use]
    pub fn without_writers(mut self) -> Self {
        let single =
            [&mut self.undone, &mut self.cancelled, &mut self.missed, &mut self.miss_undone, &mut self.started, &mut self.finished];
        for stamp in self.check_ins.iter_mut().chain(single.into_iter().flatten()) {
            (stamp.number, stamp.replica) = (0, ReplicaId(uuid::Uuid::nil()));
        }
        self
    }

    /// Takes a fact in; whether it says anything new.
    pub(crate) fn add(&mut self, fact: Fact, stamp: FactStamp) -> bool {
        match fact {
            Fact::CheckedIn => self.add_check_in(stamp),
            Fact::CheckInUndone => {
                self.check_ins.retain(|check_in| *check_in > stamp);
                replace_if(&mut self.undone, stamp, |known| stamp > known)
            }
            Fact::Cancelled => replace_if(&mut self.cancelled, stamp, |known| stamp > known),
            Fact::Missed => replace_if(&mut self.missed, stamp, |known| stamp > known),
            Fact::MissUndone => replace_if(&mut self.miss_undone, stamp, |known| stamp > known),
            Fact::Started => replace_if(&mut self.started, stamp, |known| stamp < known),
            Fact::Finished => replace_if(&mut self.finished, stamp, |known| stamp < known),
        }
    }

    fn add_check_in(&mut self, stamp: FactStamp) -> bool {
        if self.undone.is_some_and(|undone| undone > stamp) {
            return false;
        }
        // Of what is given directly within one millisecond the last to arrive is the last to have happened.
        let taken_back = [&mut self.undone, &mut self.cancelled].map(|earlier| earlier.take_if(|earlier| *earlier == stamp).is_some());
        if self.check_ins.contains(&stamp) {
            return taken_back.contains(&true);
        }
        let place = self.check_ins.partition_point(|known| *known < stamp);
        self.check_ins.insert(place, stamp);
        self.check_ins.truncate(MOST_CHECK_INS);
        true
    }

    /// When the guest came who is here and waits for the service to begin.
    fn present_since(&self) -> Option<Timestamp> {
        let stayed = |check_in: &&FactStamp| self.cancelled.is_none_or(|cancelled| cancelled < **check_in);
        self.check_ins.iter().find(stayed).map(|check_in| check_in.at)
    }

    /// Whether a guest was still expected when the visit was to begin. Who had cancelled before then has missed nothing.
    pub(crate) fn could_be_missed(&self, agreed: &State, starts_at: Timestamp) -> bool {
        match agreed {
            State::Requested | State::Confirmed { .. } => true,
            State::Cancelled { at, .. } => *at >= starts_at && !self.given_way,
            _ => false,
        }
    }

    /// Where the visit stands: what happened counts before what was agreed, and whoever was here did not miss it.
    pub(crate) fn state(&self, agreed: &State, starts_at: Timestamp) -> State {
        if matches!(agreed, State::Completed { .. }) {
            return agreed.clone();
        }
        if let Some(finished) = self.finished {
            return State::Completed { at: finished.at };
        }
        if matches!(agreed, State::InService { .. }) {
            return agreed.clone();
        }
        if let Some(started) = self.started {
            let walked_in_at = if let State::Waiting { since } = agreed { Some(*since) } else { None };
            let arrived_at = self.check_ins.first().map(|check_in| check_in.at).or(walked_in_at);
            return State::InService { since: started.at, arrived_at };
        }
        if let Some(at) = self.present_since() {
            return State::CheckedIn { at };
        }
        // Of what is given directly within one millisecond the undo comes after.
        match self.missed.filter(|missed| self.miss_undone.is_none_or(|undone| undone < *missed)) {
            Some(missed) if missed.at >= starts_at && self.check_ins.is_empty() && self.could_be_missed(agreed, starts_at) => {
                State::NoShow { at: missed.at }
            }
            _ => agreed.clone(),
        }
    }
}

fn replace_if(known: &mut Option<FactStamp>, stamp: FactStamp, is_better: impl FnOnce(FactStamp) -> bool) -> bool {
    let replaces = known.is_none_or(is_better);
    if replaces {
        *known = Some(stamp);
    }
    replaces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(minute: i64) -> FactStamp {
        FactStamp { at: Timestamp(0).plus_minutes(minute), number: 1, replica: ReplicaId(uuid::Uuid::nil()) }
    }

    fn state_after(facts: &[(Fact, i64)], agreed: &State) -> State {
        let mut all = Facts::default();
        for (fact, minute) in facts {
            all.add(*fact, stamp(*minute));
        }
        all.state(agreed, Timestamp(0))
    }

    #[test]
    fn who_cancelled_in_time_missed_nothing_and_who_cancelled_afterwards_did() {
        let cancelled = |minute| State::Cancelled { by: super::super::CancelledBy::Member, late: false, at: stamp(minute).at };
        assert_eq!(state_after(&[(Fact::Missed, 10)], &cancelled(-1)), cancelled(-1));
        assert_eq!(state_after(&[(Fact::Missed, 10)], &cancelled(5)), State::NoShow { at: stamp(10).at });
    }

    #[test]
    fn an_undo_takes_back_what_was_before_it_and_not_who_came_later() {
        let agreed = State::Confirmed { at: Timestamp(-1) };
        let facts = [(Fact::CheckInUndone, 5), (Fact::CheckedIn, 1), (Fact::CheckedIn, 7)];
        assert_eq!(state_after(&facts, &agreed), State::CheckedIn { at: stamp(7).at });
        assert_eq!(state_after(&facts[..2], &agreed), agreed);
    }

    #[test]
    fn of_two_starts_the_first_counts_and_it_is_over_with_the_first_end() {
        let agreed = State::Requested;
        assert_eq!(
            state_after(&[(Fact::Started, 9), (Fact::Started, 3)], &agreed),
            State::InService { since: stamp(3).at, arrived_at: None }
        );
        assert_eq!(
            state_after(&[(Fact::Finished, 9), (Fact::Finished, 8), (Fact::Started, 3)], &agreed),
            State::Completed { at: stamp(8).at }
        );
    }

    #[test]
    fn within_one_millisecond_the_last_to_be_told_counts() {
        let agreed = State::Confirmed { at: Timestamp(-1) };
        let there = State::CheckedIn { at: stamp(1).at };
        for taken_back in [Fact::CheckInUndone, Fact::Cancelled] {
            let facts = [(Fact::CheckedIn, 1), (taken_back, 1), (Fact::CheckedIn, 1)];
            assert_eq!(state_after(&facts[..2], &agreed), agreed);
            assert_eq!(state_after(&facts, &agreed), there);
        }
    }

    #[test]
    fn what_is_told_twice_says_nothing_new() {
        for fact in [Fact::CheckedIn, Fact::CheckInUndone, Fact::Cancelled, Fact::Missed, Fact::MissUndone, Fact::Started, Fact::Finished] {
            let mut facts = Facts::default();
            assert_eq!((facts.add(fact, stamp(5)), facts.add(fact, stamp(5))), (true, false), "{fact:?}");
        }
    }

    #[test]
    fn of_two_undos_two_cancellations_and_two_misses_the_last_counts() {
        let agreed = State::Confirmed { at: Timestamp(-1) };
        for taken_back in [Fact::CheckInUndone, Fact::Cancelled] {
            for [one, other] in [[5, 9], [9, 5]] {
                let facts = [(taken_back, one), (taken_back, other), (Fact::CheckedIn, 7)];
                assert_eq!(state_after(&facts, &agreed), agreed, "{facts:?}");
                let facts = [(taken_back, one), (taken_back, other), (Fact::CheckedIn, 10)];
                assert_eq!(state_after(&facts, &agreed), State::CheckedIn { at: stamp(10).at }, "{facts:?}");
            }
        }
        for [one, other] in [[5, 9], [9, 5]] {
            assert_eq!(state_after(&[(Fact::Missed, one), (Fact::Missed, other)], &agreed), State::NoShow { at: stamp(9).at });
            let taken_back = [(Fact::Missed, one), (Fact::MissUndone, 7), (Fact::Missed, other)];
            assert_eq!(state_after(&taken_back, &agreed), State::NoShow { at: stamp(9).at });
        }
    }

    #[test]
    fn many_check_ins_are_not_all_kept() {
        let mut facts = Facts::default();
        for minute in 0..100 {
            facts.add(Fact::CheckedIn, stamp(minute));
        }
        assert_eq!(facts.check_ins.len(), MOST_CHECK_INS);
        assert_eq!(facts.present_since(), Some(stamp(0).at));
    }
}
