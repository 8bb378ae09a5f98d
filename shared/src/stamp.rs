//! Hybrid logical clocks: when somebody wrote, comparable across devices whose clocks differ.

use serde::{Deserialize, Serialize};

use crate::id::ReplicaId;
use crate::time::Timestamp;

/// A hybrid logical clock reading. Ordered by time, then counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
        if wall > last.at { Stamp { at: wall, counter: 0 } } else { last.successor() }
    }

    /// The last stamp of a replica after it has heard from the server: what it received was stamped at `server_now` at the latest, and its
    /// next one is later. `offset_millis` is the server's clock minus its own.
    #[must_use]
    pub fn merged(self, server_now: Timestamp, offset_millis: i64) -> Stamp {
        self.max(Stamp { at: Timestamp(server_now.0.saturating_sub(offset_millis)), counter: u32::MAX })
    }

    /// The stamp as a replica's history allows it: later than `floor`, which is the last thing known about that replica. A clock that is
    /// set between writing and sending, or a stamp that is made up, never puts a later command before an earlier one.
    #[must_use]
    pub fn later_than(self, floor: Stamp) -> Stamp {
        if self > floor { self } else { floor.successor() }
    }

    fn successor(self) -> Stamp {
        match self.counter.checked_add(1) {
            Some(counter) => Stamp { at: self.at, counter },
            None => Stamp { at: Timestamp(self.at.0.saturating_add(1)), counter: 0 },
        }
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
pub struct Written {
    /// Version of the group when this write arrived: who has read that version, or a later one, has seen it.
    pub version: u32,
    /// Accepted stamp of the write.
    pub stamp: Stamp,
    /// The replica that wrote.
    pub replica: ReplicaId,
    /// The replica's own number for that write: tells sequential from concurrent edits of one replica.
    pub number: u64,
    /// Rank of the channel it came through.
    pub rank: u8,
}

impl Written {
    /// As readers see it: whole for those who work here.
    #[must_use]
    pub fn shown(written: Option<Self>, to_staff: bool) -> Option<Self> {
        if to_staff { written } else { written.map(Written::version_only) }
    }

    /// The version alone, for readers whom it does not concern who wrote, when, and on which device.
    #[must_use]
    pub fn version_only(self) -> Written {
        Written { version: self.version, stamp: Stamp::default(), replica: ReplicaId(uuid::Uuid::nil()), number: 0, rank: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(at: i64, counter: u32) -> Stamp {
        Stamp { at: Timestamp(at), counter }
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_put_a_correction_before_what_it_corrects() {
        let first = stamp(160, 0);
        assert_eq!(stamp(110, 0).later_than(first), stamp(160, 1));
        assert_eq!(stamp(170, 0).later_than(first), stamp(170, 0));
        assert_eq!(Stamp::next(first, Timestamp(100)), stamp(160, 1));
    }

    #[test]
    fn what_is_written_after_reading_is_later_than_what_was_read() {
        let (server_now, offset) = (Timestamp(1_000), -50);
        let next = Stamp::next(stamp(990, 3).merged(server_now, offset), Timestamp(1_020));
        assert!(next.corrected(offset, Timestamp(2_000)) > stamp(1_000, 7));
    }

    #[test]
    fn a_counter_that_is_used_up_does_not_stop_the_clock() {
        assert_eq!(stamp(0, 0).later_than(stamp(160, u32::MAX)), stamp(161, 0));
    }
}
