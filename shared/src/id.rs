//! Identifiers: every noun has its own type, so that swapping two of them does not compile.
//!
//! Ids are UUIDv7 made by whoever gives the command; imports use UUIDv5. This crate never makes one: it has no randomness.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map($name)
            }
        }

        impl RecordId for $name {
            fn from_parts(id: Uuid, _day: i32) -> Self {
                $name(id)
            }

            fn into_parts(self) -> (Uuid, i32) {
                (self.0, 0)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                $name(id)
            }
        }
    )*};
}

ids! {
    /// A store 门店.
    StoreId,
    /// A service 服务项目.
    ServiceId,
    /// A staff member 员工. A staff member is also a resource.
    StaffId,
    /// Whatever can be occupied: a staff member, a room, a station, a piece of equipment.
    ResourceId,
    /// A type of resource 资源类型: any one of them will do.
    ResourceTypeId,
    /// One entry of the roster 排班.
    ShiftId,
    /// A login: one phone number, one or more members.
    AccountId,
    /// A person who is served 会员.
    MemberId,
    /// A booking 预约: one visit.
    BookingId,
    /// A blocked time 占位.
    BlockId,
    /// Time that somebody has in another store 在别店.
    ElsewhereId,
    /// Somebody who waits for a time 候补.
    WaitlistEntryId,
    /// Something a person must decide 待处理.
    AttentionId,
    /// A command, the same over all its deliveries.
    CommandId,
    /// An installation × a signed-in principal.
    ReplicaId,
    /// A staff login with name and password.
    UserId,
    /// An enrolled desk tablet.
    DeviceId,
    /// A legal entity 经营主体 that owns stores.
    LegalEntityId,
    /// A right to read a scope; losing it purges what was cached under it.
    GrantId,
    /// One life of the database: another after every restore.
    EpochId,
}

impl From<StaffId> for ResourceId {
    fn from(staff: StaffId) -> Self {
        ResourceId(staff.0)
    }
}

/// A resource on one UTC day.
impl RecordId for (ResourceId, i32) {
    fn from_parts(id: Uuid, day: i32) -> Self {
        (ResourceId(id), day)
    }

    fn into_parts(self) -> (Uuid, i32) {
        (self.0.0, self.1)
    }
}

/// A store on one business day, in days since 1970-01-01.
impl RecordId for (StoreId, i32) {
    fn from_parts(id: Uuid, day: i32) -> Self {
        (StoreId(id), day)
    }

    fn into_parts(self) -> (Uuid, i32) {
        (self.0.0, self.1)
    }
}

/// An id as part of a name.
pub trait RecordId: Copy + Ord {
    /// From the parts of a name.
    fn from_parts(id: Uuid, day: i32) -> Self;

    /// The parts of a name.
    fn into_parts(self) -> (Uuid, i32);
}
