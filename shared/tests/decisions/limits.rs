//! What one account may have at a time; the desk may always more.

use shared::booking::{StaffWish, State};
use shared::command::{Cancel, Command, Hold, Move};
use shared::limits::{MemberLimit, MemberLimits};
use shared::refusal::Refusal;

use super::salon::*;

fn salon_with(change: impl FnOnce(&mut MemberLimits)) -> Salon {
    let mut salon = Salon::open();
    change(&mut salon.limits);
    salon
}

fn too_many(of: MemberLimit, most: u16) -> Refusal {
    Refusal::TooMany { of, most }
}

fn online() -> Who {
    Who { number: 0, ..phone_of(XIAOMAN) }
}

fn visit(number: u128, hour: u16) -> Command {
    book(number, CUT, StaffWish::Requested(JJ), at(hour, 0))
}

fn hold(number: u128, hours: &[u16]) -> Command {
    let lines = hours.iter().map(|hour| line(CUT, StaffWish::Requested(JJ), at(*hour, 0))).collect();
    Command::Hold(Hold { store: STORE, booking: booking_id(number), lines })
}

#[test]
fn one_account_does_not_take_the_day_away_from_everybody() {
    let mut salon = salon_with(|limits| limits.visits_a_day = 2);
    salon.give(&phone_of(XIAOMAN), &visit(1, 11)).unwrap();
    salon.give(&phone_of(XIAOMAN), &visit(2, 13)).unwrap();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &visit(3, 15)), Err(too_many(MemberLimit::VisitsADay, 2)));
    assert_eq!(salon.give(&online(), &hold(3, &[15])), Err(too_many(MemberLimit::VisitsADay, 2)), "it is said before the name is asked");
    salon.give(&phone_of(CHEN_MO), &visit(4, 15)).unwrap();
    salon.give(&desk(), &visit(5, 17)).unwrap();
}

#[test]
fn whoever_has_many_visits_ahead_cancels_one_before_the_next() {
    let mut salon = salon_with(|limits| limits.visits_ahead = 1);
    salon.give(&phone_of(XIAOMAN), &visit(1, 11)).unwrap();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &visit(2, 13)), Err(too_many(MemberLimit::VisitsAhead, 1)));
    let moved = Move { store: STORE, booking: booking_id(1), starts_at: at(15, 0), wish: None, over: None };
    salon.give(&phone_of(XIAOMAN), &Command::Move(moved)).unwrap();
    let by = shared::booking::CancelledBy::Member;
    let cancel = Cancel { store: STORE, booking: booking_id(1), by, reason: String::new() };
    salon.give(&phone_of(XIAOMAN), &Command::Cancel(cancel)).unwrap();
    salon.give(&phone_of(XIAOMAN), &visit(2, 13)).unwrap();
}

#[test]
fn confirming_ones_own_hold_counts_once() {
    let mut salon = salon_with(|limits| (limits.visits_ahead, limits.visits_a_day, limits.begun_an_hour) = (1, 1, 1));
    salon.give(&online(), &hold(1, &[14])).unwrap();
    salon.give(&phone_of(XIAOMAN), &visit(1, 14)).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
}

#[test]
fn a_hold_does_not_take_half_of_the_day() {
    let mut salon = salon_with(|limits| limits.lines_a_visit = 3);
    assert_eq!(salon.give(&online(), &hold(1, &[10, 11, 12, 13])), Err(too_many(MemberLimit::LinesAVisit, 3)));
    let mut salon = salon_with(|limits| limits.minutes_a_visit = 150);
    assert_eq!(salon.give(&online(), &hold(1, &[10, 11, 12])), Err(too_many(MemberLimit::MinutesAVisit, 150)));
    salon.give(&online(), &hold(1, &[10, 11])).unwrap();
}

#[test]
fn a_hold_that_is_repeated_again_and_again_ends_all_the_same() {
    let mut salon = salon_with(|limits| limits.minutes_of_a_hold = 12);
    for minute in [0, 4, 8] {
        salon.now = at(9, minute);
        salon.give(&online(), &hold(1, &[14])).unwrap();
    }
    assert_eq!(*salon.state(1), State::Held { expires_at: at(9, 12) });
    salon.now = at(9, 12);
    assert_eq!(salon.give(&online(), &hold(1, &[14])), Err(too_many(MemberLimit::MinutesOfAHold, 12)));
    salon.give(&phone_of(CHEN_MO), &visit(2, 14)).unwrap();
}

#[test]
fn a_time_is_not_kept_from_others_by_holds_that_follow_each_other() {
    let mut salon = salon_with(|limits| limits.minutes_of_a_hold = 12);
    for (number, minute) in [(1, 0), (2, 4), (3, 8)] {
        salon.now = at(9, minute);
        salon.give(&online(), &hold(number, &[14])).unwrap();
    }
    assert_eq!(*salon.state(3), State::Held { expires_at: at(9, 12) });
    for number in [4, 3, 1] {
        salon.now = at(9, 13);
        assert_eq!(salon.give(&online(), &hold(number, &[14])), Err(too_many(MemberLimit::MinutesOfAHold, 12)));
    }
    salon.give(&online(), &hold(5, &[16])).unwrap();
    salon.give(&phone_of(CHEN_MO), &visit(6, 14)).unwrap();
    // Somebody who comes back later is welcome.
    let mut later = salon_with(|limits| limits.minutes_of_a_hold = 12);
    later.give(&online(), &hold(1, &[14])).unwrap();
    later.now = at(9, 20);
    later.give(&online(), &hold(2, &[14])).unwrap();
    assert_eq!(*later.state(2), State::Held { expires_at: at(9, 25) });
}

#[test]
fn fifty_repeats_of_a_hold_do_not_make_it_younger() {
    let mut salon = salon_with(|limits| limits.minutes_of_a_hold = 12);
    for second in 0..50 {
        salon.now = shared::time::Timestamp(at(9, 0).0 + second * 10_000);
        salon.give(&online(), &hold(1, &[14])).unwrap();
    }
    assert_eq!(*salon.state(1), State::Held { expires_at: at(9, 12) });
    assert_eq!(salon.booking(1).history.first().map(|step| step.at), Some(at(9, 0)), "how it began stays first");
    salon.now = at(9, 12);
    assert_eq!(salon.give(&online(), &hold(1, &[14])), Err(too_many(MemberLimit::MinutesOfAHold, 12)));
}

#[test]
fn beginning_and_giving_up_again_and_again_comes_to_an_end() {
    let mut salon = salon_with(|limits| limits.begun_an_hour = 3);
    for number in 1..=3 {
        salon.give(&phone_of(XIAOMAN), &visit(number, 14)).unwrap();
        let by = shared::booking::CancelledBy::Member;
        let cancel = Cancel { store: STORE, booking: booking_id(number), by, reason: String::new() };
        salon.give(&phone_of(XIAOMAN), &Command::Cancel(cancel)).unwrap();
    }
    assert_eq!(salon.give(&phone_of(XIAOMAN), &visit(4, 14)), Err(too_many(MemberLimit::BegunAnHour, 3)));
    salon.now = at(10, 1);
    salon.give(&phone_of(XIAOMAN), &visit(4, 14)).unwrap();
}
