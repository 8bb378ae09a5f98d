//! Two edits of one field group: who wins (C3). Sequential edits always apply; only concurrent ones are judged.

use crate::id::ReplicaId;
use crate::stamp::{Stamp, Written};

/// How a group decides concurrent edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The later corrected stamp wins, then the greater replica id.
    LastWriter,
    /// The higher channel rank wins first.
    Priority,
}

/// An edit as it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Version the person saw.
    pub base: u32,
    /// Corrected stamp.
    pub stamp: Stamp,
    /// Replica.
    pub replica: ReplicaId,
    /// Number on the replica.
    pub number: u64,
    /// Rank of its channel.
    pub rank: u8,
}

/// What becomes of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It follows what is there.
    Sequential,
    /// It was made at the same time, and wins.
    Wins,
    /// It was made at the same time, and loses.
    Loses,
}

/// Judges an edit against the last write.
#[must_use]
pub fn judge(policy: Policy, current: Option<&Written>, edit: &Edit) -> Judgement {
    let Some(current) = current else { return Judgement::Sequential };
    let own_earlier = current.replica == edit.replica && current.number < edit.number && edit.number > 0;
    if edit.base == current.version || own_earlier {
        return Judgement::Sequential;
    }
    let theirs = (current.stamp, current.replica);
    let ours = (edit.stamp, edit.replica);
    let wins = match policy {
        Policy::LastWriter => ours > theirs,
        Policy::Priority => (edit.rank, ours) > (current.rank, theirs),
    };
    if wins { Judgement::Wins } else { Judgement::Loses }
}

/// The write that an accepted edit leaves behind.
#[must_use]
pub fn written(current: Option<&Written>, edit: &Edit) -> Written {
    Written {
        version: current.map_or(0, |written| written.version).saturating_add(1),
        stamp: edit.stamp,
        replica: edit.replica,
        number: edit.number,
        rank: edit.rank,
    }
}
