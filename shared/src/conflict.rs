//! Several edits of one field group: who wins (C3).
//!
//! An edit replaces what its writer had seen: everything up to the version on the screen, and their own earlier edits. What remains was
//! written at the same time, and the policy puts it in order; the first holds, the others are kept. Whatever the order of arrival, the
//! same edits leave the same value and the same losers, because an edit that was seen never returns and the order of the rest is total.

use std::cmp::Reverse;

use crate::id::ReplicaId;
use crate::member::{Group, Superseded};
use crate::sort;
use crate::stamp::{Stamp, Written};

/// Most values kept that lost: so many replicas can write one group at the same time before the weakest is forgotten.
const MOST_LOSERS: usize = 8;

/// How a group decides concurrent edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The later stamp wins, then the greater replica id.
    LastWriter,
    /// The higher channel rank wins first.
    Priority,
}

/// An edit as it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Version the person saw.
    pub base: u32,
    /// Accepted stamp.
    pub stamp: Stamp,
    /// Replica.
    pub replica: ReplicaId,
    /// Number on the replica.
    pub number: u64,
    /// Rank of its channel.
    pub rank: u8,
}

impl Edit {
    /// The edit on top of a version. Nobody has seen one that was never given out (a device from before a restore): then nothing counts as
    /// seen.
    fn on_top_of(mut self, version: u32) -> Self {
        if self.base > version {
            self.base = 0;
        }
        self
    }

    /// Whether its writer knew of an earlier one: it was on the screen, or they wrote it themselves.
    fn has_seen(&self, earlier: &Written) -> bool {
        let is_own = earlier.replica == self.replica && (1..self.number).contains(&earlier.number);
        earlier.version <= self.base || is_own
    }

    fn written(&self, version: u32) -> Written {
        Written { version, stamp: self.stamp, replica: self.replica, number: self.number, rank: self.rank }
    }
}

/// Writes a value into a group; whether it and somebody else's overruled each other, so that a person should look.
pub fn write<T: Clone>(policy: Policy, group: &mut Group<T>, edit: &Edit, value: T) -> bool {
    let edit = edit.on_top_of(group.version);
    group.version = group.version.saturating_add(1);
    let before = group.written;
    let mut all = std::mem::take(&mut group.superseded);
    all.extend(before.map(|written| Superseded { value: group.value.clone(), written }));
    all.push(Superseded { value: value.into(), written: edit.written(group.version) });
    let writes: Vec<Written> = all.iter().map(|one| one.written).collect();
    let mut standing = standing(policy, &edit, &writes).into_iter().filter_map(|place| all.get(place).cloned());
    if let Some(winner) = standing.next() {
        group.value = winner.value;
        group.written = Some(winner.written);
    }
    group.superseded = standing.collect();
    let lost_now = |lost: &Superseded<T>| lost.written.version == group.version || Some(lost.written) == before;
    group.superseded.iter().any(lost_now)
}

/// The places of the writes that stand, strongest first: those that the edit had not seen, and the edit itself, which nobody has.
fn standing(policy: Policy, edit: &Edit, writes: &[Written]) -> Vec<usize> {
    let numbered = writes.iter().enumerate();
    let mut places: Vec<usize> = numbered.filter(|(_, written)| !edit.has_seen(written)).map(|(place, _)| place).collect();
    sort::sort_by_key(&mut places, |place| writes.get(*place).map(|written| Reverse(strength(policy, written))));
    places.truncate(MOST_LOSERS + 1);
    places
}

/// The write that an edit leaves behind in a record that is written whole; `None` when its writer had not seen what is there.
#[must_use]
pub fn follow(current: Option<&Written>, edit: &Edit) -> Option<Written> {
    let version = current.map_or(0, |written| written.version);
    let edit = edit.on_top_of(version);
    current.is_none_or(|written| edit.has_seen(written)).then(|| edit.written(version.saturating_add(1)))
}

/// Of two writes the one with the greater strength holds.
fn strength(policy: Policy, written: &Written) -> (u8, Stamp, ReplicaId, u64) {
    let rank = if policy == Policy::Priority { written.rank } else { 0 };
    (rank, written.stamp, written.replica, written.number)
}
