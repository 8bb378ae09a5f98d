//! What a command leads to: changes to store, and people to tell.

use serde::{Deserialize, Serialize};

use crate::id::{BookingId, StoreId};
use crate::noun::RecordKey;
use crate::record::{InTable, Record};

/// A yes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Records to store, in order.
    pub changes: Vec<Change>,
    /// People to tell.
    pub notices: Vec<Notice>,
    /// The step of the ladder that decided, for the decision log.
    pub step: LadderStep,
}

/// What becomes of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Insert or replace it, whole, with the time it takes.
    Put(Record),
    /// Take it away.
    Remove {
        /// The store it belongs to.
        store: StoreId,
        /// Its name.
        key: RecordKey,
    },
}

impl Change {
    /// Insert or replace a record.
    pub fn put(record: impl Into<Record>) -> Self {
        Change::Put(record.into())
    }

    /// The record of a kind that is put, if it is one.
    #[must_use]
    pub fn put_of<T: InTable>(&self) -> Option<&T> {
        match self {
            Change::Put(record) => record.of(),
            Change::Remove { .. } => None,
        }
    }

    /// The record that changes.
    #[must_use]
    pub fn key(&self) -> RecordKey {
        match self {
            Change::Put(record) => record.key(),
            Change::Remove { key, .. } => *key,
        }
    }
}

/// Somebody must be told; the server turns it into messages in the transaction of the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// The booking it is about; its account and subjects are the audience.
    pub booking: BookingId,
    /// What to tell.
    pub kind: NoticeKind,
}

/// What a member is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Your booking is confirmed.
    Confirmed,
    /// We have your request.
    Requested,
    /// Your booking was moved.
    Moved,
    /// Your booking is cancelled.
    Cancelled,
    /// The store could not accept it.
    Declined,
    /// The store could not accept another time: the promise from before stands.
    MoveDeclined,
    /// We had to move you: three openings.
    Displaced,
    /// Somebody of equal standing will serve you.
    Reassigned,
    /// You will start a little later.
    Delayed,
    /// Your booking has other services, people or prices now.
    Changed,
    /// A time you wait for is free, and held for you.
    Offered,
}

/// The steps of the precedence ladder, for the decision log (C4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LadderStep {
    /// Nobody was in the way.
    #[default]
    Free,
    /// A booking that had not asked for its staff went to an equal colleague.
    Reassigned,
    /// An overlap within the tolerance was accepted as late.
    AcceptedLate,
    /// 加塞 by authorised staff.
    Squeezed,
    /// A second physical fact opened the next lane.
    SecondFact,
    /// An imported promise opened the next lane.
    Imported,
    /// Somebody had to give way.
    Displaced,
}
