//! What one account may have at a time; the desk may always more.

use shared::booking::State;
use shared::command::{Cancel, Command, Hold, Move};
use shared::limits::{MemberLimits, MemberUse, OwnVisit};
use shared::refusal::{MemberLimit, Refusal};
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;

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
    book(number, CUT, StaffPreference::Requested(JJ), at(hour, 0))
}

fn hold(number: u128, hours: &[u16]) -> Command {
    let lines = hours.iter().map(|hour| line(CUT, StaffPreference::Requested(JJ), at(*hour, 0))).collect();
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
    let moved = Move { store: STORE, booking: booking_id(1), starts_at: at(15, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&phone_of(XIAOMAN), &Command::Move(moved)).unwrap();
    let by = shared::booking::CancelledBy::Member;
    let cancel = Cancel { store: STORE, booking: booking_id(1), by, reason: "".into() };
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
    // Nor another one meanwhile, from which the hold could slide back.
    assert_eq!(salon.give(&online(), &hold(5, &[16])), Err(too_many(MemberLimit::MinutesOfAHold, 12)));
    salon.give(&phone_of(CHEN_MO), &visit(6, 14)).unwrap();
    salon.now = at(9, 18);
    salon.give(&online(), &hold(5, &[16])).unwrap();
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
        let cancel = Cancel { store: STORE, booking: booking_id(number), by, reason: "".into() };
        salon.give(&phone_of(XIAOMAN), &Command::Cancel(cancel)).unwrap();
    }
    assert_eq!(salon.give(&phone_of(XIAOMAN), &visit(4, 14)), Err(too_many(MemberLimit::BegunAnHour, 3)));
    salon.now = at(10, 1);
    salon.give(&phone_of(XIAOMAN), &visit(4, 14)).unwrap();
}

fn own(number: u128, starts_at: Timestamp, begun_at: Timestamp) -> OwnVisit {
    OwnVisit { booking: booking_id(number), starts_at, begun_at, stands: true, is_hold: false, held_until: None }
}

fn of_xiaoman(visits: Vec<OwnVisit>, change: impl FnOnce(&mut MemberLimits)) -> MemberUse {
    let mut limits = MemberLimits::NONE;
    change(&mut limits);
    MemberUse { limits, visits, ..MemberUse::default() }
}

/// Whether a cut at three fits beside what she has.
fn fits(has: &MemberUse) -> Result<(), Refusal> {
    let mut salon = Salon::open();
    salon.give(&desk(), &visit(50, 15)).unwrap();
    has.check_visit(&salon.view.catalogue.stores[&STORE], booking_id(50), &salon.booking(50).lines, at(12, 0))
}

#[test]
fn a_visit_is_ahead_until_it_begins() {
    let has = |starts_at| of_xiaoman(vec![own(1, starts_at, at(9, 0))], |limits| limits.visits_ahead = 1);
    assert_eq!(fits(&has(at(12, 1))), Err(too_many(MemberLimit::VisitsAhead, 1)));
    assert_eq!((fits(&has(at(12, 0))), fits(&has(at(11, 59)))), (Ok(()), Ok(())));
}

#[test]
fn what_is_given_up_or_only_held_or_on_another_day_takes_nothing_from_the_day() {
    let visits = vec![own(1, at(16, 0), at(9, 0)), own(2, at(17, 0), at(9, 0))];
    let has = |change: fn(&mut OwnVisit)| {
        let mut visits = visits.clone();
        change(&mut visits[1]);
        fits(&of_xiaoman(visits, |limits| limits.visits_a_day = 2))
    };
    assert_eq!(has(|_| ()), Err(too_many(MemberLimit::VisitsADay, 2)));
    assert_eq!(has(|second| second.stands = false), Ok(()));
    assert_eq!(has(|second| second.is_hold = true), Ok(()));
    assert_eq!(has(|second| second.starts_at = at(0, 0).plus_minutes(-1)), Ok(()));
    assert_eq!(has(|second| second.booking = booking_id(50)), Ok(()), "it is the visit itself");
    assert_eq!(has(|second| second.starts_at = at(0, 0)), Err(too_many(MemberLimit::VisitsADay, 2)), "earlier the same day");
}

#[test]
fn a_visit_has_as_many_services_and_minutes_as_the_limit_says_and_no_more() {
    let limited = |change: fn(&mut MemberLimits)| {
        let mut salon = salon_with(change);
        salon.give(&online(), &hold(1, &[13, 14])).map(drop)
    };
    assert_eq!(limited(|limits| (limits.lines_a_visit, limits.minutes_a_visit) = (2, 120)), Ok(()));
    assert_eq!(limited(|limits| limits.lines_a_visit = 1), Err(too_many(MemberLimit::LinesAVisit, 1)));
    assert_eq!(limited(|limits| limits.minutes_a_visit = 119), Err(too_many(MemberLimit::MinutesAVisit, 119)));
}

#[test]
fn what_was_begun_an_hour_ago_is_forgotten_then_and_not_before() {
    let begun = |ago: i64| {
        let begun_at = Timestamp(at(12, 0).0 - ago);
        let has = of_xiaoman(vec![own(1, at(16, 0), begun_at)], |limits| limits.begun_an_hour = 1);
        (has.check_pace(booking_id(2), at(12, 0)), has.check_pace(booking_id(1), at(12, 0)))
    };
    assert_eq!(begun(3_600_000), (Ok(()), Ok(())));
    assert_eq!(begun(3_599_999), (Err(too_many(MemberLimit::BegunAnHour, 1)), Ok(())));
}

#[test]
fn a_hold_ends_when_its_minutes_are_used_up() {
    let has = of_xiaoman(Vec::new(), |limits| limits.minutes_of_a_hold = 12);
    let until = |now: Timestamp| has.hold_until(at(12, 0), now.plus_minutes(5), now);
    assert_eq!((until(at(12, 0)), until(at(12, 7)), until(at(12, 8))), (Ok(at(12, 5)), Ok(at(12, 12)), Ok(at(12, 12))));
    assert_eq!(until(Timestamp(at(12, 12).0 - 1)), Ok(at(12, 12)));
    assert_eq!(until(at(12, 12)), Err(too_many(MemberLimit::MinutesOfAHold, 12)));
}

#[test]
fn only_what_is_held_and_stands_makes_room_for_the_next_hold() {
    let visit = |number, stands, is_hold| OwnVisit { stands, is_hold, ..own(number, at(16, 0), at(9, 0)) };
    let has = of_xiaoman(vec![visit(1, true, true), visit(2, true, false), visit(3, false, true), visit(4, false, false)], |_| ());
    assert_eq!(has.holds().collect::<Vec<_>>(), [booking_id(1)]);
}

#[test]
fn a_hold_of_another_day_that_the_server_has_counted_ends_with_the_next() {
    let mut salon = Salon::open();
    let monday = at(14, 0).plus_minutes(2 * 1440);
    let lines = vec![line(CUT, StaffPreference::Requested(JJ), monday)];
    let far = Command::Hold(Hold { store: STORE, booking: booking_id(1), lines });
    salon.give(&online(), &far).unwrap();
    salon.give(&online(), &hold(2, &[14])).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }));
}

#[test]
fn time_is_protected_since_the_first_of_the_holds_that_follow_each_other_closely() {
    let held = |number, starts_at, until| OwnVisit { held_until: Some(until), ..own(number, starts_at, at(9, 0)) };
    let since = |earlier: OwnVisit| of_xiaoman(vec![earlier], |_| ()).first_held_at(5, at(9, 30));
    assert_eq!(since(held(1, at(14, 30), at(9, 26))), at(9, 0));
    assert_eq!(since(held(1, at(18, 0), at(9, 26))), at(9, 0), "wherever it has slid to");
    assert_eq!(since(held(1, at(14, 30), at(9, 25))), at(9, 30), "others could have had it for five minutes");
    assert_eq!(since(own(1, at(14, 0), at(9, 0))), at(9, 30), "a booking is no hold");
}

#[test]
fn half_of_an_hour_may_be_held_whichever_times_it_was_and_time_held_twice_counts_once() {
    let held = |from, until| OwnVisit { held_until: Some(until), stands: false, ..own(1, at(14, 0), from) };
    let until = |visits: Vec<OwnVisit>| {
        let own = of_xiaoman(visits, |limits| limits.minutes_of_a_hold = 15);
        own.hold_until(at(10, 0), at(10, 5), at(10, 0))
    };
    let refused = Err(too_many(MemberLimit::MinutesOfAHold, 15));
    assert_eq!(until(vec![]), Ok(at(10, 5)));
    assert_eq!(until(vec![held(at(9, 10), at(9, 38))]), Ok(at(10, 2)), "two minutes are left");
    assert_eq!(until(vec![held(at(9, 10), at(9, 25)), held(at(9, 30), at(9, 45))]), refused);
    assert_eq!(until(vec![held(at(9, 10), at(9, 25)), held(at(9, 10), at(9, 26)), held(at(9, 12), at(9, 20))]), Ok(at(10, 5)));
    assert_eq!(until(vec![held(at(8, 0), at(9, 29)), held(at(9, 59), at(10, 30))]), refused, "of the last hour, until now");
    assert_eq!(until(vec![held(at(8, 0), at(9, 28)), held(at(9, 59), at(10, 30))]), Ok(at(10, 1)));
}
