//! Who makes room and how: a colleague, a few minutes, or not at all, each to the minute.

use std::sync::Arc;

use shared::booking::State;
use shared::command::{Book, Command, Finish, Hold, RunningLate, Start};
use shared::decision::{Decision, LadderStep};
use shared::id::StaffId;
use shared::part::{Part, PartKind};
use shared::staff::Gender;
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;

use super::salon::*;

const WOMEN: StaffPreference = StaffPreference::AnyOf(Gender::Female);

/// An offline desk that had seen nothing of the morning seats a guest with somebody and begins at once; it is told at `now`.
fn sits_down(salon: &mut Salon, staff: StaffId, begun: Timestamp, now: Timestamp) -> Decision {
    salon.now = now;
    let offline = Who { replica: OTHER_DESK, ..desk().offline_since(100, begun) };
    salon.give(&offline, &walk_in(50, StaffPreference::Requested(staff), begun)).unwrap();
    salon.give(&offline, &Command::Start(Start { store: STORE, booking: booking_id(50), staff: None, override_reason: None })).unwrap()
}

/// A cut takes so long.
fn cuts_of(salon: &mut Salon, minutes: u16) {
    let parts = vec![Part { kind: PartKind::Active, minutes }];
    Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().parts = parts;
}

fn is_displaced(salon: &Salon) -> bool {
    matches!(salon.state(1), State::Displaced { .. })
}

#[test]
fn who_is_to_begin_this_minute_goes_to_a_colleague_and_who_should_have_begun_does_not() {
    for (minute, expected) in [(30, LadderStep::Reassigned), (29, LadderStep::Displaced), (31, LadderStep::Reassigned)] {
        let mut salon = Salon::open();
        salon.promise(1, WOMEN, at(10, minute));
        assert_eq!(salon.staff_of(1), KELLY);
        let decision = sits_down(&mut salon, KELLY, at(10, 15), at(10, 30));
        assert_eq!(decision.step, expected, "promised at 10:{minute}");
    }
}

#[test]
fn a_colleague_takes_over_who_does_another_service_of_the_visit_at_another_time_and_not_at_the_same() {
    let with = |second: (u16, u16)| {
        let mut salon = Salon::open();
        let Command::Book(visit) = book(1, CUT, WOMEN, at(12, 0)) else { unreachable!() };
        let becky = line(CUT, StaffPreference::Requested(BECKY), at(second.0, second.1));
        let lines = vec![line(CUT, WOMEN, at(12, 0)), becky];
        salon.give(&phone_of(XIAOMAN), &Command::Book(Book { lines, ..visit })).unwrap();
        assert_eq!(salon.staff_of(1), KELLY);
        sits_down(&mut salon, KELLY, at(11, 30), at(11, 30)).step
    };
    assert_eq!(with((13, 0)), LadderStep::Reassigned);
    assert_eq!((with((12, 0)), with((12, 59))), (LadderStep::Displaced, LadderStep::Displaced));
}

/// Xiaoman's colour with JJ at two; a guest sits down for some minutes.
fn a_colour_meets(begun: Timestamp, minutes: u16, tolerance: u16) -> (Salon, Decision) {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.late_tolerance_minutes = tolerance);
    salon.give(&phone_of(XIAOMAN), &book(1, COLOUR, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    cuts_of(&mut salon, minutes);
    let decision = sits_down(&mut salon, JJ, begun, begun);
    (salon, decision)
}

#[test]
fn a_visit_begins_a_little_later_within_the_tolerance_of_the_store_and_not_a_minute_more() {
    let (salon, decision) = a_colour_meets(at(13, 55), 20, 15);
    assert_eq!((decision.step, salon.booking(1).late_minutes), (LadderStep::AcceptedLate, 15));
    assert_eq!(salon.booking(1).occupancy[0].range.start, at(14, 15));
    let (salon, _) = a_colour_meets(at(13, 55), 20, 14);
    assert!(is_displaced(&salon));
}

#[test]
fn who_is_still_in_the_chair_when_the_next_begins_delays_her_and_who_sits_down_in_the_middle_does_not() {
    let (salon, decision) = a_colour_meets(at(14, 0), 10, 15);
    assert_eq!((decision.step, salon.booking(1).late_minutes), (LadderStep::AcceptedLate, 10));
    let (salon, _) = a_colour_meets(at(14, 5), 10, 15);
    assert!(is_displaced(&salon), "her visit was to have begun");
    let (salon, _) = a_colour_meets(at(13, 55), 65, 120);
    assert!(is_displaced(&salon), "nothing would be left of the first part");
}

#[test]
fn a_little_late_twice_is_late() {
    let cases = [(5, 15, LadderStep::AcceptedLate), (5, 14, LadderStep::Displaced), (10, 15, LadderStep::Displaced)];
    for (late, tolerance, expected) in cases {
        let mut salon = Salon::open();
        salon.rules(|rules| rules.late_tolerance_minutes = tolerance);
        salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
        salon.give(&desk(), &Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes: late })).unwrap();
        cuts_of(&mut salon, 60);
        // It ends ten minutes into her new time.
        let begun = at(13, 10).plus_minutes(i64::from(late));
        let decision = sits_down(&mut salon, JJ, begun, begun);
        assert_eq!(decision.step, expected, "{late} and 10 of {tolerance}");
    }
}

#[test]
fn news_of_a_time_that_is_over_by_now_take_nothing_from_anybody() {
    // The guest sat there from 10:15 to 11:15; Xiaoman was promised half past ten. At 11:14 a minute of it is still to come.
    let begun = Command::Start(Start { store: STORE, booking: booking_id(50), staff: None, override_reason: None });
    let ended = Command::Finish(Finish { store: STORE, booking: booking_id(50) });
    for (minute, told, moment, expected) in
        [(14, &begun, at(10, 15), true), (15, &ended, at(11, 15), false), (16, &ended, at(11, 15), false)]
    {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(10, 30));
        salon.now = at(11, minute);
        let offline = |number, moment| Who { replica: OTHER_DESK, number, ..desk().offline_since(100, moment) };
        salon.give(&offline(1, at(10, 15)), &walk_in(50, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
        salon.give(&offline(2, moment), told).unwrap();
        assert_eq!(is_displaced(&salon), expected, "told at 11:{minute}");
    }
}

#[test]
fn a_promise_whose_time_has_passed_is_not_displaced_by_who_sits_there_now() {
    for (minute, expected) in [(59, true), (60, false)] {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
        let now = at(10, 0).plus_minutes(minute);
        sits_down(&mut salon, JJ, at(10, 30), now);
        assert_eq!(is_displaced(&salon), expected, "told {minute} minutes after her start");
    }
}

#[test]
fn a_colleague_whose_hold_has_run_out_is_free_also_when_another_hold_ran_out_beside_it() {
    let hold = |number, staff_preference, start| {
        Command::Hold(Hold { store: STORE, booking: booking_id(number), lines: vec![line(CUT, staff_preference, start)] })
    };
    let online = |account| Who { number: 0, ..phone_of(account) };
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(2, StaffPreference::Requested(KELLY), at(13, 0))).unwrap();
    salon.give(&online(CHEN_MO), &hold(3, StaffPreference::Requested(BECKY), at(14, 0))).unwrap();
    salon.now = at(9, 30);
    let Command::Book(visit) = book(1, CUT, WOMEN, at(14, 0)) else { unreachable!() };
    // Both are equal by the day; the first of them takes it, and Becky's hold is left as it is.
    salon.give(&desk(), &Command::Book(visit)).unwrap();
    assert_eq!(salon.staff_of(1), KELLY);
    assert!(matches!(salon.state(3), State::Held { .. }));
    let decision = sits_down(&mut salon, KELLY, at(13, 30), at(13, 30));
    assert_eq!((decision.step, salon.staff_of(1)), (LadderStep::Reassigned, BECKY));
    for number in [2, 3] {
        assert!(matches!(salon.state(number), State::Expired { .. }) && salon.booking(number).occupancy.is_empty(), "{number}");
    }
}
