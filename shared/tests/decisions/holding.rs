//! Hold, Release, Expire.

use shared::booking::{StaffWish, State};
use shared::command::{Command, Expire, Hold, Release, Start};
use shared::refusal::Refusal;

use super::salon::*;

fn hold(number: u128) -> Command {
    Command::Hold(Hold { store: STORE, booking: booking_id(number), lines: vec![line(CUT, StaffWish::Requested(JJ), at(14, 0))] })
}

fn online(account: shared::id::AccountId) -> Who {
    Who { number: 0, ..phone_of(account) }
}

#[test]
fn a_live_hold_is_a_promise_and_becomes_a_booking() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let other = salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffWish::Requested(JJ), at(14, 0)));
    assert_eq!(other, Err(Refusal::TimeTaken { by: vec![booking_id(1)] }));
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffWish::Requested(JJ), at(14, 0))).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
}

#[test]
fn a_hold_that_ran_out_gives_its_time_to_whoever_asks_next() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    salon.now = at(9, 6);
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffWish::Requested(JJ), at(14, 0))).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }));
    let late = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffWish::Requested(JJ), at(14, 0)));
    assert!(matches!(late, Err(Refusal::HoldExpired { .. })));
}

#[test]
fn a_hold_that_ran_out_unnoticed_can_still_be_confirmed() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    salon.now = at(9, 20);
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffWish::Requested(JJ), at(14, 0))).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
}

#[test]
fn a_hold_is_never_queued() {
    let mut salon = Salon::open();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &hold(1)), Err(Refusal::NotAllowed));
}

#[test]
fn a_released_hold_frees_its_time_and_a_strangers_cannot_be_released() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let release = Command::Release(Release { store: STORE, booking: booking_id(1) });
    assert_eq!(salon.give(&phone_of(CHEN_MO), &release), Err(Refusal::NotFound { kind: "booking".into() }));
    salon.give(&phone_of(XIAOMAN), &release).unwrap();
    assert!(salon.booking(1).occupancy.is_empty());
}

#[test]
fn one_account_protects_one_time() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let second = Command::Hold(Hold { store: STORE, booking: booking_id(2), lines: vec![line(CUT, StaffWish::Requested(JJ), at(16, 0))] });
    salon.give(&online(XIAOMAN), &second).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }));
    assert!(matches!(salon.state(2), State::Held { .. }));
}

#[test]
fn only_the_system_expires_and_only_what_has_run_out() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let expire = Command::Expire(Expire { store: STORE, booking: booking_id(1) });
    assert_eq!(salon.give(&phone_of(XIAOMAN), &expire), Err(Refusal::NotAllowed));
    assert!(salon.give(&system(), &expire).is_err());
    salon.now = at(9, 5);
    salon.give(&system(), &expire).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }));
}

#[test]
fn a_hold_that_ran_out_does_not_open_the_past() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    // The tap on "confirm" waited in a pocket until the evening.
    salon.now = at(20, 0);
    let late = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffWish::Requested(JJ), at(14, 0)));
    assert!(matches!(late, Err(Refusal::TooSoon { .. })), "{late:?}");
}

#[test]
fn a_hold_of_one_time_says_nothing_about_another() {
    let mut salon = Salon::open();
    salon.now = at(10, 30);
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let soon = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffWish::Requested(JJ), at(10, 40)));
    assert!(matches!(soon, Err(Refusal::TooSoon { .. })), "{soon:?}");
}

#[test]
fn a_guest_in_the_chair_ends_a_hold_and_nobody_is_told_of_a_booking_they_never_made() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.now = at(13, 58);
    let hold = hold(1);
    salon.rules(|rules| rules.lead_minutes = 0);
    salon.give(&online(XIAOMAN), &hold).unwrap();
    let offline = desk().offline_since(seen, at(13, 58));
    salon.give(&offline, &walk_in(2, StaffWish::Requested(JJ), at(13, 58))).unwrap();
    let start = Command::Start(Start { store: STORE, booking: booking_id(2), staff: None, over: None });
    let decision = salon.give(&offline, &start).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }));
    assert!(decision.notices.is_empty());
    let gone = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffWish::Requested(JJ), at(14, 0)));
    assert!(matches!(gone, Err(Refusal::HoldExpired { .. })), "{gone:?}");
}

#[test]
fn a_member_who_left_a_held_time_in_another_tab_can_hold_and_book_it_again() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    salon.give(&online(XIAOMAN), &hold(2)).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }) && salon.booking(1).occupancy.is_empty());
    assert!(matches!(salon.give(&online(CHEN_MO), &hold(4)), Err(Refusal::TimeTaken { .. })), "others are in the way as before");
    // Without a hold of its own, too.
    salon.give(&phone_of(XIAOMAN), &book(3, CUT, StaffWish::Requested(JJ), at(14, 0))).unwrap();
    assert!(matches!((salon.state(2), salon.state(3)), (State::Expired { .. }, State::Confirmed { .. })));
}
