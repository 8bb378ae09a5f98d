//! What a member's phone offers: "anybody" at the cheapest price, and an own hold that is in nobody's way.

use std::sync::Arc;

use shared::busy_day::busy_day;
use shared::id::StoreId;
use shared::money::Money;
use shared::openings::{bands, search, search_at_prices, why_not, without_own_holds};
use shared::refusal::Refusal;
use shared::service::{PriceOverride, Whom};
use shared::staff_preference::StaffPreference;
use shared::time::{LocalSpan, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use crate::world::{Plan, STORE, World, booking_of, date, service_id, staff_id};

const CHEAP: Option<Money> = Some(Money(16_800));
const DEAR: Option<Money> = Some(Money(26_800));

/// Two people online: the first works from ten to noon for less, the second all day for more.
fn two_prices() -> World {
    let span = |from: u16, until: u16| vec![LocalSpan { from: from * 60, until: until * 60 }];
    let plan = Plan { hours: span(9, 18), shifts: vec![span(10, 12), Vec::new(), span(9, 18)], grid: 15, ..Plan::empty() };
    let mut world = World::build(&plan);
    let catalogue = Arc::make_mut(&mut world.view.catalogue);
    let mut service = catalogue.services[&service_id(0)].clone();
    let terms = |staff: usize, price| PriceOverride { whom: Whom::Staff(staff_id(staff)), store: None, price: Some(price), minutes: None };
    service.terms = vec![terms(0, CHEAP), terms(2, DEAR)];
    catalogue.services.insert(service.id, service);
    world
}

fn anybody(world: &World) -> VisitRequest {
    let wanted = RequestedService { service: service_id(0), staff_preference: StaffPreference::Any };
    VisitRequest::days(STORE, &world.store().zone, wanted, date("2018-07-31"), 1, Audience::Online)
}

fn at(world: &World, hour: u16) -> Timestamp {
    world.store().zone.instant(date("2018-07-31"), hour * 60)
}

#[test]
fn a_member_who_takes_anybody_is_offered_the_cheapest_price_and_may_widen_it() {
    let world = two_prices();
    let (query, now) = (anybody(&world), world.store().zone.day(date("2018-07-30")).start);
    let service = &world.view.catalogue.services[&service_id(0)];
    assert_eq!(bands::prices(&world.view, STORE, service, StaffPreference::Any), [CHEAP, DEAR]);
    assert_eq!(bands::prices(&world.view, STORE, service, StaffPreference::Requested(staff_id(2))), [DEAR]);
    let cheapest = search_at_prices(&world.view, &query, &[Some(CHEAP)], now).expect("known");
    assert!(cheapest.has(at(&world, 11)) && !cheapest.has(at(&world, 15)));
    assert_eq!(cheapest.staff_at(at(&world, 11)).collect::<Vec<_>>(), [staff_id(0)]);
    let widened = search_at_prices(&world.view, &query, &[None], now).expect("known");
    assert!(widened.has(at(&world, 11)) && widened.has(at(&world, 15)));
}

/// The phone of somebody who holds eleven o'clock with the first person.
fn phone_with_a_hold(world: &World) -> View {
    let hold = booking_of(1, 0, TimeRange::starting(at(world, 11), 60), Some(at(world, 9)));
    let other = booking_of(2, 0, TimeRange::starting(at(world, 10), 60), Some(at(world, 9)));
    let taken: Vec<_> = [&hold, &other].into_iter().flat_map(shared::busy_day::Taken::by_booking).collect();
    let mut phone = View::of(world.view.catalogue.clone());
    phone.known.catalogue = true;
    for day in world.first_utc_day()..world.first_utc_day() + 4 {
        let busy = busy_day(STORE, staff_id(0).into(), day, &taken);
        phone.busy.insert((busy.resource, day), busy);
    }
    phone.bookings.insert(hold.id, hold);
    phone
}

#[test]
fn the_time_a_member_holds_is_free_for_that_member_and_the_holds_of_others_are_not() {
    let world = two_prices();
    let phone = phone_with_a_hold(&world);
    let (query, now) = (anybody(&world), world.store().zone.day(date("2018-07-30")).start);
    let mut query = query;
    query.lines[0].staff_preference = StaffPreference::Requested(staff_id(0));
    let others = search(&phone, &query, now).expect("known");
    assert!(!others.has(at(&world, 11)) && !others.has(at(&world, 10)));
    let own = search(&without_own_holds(&phone, STORE), &query, now).expect("known");
    assert!(own.has(at(&world, 11)) && !own.has(at(&world, 10)));
}

#[test]
fn only_holds_of_this_store_are_taken_out_of_a_members_own_view() {
    let world = two_prices();
    let mut phone = phone_with_a_hold(&world);
    let promise = booking_of(3, 2, TimeRange::starting(at(&world, 14), 60), None);
    let mut elsewhere = booking_of(4, 2, TimeRange::starting(at(&world, 15), 60), Some(at(&world, 9)));
    elsewhere.store = StoreId(uuid::Uuid::from_u128(9));
    for booking in [&promise, &elsewhere] {
        phone.bookings.insert(booking.id, booking.clone());
    }
    let free = without_own_holds(&phone, STORE);
    let kept: Vec<_> = free.bookings.keys().copied().collect();
    assert_eq!(kept, [promise.id, elsewhere.id]);
    let nothing_held = without_own_holds(&free, STORE);
    assert_eq!(*nothing_held, *free);
}

#[test]
fn a_phone_says_why_a_time_is_not_offered_by_what_is_busy_of_that_person_and_of_nobody_else() {
    let world = two_prices();
    let now = world.store().zone.day(date("2018-07-30")).start;
    let taken: Vec<_> = [(1, 0, 10), (2, 2, 15)]
        .into_iter()
        .map(|(number, staff, hour)| booking_of(number, staff, TimeRange::starting(at(&world, hour), 60), None))
        .flat_map(|booking| shared::busy_day::Taken::by_booking(&booking).collect::<Vec<_>>())
        .collect();
    let mut phone = View::of(world.view.catalogue.clone());
    phone.known.catalogue = true;
    for staff in [0, 2] {
        for day in world.first_utc_day()..world.first_utc_day() + 4 {
            let busy = busy_day(STORE, staff_id(staff).into(), day, &taken);
            phone.busy.insert((busy.resource, day), busy);
        }
    }
    let why_at = |staff: usize, start: Timestamp| {
        let mut query = anybody(&world);
        query.lines[0].staff_preference = StaffPreference::Requested(staff_id(staff));
        why_not(&phone, &query, start, now)
    };
    let why = |staff: usize, hour: u16| why_at(staff, at(&world, hour));
    let busy = Some(Refusal::TimeTaken { by: Vec::new() });
    // Between the quanta, where no mask has the answer.
    assert_eq!((why_at(2, at(&world, 10).plus_minutes(2)), why_at(2, at(&world, 14).plus_minutes(2))), (None, busy.clone()));
    assert_eq!((why(0, 10), why(0, 11)), (busy.clone(), None));
    assert_eq!((why(2, 10), why(2, 14), why(2, 15), why(2, 16)), (None, None, busy, None));
}
