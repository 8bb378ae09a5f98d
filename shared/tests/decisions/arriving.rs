//! SeatWalkIn, CheckIn, UndoCheckIn, NoShow, Start, Finish.

use shared::booking::{CancelledBy, State};
use shared::command::{Cancel, CheckIn, Command, Finish, Move, NoShow, Start, UndoCheckIn, UndoNoShow};
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;

use super::salon::*;

fn arrive(number: u128) -> Command {
    Command::CheckIn(CheckIn { store: STORE, booking: booking_id(number), override_reason: None })
}

fn missed(number: u128) -> Command {
    Command::NoShow(NoShow { store: STORE, booking: booking_id(number) })
}

#[test]
fn a_visit_goes_from_the_door_to_the_till_and_gives_the_rest_back() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(9, 55);
    salon.give(&desk(), &arrive(1)).unwrap();
    salon.now = at(10, 0);
    salon.give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(1), staff: None, override_reason: None })).unwrap();
    salon.now = at(10, 40);
    salon.give(&desk(), &Command::Finish(Finish { store: STORE, booking: booking_id(1) })).unwrap();
    assert!(matches!(salon.state(1), State::Completed { .. }));
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(10, 40))).unwrap();
    assert!(!salon.booking(2).occupancy.is_empty(), "the chair is free twenty minutes early");
}

#[test]
fn check_in_can_be_undone() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    let before = salon.state(1).clone();
    salon.give(&desk(), &arrive(1)).unwrap();
    salon.give(&desk(), &Command::UndoCheckIn(UndoCheckIn { store: STORE, booking: booking_id(1) })).unwrap();
    assert_eq!(*salon.state(1), before);
}

#[test]
fn whichever_arrives_first_somebody_who_is_there_is_not_a_no_show() {
    for check_in_first in [true, false] {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
        salon.now = at(10, 20);
        let (first, second) = if check_in_first { (arrive(1), missed(1)) } else { (missed(1), arrive(1)) };
        salon.give(&desk(), &first).unwrap();
        salon.give(&desk(), &second).unwrap();
        assert!(matches!(salon.state(1), State::CheckedIn { .. }));
        assert!(!salon.booking(1).occupancy.is_empty());
    }
}

#[test]
fn a_no_show_is_not_known_before_the_start_and_frees_the_time() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    assert_eq!(salon.give(&desk(), &missed(1)), Err(Refusal::TooSoon { lead_minutes: 0 }));
    salon.now = at(10, 15);
    salon.give(&desk(), &missed(1)).unwrap();
    assert!(salon.booking(1).occupancy.is_empty());
}

#[test]
fn who_cancelled_and_comes_anyway_is_welcome() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    let cancel = Command::Cancel(Cancel { store: STORE, booking: booking_id(1), by: CancelledBy::Member, reason: "".into() });
    salon.give(&phone_of(XIAOMAN), &cancel).unwrap();
    salon.give(&desk(), &arrive(1)).unwrap();
    assert!(matches!(salon.state(1), State::CheckedIn { .. }));
    assert_eq!(salon.booking(1).occupancy[0].lane, 0, "the time was still free");
}

#[test]
fn members_do_not_check_themselves_in() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    assert_eq!(salon.give(&phone_of(XIAOMAN), &arrive(1)), Err(Refusal::NotAllowed));
}

#[test]
fn a_walk_in_waits_with_a_time_when_there_is_one() {
    let mut salon = Salon::open();
    salon.now = at(10, 5);
    salon.give(&desk(), &walk_in(1, StaffPreference::Any, at(10, 5))).unwrap();
    assert!(matches!(salon.state(1), State::Waiting { .. }));
    assert!(!salon.booking(1).occupancy.is_empty());
}

#[test]
fn another_person_may_do_it_when_it_begins() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 0);
    let start = Command::Start(Start { store: STORE, booking: booking_id(1), staff: Some(KELLY), override_reason: None });
    salon.give(&desk(), &start).unwrap();
    assert_eq!(salon.staff_of(1), KELLY);
    assert!(salon.booking(1).occupancy.iter().all(|held| held.resource == KELLY.into()));
}

#[test]
fn who_waits_for_anybody_is_served_by_whoever_is_free_by_then() {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    for (number, staff) in [(1, JJ), (2, KELLY), (3, BECKY)] {
        salon.give(&desk(), &walk_in(number, StaffPreference::Requested(staff), at(10, 0))).unwrap();
        salon
            .give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(number), staff: None, override_reason: None }))
            .unwrap();
    }
    salon.now = at(10, 5);
    salon.give(&desk(), &walk_in(4, StaffPreference::Any, at(10, 5))).unwrap();
    let (number, free) = if salon.staff_of(4) == BECKY { (2, KELLY) } else { (3, BECKY) };
    salon.now = at(10, 40);
    salon.give(&desk(), &Command::Finish(Finish { store: STORE, booking: booking_id(number) })).unwrap();
    salon.give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(4), staff: None, override_reason: None })).unwrap();
    assert_eq!(salon.staff_of(4), free);
    assert_eq!(salon.booking(4).occupancy[0].lane, 0);
}

#[test]
fn one_pair_of_hands_does_two_services_one_after_the_other() {
    let mut salon = Salon::open();
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(JJ), at(10, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Requested(KELLY), at(10, 0)));
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    salon.now = at(10, 0);
    salon
        .give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(1), staff: Some(BECKY), override_reason: None }))
        .unwrap();
    let starts: Vec<_> = salon.booking(1).lines.iter().map(|line| line.starts_at).collect();
    assert_eq!(starts, [at(10, 0), at(11, 0)]);
}

#[test]
fn nobody_is_called_in_for_a_walk_in_who_asked_for_nobody() {
    let mut salon = Salon::open();
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    let off: Vec<_> = catalogue.shifts.values().filter(|shift| shift.staff != KELLY).map(|shift| shift.id).collect();
    off.iter().for_each(|shift| catalogue.shifts.get_mut(shift).unwrap().spans.clear());
    salon.now = at(10, 0);
    for number in [1, 2] {
        salon.give(&desk(), &walk_in(number, StaffPreference::Any, at(10, 0))).unwrap();
        assert_eq!(salon.staff_of(number), KELLY, "JJ and Becky are at home");
    }
}

fn missed_after_all(number: u128) -> Command {
    Command::UndoNoShow(UndoNoShow { store: STORE, booking: booking_id(number) })
}

#[test]
fn a_receptionist_who_tapped_no_show_by_mistake_gives_her_back_her_visit_and_her_time() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    let before = salon.booking(1).clone();
    salon.now = at(10, 15);
    salon.give(&desk(), &missed(1)).unwrap();
    assert!(matches!(salon.state(1), State::NoShow { .. }));
    salon.now = at(10, 16);
    salon.give(&desk(), &missed_after_all(1)).unwrap();
    assert_eq!(*salon.state(1), before.state);
    assert_eq!(salon.booking(1).occupancy, before.occupancy);
    salon.now = at(10, 30);
    salon.give(&desk(), &missed(1)).unwrap();
    assert!(matches!(salon.state(1), State::NoShow { at: when } if *when == at(10, 30)), "she can be missed again");
    salon.now = at(23, 30);
    assert_eq!(salon.give(&desk(), &missed_after_all(1)), Err(Refusal::Invalid { field: "starts_at".into() }));
}

#[test]
fn whoever_took_the_time_of_a_no_show_keeps_it_when_the_no_show_was_a_mistake() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 15);
    salon.give(&desk(), &missed(1)).unwrap();
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
    let other = salon.booking(2).clone();
    salon.give(&desk(), &missed_after_all(1)).unwrap();
    assert_eq!(*salon.booking(2), other);
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    assert_eq!(salon.booking(1).occupancy[0].lane, 1);
}

#[test]
fn a_no_show_that_is_taken_back_on_a_tablet_without_network_displaces_nobody_who_came_since() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 15);
    salon.give(&desk(), &missed(1)).unwrap();
    let seen = salon.seq;
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(11, 0))).unwrap();
    let booking = salon.view.bookings.get_mut(&booking_id(2)).unwrap();
    booking.lines[0].starts_at = at(10, 30);
    salon
        .give(
            &desk(),
            &Command::Move(Move {
                store: STORE,
                booking: booking_id(2),
                starts_at: at(10, 30),
                staff_preferences: Vec::new(),
                override_reason: None,
            }),
        )
        .unwrap();
    salon.now = at(10, 40);
    let offline = Who { replica: OTHER_DESK, ..desk() }.offline_since(seen, at(10, 16));
    salon.give(&offline, &missed_after_all(1)).unwrap();
    assert!(matches!(salon.state(2), State::Confirmed { .. }), "{:?}", salon.state(2));
    assert_eq!((salon.booking(2).occupancy[0].lane, salon.booking(1).occupancy[0].lane), (0, 1));
}
