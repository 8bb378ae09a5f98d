//! What a command leads to: changes to store, and people to tell.

use serde::{Deserialize, Serialize};

use crate::attention::Attention;
use crate::block::Block;
use crate::booking::Booking;
use crate::id::{BlockId, BookingId, StoreId};
use crate::member::Member;
use crate::roster::Shift;
use crate::service::Service;
use crate::staff::Staff;
use crate::store::Store;

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

/// One record to store, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Insert or replace a store.
    PutStore(Store),
    /// Insert or replace a service.
    PutService(Service),
    /// Insert or replace a staff member.
    PutStaff(Staff),
    /// Insert or replace a roster entry.
    PutShift(Shift),
    /// Insert or replace a member.
    PutMember(Member),
    /// Insert or replace a booking together with its occupancy.
    PutBooking(Booking),
    /// Insert or replace blocked time.
    PutBlock(Block),
    /// Remove blocked time of a store.
    RemoveBlock(StoreId, BlockId),
    /// Insert or replace an entry of the attention inbox.
    PutAttention(Attention),
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
