//! The chair: when a visit may be said to have begun or ended, who does it then, and what they had been told.

use std::sync::Arc;

use shared::booking::State;
use shared::booking::history::StepKind;
use shared::command::{Cancel, CheckIn, Command, Finish, NoShow, SeatWalkIn, Start};
use shared::id::StaffId;
use shared::money::Money;
use shared::occupancy::LaneReason;
use shared::part::{Part, PartKind};
use shared::refusal::Refusal;
use shared::service::{PriceOverride, Whom};
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;

use super::salon::*;

fn start_with(number: u128, staff: Option<StaffId>, over: Option<&str>) -> Command {
    Command::Start(Start { store: STORE, booking: booking_id(number), staff, override_reason: over.map(Into::into) })
}

fn start(number: u128) -> Command {
    start_with(number, None, None)
}

fn finish(number: u128) -> Command {
    Command::Finish(Finish { store: STORE, booking: booking_id(number) })
}

/// A cut with JJ at noon.
fn at_noon() -> Salon {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(12, 0));
    salon
}

#[test]
fn a_visit_begins_within_twelve_hours_of_its_time_or_it_was_a_slip_of_the_finger() {
    let begun = |minutes: i64| {
        let mut salon = at_noon();
        salon.now = at(12, 0).plus_minutes(minutes);
        salon.give(&desk(), &start(1)).map(drop)
    };
    let slip = Err(Refusal::Invalid { field: "starts_at".into() });
    assert_eq!((begun(-720), begun(720)), (Ok(()), Ok(())));
    assert_eq!((begun(-721), begun(721)), (slip.clone(), slip));
}

#[test]
fn an_end_is_told_within_twelve_hours_of_the_visit_unless_it_is_known_to_have_begun() {
    let ended = |minutes: i64, has_begun: bool| {
        let mut salon = at_noon();
        if has_begun {
            salon.now = at(12, 0);
            salon.give(&desk(), &start(1)).unwrap();
        }
        salon.now = at(13, 0).plus_minutes(minutes);
        salon.give(&desk(), &finish(1)).map(drop)
    };
    let slip = Err(Refusal::Invalid { field: "starts_at".into() });
    assert_eq!((ended(719, false), ended(720, false)), (Ok(()), slip));
    assert_eq!(ended(2000, true), Ok(()));
}

#[test]
fn nobody_came_can_be_said_from_the_minute_of_the_promise_on() {
    let missed = |now: Timestamp| {
        let mut salon = at_noon();
        salon.now = now;
        salon.give(&desk(), &Command::NoShow(NoShow { store: STORE, booking: booking_id(1) })).map(drop)
    };
    assert_eq!(missed(Timestamp(at(12, 0).0 - 1)), Err(Refusal::TooSoon { lead_minutes: 0 }));
    assert_eq!(missed(at(12, 0)), Ok(()));
}

#[test]
fn nobody_came_is_not_said_of_who_was_served_or_had_called_it_off_in_time() {
    let missed = Command::NoShow(NoShow { store: STORE, booking: booking_id(1) });
    for deed in [start(1), finish(1)] {
        let mut salon = at_noon();
        salon.now = at(12, 0);
        salon.give(&desk(), &deed).unwrap();
        let state = salon.state(1).kind();
        assert_eq!(salon.give(&desk(), &missed).map(drop), Err(Refusal::WrongState { state }));
    }
    let mut salon = at_noon();
    let by = shared::booking::CancelledBy::Member;
    salon.give(&phone_of(XIAOMAN), &Command::Cancel(Cancel { store: STORE, booking: booking_id(1), by, reason: "".into() })).unwrap();
    salon.now = at(12, 30);
    assert!(matches!(salon.give(&desk(), &missed), Err(Refusal::WrongState { .. })));
}

#[test]
fn who_sits_in_the_chair_keeps_the_time_against_who_has_only_arrived() {
    let mut salon = at_noon();
    let seen = salon.seq;
    salon.now = at(11, 0);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(11, 0))).unwrap();
    salon.now = at(11, 55);
    salon.give(&desk(), &Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None })).unwrap();
    // The other desk began with the walk-in at half past eleven, before it could know that Xiaoman is here.
    let offline = Who { replica: OTHER_DESK, ..desk().offline_since(seen, at(11, 30)) };
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().placed_seq = seen + 1;
    let decision = salon.give(&offline, &start(2)).unwrap();
    assert_eq!(salon.booking(2).occupancy[0].lane, 0);
    assert!(matches!(salon.state(1), State::Displaced { .. }));
    assert!(!decision.notices.is_empty(), "she is told");
}

#[test]
fn a_walk_in_over_a_promise_that_the_desk_sees_needs_a_reason_and_a_promise_that_begins_late_does_not() {
    let mut salon = at_noon();
    salon.now = at(11, 30);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(11, 30))).unwrap();
    assert_eq!(salon.give(&desk(), &start(2)).map(drop), Err(Refusal::NeedsOverride { over: vec![booking_id(1)] }));
    salon.give(&desk(), &start_with(2, None, Some("赶时间"))).unwrap();
    let mut salon = at_noon();
    salon.promise(3, StaffPreference::Requested(JJ), at(11, 0));
    salon.now = at(11, 30);
    salon.give(&desk(), &start(3)).unwrap();
    let held = &salon.booking(3).occupancy[0];
    assert_eq!((held.lane, &held.reason), (1, &Some(LaneReason::SecondFact)));
}

#[test]
fn how_late_a_visit_began_is_counted_from_the_promise_also_when_it_is_told_twice() {
    let mut salon = at_noon();
    salon.now = at(12, 30);
    salon.give(&Who { number: 2, ..desk() }, &start(1)).unwrap();
    assert_eq!((salon.booking(1).late_minutes, salon.booking(1).starts_at), (30, at(12, 30)));
    // Another desk tells of an earlier start.
    let other = Who { replica: OTHER_DESK, number: 1, ..desk().offline_since(0, at(12, 10)) };
    salon.give(&other, &start(1)).unwrap();
    assert_eq!((salon.booking(1).late_minutes, salon.booking(1).starts_at), (10, at(12, 10)));
}

#[test]
fn nobody_serves_who_has_left_or_works_in_another_store() {
    let served_by_kelly = |change: &dyn Fn(&mut shared::staff::Staff)| {
        let mut salon = at_noon();
        change(Arc::make_mut(&mut salon.view.catalogue).staff.get_mut(&KELLY).unwrap());
        salon.now = at(12, 0);
        salon.give(&desk(), &start_with(1, Some(KELLY), None)).map(drop)
    };
    let not_there = Err(Refusal::NotFound { kind: "staff".into() });
    assert_eq!(served_by_kelly(&|_| ()), Ok(()));
    assert_eq!(served_by_kelly(&|kelly| kelly.active = false), not_there);
    assert_eq!(served_by_kelly(&|kelly| kelly.stores = vec![OTHER_STORE]), not_there);
}

#[test]
fn one_pair_of_hands_does_what_fits_into_a_day() {
    let by_kelly_alone = |minutes: u16| {
        let mut salon = Salon::open();
        let walk_in = walk_in(1, StaffPreference::Any, at(12, 0));
        let Command::SeatWalkIn(visit) = walk_in else { unreachable!() };
        // Three friends at once, with three people.
        salon.now = at(12, 0);
        salon.give(&desk(), &Command::SeatWalkIn(SeatWalkIn { lines: vec![visit.lines[0].clone(); 3], ..visit })).unwrap();
        // Two of them were agreed to take longer.
        let others = salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines.iter_mut().filter(|line| line.staff != Some(KELLY));
        others.for_each(|line| line.parts = vec![Part { kind: PartKind::Active, minutes }]);
        salon.give(&desk(), &start_with(1, Some(KELLY), Some("只有她"))).map(drop)
    };
    assert_eq!(by_kelly_alone(690), Ok(()));
    assert_eq!(by_kelly_alone(695), Err(Refusal::Invalid { field: "staff".into() }));
}

/// A guest who asked for nobody waits since ten and is to be served by the first of the equals.
fn somebody_waits() -> Salon {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(1, StaffPreference::AnyOf(shared::staff::Gender::Female), at(10, 0))).unwrap();
    assert_eq!(salon.staff_of(1), KELLY);
    salon
}

#[test]
fn who_waits_stays_with_whoever_is_free_although_a_colleague_has_less_to_do_by_now() {
    let mut salon = somebody_waits();
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(KELLY), at(15, 0))).unwrap();
    salon.give(&desk(), &start(1)).unwrap();
    assert_eq!(salon.staff_of(1), KELLY);
}

#[test]
fn who_waits_goes_to_the_colleague_at_the_price_they_were_told_also_outside_of_what_is_booked_online() {
    let mut salon = somebody_waits();
    let dearer = PriceOverride { whom: Whom::Staff(BECKY), store: None, price: Some(Some(Money(20_000))), minutes: None };
    let catalogue = Arc::make_mut(&mut salon.view.catalogue);
    catalogue.services.get_mut(&CUT).unwrap().terms.push(dearer);
    catalogue.services.get_mut(&CUT).unwrap().online = false;
    catalogue.staff.get_mut(&BECKY).unwrap().online = false;
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines[0].performed = Some(COLOUR);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(KELLY), at(10, 0))).unwrap();
    salon.give(&desk(), &start(2)).unwrap();
    salon.now = at(10, 5);
    salon.give(&desk(), &start(1)).unwrap();
    let line = &salon.booking(1).lines[0];
    assert_eq!((line.staff, line.price, line.performed), (Some(BECKY), Some(Money(16_800)), Some(COLOUR)));
}

#[test]
fn who_waits_is_served_after_closing_too() {
    let mut salon = somebody_waits();
    salon.now = at(21, 50);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(KELLY), at(21, 50))).unwrap();
    salon.give(&desk(), &start(2)).unwrap();
    // Kelly is taken, and the store closes in the middle of it.
    salon.give(&desk(), &start(1)).unwrap();
    assert_eq!((salon.staff_of(1), salon.booking(1).occupancy[0].lane), (BECKY, 0));
}

#[test]
fn who_was_promised_somebody_is_begun_with_them_although_they_are_not_done_with_another() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::AnyOf(shared::staff::Gender::Female), at(11, 0));
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(KELLY), at(10, 0))).unwrap();
    salon.give(&desk(), &start(2)).unwrap();
    salon.now = at(11, 5);
    salon.give(&desk(), &start(1)).unwrap();
    assert_eq!((salon.staff_of(1), salon.booking(1).occupancy[0].lane), (KELLY, 1), "the desk says who else does it");
}

#[test]
fn who_asked_for_a_person_waits_for_that_person() {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    for number in [1, 2] {
        salon.give(&desk(), &walk_in(number, StaffPreference::Requested(KELLY), at(10, 0))).unwrap();
    }
    salon.give(&desk(), &start(1)).unwrap();
    salon.give(&desk(), &start(2)).unwrap();
    assert_eq!((salon.staff_of(2), salon.booking(2).occupancy[0].lane), (KELLY, 1));
}

#[test]
fn of_two_services_the_second_begins_when_the_first_is_done_whoever_takes_them() {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    let slow = PriceOverride { whom: Whom::Staff(BECKY), store: None, price: None, minutes: Some(vec![90]) };
    Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().terms.push(slow);
    let Command::SeatWalkIn(visit) = walk_in(1, StaffPreference::AnyOf(shared::staff::Gender::Female), at(10, 0)) else { unreachable!() };
    let second = shared::visit_request::RequestedLine { starts_at: at(11, 0), ..visit.lines[0].clone() };
    let lines = vec![visit.lines[0].clone(), second];
    salon.give(&desk(), &Command::SeatWalkIn(SeatWalkIn { lines, ..visit })).unwrap();
    // Kelly was to do both, and is with somebody else.
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(KELLY), at(10, 0))).unwrap();
    salon.give(&desk(), &start_with(2, None, Some("急"))).unwrap();
    salon.give(&desk(), &start(1)).unwrap();
    let lines: Vec<_> = salon.booking(1).lines.iter().map(|line| (line.staff.unwrap(), line.starts_at)).collect();
    assert_eq!((lines[0], lines[1].1), ((BECKY, at(10, 0)), at(11, 30)));
}

#[test]
fn the_history_of_a_visit_keeps_how_it_began_and_the_last_of_forty_steps() {
    let mut salon = at_noon();
    let booking = salon.view.bookings.get_mut(&booking_id(1)).unwrap();
    let by = booking.entered_by;
    for minute in 1..40 {
        booking.note_step(StepKind::RanLate, at(9, minute), by, None);
    }
    assert_eq!((booking.history.len(), booking.history[0].what), (40, StepKind::Confirmed));
    let version = booking.version;
    booking.note_step(StepKind::RanLate, at(9, 40), by, None);
    assert_eq!((booking.history.len(), booking.history[0].what), (40, StepKind::Confirmed));
    assert_eq!((booking.history[1].at, booking.history[39].at), (at(9, 2), at(9, 40)));
    assert_eq!(booking.version, version + 1);
}

#[test]
fn a_visit_that_nobody_ends_holds_its_chair_for_twelve_hours_beyond_its_plan() {
    let mut salon = at_noon();
    salon.now = at(12, 0);
    salon.give(&desk(), &start(1)).unwrap();
    let until = |now: Timestamp| salon.booking(1).held_at(now).map(|(_, range)| range.end).collect::<Vec<_>>();
    assert_eq!((until(at(12, 30)), until(at(13, 0))), (vec![at(13, 0)], vec![at(13, 1)]));
    let bound = at(13, 0).plus_minutes(720);
    assert_eq!((until(bound.plus_minutes(-2)), until(bound.plus_minutes(-1))), (vec![bound.plus_minutes(-1)], vec![bound]));
    assert_eq!(until(bound.plus_minutes(600)), [bound]);
}
