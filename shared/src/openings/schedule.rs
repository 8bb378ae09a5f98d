//! What the openings of a store depend on, gathered from a view: full records on the server and the desk, busy masks on a
//! phone.

use super::mask::{DayMask, Mask};
use super::window::Window;
use crate::block::Block;
use crate::booking::{Booking, StaffWish, State};
use crate::elsewhere::Elsewhere;
use crate::id::{BookingId, ResourceId, ResourceTypeId, StoreId};

use super::busy::BusyDay;
use crate::record::{Noun, RecordKey};
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::roster::Shift;
use crate::service::Service;
use crate::staff::Staff;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;

/// Everything the openings of one store depend on. The order of the staff is the order of preference.
#[derive(Clone, Debug)]
pub struct Schedule<'a> {
    /// The store.
    pub store: &'a Store,
    /// Its active staff.
    pub staff: Vec<&'a Staff>,
    /// Its rooms, stations and equipment in use.
    pub resources: Vec<&'a Resource>,
    /// Its roster.
    pub shifts: Vec<&'a Shift>,
    /// Bookings, blocks and holds, exactly.
    pub taken: Vec<Taken>,
    /// What a phone knows instead of bookings and blocks: the taken quanta of a UTC day.
    pub busy_days: Vec<(ResourceId, i32, DayMask)>,
}

/// A stretch of the time of a staff member or resource that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whose time.
    pub resource: ResourceId,
    /// When.
    pub range: TimeRange,
    /// By what.
    pub by: TakenBy,
    /// A hold counts only until then.
    pub expires_at: Option<Timestamp>,
}

/// What takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBy {
    /// A record: a booking, a block.
    Record(RecordKey),
    /// A hold whose booking is not known here.
    Hold,
}

/// Who asks: members see less than the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Members and partners: only what is offered online, within lead time and horizon.
    Online,
    /// The desk: everything that is free from now on.
    Desk,
}

impl Taken {
    /// Whether it still takes the time: everything but an expired hold.
    #[must_use]
    pub fn counts_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }

    /// The time a booking holds by plan. Its own occupancy says so, whatever its state; only a hold runs out by itself.
    pub fn by_booking(booking: &Booking) -> impl Iterator<Item = Taken> + '_ {
        booking.occupancy.iter().map(|held| Taken::held(booking, held.resource, held.range))
    }

    /// The time a booking holds as it stands at `moment`: more than by plan while it overruns.
    pub fn at(booking: &Booking, moment: Timestamp) -> impl Iterator<Item = Taken> + '_ {
        booking.held_at(moment).map(|(held, range)| Taken::held(booking, held.resource, range))
    }

    fn held(booking: &Booking, resource: ResourceId, range: TimeRange) -> Taken {
        let expires_at = match booking.state {
            State::Held { expires_at } => Some(expires_at),
            _ => None,
        };
        Taken { resource, range, by: TakenBy::Record(booking.key()), expires_at }
    }

    /// The time that people have in another store.
    pub fn elsewhere(entry: &Elsewhere) -> impl Iterator<Item = Taken> + '_ {
        let (by, expires_at) = (TakenBy::Record(entry.key()), entry.held_until);
        entry.times.iter().map(move |held| Taken { resource: held.resource, range: held.range, by, expires_at })
    }

    /// The time a block takes.
    #[must_use]
    pub fn by_block(block: &Block) -> Taken {
        Taken { resource: block.resource, range: block.range, by: TakenBy::Record(block.key()), expires_at: None }
    }
}

impl<'a> Schedule<'a> {
    /// A store in which nothing is taken and nobody works yet.
    #[must_use]
    pub fn of(store: &'a Store) -> Self {
        Self { store, staff: Vec::new(), resources: Vec::new(), shifts: Vec::new(), taken: Vec::new(), busy_days: Vec::new() }
    }

    /// What a view knows of a store within `range`. `moving` is a booking whose own time does not stand in its way; visits in service
    /// go on until `moment` at least.
    ///
    /// Where the view does not cover the range with bookings, busy masks stand in for them; where it has neither, nothing
    /// is taken as far as it knows. Whoever needs certainty asks [`View::must_cover`] first.
    ///
    /// # Errors
    /// `NotFound` or `Undecided` for the store.
    pub fn of_view(
        view: &'a View,
        store: StoreId,
        range: TimeRange,
        moving: Option<BookingId>,
        moment: Timestamp,
    ) -> Result<Self, Refusal> {
        let mut schedule = Schedule::of(view.store(store).or_refuse("store")?);
        schedule.staff = view.staff_of(store).collect();
        schedule.resources = view.resources_of(store).collect();
        schedule.shifts = view.catalogue.shifts.values().filter(|shift| shift.store == store).collect();
        // By what they hold, not by when they were to be: a visit that overruns still holds its time.
        let bookings = view.bookings.values().filter(|booking| booking.store == store && Some(booking.id) != moving);
        let held = bookings.flat_map(|booking| Taken::at(booking, moment)).filter(|taken| taken.range.overlaps(&range));
        let elsewhere = view.elsewhere_between(store, range).flat_map(Taken::elsewhere);
        schedule.taken = held.chain(view.blocks_between(store, range).map(Taken::by_block)).chain(elsewhere).collect();
        if !view.covers(store, range) {
            let own = moving.and_then(|id| view.bookings.get(&id));
            schedule.read_busy(view, range, own);
        }
        Ok(schedule)
    }

    fn read_busy(&mut self, view: &View, range: TimeRange, moving: Option<&Booking>) {
        let days = Window::around(range);
        for day in view.busy.values().filter(|day| day.store == self.store.id) {
            if !Window::day(day.day).range().overlaps(&days.range()) {
                continue;
            }
            let resource = day.resource;
            let own: Vec<TimeRange> =
                moving.iter().flat_map(|booking| &booking.occupancy).filter(|own| own.resource == resource).map(|own| own.range).collect();
            self.busy_days.push((resource, day.day, without(day, &own)));
            let holds = day.holds.iter().filter(|(range, _)| !own.contains(range));
            self.taken.extend(holds.map(|(range, expires_at)| Taken {
                resource,
                range: *range,
                by: TakenBy::Hold,
                expires_at: Some(*expires_at),
            }));
        }
    }

    /// The resources of a type that are in use here.
    pub fn of_type(&self, wanted: ResourceTypeId) -> impl Iterator<Item = ResourceId> + '_ {
        self.resources.iter().filter(move |resource| resource.resource_type == wanted).map(|resource| resource.id)
    }

    /// Staff who can do a service for this audience and fit the wish, in order of preference.
    pub fn able<'b>(&'b self, service: &'b Service, wish: StaffWish, audience: Audience) -> impl Iterator<Item = &'a Staff> + 'b {
        let store = self.store.id;
        self.staff.iter().copied().filter(move |staff| {
            staff.can(service.id, store)
                && (audience == Audience::Desk || staff.online)
                && match wish {
                    StaffWish::Requested(id) => staff.id == id,
                    StaffWish::AnyOf(gender) => staff.gender == Some(gender),
                    StaffWish::Any => true,
                }
        })
    }
}

/// A busy day without the time of the booking that is to move. Of a quantum that it only touches the rest may be somebody else's.
fn without(day: &BusyDay, own: &[TimeRange]) -> DayMask {
    let window = Window::day(day.day);
    let mut busy = Mask::empty(window);
    busy.put_day(day.day, &day.busy);
    own.iter().for_each(|range| busy.clear(window.inward(*range)));
    busy.day(day.day)
}
