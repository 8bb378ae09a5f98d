//! Book.

use shared::booking::State;
use shared::command::Command;
use shared::decision::NoticeKind;
use shared::money::Money;
use shared::refusal::Refusal;
use shared::role::{Channel, Role};
use shared::staff::Gender;
use shared::staff_preference::StaffPreference;
use shared::store::Confirmation;

use super::salon::*;

#[test]
fn a_member_books_and_has_the_time() {
    let mut salon = Salon::open();
    let decision = salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    assert_eq!(salon.booking(1).lines[0].price, Some(Money(26_800)));
    assert_eq!(salon.booking(1).ends_at, at(15, 0));
    assert_eq!(decision.notices[0].kind, NoticeKind::Confirmed);
}

#[test]
fn of_two_who_want_one_time_the_first_commit_has_it_and_the_second_is_told() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let second = salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(14, 30)));
    assert_eq!(second, Err(Refusal::TimeTaken { by: vec![booking_id(1)] }));
    // Not even the desk's higher rank takes a promise away.
    let desk_too = salon.give(&desk(), &book(3, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    assert_eq!(desk_too, Err(Refusal::TimeTaken { by: vec![booking_id(1)] }));
}

#[test]
fn anybody_means_the_least_booked_of_one_price_and_then_nobody_is_free() {
    let mut salon = Salon::open();
    for number in 1..=2 {
        salon.promise(number, StaffPreference::Any, at(14, 0));
        assert_ne!(salon.staff_of(number), JJ, "the director has another price than the one on the screen");
    }
    assert_ne!(salon.staff_of(1), salon.staff_of(2));
    let third = salon.give(&phone_of(CHEN_MO), &book(3, CUT, StaffPreference::Any, at(14, 0)));
    assert!(matches!(third, Err(Refusal::TimeTaken { .. })));
}

#[test]
fn a_guest_of_the_desk_who_takes_anybody_is_booked_at_the_price_that_was_said() {
    let mut salon = Salon::open();
    // The director is the least booked, and costs more.
    for (number, staff) in [(1, KELLY), (2, BECKY)] {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(11, 0))).unwrap();
    }
    for number in 3..=4 {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Any, at(14, 0))).unwrap();
        let line = &salon.booking(number).lines[0];
        assert_eq!((line.staff == Some(JJ), line.price), (false, Some(Money(16_800))));
    }
    let fifth = salon.give(&desk(), &book(5, CUT, StaffPreference::Any, at(14, 0)));
    assert!(matches!(fifth, Err(Refusal::TimeTaken { .. })), "nobody dearer without a word: {fifth:?}");
}

#[test]
fn a_gender_wish_is_kept() {
    let mut salon = Salon::open();
    let staff_preference = StaffPreference::AnyOf(Gender::Male);
    let Command::Book(mut wanted) = book(1, CUT, staff_preference, at(14, 0)) else { unreachable!() };
    wanted.lines[0].seen_price = Some(Money(26_800));
    salon.give(&phone_of(XIAOMAN), &Command::Book(wanted)).unwrap();
    assert_eq!(salon.staff_of(1), JJ);
}

#[test]
fn a_colour_leaves_its_processing_time_to_others() {
    let mut salon = Salon::open();
    salon.give(&desk(), &book(1, COLOUR, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    assert_eq!(salon.booking(1).occupancy.len(), 2);
    salon.rules(|rules| rules.grid_minutes = 5);
    let during = salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(JJ), at(14, 30)));
    assert!(matches!(during, Err(Refusal::TimeTaken { .. })));
    let after = salon.give(&desk(), &book(3, CUT, StaffPreference::Requested(JJ), at(16, 0)));
    assert!(after.is_ok());
}

#[test]
fn members_keep_to_lead_time_horizon_hours_and_shifts() {
    let mut salon = Salon::open();
    salon.now = at(13, 50);
    let too_soon = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Any, at(14, 0)));
    assert_eq!(too_soon, Err(Refusal::TooSoon { lead_minutes: 30 }));
    let too_far = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Any, at(14, 0).plus_minutes(40 * 1440)));
    assert_eq!(too_far, Err(Refusal::TooFarAhead { days: 30 }));
    let closed = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Any, at(21, 30)));
    assert_eq!(closed, Err(Refusal::StoreClosed));
}

#[test]
fn the_price_on_the_screen_is_the_price_or_the_tap_is_refused() {
    let mut salon = Salon::open();
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(KELLY), at(14, 0)) else { unreachable!() };
    wanted.lines[0].seen_price = Some(Money(9_900));
    let refused = salon.give(&phone_of(XIAOMAN), &Command::Book(wanted));
    assert_eq!(refused, Err(Refusal::PriceChanged { now: Some(Money(16_800)) }));
}

#[test]
fn a_store_that_wants_to_see_it_first_gets_a_request() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    let decision = salon.promise(1, StaffPreference::Any, at(14, 0));
    assert_eq!(*salon.state(1), State::Requested);
    assert_eq!(decision.notices[0].kind, NoticeKind::Requested);
    assert_eq!(salon.view.attention.len(), 1);
}

#[test]
fn while_the_desk_is_silent_near_bookings_wait_for_it_and_far_ones_do_not() {
    let mut salon = Salon::open();
    salon.now = at(12, 0);
    salon.desk_heard_at = Some(at(11, 45));
    salon.promise(1, StaffPreference::Any, at(14, 0));
    salon.promise(2, StaffPreference::Any, at(18, 0));
    assert_eq!(*salon.state(1), State::Requested);
    assert!(matches!(salon.state(2), State::Confirmed { .. }));
}

#[test]
fn nobody_books_for_another_account_or_names_another_accounts_people() {
    let mut salon = Salon::open();
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    wanted.account = Some(CHEN_MO);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &Command::Book(wanted)), Err(Refusal::NotAllowed));
}

#[test]
fn an_auditor_reads_and_never_writes() {
    let mut salon = Salon::open();
    let refused = salon.give(&staff_with(Role::Auditor), &book(1, CUT, StaffPreference::Any, at(14, 0)));
    assert_eq!(refused, Err(Refusal::NotAllowed));
}

#[test]
fn a_booking_taken_by_phone_says_so() {
    let mut salon = Salon::open();
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    wanted.by_phone = true;
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    assert_eq!(salon.booking(1).channel, Channel::Phone);
}

#[test]
fn two_services_with_one_person_follow_one_another() {
    let mut salon = Salon::open();
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(KELLY), at(14, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Any, at(14, 30)));
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    let booking = salon.booking(1);
    assert_eq!(booking.lines.len(), 2);
    if booking.lines[1].staff == Some(KELLY) {
        assert_eq!(booking.lines[1].starts_at, at(15, 0));
    }
    assert!(booking.ends_at >= at(15, 30));
}

#[test]
fn a_store_that_never_minds_a_silent_desk_confirms_at_once() {
    for (minutes, is_confirmed) in [(0, true), (10, false), (11, true)] {
        let mut salon = Salon::open();
        salon.rules(|rules| rules.silent_after_minutes = minutes);
        salon.desk_heard_at = Some(at(8, 50));
        salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
        assert_eq!(matches!(salon.state(1), State::Confirmed { .. }), is_confirmed, "silent after {minutes} minutes");
    }
}
