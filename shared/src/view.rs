//! What a decision can see. Every read answers `Known`, `Absent` or `Unknown`, so that a device never mistakes
//! "not here" for "does not exist".

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::attention::Attention;
use crate::block::Block;
use crate::booking::Booking;
use crate::decision::Change;
use crate::id::{AccountId, AttentionId, BlockId, BookingId, MemberId, ResourceId, ServiceId, ShiftId, StaffId, StoreId};
use crate::member::Member;
use crate::money::Price;
use crate::openings::mask::DayMask;
use crate::phone::Phone;
use crate::refusal::Refusal;
use crate::roster::Shift;
use crate::service::Service;
use crate::staff::Staff;
use crate::store::Store;
use crate::table::Table;
use crate::time::{LocalDate, LocalSpan, TimeRange, Timestamp};

/// The answer to a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// Here it is.
    Known(T),
    /// There is none.
    Absent,
    /// This device cannot tell.
    Unknown,
}

impl<T> Found<T> {
    /// The record; `NotFound` when absent, `Undecided` when unknown.
    ///
    /// # Errors
    /// As said.
    pub fn or_refuse(self, kind: &str) -> Result<T, Refusal> {
        match self {
            Found::Known(record) => Ok(record),
            Found::Absent => Err(Refusal::NotFound { kind: kind.into() }),
            Found::Unknown => Err(Refusal::Undecided),
        }
    }

    /// # Errors
    /// `AlreadyExists` when there is one, `Undecided` when unknown.
    pub fn or_taken(self) -> Result<(), Refusal> {
        match self {
            Found::Known(_) => Err(Refusal::AlreadyExists),
            Found::Absent => Ok(()),
            Found::Unknown => Err(Refusal::Undecided),
        }
    }
}

/// What changes rarely: stores, services, staff and the roster. Shared between views.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Stores.
    pub stores: Table<StoreId, Store>,
    /// Services.
    pub services: Table<ServiceId, Service>,
    /// Staff.
    pub staff: Table<StaffId, Staff>,
    /// Roster.
    pub shifts: Table<ShiftId, Shift>,
}

/// The taken time of one resource on one UTC day, without ids, names or boundaries between neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusyDay {
    /// Store.
    pub store: StoreId,
    /// The staff member or unit.
    pub resource: ResourceId,
    /// UTC day.
    pub day: i32,
    /// Taken quanta.
    pub busy: DayMask,
    /// Active holds, each with its expiry.
    pub holds: Vec<(TimeRange, Timestamp)>,
}

/// What of the world is in this view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The whole catalogue.
    pub catalogue: bool,
    /// All bookings and blocks of these stores that touch these ranges.
    pub schedules: BTreeMap<StoreId, TimeRange>,
    /// Every booking and block there is of these stores is here (a desk's cache).
    pub all_of: BTreeSet<StoreId>,
    /// Looked up, and there was none.
    pub no_booking: BTreeSet<BookingId>,
    /// Looked up, and there was none.
    pub no_block: BTreeSet<BlockId>,
    /// Looked up, and there was none.
    pub no_member: BTreeSet<MemberId>,
    /// All members are here who have verified these numbers.
    pub numbers: BTreeSet<Phone>,
}

/// Everything a decision can see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Stores, services, staff, roster.
    pub catalogue: Arc<Catalogue>,
    /// Bookings.
    pub bookings: Table<BookingId, Booking>,
    /// Blocked time.
    pub blocks: Table<BlockId, Block>,
    /// Members.
    pub members: Table<MemberId, Member>,
    /// Attention inbox.
    pub attention: Table<AttentionId, Attention>,
    /// Busy masks, for devices that may not see the schedule itself.
    pub busy: Table<(ResourceId, i32), BusyDay>,
    /// The numbers that accounts sign in with, where a decision is about one.
    pub account_numbers: BTreeMap<AccountId, Phone>,
    /// What is here.
    pub known: Known,
}

impl View {
    /// A store.
    #[must_use]
    pub fn store(&self, id: StoreId) -> Found<&Store> {
        found(self.catalogue.stores.get(&id), self.known.catalogue)
    }

    /// A service.
    #[must_use]
    pub fn service(&self, id: ServiceId) -> Found<&Service> {
        found(self.catalogue.services.get(&id), self.known.catalogue)
    }

    /// A staff member.
    #[must_use]
    pub fn staff(&self, id: StaffId) -> Found<&Staff> {
        found(self.catalogue.staff.get(&id), self.known.catalogue)
    }

    /// A roster entry.
    #[must_use]
    pub fn shift(&self, id: ShiftId) -> Found<&Shift> {
        found(self.catalogue.shifts.get(&id), self.known.catalogue)
    }

    /// A booking of a store. One of another store is as good as absent: stores never see each other's.
    #[must_use]
    pub fn booking(&self, store: StoreId, id: BookingId) -> Found<&Booking> {
        match self.bookings.get(&id) {
            Some(booking) if booking.store == store => Found::Known(booking),
            Some(_) => Found::Absent,
            None if self.known.no_booking.contains(&id) || self.known.all_of.contains(&store) => Found::Absent,
            None => Found::Unknown,
        }
    }

    /// A block of a store.
    #[must_use]
    pub fn block(&self, store: StoreId, id: BlockId) -> Found<&Block> {
        match self.blocks.get(&id) {
            Some(block) if block.store == store => Found::Known(block),
            Some(_) => Found::Absent,
            None if self.known.no_block.contains(&id) || self.known.all_of.contains(&store) => Found::Absent,
            None => Found::Unknown,
        }
    }

    /// A member.
    #[must_use]
    pub fn member(&self, id: MemberId) -> Found<&Member> {
        found(self.members.get(&id), self.known.no_member.contains(&id))
    }

    /// Members who have proven a number to be theirs, as far as they are here.
    pub fn members_with<'a>(&'a self, number: &'a Phone) -> impl Iterator<Item = &'a Member> {
        let has = move |member: &&Member| member.verified.as_ref().is_some_and(|verified| verified.phone.as_ref() == Some(number));
        self.members.values().filter(has)
    }

    /// Whether all bookings and blocks of `store` that touch `range` are here.
    #[must_use]
    pub fn covers(&self, store: StoreId, range: TimeRange) -> bool {
        self.known.all_of.contains(&store) || self.known.schedules.get(&store).is_some_and(|known| known.covers(&range))
    }

    /// # Errors
    /// `Undecided` when the schedule of that range is not here.
    pub fn must_cover(&self, store: StoreId, range: TimeRange) -> Result<(), Refusal> {
        if self.covers(store, range) { Ok(()) } else { Err(Refusal::Undecided) }
    }

    /// Bookings of a store that touch a range.
    pub fn bookings_between(&self, store: StoreId, range: TimeRange) -> impl Iterator<Item = &Booking> {
        self.bookings.values().filter(move |booking| booking.store == store && booking.range().overlaps(&range))
    }

    /// Blocks of a store that touch a range.
    pub fn blocks_between(&self, store: StoreId, range: TimeRange) -> impl Iterator<Item = &Block> {
        self.blocks.values().filter(move |block| block.store == store && block.range.overlaps(&range))
    }

    /// Active staff of a store, in the order of their ids.
    pub fn staff_of(&self, store: StoreId) -> impl Iterator<Item = &Staff> {
        self.catalogue.staff.values().filter(move |staff| staff.active && staff.stores.contains(&store))
    }

    /// What the menu says a service costs with a staff member; `None` when one of them is not here.
    #[must_use]
    pub fn menu_price(&self, store: StoreId, service: ServiceId, staff: Option<StaffId>) -> Option<Price> {
        let staff = self.catalogue.staff.get(&staff?)?;
        Some(self.catalogue.services.get(&service)?.price_with(staff, store))
    }

    /// The working spans of a staff member in a store on a date.
    #[must_use]
    pub fn shift_spans(&self, store: StoreId, staff: StaffId, date: LocalDate) -> Vec<LocalSpan> {
        crate::roster::spans_on(self.catalogue.shifts.values(), store, staff, date)
    }

    /// The view after a change: later commands of one batch see what earlier ones did.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::PutStore(store) => {
                Arc::make_mut(&mut self.catalogue).stores.insert(store.id, store.clone());
            }
            Change::PutService(service) => {
                Arc::make_mut(&mut self.catalogue).services.insert(service.id, service.clone());
            }
            Change::PutStaff(staff) => {
                Arc::make_mut(&mut self.catalogue).staff.insert(staff.id, staff.clone());
            }
            Change::PutShift(shift) => {
                Arc::make_mut(&mut self.catalogue).shifts.insert(shift.id, shift.clone());
            }
            Change::PutMember(member) => {
                self.members.insert(member.id, member.clone());
            }
            Change::PutBooking(booking) => {
                self.bookings.insert(booking.id, booking.clone());
            }
            Change::PutBlock(block) => {
                self.blocks.insert(block.id, block.clone());
            }
            Change::RemoveBlock(_, id) => {
                self.blocks.remove(id);
                self.known.no_block.insert(*id);
            }
            Change::PutAttention(attention) => {
                self.attention.insert(attention.id, attention.clone());
            }
        }
    }
}

fn found<T>(record: Option<&T>, complete: bool) -> Found<&T> {
    match record {
        Some(record) => Found::Known(record),
        None if complete => Found::Absent,
        None => Found::Unknown,
    }
}
