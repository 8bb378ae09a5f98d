//! The kinds of records: their numbers, which never change, their types, the names of one and of many, and their ids.
//!
//! A new noun is its own file with an `impl Noun`, and its line here (DESIGN §12).

pub(crate) use crate::attention::Attention;
pub(crate) use crate::block::Block;
pub(crate) use crate::booking::Booking;
pub(crate) use crate::busy_day::BusyDay;
pub(crate) use crate::elsewhere::Elsewhere;
pub(crate) use crate::id::{
    AttentionId, BlockId, BookingId, ElsewhereId, MemberId, ResourceId, ResourceTypeId, ServiceId, ShiftId, StaffId, StoreId,
    WaitlistEntryId,
};
pub(crate) use crate::member::{Member, Numbers};
pub(crate) use crate::resource::Resource;
pub(crate) use crate::resource_type::ResourceType;
pub(crate) use crate::roster::Shift;
pub(crate) use crate::rotation::Rotation;
pub(crate) use crate::service::Service;
pub(crate) use crate::staff::Staff;
pub(crate) use crate::staff_assignment::StaffAssignment;
pub(crate) use crate::store::Store;
pub(crate) use crate::waitlist_entry::WaitlistEntry;

/// Hands the table to a macro that makes something of every kind.
macro_rules! each_kind {
    ($then:ident) => {
        $then! {
            catalogue {
                1 Store: store, stores [StoreId],
                2 Service: service, services [ServiceId],
                3 Staff: staff, staff [StaffId],
                4 Shift: shift, shifts [ShiftId],
                11 ResourceType: resource_type, resource_types [ResourceTypeId],
                12 Resource: resource, resources [ResourceId],
                16 StaffAssignment: staff_assignment, staff_assignments [StoreId],
            }
            schedule {
                5 Booking: booking, bookings [BookingId],
                6 Block: block, blocks [BlockId],
                13 Elsewhere: busy_elsewhere, elsewhere [ElsewhereId],
            }
            others {
                7 Member: member, members [MemberId] joined by numbers::join,
                8 Numbers: numbers_of, numbers [MemberId] joined by numbers::join,
                9 Attention: attention_entry, attention [AttentionId],
                10 BusyDay: busy_day, busy [(ResourceId, i32)],
                14 WaitlistEntry: waitlist_entry, waitlist [WaitlistEntryId],
                15 Rotation: rotation, rotations [(StoreId, i32)],
            }
        }
    };
}

pub(crate) use each_kind;
