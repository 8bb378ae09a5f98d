//! The device's side of the exchange, without I/O: which commands to send, and what an answer means for the outbox.

use super::{Answer, MAX_COMMANDS, ReplicaState};
use crate::envelope::Envelope;
use crate::id::CommandId;
use crate::sort;

/// What to do with the outbox after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Drop the answered commands; nothing else is waiting.
    Idle {
        /// Answered commands.
        answered: Vec<CommandId>,
    },
    /// Drop the answered commands and send again.
    Again {
        /// Answered commands.
        answered: Vec<CommandId>,
    },
    /// Give all waiting commands new numbers from 1 under a new replica id; keep their uuids.
    Renumber {
        /// Answered commands, dropped first.
        answered: Vec<CommandId>,
    },
}

/// The next commands to send, in number order.
#[must_use]
pub fn batch(outbox: &[Envelope]) -> Vec<Envelope> {
    let mut waiting: Vec<Envelope> = outbox.to_vec();
    sort::sort_by_key(&mut waiting, |envelope| envelope.number);
    waiting.truncate(MAX_COMMANDS);
    waiting
}

/// What an answer means for the outbox.
#[must_use]
pub fn after(outbox: &[Envelope], answers: &[Answer], replica: &ReplicaState) -> Next {
    let answered: Vec<CommandId> =
        answers.iter().map(|answer| answer.uuid).filter(|uuid| outbox.iter().any(|envelope| envelope.uuid == *uuid)).collect();
    let left = || outbox.iter().filter(|envelope| !answered.contains(&envelope.uuid));
    match replica {
        ReplicaState::Fork => Next::Renumber { answered },
        // A gap that the outbox cannot fill (a device restored from an old backup) would be asked for for ever.
        ReplicaState::Gap { expected } if !left().any(|envelope| envelope.number == *expected) => Next::Renumber { answered },
        ReplicaState::Gap { .. } => Next::Again { answered },
        // A replica the server knows further than this device does was used by another device.
        ReplicaState::At(last) if left().any(|envelope| envelope.number <= *last) => Next::Renumber { answered },
        ReplicaState::At(_) | ReplicaState::None if left().next().is_none() => Next::Idle { answered },
        ReplicaState::At(_) | ReplicaState::None => Next::Again { answered },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::Stamp;
    use crate::sync::Outcome;

    fn waiting(number: u64) -> Envelope {
        Envelope {
            number,
            uuid: CommandId(uuid::Uuid::from_u128(u128::from(number))),
            actor: None,
            hlc: Stamp::default(),
            base: 0,
            kind: 2,
            version: 1,
            payload: Vec::new(),
        }
    }

    fn answer(envelope: &Envelope) -> Answer {
        Answer { number: envelope.number, uuid: envelope.uuid, outcome: Outcome::Applied }
    }

    #[test]
    fn answered_commands_leave_the_outbox_and_the_rest_is_sent_again() {
        let outbox = [waiting(1), waiting(2)];
        let next = after(&outbox, &[answer(&outbox[0])], &ReplicaState::At(1));
        assert_eq!(next, Next::Again { answered: vec![outbox[0].uuid] });
    }

    #[test]
    fn a_cloned_device_takes_a_new_identity_and_keeps_its_commands() {
        let outbox = [waiting(5)];
        assert_eq!(after(&outbox, &[], &ReplicaState::Fork), Next::Renumber { answered: vec![] });
        assert_eq!(after(&outbox, &[], &ReplicaState::At(9)), Next::Renumber { answered: vec![] });
    }

    #[test]
    fn a_gap_that_cannot_be_filled_does_not_loop() {
        let outbox = [waiting(7)];
        assert_eq!(after(&outbox, &[], &ReplicaState::Gap { expected: 3 }), Next::Renumber { answered: vec![] });
        assert_eq!(after(&outbox, &[], &ReplicaState::Gap { expected: 7 }), Next::Again { answered: vec![] });
    }

    #[test]
    fn a_batch_is_in_number_order_and_bounded() {
        let outbox: Vec<Envelope> = (1..=150).rev().map(waiting).collect();
        let batch = batch(&outbox);
        assert_eq!(batch.len(), MAX_COMMANDS);
        assert!(batch.windows(2).all(|pair| pair[0].number + 1 == pair[1].number));
    }

    #[test]
    fn a_command_that_was_taken_back_keeps_its_number_and_says_nothing() {
        let command = Envelope { kind: 4, version: 3, payload: vec![1, 2], ..waiting(7) };
        let withdrawn = command.withdrawn();
        assert_eq!((withdrawn.kind, withdrawn.version, withdrawn.payload.is_empty()), (0, 1, true));
        assert_eq!((withdrawn.number, withdrawn.uuid), (7, command.uuid));
    }
}
