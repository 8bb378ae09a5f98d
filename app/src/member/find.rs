//! Which times a member can choose. Pure: from the cached view by the same search as the server's, so it works offline.

use shared::booking::{Alternative, StaffWish};
use shared::id::{BookingId, ServiceId, StaffId, StoreId};
use shared::money::{Money, Price};
use shared::openings::{self, Audience, Openings, Query, Wanted};
use shared::service::{Service, in_menu_order};
use shared::staff::Staff;
use shared::store::Store;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::view::View;

/// Days on the strip.
pub const STRIP_DAYS: u16 = 14;

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Where.
    pub store: StoreId,
    /// What, one after another.
    pub services: Vec<ServiceId>,
    /// With whom.
    pub wish: StaffWish,
    /// A booking whose own time is not in the way.
    pub moving: Option<BookingId>,
}

/// The times of one local day.
#[derive(Clone, Debug, PartialEq)]
pub struct DayTimes {
    /// Day, where the store is.
    pub date: LocalDate,
    /// In order.
    pub starts: Vec<Timestamp>,
}

impl Search {
    /// The wish for a line: who cannot do it leaves it to a colleague.
    fn wanted(&self, view: &View) -> Vec<Wanted> {
        let able =
            |staff: StaffId, service: ServiceId| view.catalogue.staff.get(&staff).is_some_and(|staff| staff.can(service, self.store));
        let wish = |service: ServiceId| match self.wish {
            StaffWish::Requested(staff) if !able(staff, service) => StaffWish::Any,
            wish => wish,
        };
        self.services.iter().map(|service| Wanted { service: *service, wish: wish(*service) }).collect()
    }

    fn query(&self, view: &View, starts: TimeRange) -> Query {
        Query { store: self.store, lines: self.wanted(view), starts, audience: Audience::Online, moving: self.moving }
    }

    /// The openings within a range; `None` when the store or a service is not there.
    pub fn within(&self, view: &View, starts: TimeRange, now: Timestamp) -> Option<Openings> {
        openings::search(view, &self.query(view, starts), now).ok()
    }

    /// Wishes of each line, in order.
    pub fn wishes(&self, view: &View) -> Vec<Wanted> {
        self.wanted(view)
    }

    /// The days of the strip with their times.
    pub fn days(&self, view: &View, now: Timestamp) -> Vec<DayTimes> {
        let Some(store) = view.catalogue.stores.get(&self.store) else { return Vec::new() };
        let today = store.zone.local(now).0;
        let mut days: Vec<DayTimes> =
            (0..i32::from(STRIP_DAYS)).map(|day| DayTimes { date: today.plus_days(day), starts: Vec::new() }).collect();
        let Some(openings) = self.within(view, strip(store, now), now) else { return days };
        for start in openings.starts() {
            let day = store.zone.local(start).0.0 - today.0;
            if let Some(day) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
                day.starts.push(start);
            }
        }
        days
    }

    /// The first time on the strip.
    pub fn first(&self, view: &View, now: Timestamp) -> Option<Timestamp> {
        let store = view.catalogue.stores.get(&self.store)?;
        self.within(view, strip(store, now), now)?.next_start(now)
    }

    /// Whether an offer can still be taken, as far as this device knows. What was offered may be taken also where not everybody could book it.
    pub fn is_free(&self, view: &View, offer: &Alternative, now: Timestamp) -> bool {
        let mut query = self.query(view, TimeRange::starting(offer.starts_at, 1));
        query.audience = Audience::Desk;
        for (line, staff) in query.lines.iter_mut().zip(&offer.staff) {
            line.wish = StaffWish::Requested(*staff);
        }
        openings::search(view, &query, now).map_or(true, |openings| openings.is_possible(offer.starts_at))
    }

    /// Whether members can still book all of it there.
    pub fn is_offered(&self, view: &View) -> bool {
        let offered = services_of(view, self.store);
        self.services.iter().all(|id| offered.iter().any(|service| service.id == *id))
    }

    /// Up to three times near a wish.
    pub fn nearest(&self, view: &View, wish: Timestamp, now: Timestamp) -> Vec<Alternative> {
        let starts = TimeRange { start: wish.plus_minutes(-3 * 1440).max(now), end: wish.plus_minutes(7 * 1440) };
        let Some(openings) = self.within(view, starts, now) else { return Vec::new() };
        openings.nearest(wish, 4).into_iter().filter(|near| near.starts_at != wish).take(3).collect()
    }
}

fn strip(store: &Store, now: Timestamp) -> TimeRange {
    let today = store.zone.local(now).0;
    TimeRange { start: now, end: store.zone.day(today.plus_days(i32::from(STRIP_DAYS) - 1)).end }
}

/// Services that members can book in a store: somebody there does them.
pub fn services_of(view: &View, store: StoreId) -> Vec<&Service> {
    let offered = |service: &&Service| service.active && service.online && staff_for(view, store, &[service.id]).next().is_some();
    in_menu_order(view.catalogue.services.values().filter(offered))
}

/// Who does all these services there, for members.
pub fn staff_for<'a>(view: &'a View, store: StoreId, services: &'a [ServiceId]) -> impl Iterator<Item = &'a Staff> {
    view.staff_of(store).filter(move |staff| staff.online && services.iter().all(|service| staff.can(*service, store)))
}

/// The lowest price of a service in a store, and whether others ask more.
pub fn lowest_price(view: &View, store: StoreId, service: &Service) -> (Price, bool) {
    let own = [service.id];
    let prices: Vec<Price> = staff_for(view, store, &own).map(|staff| service.price_with(staff, store)).collect();
    let lowest = prices.iter().flatten().min().copied();
    (lowest.or(service.price), prices.iter().any(|price| *price != lowest))
}

/// The sum; on consultation when one of them is.
pub fn total(prices: impl Iterator<Item = Price>) -> Price {
    prices.into_iter().try_fold(Money(0), |sum, price| price.map(|price| Money(sum.0.saturating_add(price.0))))
}
