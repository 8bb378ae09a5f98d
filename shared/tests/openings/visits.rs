//! Visits of several lines: how many, what may be asked for, and friends who keep together when they move.

use shared::booking::Booking;
use shared::openings::{MOST_LINES, MOST_SEARCH_DAYS, Schedule, search, why_not};
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::{LocalSpan, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use crate::world::{Plan, STORE, World, booking_of, date, service_id, staff_id};

const DAY: &str = "2018-07-31";

/// Open from nine to six; so many people work all day.
fn store_of(people: usize) -> World {
    let day = vec![LocalSpan { from: 540, until: 1080 }];
    World::build(&Plan { hours: day.clone(), shifts: vec![day; people], grid: 15, ..Plan::empty() })
}

fn at(world: &World, hour: u16, minute: u16) -> Timestamp {
    world.store().zone.instant(date(DAY), hour * 60 + minute)
}

fn query(world: &World, lines: &[(usize, StaffPreference)]) -> VisitRequest {
    let wanted = |(service, staff_preference): &(usize, StaffPreference)| RequestedService {
        service: service_id(*service),
        staff_preference: *staff_preference,
    };
    let days = VisitRequest::days(STORE, &world.store().zone, wanted(&(0, StaffPreference::Any)), date(DAY), 1, Audience::Desk);
    VisitRequest { lines: lines.iter().map(wanted).collect(), ..days }
}

/// A visit at nine tomorrow whose lines begin so many minutes after it, and the question where it could move.
fn moving(world: &mut World, lines: &[(usize, StaffPreference, i64)]) -> VisitRequest {
    let start = at(world, 9, 0).plus_minutes(1440);
    let single = booking_of(7, 0, TimeRange::starting(start, 60), None);
    let line = |(service, staff_preference, minutes): &(usize, StaffPreference, i64)| {
        let mut line = single.lines[0].clone();
        (line.service, line.staff_preference, line.starts_at) = (service_id(*service), *staff_preference, start.plus_minutes(*minutes));
        line
    };
    let booking = Booking { lines: lines.iter().map(line).collect(), ..single.clone() };
    world.view.bookings.insert(booking.id, booking);
    let asked: Vec<_> = lines.iter().map(|(service, staff_preference, _)| (*service, *staff_preference)).collect();
    VisitRequest { moving: Some(single.id), ..query(world, &asked) }
}

#[test]
fn a_search_is_for_up_to_twenty_lines() {
    let world = store_of(1);
    let of = |count: usize| search(&world.view, &query(&world, &vec![(0, StaffPreference::Any); count]), at(&world, 8, 0)).map(drop);
    assert_eq!(MOST_LINES, 20);
    assert_eq!((of(1), of(20), of(21)), (Ok(()), Ok(()), Err(Refusal::Invalid { field: "lines".into() })));
}

#[test]
fn a_search_is_for_up_to_sixty_two_days() {
    let world = store_of(1);
    let wanted = RequestedService { service: service_id(0), staff_preference: StaffPreference::Any };
    let days = |count: u16| {
        let query = VisitRequest::days(STORE, &world.store().zone, wanted, date(DAY), count, Audience::Desk);
        (query.starts.minutes(), query.reads(&world.view).map(|range| range.minutes()))
    };
    assert_eq!(days(0), days(1));
    assert_eq!(days(1), (1440, Ok(1440 + 60)));
    assert_eq!(days(62), (62 * 1440, Ok(62 * 1440 + 60)));
    assert_eq!(days(63), days(MOST_SEARCH_DAYS));
    let endless = VisitRequest {
        starts: TimeRange { start: at(&world, 9, 0), end: Timestamp(i64::MAX) },
        ..query(&world, &[(0, StaffPreference::Any)])
    };
    assert_eq!(endless.reads(&world.view).map(|range| range.minutes()), Ok(62 * 1440 + 60));
}

#[test]
fn what_is_not_offered_any_more_is_not_found() {
    let mut world = store_of(1);
    let services = &mut std::sync::Arc::make_mut(&mut world.view.catalogue).services;
    services.get_mut(&service_id(0)).expect("the cut").active = false;
    let gone = search(&world.view, &query(&world, &[(0, StaffPreference::Any)]), at(&world, 8, 0));
    assert_eq!(gone.err(), Some(Refusal::NotFound { kind: "service".into() }));
}

#[test]
fn a_visit_that_moves_is_looked_for_as_far_as_its_last_line_reaches() {
    let mut world = store_of(2);
    let pause = moving(&mut world, &[(0, StaffPreference::Any, 0), (0, StaffPreference::Any, 90)]);
    let day = world.store().zone.day(date(DAY));
    assert_eq!(pause.reads(&world.view), Ok(TimeRange { start: day.start, end: day.end.plus_minutes(120 + 90) }));
}

#[test]
fn the_next_time_is_the_first_at_or_after_the_moment() {
    let world = store_of(1);
    let openings = search(&world.view, &query(&world, &[(0, StaffPreference::Any)]), at(&world, 8, 0)).expect("known");
    let next = |hour, minute| openings.next_start(at(&world, hour, minute));
    assert_eq!(next(8, 0), Some(at(&world, 9, 0)));
    assert_eq!((next(10, 15), next(10, 16)), (Some(at(&world, 10, 15)), Some(at(&world, 10, 30))));
    assert_eq!((next(17, 0), next(17, 1)), (Some(at(&world, 17, 0)), None));
}

#[test]
fn two_friends_who_come_together_need_two_people() {
    let friends = [(0, StaffPreference::Any, 0), (0, StaffPreference::Any, 0)];
    let mut alone = store_of(1);
    let query = moving(&mut alone, &friends);
    let (now, noon) = (at(&alone, 8, 0), at(&alone, 12, 0));
    assert_eq!(search(&alone.view, &query, now).expect("known").starts().count(), 0);
    assert_eq!(why_not(&alone.view, &query, noon, now), Some(Refusal::NobodyFree));
    let mut both = store_of(2);
    let query = moving(&mut both, &friends);
    let openings = search(&both.view, &query, now).expect("known");
    let lines = openings.lines_at(noon).expect("two people");
    assert_eq!(lines.iter().map(|line| (line.starts_at, line.staff)).collect::<Vec<_>>(), [(noon, staff_id(0)), (noon, staff_id(1))]);
    assert_eq!(why_not(&both.view, &query, noon, now), None);
}

#[test]
fn one_person_may_serve_a_friend_right_after_the_other() {
    let mut world = store_of(2);
    let [first, second] = [0, 1].map(|staff| StaffPreference::Requested(staff_id(staff)));
    // Also where the later line is named first.
    for lines in [[(0, first, 0), (0, second, 0), (0, first, 60)], [(0, first, 60), (0, second, 0), (0, first, 0)]] {
        let query = moving(&mut world, &lines);
        let openings = search(&world.view, &query, at(&world, 8, 0)).expect("known");
        assert!(openings.has(at(&world, 12, 0)));
        let overlapping = lines.map(|(service, staff_preference, minutes)| (service, staff_preference, minutes * 59 / 60));
        let query = moving(&mut world, &overlapping);
        assert!(!search(&world.view, &query, at(&world, 8, 0)).expect("known").has(at(&world, 12, 0)));
    }
}

#[test]
fn a_party_for_which_there_are_too_few_hands_is_told_so_at_once() {
    // Fourteen at one time and thirteen people: more ways to try than anybody lives to see, at every start of the day.
    let day = vec![LocalSpan { from: 540, until: 1260 }];
    let mut world = World::build(&Plan { hours: day.clone(), shifts: vec![day; 13], grid: 15, ..Plan::empty() });
    let query = moving(&mut world, &[(0, StaffPreference::Any, 0); 14]);
    assert_eq!(search(&world.view, &query, at(&world, 8, 0)).expect("known").starts().count(), 0);
}

#[test]
fn a_party_in_which_two_want_the_same_person_is_told_so_at_once() {
    // There are hands enough for thirteen, and no end of ways to give them to the eleven who ask for nobody. One hour has one start.
    let hour = vec![LocalSpan { from: 540, until: 600 }];
    let mut world = World::build(&Plan { hours: hour.clone(), shifts: vec![hour; 13], grid: 15, ..Plan::empty() });
    let mut party = vec![(0, StaffPreference::Any, 0); 11];
    party.extend([(0, StaffPreference::Requested(staff_id(0)), 0); 2]);
    let query = moving(&mut world, &party);
    assert_eq!(search(&world.view, &query, at(&world, 8, 0)).expect("known").starts().count(), 0);
}

#[test]
fn between_the_quanta_a_time_is_free_when_every_line_finds_somebody() {
    let world = store_of(1);
    let two = query(&world, &[(0, StaffPreference::Any), (1, StaffPreference::Any)]);
    let now = at(&world, 8, 0);
    assert_eq!(why_not(&world.view, &two, at(&world, 12, 2), now), None);
    assert_eq!(why_not(&world.view, &two, at(&world, 16, 32), now), Some(Refusal::StoreClosed), "the second would end at 18:02");
}

#[test]
fn who_asked_for_nobody_is_told_that_the_store_is_closed_or_that_nobody_is_free() {
    let mut world = store_of(1);
    let taken = booking_of(8, 0, TimeRange::starting(at(&world, 13, 0), 60), None);
    world.view.bookings.insert(taken.id, taken);
    let anybody = query(&world, &[(0, StaffPreference::Any)]);
    let why = |hour, minute| why_not(&world.view, &anybody, at(&world, hour, minute), at(&world, 7, 0));
    assert_eq!((why(8, 30), why(17, 30)), (Some(Refusal::StoreClosed), Some(Refusal::StoreClosed)));
    assert_eq!((why(12, 30), why(14, 0)), (Some(Refusal::NobodyFree), None));
}

#[test]
fn to_say_why_a_time_is_not_offered_only_that_time_has_to_be_known() {
    let world = store_of(1);
    let (start, now) = (at(&world, 12, 0), at(&world, 8, 0));
    let taken = booking_of(8, 0, TimeRange::starting(at(&world, 12, 30), 60), None);
    let mut view = View::of(world.view.catalogue.clone());
    view.known.catalogue = true;
    view.known.schedules.insert(STORE, TimeRange::starting(start, 61));
    view.bookings.insert(taken.id, taken.clone());
    let day = query(&world, &[(0, StaffPreference::Requested(staff_id(0)))]);
    // Asked about a day of which it knows nothing but this hour, and about other days.
    for starts in [day.starts, TimeRange::starting(start.plus_minutes(3 * 1440), 1440)] {
        assert_eq!(why_not(&view, &VisitRequest { starts, ..day.clone() }, start, now), Some(Refusal::TimeTaken { by: vec![taken.id] }));
        assert_eq!(why_not(&world.view, &VisitRequest { starts, ..day.clone() }, start, now), None);
    }
}

#[test]
fn whoever_is_free_is_named_in_the_order_of_preference_with_the_time_they_take() {
    let mut world = store_of(2);
    let taken = booking_of(8, 0, TimeRange::starting(at(&world, 13, 0), 60), None);
    world.view.bookings.insert(taken.id, taken);
    let now = at(&world, 8, 0);
    let schedule = Schedule::of_view(&world.view, STORE, world.store().zone.day(date(DAY)), None, now).expect("known");
    let service = &world.view.catalogue.services[&service_id(0)];
    let free = |hour: u16, audience| {
        let found = schedule.free_at((service, StaffPreference::Any), at(&world, hour, 0), audience, now);
        found.into_iter().map(|(staff, parts)| (staff.id, parts)).collect::<Vec<_>>()
    };
    let parts = || service.parts.clone();
    assert_eq!(free(12, Audience::Desk), [(staff_id(0), parts()), (staff_id(1), parts())]);
    assert_eq!(free(13, Audience::Desk), [(staff_id(1), parts())]);
    assert_eq!(free(12, Audience::Online), [(staff_id(0), parts())], "the second is not booked online");
    assert_eq!(free(18, Audience::Desk), []);
}
