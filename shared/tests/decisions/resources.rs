//! Rooms, stations and equipment: a cut needs a stylist and a basin, a colour needs one when it is washed out.

use shared::block::BlockKind;
use shared::booking::State;
use shared::command::{BlockTime, CheckIn, Command, Decline, Move, PutResource, PutResourceType, PutService, PutStaff, RunningLate, Start};
use shared::decision::LadderStep;
use shared::id::{BlockId, ResourceId, ResourceTypeId};
use shared::name::Name;
use shared::occupancy::LaneReason;
use shared::openings::{search, why_not};
use shared::refusal::Refusal;
use shared::resource::{AssignedResource, ResourceNeed};
use shared::resource_type::ResourceKind;
use shared::staff_preference::StaffPreference;
use shared::store::Confirmation;
use shared::time::{LocalDate, TimeRange};
use shared::visit_request::{Audience, RequestedService, VisitRequest};
use uuid::Uuid;

use super::salon::*;

fn basins_of(salon: &Salon, number: u128) -> Vec<ResourceId> {
    salon.booking(number).lines.iter().flat_map(|line| &line.resources).map(|assigned| assigned.resource).collect()
}

fn query(lines: Vec<RequestedService>) -> VisitRequest {
    let today = LocalDate::parse("2026-11-21").unwrap();
    let first = lines[0];
    VisitRequest { lines, ..VisitRequest::days(STORE, &zone(), first, today, 1, Audience::Online) }
}

fn cut() -> RequestedService {
    RequestedService { service: CUT, staff_preference: StaffPreference::Any }
}

fn start(number: u128, staff: Option<shared::id::StaffId>) -> Command {
    Command::Start(Start { store: STORE, booking: booking_id(number), staff, override_reason: None })
}

fn out_of_order(basin: ResourceId, over: Option<&str>) -> Command {
    let (block, range) = (BlockId(Uuid::from_u128(60)), TimeRange { start: at(12, 0), end: at(18, 0) });
    let (kind, over) = (BlockKind::Emergency, over.map(Into::into));
    Command::Block(BlockTime { store: STORE, block, resource: basin, range, kind, reason: "漏水".into(), override_reason: over })
}

#[test]
fn two_stylists_are_free_and_the_only_basin_is_not() {
    let mut salon = Salon::with_basins(1);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    assert_eq!(basins_of(&salon, 1), [basin(0)]);
    let held: Vec<_> = salon.booking(1).occupancy.iter().map(|held| held.resource).collect();
    assert_eq!(held, [JJ.into(), basin(0)], "the stylist and the basin");

    let taken = Err(Refusal::TimeTaken { by: vec![booking_id(1)] });
    assert_eq!(salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(KELLY), at(14, 30))), taken);
    let openings = search(&salon.view, &query(vec![cut()]), salon.now).unwrap();
    assert!(!openings.has(at(14, 30)) && openings.has(at(15, 0)) && openings.has(at(13, 0)));
    let why = why_not(&salon.view, &query(vec![cut()]), at(14, 30), salon.now);
    assert_eq!(why, Some(Refusal::NoResource { resource_type: BASIN }), "people are free");
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(KELLY), at(15, 0))).unwrap();
}

#[test]
fn whoever_comes_second_gets_the_second_basin() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(KELLY), at(14, 30))).unwrap();
    assert_eq!((basins_of(&salon, 1), basins_of(&salon, 2)), (vec![basin(0)], vec![basin(1)]));
}

#[test]
fn a_colour_needs_the_basin_only_when_it_is_washed_out() {
    let mut salon = Salon::with_basins(1);
    salon.give(&desk(), &book(1, COLOUR, StaffPreference::Requested(JJ), at(12, 0))).unwrap();
    let held = salon.booking(1).occupancy.iter().find(|held| held.resource == basin(0)).map(|held| (held.part, held.range));
    assert_eq!(held, Some((2, TimeRange { start: at(13, 40), end: at(14, 0) })));
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(KELLY), at(12, 40))).unwrap();
    let taken = salon.give(&desk(), &book(3, CUT, StaffPreference::Requested(BECKY), at(13, 30)));
    assert_eq!(taken, Err(Refusal::TimeTaken { by: vec![booking_id(1), booking_id(2)] }));
}

#[test]
fn two_friends_at_once_need_two_basins() {
    for (basins, is_offered) in [(1, false), (2, true)] {
        let mut salon = Salon::with_basins(basins);
        let Command::Book(mut together) = book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)) else { unreachable!() };
        together.lines.push(line(CUT, StaffPreference::Requested(KELLY), at(14, 0)));
        let answer = salon.give(&phone_of(XIAOMAN), &Command::Book(together));
        if is_offered {
            answer.unwrap();
            assert_eq!(basins_of(&salon, 1), [basin(0), basin(1)]);
            let lines = salon
                .booking(1)
                .lines
                .iter()
                .map(|line| RequestedService { service: CUT, staff_preference: line.staff_preference })
                .collect();
            let moving = VisitRequest { moving: Some(booking_id(1)), ..query(lines) };
            let openings = search(&salon.view, &moving, salon.now).unwrap();
            assert!(openings.has(at(16, 0)));
            salon.give(&desk(), &out_of_order(basin(1), Some("漏水"))).unwrap();
            let openings = search(&salon.view, &moving, salon.now).unwrap();
            assert!(!openings.has(at(16, 0)) && openings.has(at(18, 0)), "one basin is left until six");
        } else {
            assert_eq!(answer, Err(Refusal::NoResource { resource_type: BASIN }));
        }
    }
}

#[test]
fn somebody_at_the_basin_moves_a_promise_to_the_other_one_and_displaces_nobody() {
    let mut salon = Salon::with_basins(2);
    let seen = salon.seq;
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 15));
    salon.now = at(10, 20);
    let offline = desk().offline_since(seen, at(10, 15));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(KELLY), at(10, 15))).unwrap();
    let start = Command::Start(Start { store: STORE, booking: booking_id(2), staff: None, override_reason: None });
    salon.give(&offline, &start).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    assert_eq!(basins_of(&salon, 1).len(), 1);
    assert_ne!(basins_of(&salon, 1), basins_of(&salon, 2));
}

#[test]
fn a_basin_that_breaks_gives_its_guests_to_the_others_and_the_last_one_takes_the_promise_along() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let decision = salon.give(&desk(), &out_of_order(basin(0), None)).unwrap();
    assert_eq!((decision.step, basins_of(&salon, 1)), (LadderStep::Reassigned, vec![basin(1)]));
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    assert_eq!(salon.staff_of(1), JJ, "whom she asked for");
    assert!(decision.notices.is_empty(), "another basin is no news: {:?}", decision.notices);

    let mut salon = Salon::with_basins(1);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.give(&desk(), &out_of_order(basin(0), None)).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
    let openings = search(&salon.view, &query(vec![cut()]), salon.now).unwrap();
    assert!(!openings.has(at(17, 30)) && openings.has(at(18, 0)));
}

#[test]
fn who_stands_there_is_seated_beside_whoever_has_the_last_basin() {
    let mut salon = Salon::with_basins(1);
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 0);
    let check_in = Command::CheckIn(shared::command::CheckIn { store: STORE, booking: booking_id(1), override_reason: None });
    salon.give(&desk(), &check_in).unwrap();
    let start = |number| Command::Start(Start { store: STORE, booking: booking_id(number), staff: None, override_reason: None });
    salon.give(&desk(), &start(1)).unwrap();
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(KELLY), at(10, 0))).unwrap();
    salon.give(&desk(), &start(2)).unwrap();
    let beside = salon.booking(2).occupancy.iter().find(|held| held.resource == basin(0)).unwrap();
    assert_eq!((beside.lane, beside.reason.clone()), (1, Some(LaneReason::SecondFact)));
}

#[test]
fn a_guest_who_is_here_gets_the_other_basin_when_hers_breaks() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Requested(KELLY), at(12, 0));
    salon.now = at(12, 3);
    salon.give(&desk(), &Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None })).unwrap();
    salon.give(&desk(), &out_of_order(basin(0), None)).unwrap();
    assert!(matches!(salon.state(1), State::CheckedIn { .. }));
    assert_eq!(basins_of(&salon, 1), [basin(1)]);
}

#[test]
fn who_runs_late_keeps_the_basin_and_whoever_follows_there_takes_the_other_one_on_time() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.promise(2, StaffPreference::Requested(KELLY), at(11, 0));
    assert_eq!((basins_of(&salon, 1), basins_of(&salon, 2)), (vec![basin(0)], vec![basin(0)]));
    salon.now = at(10, 0);
    salon.give(&desk(), &start(1, None)).unwrap();
    let late = Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes: 15 });
    let decision = salon.give(&desk(), &late).unwrap();
    assert_eq!((salon.booking(2).starts_at, salon.booking(2).late_minutes), (at(11, 0), 0));
    assert_eq!(basins_of(&salon, 2), [basin(1)]);
    assert!(decision.notices.is_empty(), "nobody is told of a delay: {:?}", decision.notices);
    assert_eq!(salon.booking(2).placed_by, DESK);
    // With one basin she has to wait.
    let mut salon = Salon::with_basins(1);
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.promise(2, StaffPreference::Requested(KELLY), at(11, 0));
    salon.now = at(10, 0);
    salon.give(&desk(), &start(1, None)).unwrap();
    salon.give(&desk(), &late).unwrap();
    assert_eq!(salon.booking(2).late_minutes, 15);
}

#[test]
fn whoever_begins_while_the_one_before_overruns_takes_the_free_basin() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.promise(2, StaffPreference::Requested(KELLY), at(11, 0));
    salon.now = at(10, 0);
    salon.give(&desk(), &start(1, None)).unwrap();
    salon.now = at(11, 2);
    salon.give(&desk(), &start(2, None)).unwrap();
    assert_eq!(basins_of(&salon, 2), [basin(1)]);
    assert!(salon.booking(2).occupancy.iter().all(|held| held.lane == 0));
    assert!(salon.view.attention.is_empty(), "{:?}", salon.view.attention);
}

#[test]
fn a_start_that_is_told_after_the_end_takes_the_free_basin_no_longer_than_until_then() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.promise(2, StaffPreference::Requested(KELLY), at(11, 0));
    salon.now = at(10, 0);
    salon.give(&desk(), &start(1, None)).unwrap();
    // JJ overruns; the other tablet tells of Kelly's visit in the wrong order.
    salon.now = at(11, 40);
    let other = Who { replica: OTHER_DESK, given_at: Some(at(11, 30)), ..desk() };
    salon
        .give(&Who { number: 2, ..other.clone() }, &Command::Finish(shared::command::Finish { store: STORE, booking: booking_id(2) }))
        .unwrap();
    salon.give(&Who { given_at: Some(at(11, 2)), ..other }, &start(2, None)).unwrap();
    assert!(matches!(salon.state(2), State::Completed { .. }));
    assert_eq!(basins_of(&salon, 2), [basin(1)]);
    assert!(salon.booking(2).occupancy.iter().all(|held| held.range.end <= at(11, 30)), "{:?}", salon.booking(2).occupancy);
}

#[test]
fn a_declined_move_gives_the_old_time_back_at_whichever_basin_is_free() {
    let mut salon = Salon::with_basins(2);
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    salon.give(&desk(), &book(1, CUT, StaffPreference::Requested(JJ), at(11, 0))).unwrap();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().account = Some(XIAOMAN);
    let moved = Move { store: STORE, booking: booking_id(1), starts_at: at(15, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&phone_of(XIAOMAN), &Command::Move(moved)).unwrap();
    assert_eq!(*salon.state(1), State::Requested);
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(KELLY), at(11, 0))).unwrap();
    assert_eq!(basins_of(&salon, 2), [basin(0)]);
    salon.give(&desk(), &Command::Decline(Decline { store: STORE, booking: booking_id(1), reason: "满了".into() })).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }), "{:?}", salon.state(1));
    assert_eq!((salon.booking(1).starts_at, basins_of(&salon, 1)), (at(11, 0), vec![basin(1)]));
}

#[test]
fn a_visit_from_before_the_basin_was_needed_takes_one_when_it_begins() {
    let mut salon = Salon::with_basins(0);
    let needs = salon.view.catalogue.services[&CUT].needs.clone();
    let set = |salon: &mut Salon, needs: Vec<ResourceNeed>| {
        let service = shared::service::Service { needs, ..salon.view.catalogue.services[&CUT].clone() };
        salon.view.apply(&shared::decision::Change::put(service));
    };
    set(&mut salon, Vec::new());
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    assert!(basins_of(&salon, 1).is_empty());
    set(&mut salon, needs);
    salon.view.records.catalogue = Salon::with_basins(1).view.records.catalogue;
    salon.now = at(10, 0);
    salon.give(&desk(), &start(1, None)).unwrap();
    assert_eq!(basins_of(&salon, 1), [basin(0)]);
    assert!(salon.booking(1).occupancy.iter().any(|held| held.resource == basin(0)));
}

#[test]
fn a_visit_that_moves_takes_whichever_basin_is_free_then() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(KELLY), at(16, 0))).unwrap();
    let moved = Move { store: STORE, booking: booking_id(1), starts_at: at(16, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&phone_of(XIAOMAN), &Command::Move(moved)).unwrap();
    assert_eq!((basins_of(&salon, 1), basins_of(&salon, 2)), (vec![basin(1)], vec![basin(0)]));
}

#[test]
fn a_store_without_a_basin_offers_no_cut() {
    let mut salon = Salon::with_basins(0);
    let refused = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    assert_eq!(refused, Err(Refusal::NoResource { resource_type: BASIN }));
    assert_eq!(search(&salon.view, &query(vec![cut()]), salon.now).unwrap().starts().count(), 0);
    assert_eq!(why_not(&salon.view, &query(vec![cut()]), at(14, 0), salon.now), Some(Refusal::NoResource { resource_type: BASIN }));
    // Whoever stands there is a fact.
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(9, 0))).unwrap();
    assert!(basins_of(&salon, 2).is_empty());
}

#[test]
fn what_a_line_has_says_what_it_needs_it_for() {
    let mut salon = Salon::with_basins(1);
    salon.give(&desk(), &book(1, COLOUR, StaffPreference::Any, at(12, 0))).unwrap();
    let need = ResourceNeed { resource_type: BASIN, parts: vec![2] };
    assert_eq!(salon.booking(1).lines[0].resources, [AssignedResource { resource: basin(0), need }]);
}

/// Set-up: who may write what, and which ids are refused.
#[test]
fn a_store_manager_sets_up_their_own_basins_and_the_brand_its_types() {
    let mut salon = Salon::with_two_stores();
    let manager = staff_with(shared::role::Role::StoreManager);
    let room = ResourceTypeId(Uuid::from_u128(270));
    let (name, kind) = (Name::new("护理房", "Treatment room"), ResourceKind::Room);
    let put_type = Command::PutResourceType(PutResourceType { resource_type: room, name: name.clone(), kind, active: true, base: 0 });
    assert_eq!(salon.give(&manager, &put_type), Err(Refusal::NotAllowed));
    let put = |resource: u128, store, resource_type| {
        let resource = ResourceId(Uuid::from_u128(resource));
        Command::PutResource(PutResource { resource, store, resource_type, name: name.clone(), active: true, base: 0 })
    };
    let not_found = |kind: &str| Err(Refusal::NotFound { kind: kind.into() });
    assert_eq!(salon.give(&manager, &put(280, STORE, room)), not_found("resource_type"));
    salon.give(&owner(), &put_type).unwrap();
    salon.give(&manager, &put(280, STORE, room)).unwrap();
    assert_eq!(salon.give(&manager, &put(281, OTHER_STORE, room)), Err(Refusal::NotAllowed));
    assert_eq!(salon.give(&owner(), &put(280, OTHER_STORE, room)), not_found("resource"), "it does not change its store");
    let other_type = Err(Refusal::Invalid { field: "resource_type".into() });
    assert_eq!(salon.give(&owner(), &put(280, STORE, BASIN)), other_type, "visits have it as a room");
    assert_eq!(salon.give(&owner(), &put(JJ.0.as_u128(), STORE, room)), Err(Refusal::AlreadyExists), "a person is no room");
    let mut jj = salon.view.catalogue.staff[&JJ].clone();
    jj.id = shared::id::StaffId(Uuid::from_u128(280));
    assert_eq!(salon.give(&owner(), &Command::PutStaff(PutStaff::of(jj, 0))), Err(Refusal::AlreadyExists), "a room is no person");
}

#[test]
fn a_service_needs_only_what_there_is_for_parts_that_it_has() {
    let mut salon = Salon::with_basins(1);
    let mut give = |needs: Vec<ResourceNeed>| {
        let service = shared::service::Service { needs, ..salon.view.catalogue.services[&COLOUR].clone() };
        salon.give(&owner(), &Command::PutService(PutService::of(service, 0)))
    };
    let need = |resource_type, parts: &[u8]| ResourceNeed { resource_type, parts: parts.to_vec() };
    let unknown = ResourceTypeId(Uuid::from_u128(999));
    assert_eq!(give(vec![need(unknown, &[])]), Err(Refusal::NotFound { kind: "resource_type".into() }));
    let wrong = Err(Refusal::Invalid { field: "needs".into() });
    assert_eq!(give(vec![need(BASIN, &[3])]), wrong, "a colour has three parts");
    assert_eq!(give(vec![need(BASIN, &[1, 0])]), wrong);
    assert_eq!(give(vec![need(BASIN, &[0]), need(BASIN, &[2])]), wrong, "one basin of a type");
    give(vec![need(BASIN, &[0, 2])]).unwrap();
}

#[test]
fn a_basin_of_another_store_is_not_there_to_be_blocked() {
    let mut salon = Salon::with_two_stores();
    let range = TimeRange::starting(at(12, 0), 60);
    let block = |resource| {
        let (block, kind) = (BlockId(Uuid::from_u128(61)), BlockKind::Other);
        Command::Block(BlockTime { store: OTHER_STORE, block, resource, range, kind, reason: "".into(), override_reason: None })
    };
    let not_found = Err(Refusal::NotFound { kind: "staff".into() });
    assert_eq!(salon.give(&other_reception(), &block(basin(0))), not_found);
    assert_eq!(salon.give(&other_reception(), &block(ResourceId(Uuid::from_u128(12_345)))), not_found);
    assert_eq!(salon.give(&other_reception(), &block(JJ.into())), not_found);
}
