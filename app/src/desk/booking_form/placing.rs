//! How a visit would be done from a start on, a new one or one that moves: by whom, when each line begins, for how much. By the same rules
//! that will decide it, so that what the screen says is what is booked. Pure.

use shared::booking::{Line, Subject};
use shared::id::StaffId;
use shared::money::Price;
use shared::openings::{OpeningLine, Openings, bands, prices_to_keep, search_at_prices};
use shared::placement::preferences::preferences;
use shared::placement::rules::{PlacementRules, PriceBound};
use shared::placement::{moved, place};
use shared::refusal::Refusal;
use shared::store::Store;
use shared::time::Timestamp;
use shared::view::View;
use shared::visit_request::{Audience, RequestedLine, RequestedService, VisitRequest};

/// The openings of a visit: anybody stays in the lowest price band unless `any_price`.
///
/// # Errors
/// Those of [`search_at_prices`].
pub fn openings(view: &View, query: &VisitRequest, any_price: bool, now: Timestamp) -> Result<Openings, Refusal> {
    let prices = if any_price { Vec::new() } else { lowest_prices(view, query) };
    search_at_prices(view, query, &prices, now)
}

/// Per line the lowest price it can be had for, of a visit that moves the one to keep; `None` where one person was asked for, or where
/// nobody can.
#[must_use]
pub fn lowest_prices(view: &View, query: &VisitRequest) -> Vec<Option<Price>> {
    let kept = prices_to_keep(view, query);
    if !kept.is_empty() {
        return kept;
    }
    each_band(view, query, |prices| prices.first().copied())
}

/// Per line the highest price, where anybody may do it and not everybody costs the same.
#[must_use]
pub fn highest_prices(view: &View, query: &VisitRequest) -> Vec<Option<Price>> {
    each_band(view, query, |prices| prices.last().copied().filter(|_| prices.len() > 1))
}

fn each_band(view: &View, query: &VisitRequest, of: impl Fn(&[Price]) -> Option<Price>) -> Vec<Option<Price>> {
    let price = |wanted: &RequestedService| {
        let service = view.catalogue.services.get(&wanted.service).filter(|_| !wanted.staff_preference.is_requested())?;
        of(&bands::prices_for(view, query.store, (service, wanted.staff_preference), query.audience))
    };
    query.lines.iter().map(price).collect()
}

/// The visit from a start on, exactly as it would be booked or moved; `None` where not all of it can be had then.
#[must_use]
pub fn placed(view: &View, store: &Store, query: &VisitRequest, found: &[OpeningLine], now: Timestamp) -> Option<Vec<Line>> {
    let terms = |price_bound| PlacementRules {
        audience: Audience::Desk,
        any_hours: false,
        price_bound,
        in_a_row: false,
        preferences: Some(preferences),
        now,
        moment: now,
    };
    let wanted = &query.lines;
    if let Some(booking) = query.moving.and_then(|id| view.bookings.get(&id)) {
        let staff: Vec<StaffId> = found.iter().map(|line| line.staff).collect();
        let staff_preferences = moved::new_preferences(view, booking, query, &staff);
        let start = found.iter().map(|line| line.starts_at).min()?;
        return moved::lines(view, store, booking, (start, &staff_preferences), terms(moved::bound(true, &staff_preferences))).ok();
    }
    let line = |(wanted, found): (&RequestedService, &OpeningLine)| {
        let service = view.catalogue.services.get(&wanted.service)?;
        let person = view.catalogue.staff.get(&found.staff)?;
        let subject = Subject::Guest { name: "".into() };
        let seen_price = service.price_with(person, store.id);
        Some(RequestedLine {
            service: service.id,
            subject,
            payer: None,
            staff_preference: wanted.staff_preference,
            starts_at: found.starts_at,
            seen_price,
        })
    };
    let lines = wanted.iter().zip(found).map(line).collect::<Option<Vec<RequestedLine>>>()?;
    place::lines(view, store, &lines, query.moving, terms(PriceBound::Unasked)).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::booking::State;
    use shared::decision::Change;
    use shared::money::Money;
    use shared::service::Whom;
    use shared::staff_preference::StaffPreference;
    use shared::time::TimeRange;

    use super::*;
    use crate::desk::fixtures::{self, CUT, LONG_DAY, friday, person};

    const CHEAP: Price = Some(Money(16_800));
    const DEAR: Price = Some(Money(32_200));

    /// Two people: the first costs less.
    fn two_prices() -> View {
        let mut view = fixtures::view(&[(person(11), &[LONG_DAY]), (person(12), &[LONG_DAY])]);
        let terms =
            |staff, price| shared::service::PriceOverride { whom: Whom::Staff(staff), store: None, price: Some(price), minutes: None };
        if let Some(service) = Arc::make_mut(&mut view.catalogue).services.get_mut(&CUT) {
            service.terms = vec![terms(person(11), CHEAP), terms(person(12), DEAR)];
        }
        view
    }

    fn anybody(start: Timestamp) -> VisitRequest {
        let lines = vec![RequestedService { service: CUT, staff_preference: StaffPreference::Any }];
        VisitRequest { store: fixtures::store().id, lines, starts: TimeRange::starting(start, 60), audience: Audience::Desk, moving: None }
    }

    #[test]
    fn a_guest_who_takes_anybody_pays_the_lowest_price_and_nobody_dearer_is_booked() {
        let (mut view, store) = (two_prices(), fixtures::store());
        let start = store.zone.instant(friday(), 15 * 60);
        // The cheaper one is booked more: by load alone the dearer one would get the visit.
        view.apply(&Change::put(fixtures::booking(1, person(11), start.plus_minutes(-60), State::Confirmed { at: start })));
        let (query, now) = (anybody(start), start.plus_minutes(-600));
        let open = openings(&view, &query, false, now).expect("openings");
        let lines = placed(&view, &store, &query, &open.lines_at(start).expect("a way"), now).expect("placed");
        assert_eq!(lines.iter().map(|line| (line.staff, line.price)).collect::<Vec<_>>(), [(Some(person(11)), CHEAP)]);
    }

    #[test]
    fn a_time_that_only_the_dearer_person_has_is_offered_once_the_guest_widens_the_price() {
        let (mut view, store) = (two_prices(), fixtures::store());
        let start = store.zone.instant(friday(), 15 * 60);
        view.apply(&Change::put(fixtures::booking(1, person(11), start, State::Confirmed { at: start })));
        let (query, now) = (anybody(start), start.plus_minutes(-600));
        assert!(!openings(&view, &query, false, now).expect("openings").has(start));
        let wide = openings(&view, &query, true, now).expect("openings");
        let lines = placed(&view, &store, &query, &wide.lines_at(start).expect("a way"), now).expect("placed");
        assert_eq!((lines[0].staff, lines[0].price), (Some(person(12)), DEAR));
        assert_eq!((lowest_prices(&view, &query), highest_prices(&view, &query)), (vec![Some(CHEAP)], vec![Some(DEAR)]));
    }
}
