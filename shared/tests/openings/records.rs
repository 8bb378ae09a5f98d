//! Openings from a store's records, against a plain reference that walks quantum by quantum in local time.

use proptest::prelude::*;
use shared::busy_day::busy_day;
use shared::mask::DayMask;
use shared::openings::{MOST_SEARCH_DAYS, search, why_not};
use shared::refusal::Refusal;
use shared::staff::Gender;
use shared::staff_preference::StaffPreference;
use shared::time::{LocalSpan, MINUTE, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use crate::plans::{cases, plan};
use crate::reference::{DAYS, MINUTES, is_asked_for, offered, takes};
use crate::world::{Plan, STORE, World, basin_id, booking_of, date, lord_howe, service_id, staff_id, vancouver};

fn staff_preference() -> impl Strategy<Value = StaffPreference> {
    prop_oneof![
        Just(StaffPreference::Any),
        (0usize..4).prop_map(|staff| StaffPreference::Requested(staff_id(staff))),
        prop_oneof![Just(Gender::Female), Just(Gender::Male)].prop_map(StaffPreference::AnyOf),
    ]
}

/// What the phone knows: no bookings, only busy days and holds.
fn as_a_phone_sees_it(world: &World) -> View {
    let mut phone = View::of(world.view.catalogue.clone());
    phone.known.catalogue = true;
    let taken = world.all_taken();
    let people = (0..world.staff_count()).map(|staff| staff_id(staff).into());
    for resource in people.chain((0..world.basins()).map(basin_id)) {
        for day in world.first_utc_day() - 2..world.first_utc_day() + 8 {
            let busy = busy_day(STORE, resource, day, &taken);
            if busy.busy != DayMask::EMPTY || !busy.holds.is_empty() {
                phone.busy.insert((busy.resource, day), busy);
            }
        }
    }
    phone
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn openings_equal_a_plain_walk_through_local_time(
        plan in plan(), staff_preference in staff_preference(), online: bool, minutes_past in 0i64..2880,
    ) {
        let world = World::build(&plan);
        let audience = if online { Audience::Online } else { Audience::Desk };
        let now = world.store().zone.day(plan.first).start.plus_minutes(minutes_past);
        let wanted = RequestedService { service: service_id(plan.asked), staff_preference };
        let query = VisitRequest::days(STORE, &world.store().zone, wanted, plan.first, 4, audience);
        let openings = search(&world.view, &query, now).expect("all is known");
        let on_the_phone = search(&as_a_phone_sees_it(&world), &query, now).expect("enough is known");
        // From an hour before these days to an hour after them.
        for quantum in 0..(DAYS * 24 + 3) * 12 {
            let instant = world.first_midnight() + (quantum - 12) * 5 * MINUTES;
            let start = Timestamp(instant);
            let expected: Vec<_> = offered(&world, wanted, online, instant, now.0).into_iter().map(staff_id).collect();
            prop_assert_eq!(openings.has(start), !expected.is_empty(), "at {:?}", world.local(instant));
            prop_assert_eq!(on_the_phone.has(start), !expected.is_empty(), "on the phone at {:?}", world.local(instant));
            if openings.has(start) {
                prop_assert_eq!(openings.staff_at(start).collect::<Vec<_>>(), expected.clone());
                prop_assert_eq!(why_not(&world.view, &query, start, now), None);
            } else if why_not(&world.view, &query, start, now).is_none() {
                let off_grid = world.local(instant).1 % i64::from(world.store().rules.grid_minutes) != 0;
                prop_assert!(off_grid || start < now || !is_asked_for(&world, instant), "no rule blocks it, yet it is not listed");
            }
        }
    }

    #[test]
    fn every_line_of_an_opening_is_free_by_the_exact_check(plan in plan(), second in 0usize..3) {
        let world = World::build(&plan);
        let now = world.store().zone.day(plan.first).start;
        let wanted = |service| RequestedService { service: service_id(service), staff_preference: StaffPreference::Any };
        let mut query = VisitRequest::days(STORE, &world.store().zone, wanted(plan.asked), plan.first, 2, Audience::Desk);
        query.lines.push(wanted(second));
        let openings = search(&world.view, &query, now).expect("all is known");
        for start in openings.starts() {
            let lines = openings.lines_at(start).expect("an opening has somebody for every line");
            prop_assert_eq!(lines.len(), 2);
            for (line, service) in lines.iter().zip([plan.asked, second]) {
                let staff = (line.staff.0.as_u128() - 100) as usize;
                prop_assert!(takes(&world, staff, service, line.starts_at.0, now.0));
            }
            prop_assert_eq!(why_not(&world.view, &query, start, now), None);
        }
    }
}

/// A store in Vancouver, open 9–18, one staff member who works 10–17, one cut of 60 minutes.
fn plain() -> Plan {
    let span = |from: u16, until: u16| vec![LocalSpan { from: from * 60, until: until * 60 }];
    Plan { hours: span(9, 18), shifts: vec![span(10, 17)], minutes: [60, 30, 90], grid: 15, first: date("2018-07-30"), ..Plan::empty() }
}

fn ask(world: &World, day: &str) -> VisitRequest {
    let wanted = RequestedService { service: service_id(0), staff_preference: StaffPreference::Requested(staff_id(0)) };
    VisitRequest::days(STORE, &world.store().zone, wanted, date(day), 1, Audience::Online)
}

fn at(world: &World, day: &str, hour: u16, minute: u16) -> Timestamp {
    world.store().zone.instant(date(day), hour * 60 + minute)
}

#[test]
fn the_day_begins_with_the_shift_and_the_last_start_ends_with_it() {
    let world = World::build(&plain());
    let openings = search(&world.view, &ask(&world, "2018-07-31"), at(&world, "2018-07-30", 8, 0)).expect("known");
    let starts: Vec<_> = openings.starts().collect();
    assert_eq!(starts.first(), Some(&at(&world, "2018-07-31", 10, 0)));
    assert_eq!(starts.last(), Some(&at(&world, "2018-07-31", 16, 0)));
    assert_eq!(starts.len(), 25);
}

#[test]
fn the_rule_that_blocks_a_time_is_named() {
    let mut world = World::build(&plain());
    let now = at(&world, "2018-07-31", 10, 10);
    let taken = TimeRange::starting(at(&world, "2018-07-31", 13, 0), 60);
    let booking = booking_of(7, 0, taken, None);
    world.view.bookings.insert(booking.id, booking.clone());
    let query = ask(&world, "2018-07-31");
    let why = |hour, minute| why_not(&world.view, &query, at(&world, "2018-07-31", hour, minute), now);
    assert_eq!(why(10, 30), Some(Refusal::TooSoon { lead_minutes: 30 }));
    assert_eq!(why(12, 30), Some(Refusal::TimeTaken { by: vec![booking.id] }));
    assert_eq!(why(16, 30), Some(Refusal::NotOnShift { staff: staff_id(0) }));
    assert_eq!(why(17, 30), Some(Refusal::StoreClosed));
    assert_eq!(why(14, 0), None);
    assert_eq!(why(14, 5), None, "off the grid is not offered, but admitted");
    let far = at(&world, "2018-09-01", 12, 0);
    assert_eq!(why_not(&world.view, &query, far, now), Some(Refusal::TooFarAhead { days: 30 }));
    let stranger = VisitRequest {
        lines: vec![RequestedService { service: service_id(0), staff_preference: StaffPreference::Requested(staff_id(9)) }],
        ..query.clone()
    };
    assert_eq!(why_not(&world.view, &stranger, at(&world, "2018-07-31", 14, 0), now), Some(Refusal::NotSkilled { staff: staff_id(9) }));
}

#[test]
fn a_hold_counts_until_it_expires() {
    let mut world = World::build(&plain());
    let now = at(&world, "2018-07-31", 9, 0);
    let start = at(&world, "2018-07-31", 13, 0);
    let hold = booking_of(7, 0, TimeRange::starting(start, 60), Some(now.plus_minutes(5)));
    world.view.bookings.insert(hold.id, hold);
    let query = ask(&world, "2018-07-31");
    for view in [world.view.clone(), as_a_phone_sees_it(&world)] {
        assert!(!search(&view, &query, now).expect("known").has(start));
        assert!(search(&view, &query, now.plus_minutes(5)).expect("known").has(start));
    }
}

#[test]
fn a_booking_that_moves_does_not_stand_in_its_own_way() {
    let mut world = World::build(&plain());
    let now = at(&world, "2018-07-31", 9, 0);
    let start = at(&world, "2018-07-31", 13, 0);
    let booking = booking_of(7, 0, TimeRange::starting(start, 60), None);
    world.view.bookings.insert(booking.id, booking.clone());
    let query = VisitRequest { moving: Some(booking.id), ..ask(&world, "2018-07-31") };
    assert!(search(&world.view, &query, now).expect("known").has(start.plus_minutes(30)));
    let mut phone = as_a_phone_sees_it(&world);
    phone.bookings.insert(booking.id, booking);
    assert!(search(&phone, &query, now).expect("known").has(start.plus_minutes(30)));
}

#[test]
fn three_openings_near_a_wish_are_given_in_order() {
    let world = World::build(&plain());
    let openings = search(&world.view, &ask(&world, "2018-07-31"), at(&world, "2018-07-30", 8, 0)).expect("known");
    let near = openings.nearest(at(&world, "2018-07-31", 8, 0), 3);
    let starts: Vec<_> = near.iter().map(|opening| opening.starts_at).collect();
    assert_eq!(starts, [(10, 0), (10, 15), (10, 30)].map(|(hour, minute)| at(&world, "2018-07-31", hour, minute)));
    assert!(near.iter().all(|opening| opening.staff == [staff_id(0)]));
}

#[test]
fn on_the_days_the_clocks_change_opening_hours_stay_local() {
    for (day, offset) in [("2018-03-11", -7), ("2018-11-04", -8)] {
        let world = World::build(&Plan { zone: vancouver(), first: date(day), ..plain() });
        let now = world.store().zone.instant(date(day).plus_days(-1), 600);
        let openings = search(&world.view, &ask(&world, day), now).expect("known");
        let ten = Timestamp((i64::from(date(day).0) * 24 + 10 - offset) * 60 * MINUTE);
        assert_eq!(openings.starts().next(), Some(ten));
        assert_eq!(openings.starts().count(), 25);
    }
}

#[test]
fn where_the_clocks_change_by_half_an_hour_what_is_offered_stays_on_the_grid_of_the_wall_clock() {
    let world = World::build(&Plan { zone: lord_howe(), first: date("2026-04-05"), grid: 20, ..plain() });
    let openings = search(&world.view, &ask(&world, "2026-04-05"), world.store().zone.instant(date("2026-04-04"), 600)).expect("known");
    let minutes: Vec<_> = openings.starts().map(|start| world.local(start.0).1).collect();
    assert_eq!(minutes, (0..19).map(|number| 600 + number * 20).collect::<Vec<_>>());
}

#[test]
fn a_special_day_replaces_the_week() {
    let mut plan = plain();
    plan.special = Some((date("2018-07-31"), vec![]));
    let world = World::build(&plan);
    let openings = search(&world.view, &ask(&world, "2018-07-31"), at(&world, "2018-07-30", 8, 0)).expect("known");
    assert_eq!(openings.starts().count(), 0);
}

#[test]
fn a_service_that_is_unknown_or_not_online_is_refused_with_the_reason() {
    let mut world = World::build(&plain());
    let now = at(&world, "2018-07-30", 8, 0);
    let nothing = VisitRequest { lines: Vec::new(), ..ask(&world, "2018-07-31") };
    assert_eq!(search(&world.view, &nothing, now).err(), Some(Refusal::Invalid { field: "lines".into() }));
    let unknown = RequestedService { service: service_id(9), staff_preference: StaffPreference::Any };
    let query = VisitRequest { lines: vec![unknown], ..nothing };
    assert_eq!(search(&world.view, &query, now).err(), Some(Refusal::NotFound { kind: "service".into() }));
    let services = &mut std::sync::Arc::make_mut(&mut world.view.catalogue).services;
    services.get_mut(&service_id(0)).expect("the cut").online = false;
    let query = ask(&world, "2018-07-31");
    assert_eq!(search(&world.view, &query, now).err(), Some(Refusal::NotOnline));
    assert!(search(&world.view, &VisitRequest { audience: Audience::Desk, ..query }, now).is_ok(), "the desk may");
}

#[test]
fn a_search_says_what_it_looks_at_and_is_bounded() {
    let world = World::build(&plain());
    let mut query = ask(&world, "2018-07-31");
    let day = world.store().zone.day(date("2018-07-31"));
    assert_eq!(query.reads(&world.view), Ok(TimeRange { start: day.start, end: day.end.plus_minutes(60) }));
    query.starts = TimeRange::ALWAYS;
    assert_eq!(search(&world.view, &query, day.start).expect("known").starts().count(), 0, "the beginning of time is long past");
    query.starts = TimeRange { start: day.start, end: Timestamp(i64::MAX) };
    assert!(query.reads(&world.view).expect("known").minutes() <= i64::from(MOST_SEARCH_DAYS) * 1440 + 60);
}

#[test]
fn two_spans_that_meet_at_an_odd_minute_hide_no_opening() {
    let meeting = |middle: u16| vec![LocalSpan { from: 540, until: middle }, LocalSpan { from: middle, until: 1080 }];
    let world = World::build(&Plan { hours: meeting(783), shifts: vec![meeting(722)], grid: 5, ..plain() });
    let now = at(&world, "2018-07-30", 8, 0);
    let openings = search(&world.view, &ask(&world, "2018-07-31"), now).expect("known");
    for (hour, minute) in [(11, 30), (12, 0), (12, 30), (13, 0)] {
        assert!(openings.has(at(&world, "2018-07-31", hour, minute)), "{hour}:{minute}");
    }
    assert_eq!(openings.starts().count(), 97, "from nine to five, every five minutes");
}

#[test]
fn a_shift_that_begins_at_an_odd_minute_is_there_from_that_minute_on() {
    let odd = vec![LocalSpan { from: 603, until: 1080 }];
    let world = World::build(&Plan { shifts: vec![odd], grid: 5, ..plain() });
    let query = ask(&world, "2018-07-31");
    let now = at(&world, "2018-07-30", 8, 0);
    assert_eq!(why_not(&world.view, &query, at(&world, "2018-07-31", 10, 3), now), None, "it may be booked");
    assert_eq!(why_not(&world.view, &query, at(&world, "2018-07-31", 10, 2), now), Some(Refusal::NotOnShift { staff: staff_id(0) }));
    let first = search(&world.view, &query, now).expect("known").starts().next();
    assert_eq!(first, Some(at(&world, "2018-07-31", 10, 5)), "what is offered begins on the grid");
}

#[test]
fn within_the_same_five_minutes_what_is_somebody_elses_stays_theirs() {
    let mut world = World::build(&Plan { grid: 5, ..plain() });
    let now = at(&world, "2018-07-31", 9, 0);
    let start = at(&world, "2018-07-31", 13, 3);
    let own = booking_of(7, 0, TimeRange::starting(start, 60), None);
    let next = booking_of(8, 0, TimeRange::starting(start.plus_minutes(60), 60), None);
    world.view.bookings.insert(own.id, own.clone());
    world.view.bookings.insert(next.id, next);
    let mut phone = as_a_phone_sees_it(&world);
    phone.bookings.insert(own.id, own.clone());
    let query = VisitRequest { moving: Some(own.id), ..ask(&world, "2018-07-31") };
    for view in [&world.view, &phone] {
        assert!(!search(view, &query, now).expect("known").has(start.plus_minutes(2)), "it would end two minutes after the next begins");
        assert!(search(view, &query, now).expect("known").has(start.plus_minutes(-63)));
    }
}
