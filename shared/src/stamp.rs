//! Hybrid logical clocks: when somebody wrote, comparable across devices whose clocks differ.

use serde::{Deserialize, Serialize};

use crate::id::ReplicaId;
use crate::time::Timestamp;

/// A hybrid logical clock reading. Ordered by time, then counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Corrected wall time.
    pub at: Timestamp,
    /// Orders what happened within one millisecond or while the wall clock stood still.
    pub counter: u32,
}

impl Stamp {
    /// The next stamp of a replica: never earlier than its last one, whatever its wall clock does.
    #[must_use]
    pub fn next(last: Stamp, wall: Timestamp) -> Stamp {
        if wall > last.at { Stamp { at: wall, counter: 0 } } else { Stamp { at: last.at, counter: last.counter.saturating_add(1) } }
    }

    /// The stamp as the server takes it: moved by the measured offset of the device's clock, never later than `now`.
    #[must_use]
    pub fn corrected(self, offset_millis: i64, now: Timestamp) -> Stamp {
        let at = Timestamp(self.at.0.saturating_add(offset_millis));
        Stamp { at: at.min(now), counter: self.counter }
    }
}

/// Who wrote a field group last, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Grows by one with every accepted write.
    pub version: u32,
    /// Corrected stamp of the write.
    pub stamp: Stamp,
    /// The replica that wrote.
    pub replica: ReplicaId,
    /// The replica's own number for that write: tells sequential from concurrent edits of one replica.
    pub number: u64,
    /// Rank of the channel it came through.
    pub rank: u8,
}
