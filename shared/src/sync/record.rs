//! What travels in feeds, and how it is named there.

use serde::{Deserialize, Serialize};

use crate::attention::Attention;
use crate::block::Block;
use crate::booking::Booking;
use crate::id::MemberId;
use crate::member::{Member, Numbers};
use crate::roster::Shift;
use crate::service::Service;
use crate::staff::Staff;
use crate::store::Store;
use crate::time::{DAY, Timestamp};
use crate::view::BusyDay;

use super::Scope;

/// Devices at the desk keep visits and blocks that ended within so many days. The server tells of a day more, so that whatever a device has
/// is as it stands.
pub const KEPT_DAYS: i32 = 35;

/// A record of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record {
    /// Store with hours and rules.
    Store(Store),
    /// Service.
    Service(Service),
    /// Staff member.
    Staff(Staff),
    /// Roster entry.
    Shift(Shift),
    /// Booking with its occupancy.
    Booking(Booking),
    /// Blocked time.
    Block(Block),
    /// Member; in the `members` scope without numbers.
    Member(Member),
    /// Full contact data of a member, for roles that may see it.
    Contact(MemberId, Numbers),
    /// Attention entry.
    Attention(Attention),
    /// Taken time of one resource on one UTC day.
    Busy(BusyDay),
    /// The record is no longer in this scope.
    Gone(RecordKey),
}

/// Names a record within a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// Kind; numbers never change: see [`RecordKind`].
    pub kind: RecordKind,
    /// Id.
    pub id: uuid::Uuid,
    /// UTC day of busy masks, else 0.
    pub day: i32,
}

/// Kinds of records in feeds, with their numbers in storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordKind {
    /// 1
    Store,
    /// 2
    Service,
    /// 3
    Staff,
    /// 4
    Shift,
    /// 5
    Booking,
    /// 6
    Block,
    /// 7
    Member,
    /// 8
    Contact,
    /// 9
    Attention,
    /// 10
    Busy,
}

impl RecordKind {
    /// All kinds in the order of their numbers.
    pub const ALL: [RecordKind; 10] = [
        RecordKind::Store,
        RecordKind::Service,
        RecordKind::Staff,
        RecordKind::Shift,
        RecordKind::Booking,
        RecordKind::Block,
        RecordKind::Member,
        RecordKind::Contact,
        RecordKind::Attention,
        RecordKind::Busy,
    ];

    /// Number in storage.
    #[must_use]
    pub fn number(self) -> i16 {
        RecordKind::ALL.iter().zip(1i16..).find_map(|(kind, number)| (*kind == self).then_some(number)).unwrap_or(0)
    }

    /// Kind of a number.
    #[must_use]
    pub fn of_number(number: i16) -> Option<Self> {
        RecordKind::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

impl Record {
    /// Whether a device that was told everything until `told_at` keeps the record.
    #[must_use]
    pub fn is_kept(&self, scope: Scope, told_at: Timestamp) -> bool {
        let ended_at = match (scope, self) {
            (Scope::Desk(_), Record::Booking(booking)) => booking.ends_at,
            (Scope::Desk(_), Record::Block(block)) => block.range.end,
            _ => return true,
        };
        told_at.0.saturating_sub(ended_at.0) <= i64::from(KEPT_DAYS) * DAY
    }

    /// The record's name within its feed.
    #[must_use]
    pub fn key(&self) -> RecordKey {
        let key = |kind, id| RecordKey { kind, id, day: 0 };
        match self {
            Record::Store(store) => key(RecordKind::Store, store.id.0),
            Record::Service(service) => key(RecordKind::Service, service.id.0),
            Record::Staff(staff) => key(RecordKind::Staff, staff.id.0),
            Record::Shift(shift) => key(RecordKind::Shift, shift.id.0),
            Record::Booking(booking) => key(RecordKind::Booking, booking.id.0),
            Record::Block(block) => key(RecordKind::Block, block.id.0),
            Record::Member(member) => key(RecordKind::Member, member.id.0),
            Record::Contact(member, _) => key(RecordKind::Contact, member.0),
            Record::Attention(attention) => key(RecordKind::Attention, attention.id.0),
            Record::Busy(busy) => RecordKey { kind: RecordKind::Busy, id: busy.resource.0, day: busy.day },
            Record::Gone(key) => *key,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::block::BlockKind;
    use crate::id::{AccountId, BlockId, ReplicaId, StaffId, StoreId};
    use crate::stamp::Stamp;
    use crate::time::TimeRange;

    #[test]
    fn a_desk_keeps_what_ended_within_five_weeks_and_a_guest_keeps_their_whole_history() {
        let store = StoreId(Uuid::nil());
        let holiday = Record::Block(Block {
            id: BlockId(Uuid::nil()),
            store,
            staff: StaffId(Uuid::nil()),
            range: TimeRange { start: Timestamp(0), end: Timestamp(DAY) },
            lane: 0,
            kind: BlockKind::TimeOff,
            reason: String::new(),
            declared: Stamp::default(),
            placed_seq: 0,
            placed_by: ReplicaId(Uuid::nil()),
        });
        let last = Timestamp(36 * DAY);
        assert!(holiday.is_kept(Scope::Desk(store), last));
        assert!(!holiday.is_kept(Scope::Desk(store), Timestamp(last.0 + 1)));
        assert!(holiday.is_kept(Scope::User(AccountId(Uuid::nil())), Timestamp(last.0 + 1)));
    }
}
