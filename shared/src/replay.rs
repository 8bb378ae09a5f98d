//! A recorded day can be decided again: the same commands, with what surrounded them, give the same digest on every machine —
//! natively, in WASM, and when the decision log is audited.

use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::context::Context;
use crate::decision::{Change, Decision};
use crate::id::{CommandId, ReplicaId, StoreId};
use crate::record::WireRecord;
use crate::refusal::Refusal;
use crate::role::{Actor, Channel};
use crate::stamp::Stamp;
use crate::time::Timestamp;
use crate::view::View;

/// One command as it was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Decided when.
    pub now: Timestamp,
    /// Corrected stamp.
    pub stamp: Stamp,
    /// Who.
    pub actor: Actor,
    /// Channel.
    pub channel: Channel,
    /// Replica.
    pub replica: ReplicaId,
    /// Number on the replica.
    pub number: u64,
    /// What the device had read.
    pub base: u64,
    /// Id.
    pub uuid: CommandId,
    /// The command.
    pub command: Command,
}

impl Given {
    fn context(&self) -> Context {
        Context {
            now: self.now,
            stamp: self.stamp,
            moment: self.stamp.at,
            actor: self.actor.clone(),
            channel: self.channel,
            command: self.uuid,
            replica: self.replica,
            number: self.number,
            base: self.base,
            base_raised: false,
            desk_heard_at: None,
            proven: None,
            member_use: Default::default(),
        }
    }
}

/// Decides a day from an empty brand on and digests every answer. `stores` are the stores it takes place in.
#[must_use]
pub fn replay(day: &[Given], stores: &[StoreId]) -> u64 {
    let mut view = View::default();
    view.known.catalogue = true;
    view.known.all_of.extend(stores);
    let mut digest = Digest::default();
    for given in day {
        if let Some(plan) = given.command.reads(&view) {
            // Everything there is, is in the view: what is still asked for does not exist.
            view.known.absent.extend(plan.records);
            view.known.numbers.extend(plan.numbers);
        }
        let answer = given.command.decide(&given.context(), &view);
        if let Ok(decision) = &answer {
            decision.changes.iter().for_each(|change| view.apply(change));
        }
        digest.answer(&answer);
    }
    digest.0
}

/// FNV-1a over the postcard bytes of what was decided.
struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn add<T: Serialize>(&mut self, value: &T) {
        for byte in postcard::to_allocvec(value).unwrap_or_default() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn answer(&mut self, answer: &Result<Decision, Refusal>) {
        match answer {
            Err(refusal) => self.add(refusal),
            Ok(decision) => {
                self.add(&(decision.step, &decision.notices));
                decision.changes.iter().for_each(|change| self.change(change));
            }
        }
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Put(record) => self.add(&WireRecord::from(record.clone())),
            Change::Remove { store, key } => self.add(&(store, key)),
        }
    }
}
