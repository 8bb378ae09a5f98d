//! What the commands of one transaction changed so far: each record once, as it was before and as it is to be.

use std::collections::{BTreeMap, BTreeSet};

use shared::attention::Attention;
use shared::block::Block;
use shared::booking::Booking;
use shared::decision::{Change, Notice};
use shared::id::{AttentionId, BlockId, BookingId, MemberId, ServiceId, ShiftId, StaffId, StoreId};
use shared::member::Member;
use shared::openings::{Taken, TakenBy};
use shared::roster::Shift;
use shared::service::Service;
use shared::staff::Staff;
use shared::store::Store;
use shared::view::View;

/// A record before and after.
#[derive(Clone, Debug)]
pub(crate) struct Touched<T> {
    /// `None` when it is new.
    pub before: Option<T>,
    /// `None` when it is removed.
    pub after: Option<T>,
}

/// Everything that changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub stores: BTreeMap<StoreId, Store>,
    pub services: BTreeMap<ServiceId, Service>,
    pub staff: BTreeMap<StaffId, Staff>,
    pub shifts: BTreeMap<ShiftId, Shift>,
    pub members: BTreeMap<MemberId, Touched<Member>>,
    pub bookings: BTreeMap<(StoreId, BookingId), Touched<Booking>>,
    pub blocks: BTreeMap<(StoreId, BlockId), Touched<Block>>,
    pub attention: BTreeMap<(StoreId, AttentionId), Attention>,
    pub notices: BTreeSet<(StoreId, Notice)>,
}

impl Changes {
    /// Notes a change; `view` is still as it was before.
    pub(crate) fn note(&mut self, view: &View, change: &Change) {
        match change {
            Change::PutStore(store) => drop(self.stores.insert(store.id, store.clone())),
            Change::PutService(service) => drop(self.services.insert(service.id, service.clone())),
            Change::PutStaff(staff) => drop(self.staff.insert(staff.id, staff.clone())),
            Change::PutShift(shift) => drop(self.shifts.insert(shift.id, shift.clone())),
            Change::PutMember(member) => put(&mut self.members, member.id, view.members.get(&member.id), Some(member)),
            Change::PutBooking(booking) => {
                let before = view.bookings.get(&booking.id).filter(|before| before.store == booking.store);
                put(&mut self.bookings, (booking.store, booking.id), before, Some(booking));
            }
            Change::PutBlock(block) => {
                let before = view.blocks.get(&block.id).filter(|before| before.store == block.store);
                put(&mut self.blocks, (block.store, block.id), before, Some(block));
            }
            Change::RemoveBlock(store, id) => {
                let before = view.blocks.get(id).filter(|before| before.store == *store);
                put(&mut self.blocks, (*store, *id), before, None);
            }
            Change::PutAttention(entry) => drop(self.attention.insert((entry.store, entry.id), entry.clone())),
        }
    }

    /// Whether anything of the catalogue changed.
    pub(crate) fn touch_catalogue(&self) -> bool {
        !(self.stores.is_empty() && self.services.is_empty() && self.staff.is_empty() && self.shifts.is_empty())
    }

    /// What is taken in a store when these changes are laid over what is stored, without `moving`.
    pub(crate) fn over(&self, store: StoreId, stored: &[Taken], moving: Option<BookingId>) -> Vec<Taken> {
        let replaced = |taken: &&Taken| match taken.by {
            TakenBy::Booking(id) => Some(id) == moving || self.bookings.contains_key(&(store, id)),
            TakenBy::Block(id) => self.blocks.contains_key(&(store, id)),
            TakenBy::Hold => false,
        };
        let mut taken: Vec<Taken> = stored.iter().filter(|taken| !replaced(taken)).copied().collect();
        let bookings = self.bookings.iter().filter(|((of, id), _)| *of == store && Some(*id) != moving);
        taken.extend(bookings.filter_map(|(_, touched)| touched.after.as_ref()).flat_map(Taken::by_booking));
        let blocks = self.blocks.iter().filter(|((of, _), _)| *of == store);
        taken.extend(blocks.filter_map(|(_, touched)| touched.after.as_ref()).map(Taken::by_block));
        taken
    }
}

fn put<K: Ord, T: Clone>(map: &mut BTreeMap<K, Touched<T>>, key: K, before: Option<&T>, after: Option<&T>) {
    match map.get_mut(&key) {
        Some(touched) => touched.after = after.cloned(),
        None => drop(map.insert(key, Touched { before: before.cloned(), after: after.cloned() })),
    }
}
