//! Price bands: what a service costs with the people who do it. "Anybody" stays in the cheapest one unless the guest widens it.

use crate::id::StoreId;
use crate::money::Price;
use crate::service::Service;
use crate::sort;
use crate::staff::Staff;
use crate::staff_preference::StaffPreference;
use crate::view::View;
use crate::visit_request::Audience;

/// The different prices of a service for members in a store, cheapest first, over everybody who fits the wish; "on consultation" comes
/// last.
#[must_use]
pub fn prices(view: &View, store: StoreId, service: &Service, staff_preference: StaffPreference) -> Vec<Price> {
    prices_for(view, store, (service, staff_preference), Audience::Online)
}

/// The same for the desk, which may also book people whom members cannot.
#[must_use]
pub fn prices_for(view: &View, store: StoreId, (service, staff_preference): (&Service, StaffPreference), audience: Audience) -> Vec<Price> {
    let is_offered = |staff: &&Staff| audience == Audience::Desk || staff.online;
    let able = view.staff_of(store).filter(is_offered).filter(|staff| staff.can(service.id, store) && staff_preference.fits(staff));
    let mut prices: Vec<Price> = able.map(|staff| service.price_with(staff, store)).collect();
    sort::sort_by_key(&mut prices, |price| (price.is_none(), *price));
    prices.dedup();
    prices
}
