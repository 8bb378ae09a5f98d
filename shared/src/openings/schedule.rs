//! What the openings of a store depend on, gathered from a view: full records on the server and the desk, busy masks on a
//! phone.

use crate::booking::Booking;
use crate::busy_day::{BusyDay, Taken, TakenBy};
use crate::id::{BookingId, ResourceId, ResourceTypeId, StoreId};
use crate::mask::{DayMask, Mask};
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::roster::Shift;
use crate::service::Service;
use crate::staff::Staff;
use crate::staff_preference::StaffPreference;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;
use crate::visit_request::Audience;
use crate::window::Window;

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
    pub fn able<'b>(
        &'b self,
        service: &'b Service,
        staff_preference: StaffPreference,
        audience: Audience,
    ) -> impl Iterator<Item = &'a Staff> + 'b {
        let store = self.store.id;
        self.staff.iter().copied().filter(move |staff| {
            staff.can(service.id, store) && (audience == Audience::Desk || staff.online) && staff_preference.fits(staff)
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
