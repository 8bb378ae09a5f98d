//! Which times a member can choose. Pure: from the cached view by the same search as the server's, so it works offline.

use shared::booking::Alternative;
use shared::id::{BookingId, ServiceId, StaffId, StoreId};
use shared::money::{Money, Price};
use shared::openings::{self, Openings, bands};
use shared::refusal::Refusal;
use shared::service::{Service, in_menu_order};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService, VisitRequest};

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
    pub staff_preference: StaffPreference,
    /// With whom service by service, where that is known.
    pub each: Vec<StaffPreference>,
    /// Anybody, also for more than the lowest price.
    pub widened: bool,
    /// A booking whose own time is not in the way.
    pub moving: Option<BookingId>,
}

impl Search {
    /// The wish for a line: who cannot do it leaves it to a colleague.
    fn wanted(&self, view: &View) -> Vec<RequestedService> {
        let able =
            |staff: StaffId, service: ServiceId| view.catalogue.staff.get(&staff).is_some_and(|staff| staff.can(service, self.store));
        let staff_preference = |place: usize, service: ServiceId| match self.each.get(place).copied().unwrap_or(self.staff_preference) {
            StaffPreference::Requested(staff) if !able(staff, service) => StaffPreference::Any,
            staff_preference => staff_preference,
        };
        self.services
            .iter()
            .enumerate()
            .map(|(place, service)| RequestedService { service: *service, staff_preference: staff_preference(place, *service) })
            .collect()
    }

    /// The question as it is put to the search.
    pub fn query(&self, view: &View, starts: TimeRange) -> VisitRequest {
        VisitRequest { store: self.store, lines: self.wanted(view), starts, audience: Audience::Online, moving: self.moving }
    }

    /// The openings within a range; `None` when the store or a service is not there.
    pub fn within(&self, view: &View, starts: TimeRange, now: Timestamp) -> Option<Openings> {
        let prices = if self.widened { Vec::new() } else { self.lowest_prices(view) };
        self.at_prices(view, starts, &prices, now)
    }

    /// The openings of a start at the lowest price it can be had for.
    pub fn cheapest_at(&self, view: &View, start: Timestamp, now: Timestamp) -> Option<Openings> {
        let within = |prices: &[Option<Price>]| {
            let openings = self.at_prices(view, TimeRange::starting(start, 1), prices, now)?;
            openings.has(start).then_some(openings)
        };
        let lowest = within(&self.lowest_prices(view));
        if lowest.is_some() || !self.widened {
            return lowest;
        }
        let bands = self.bands(view);
        let dearer = match bands.as_slice() {
            [only] => only.iter().skip(1).find_map(|price| within(&[Some(*price)])),
            _ => None,
        };
        dearer.or_else(|| within(&[]))
    }

    fn at_prices(&self, view: &View, starts: TimeRange, prices: &[Option<Price>], now: Timestamp) -> Option<Openings> {
        let (view, query) = (openings::without_own_holds(view, self.store), self.query(view, starts));
        // What a visit costs that is moved was agreed before.
        let found = if self.moving.is_some() {
            openings::search(&view, &query, now)
        } else {
            openings::search_at_prices(&view, &query, prices, now)
        };
        found.ok()
    }

    /// Per line what it can cost, cheapest first; nothing where one person was asked for.
    fn bands(&self, view: &View) -> Vec<Vec<Price>> {
        let prices = |wanted: &RequestedService| match view.catalogue.services.get(&wanted.service) {
            Some(service) if !wanted.staff_preference.is_requested() => bands::prices(view, self.store, service, wanted.staff_preference),
            _ => Vec::new(),
        };
        self.wanted(view).iter().map(prices).collect()
    }

    /// Per line the lowest it can cost; nothing where one person was asked for.
    pub fn lowest_prices(&self, view: &View) -> Vec<Option<Price>> {
        self.bands(view).iter().map(|prices| prices.first().copied()).collect()
    }

    /// What the visit costs with the next dearer people, where anybody may do it and some ask more.
    pub fn wider_price(&self, view: &View) -> Option<Money> {
        let bands = self.bands(view);
        let lowest = bands.iter().map(|prices| prices.first().copied().flatten().unwrap_or(Money(0)).0).sum::<i64>();
        let step = |prices: &Vec<Price>| Some(prices.get(1).copied().flatten()?.0 - prices.first().copied().flatten()?.0);
        bands.iter().filter_map(step).min().map(|step| Money(lowest + step))
    }

    /// Why a time cannot be had, as far as this device knows.
    pub fn why_not(&self, view: &View, start: Timestamp, now: Timestamp) -> Option<Refusal> {
        let query = self.query(view, TimeRange::starting(start, 1));
        openings::why_not(&openings::without_own_holds(view, self.store), &query, start, now)
    }

    /// Wishes of each line, in order.
    pub fn staff_preferences(&self, view: &View) -> Vec<RequestedService> {
        self.wanted(view)
    }

    /// The first time on the strip.
    pub fn first(&self, view: &View, now: Timestamp) -> Option<Timestamp> {
        let store = view.catalogue.stores.get(&self.store)?;
        self.within(view, strip(store, now), now)?.next_start(now)
    }

    /// Whether an offer can still be taken, as far as this device knows. What was offered may be taken also where not everybody could book
    /// it.
    pub fn is_free(&self, view: &View, offer: &Alternative, now: Timestamp) -> bool {
        let mut query = self.query(view, TimeRange::starting(offer.starts_at, 1));
        query.audience = Audience::Desk;
        for (line, staff) in query.lines.iter_mut().zip(&offer.staff) {
            line.staff_preference = StaffPreference::Requested(*staff);
        }
        openings::search(&openings::without_own_holds(view, self.store), &query, now)
            .map_or(true, |openings| openings.is_possible(offer.starts_at))
    }

    /// Whether members can still book all of it there.
    pub fn is_offered(&self, view: &View) -> bool {
        let offered = services_of(view, self.store);
        self.services.iter().all(|id| offered.iter().any(|service| service.id == *id))
    }

    /// Up to three times near a wish.
    pub fn nearest(&self, view: &View, wanted: Timestamp, now: Timestamp) -> Vec<Alternative> {
        let starts = TimeRange { start: wanted.plus_minutes(-3 * 1440).max(now), end: wanted.plus_minutes(7 * 1440) };
        let Some(openings) = self.within(view, starts, now) else { return Vec::new() };
        openings.nearest(wanted, 4).into_iter().filter(|near| near.starts_at != wanted).take(3).collect()
    }
}

/// From now to the end of the strip.
pub fn strip(store: &Store, now: Timestamp) -> TimeRange {
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

/// The lowest price of a service in a store for a wish, and whether others ask more.
pub fn lowest_price(view: &View, store: StoreId, service: &Service, staff_preference: StaffPreference) -> (Price, bool) {
    let prices = bands::prices(view, store, service, staff_preference);
    (prices.first().copied().unwrap_or(service.price), prices.len() > 1)
}

/// The sum; on consultation when one of them is.
pub fn total(prices: impl Iterator<Item = Price>) -> Price {
    prices.into_iter().try_fold(Money(0), |sum, price| price.map(|price| Money(sum.0.saturating_add(price.0))))
}
