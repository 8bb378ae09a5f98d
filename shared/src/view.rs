//! What a decision can see. Every read answers `Known`, `Absent` or `Unknown`, so that a device never mistakes
//! "not here" for "does not exist".

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::decision::Change;
use crate::id::AccountId;
use crate::money::Price;
use crate::noun::{Home, RecordKey};
use crate::phone::Phone;
use crate::record::kinds::*;
use crate::record::{CATALOGUE, Catalogue, InTable, Records};
use crate::refusal::Refusal;
use crate::time::{LocalDate, LocalSpan, TimeRange};

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

/// What of the world is in this view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The whole catalogue.
    pub catalogue: bool,
    /// All bookings and blocks of these stores that touch these ranges.
    pub schedules: BTreeMap<StoreId, TimeRange>,
    /// Every booking and block there is of these stores is here (a desk's cache).
    pub all_of: BTreeSet<StoreId>,
    /// Looked up, and there was none; or there is none any more.
    pub absent: BTreeSet<RecordKey>,
    /// All members are here who have verified these numbers.
    pub numbers: BTreeSet<Phone>,
    /// All these promises are here.
    pub ahead: Vec<Ahead>,
    /// Everybody is here who waits for one of these starts.
    pub waiting: Vec<WaitingFor>,
    /// Who served these members last in a store, if anybody did.
    pub usual: Vec<(StoreId, MemberId, Option<StaffId>)>,
}

/// Those who wait for a time in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WaitingFor {
    /// Store.
    pub store: StoreId,
    /// Starts.
    pub starts: TimeRange,
}

/// The promises of a store that are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ahead {
    /// Store.
    pub store: StoreId,
    /// Only those that need this one.
    pub resource: Option<ResourceId>,
}

/// Everything a decision can see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Records of every kind, as far as they are here.
    pub records: Records,
    /// The numbers that accounts sign in with, where a decision is about one.
    pub account_numbers: BTreeMap<AccountId, Phone>,
    /// What is here.
    pub known: Known,
}

impl Deref for View {
    type Target = Records;

    fn deref(&self) -> &Records {
        &self.records
    }
}

impl DerefMut for View {
    fn deref_mut(&mut self) -> &mut Records {
        &mut self.records
    }
}

impl View {
    /// A view of a catalogue alone.
    #[must_use]
    pub fn of(catalogue: Arc<Catalogue>) -> Self {
        View { records: Records { catalogue, ..Records::default() }, ..View::default() }
    }

    /// A record of the brand.
    pub fn find<T: InTable>(&self, id: T::Id) -> Found<&T> {
        let is_whole = self.known.catalogue && CATALOGUE.contains(&T::KIND);
        found(T::table(self).get(&id), is_whole || self.known.absent.contains(&T::key_of(id)))
    }

    /// A record of a store. One of another store is as good as absent: stores never see each other's.
    pub fn find_in<T: InTable>(&self, store: StoreId, id: T::Id) -> Found<&T> {
        match T::table(self).get(&id) {
            Some(record) if record.home() == Home::Store(store) => Found::Known(record),
            Some(_) => Found::Absent,
            None if self.known.all_of.contains(&store) || self.known.absent.contains(&T::key_of(id)) => Found::Absent,
            None => Found::Unknown,
        }
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

    /// What people of a store have in others, where it touches a range.
    pub fn elsewhere_between(&self, store: StoreId, range: TimeRange) -> impl Iterator<Item = &Elsewhere> {
        self.elsewhere.values().filter(move |entry| entry.store == store && entry.range().overlaps(&range))
    }

    /// Whether everybody is here who waits for some starts in a store.
    #[must_use]
    pub fn knows_waiting(&self, wanted: WaitingFor) -> bool {
        let covers = |known: &WaitingFor| known.store == wanted.store && known.starts.covers(&wanted.starts);
        self.known.all_of.contains(&wanted.store) || self.known.waiting.iter().any(covers)
    }

    /// Those who still wait for some starts in a store, as far as they are here.
    pub fn waiting_for(&self, wanted: WaitingFor) -> impl Iterator<Item = &WaitlistEntry> {
        let waits = move |entry: &&WaitlistEntry| entry.store == wanted.store && entry.is_live() && entry.starts.overlaps(&wanted.starts);
        self.waitlist.values().filter(waits)
    }

    /// Active staff of a store, in the order of their ids.
    pub fn staff_of(&self, store: StoreId) -> impl Iterator<Item = &Staff> {
        self.catalogue.staff.values().filter(move |staff| staff.active && staff.stores.contains(&store))
    }

    /// Resources of a store that are in use, in the order of their ids.
    pub fn resources_of(&self, store: StoreId) -> impl Iterator<Item = &Resource> {
        self.catalogue.resources.values().filter(move |resource| resource.active && resource.store == store)
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
            Change::Put(record) => self.records.put(record.clone()),
            Change::Remove { key, .. } => {
                self.records.remove(key);
                self.known.absent.insert(*key);
            }
        }
    }
}

/// A read for every kind, by its name.
macro_rules! reads {
    (
        catalogue { $($_n:literal $catalogue_noun:ident: $catalogue_one:ident, $_many:ident [$catalogue_id:ty],)* }
        schedule { $($_m:literal $schedule_noun:ident: $schedule_one:ident, $_all:ident [$schedule_id:ty],)* }
        others { $($_o:literal $other_noun:ident: $other_one:ident, $_others:ident [$other_id:ty] $(joined by $_join:path)?,)* }
    ) => {
        impl View {
            $(#[doc = concat!("The [`", stringify!($catalogue_noun), "`] of an id.")]
            #[must_use]
            pub fn $catalogue_one(&self, id: $catalogue_id) -> Found<&$catalogue_noun> {
                self.find(id)
            })*
            $(#[doc = concat!("The [`", stringify!($schedule_noun), "`] of an id in a store.")]
            #[must_use]
            pub fn $schedule_one(&self, store: StoreId, id: $schedule_id) -> Found<&$schedule_noun> {
                self.find_in(store, id)
            })*
            $(#[doc = concat!("The [`", stringify!($other_noun), "`] of an id.")]
            #[must_use]
            pub fn $other_one(&self, id: $other_id) -> Found<&$other_noun> {
                self.find(id)
            })*
        }
    };
}

each_kind!(reads);

fn found<T>(record: Option<&T>, complete: bool) -> Found<&T> {
    match record {
        Some(record) => Found::Known(record),
        None if complete => Found::Absent,
        None => Found::Unknown,
    }
}
