//! Hold, Release, Expire.

use shared::booking::{CancelledBy, State};
use shared::command::{Cancel, Command, Expire, Hold, Release, Start};
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;

use super::salon::*;

fn hold(number: u128) -> Command {
    Command::Hold(Hold { store: STORE, booking: booking_id(number), lines: vec![line(CUT, StaffPreference::Requested(JJ), at(14, 0))] })
}

fn online(account: shared::id::AccountId) -> Who {
    Who { number: 0, ..phone_of(account) }
}

#[test]
fn a_live_hold_is_a_promise_and_becomes_a_booking() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let other = salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    assert_eq!(other, Err(Refusal::TimeTaken { by: vec![booking_id(1)] }));
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
}

#[test]
fn a_hold_that_ran_out_gives_its_time_to_whoever_asks_next() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    salon.now = at(9, 6);
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }));
    let late = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    assert!(matches!(late, Err(Refusal::HoldExpired { .. })));
}

#[test]
fn a_hold_that_ran_out_unnoticed_can_still_be_confirmed() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    salon.now = at(9, 20);
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
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
    let second =
        Command::Hold(Hold { store: STORE, booking: booking_id(2), lines: vec![line(CUT, StaffPreference::Requested(JJ), at(16, 0))] });
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
    let late = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    assert!(matches!(late, Err(Refusal::TooSoon { .. })), "{late:?}");
}

#[test]
fn a_hold_of_one_time_says_nothing_about_another() {
    let mut salon = Salon::open();
    salon.now = at(10, 30);
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let soon = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(10, 40)));
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
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(13, 58))).unwrap();
    let start = Command::Start(Start { store: STORE, booking: booking_id(2), staff: None, override_reason: None });
    let decision = salon.give(&offline, &start).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }));
    assert!(decision.notices.is_empty());
    let gone = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)));
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
    salon.give(&phone_of(XIAOMAN), &book(3, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    assert!(matches!((salon.state(2), salon.state(3)), (State::Expired { .. }, State::Confirmed { .. })));
}

/// Xiaoman wants a cut with JJ at another hour under the id of her hold.
fn book_at(hour: u16) -> Command {
    book(1, CUT, StaffPreference::Requested(JJ), at(hour, 0))
}

#[test]
fn who_asks_for_a_taken_time_is_told_that_her_hold_ran_out_only_when_it_did() {
    let asked = |now| {
        let mut salon = Salon::open();
        salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(16, 0))).unwrap();
        salon.give(&online(XIAOMAN), &hold(1)).unwrap();
        salon.now = now;
        salon.give(&phone_of(XIAOMAN), &book_at(16)).map(drop)
    };
    let taken = Err(Refusal::TimeTaken { by: vec![booking_id(2)] });
    let run_out = Err(Refusal::HoldExpired { at: at(9, 5) });
    assert_eq!((asked(at(9, 4)), asked(at(9, 5)), asked(at(9, 6))), (taken, run_out.clone(), run_out));
}

#[test]
fn a_live_hold_is_confirmed_although_it_is_too_soon_to_begin_by_now() {
    let confirmed = |minute| {
        let mut salon = Salon::open();
        salon.now = at(13, 29);
        salon.give(&online(XIAOMAN), &hold(1)).unwrap();
        salon.now = at(13, minute);
        salon.give(&phone_of(XIAOMAN), &book_at(14)).map(drop)
    };
    assert_eq!((confirmed(33), confirmed(34)), (Ok(()), Err(Refusal::TooSoon { lead_minutes: 30 })));
}

#[test]
fn nobody_takes_over_somebody_elses_hold_by_its_id_nor_holds_what_is_booked() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    assert_eq!(salon.give(&online(CHEN_MO), &hold(1)), Err(Refusal::AlreadyExists));
    assert_eq!(salon.give(&phone_of(CHEN_MO), &book_at(16)), Err(Refusal::AlreadyExists));
    salon.give(&phone_of(XIAOMAN), &book_at(14)).unwrap();
    assert_eq!(salon.give(&online(XIAOMAN), &hold(1)), Err(Refusal::AlreadyExists));
}

#[test]
fn what_is_released_twice_is_released() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let release = Command::Release(Release { store: STORE, booking: booking_id(1) });
    salon.give(&phone_of(XIAOMAN), &release).unwrap();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &release), Ok(shared::decision::Decision::default()));
}

#[test]
fn how_long_a_time_has_been_held_counts_from_the_first_hold_until_it_was_free_for_a_while() {
    let again_at = |first: Timestamp, released: Timestamp, again: Timestamp| {
        let mut salon = Salon::open();
        salon.limits.minutes_of_a_hold = 60;
        salon.now = first;
        salon.give(&online(XIAOMAN), &hold(1)).unwrap();
        let release = Command::Release(Release { store: STORE, booking: booking_id(1) });
        salon.now = released;
        salon.give(&phone_of(XIAOMAN), &release).unwrap();
        salon.now = again;
        salon.give(&online(XIAOMAN), &hold(1)).map(|_| salon.state(1).clone())
    };
    assert_eq!(again_at(at(9, 0), at(9, 57), at(9, 58)), Ok(State::Held { expires_at: at(10, 0) }), "two minutes are left of the hour");
    let refused = Refusal::TooMany { of: shared::refusal::MemberLimit::MinutesOfAHold, most: 60 };
    assert_eq!(again_at(at(9, 0), at(9, 59), at(10, 0)), Err(refused));
    assert_eq!(again_at(at(9, 0), at(9, 30), at(9, 40)), Ok(State::Held { expires_at: at(9, 45) }), "others could have had it");
}

/// What a new hold of Xiaoman's at two lets go, on a device that is told nothing by the server.
fn let_go_by_a_hold(salon: &mut Salon, who: &Who) -> Vec<u128> {
    let context = shared::context::Context { member_use: Default::default(), ..salon.context(who) };
    let decision = hold(9).decide(&context, &salon.view).unwrap();
    salon.commit(&decision);
    (1..9)
        .filter(|number| matches!(salon.view.bookings.get(&booking_id(*number)), Some(made) if matches!(made.state, State::Expired { .. })))
        .collect()
}

#[test]
fn a_new_hold_lets_go_of_the_same_accounts_holds_of_that_day_and_of_nothing_else() {
    let hold_at = |number, hour, staff_preference| {
        let lines = vec![line(CUT, staff_preference, at(hour, 0))];
        Command::Hold(Hold { store: STORE, booking: booking_id(number), lines })
    };
    let mut salon = Salon::open();
    // The earlier one first: a second hold would end it.
    salon.give(&online(XIAOMAN), &hold_at(1, 11, StaffPreference::Requested(KELLY))).unwrap();
    salon.give(&online(CHEN_MO), &hold_at(2, 12, StaffPreference::Requested(KELLY))).unwrap();
    salon.give(&Who { number: 0, ..desk() }, &hold_at(3, 13, StaffPreference::Requested(KELLY))).unwrap();
    salon.promise(4, StaffPreference::Requested(KELLY), at(15, 0));
    assert_eq!(let_go_by_a_hold(&mut salon, &online(XIAOMAN)), [1]);
    let mut salon = Salon::open();
    salon.give(&Who { number: 0, ..desk() }, &hold_at(3, 13, StaffPreference::Requested(KELLY))).unwrap();
    assert_eq!(let_go_by_a_hold(&mut salon, &Who { number: 0, ..desk() }), Vec::<u128>::new(), "a desk holds for many");
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold_at(1, 11, StaffPreference::Requested(KELLY))).unwrap();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().store = OTHER_STORE;
    assert_eq!(let_go_by_a_hold(&mut salon, &online(XIAOMAN)), Vec::<u128>::new(), "another store's");
    let mut salon = Salon::open();
    salon.now = at(9, 0).plus_minutes(-1440);
    let tomorrow = Hold {
        store: STORE,
        booking: booking_id(1),
        lines: vec![line(CUT, StaffPreference::Requested(KELLY), at(11, 0).plus_minutes(1440))],
    };
    salon.give(&online(XIAOMAN), &Command::Hold(tomorrow)).unwrap();
    assert_eq!(let_go_by_a_hold(&mut salon, &online(XIAOMAN)), Vec::<u128>::new(), "of another day, which the server has not counted");
}

#[test]
fn others_get_their_turn_in_whatever_way_an_account_holds_a_time_again_and_again() {
    // Fifteen minutes for one time; then under another id, after sliding away to another time or after cancelling.
    let hold_at = |number, hour| {
        let lines = vec![line(CUT, StaffPreference::Requested(JJ), at(hour, 0))];
        Command::Hold(Hold { store: STORE, booking: booking_id(number), lines })
    };
    for slides in [true, false] {
        let mut salon = Salon::open();
        salon.limits.minutes_of_a_hold = 15;
        let mut taken = Vec::new();
        for minute in 0..60u16 {
            salon.now = at(9, minute);
            let round = u128::from(minute / 14) + 1;
            let staff_preference = match (minute % 14, slides) {
                (13, true) => hold_at(round, 18),
                (13, false) => cancel(round),
                _ => hold_at(round, 14),
            };
            drop(salon.give(&online(XIAOMAN), &staff_preference));
            let stranger = book(90, CUT, StaffPreference::Requested(JJ), at(14, 0));
            taken.push(stranger.decide(&salon.context(&phone_of(CHEN_MO)), &salon.view).is_err());
        }
        let longest = taken.split(|is_taken| !is_taken).map(<[bool]>::len).max();
        assert!(longest <= Some(15), "kept for {longest:?} minutes at once, slides: {slides}");
        let all = taken.iter().filter(|is_taken| **is_taken).count();
        assert!((15..=40).contains(&all), "kept for {all} minutes of the hour, slides: {slides}");
    }
}

fn cancel(number: u128) -> Command {
    Command::Cancel(Cancel { store: STORE, booking: booking_id(number), by: CancelledBy::Member, reason: "".into() })
}

#[test]
fn whoever_cancels_what_is_only_held_lets_it_go_and_nobody_is_told() {
    let mut salon = Salon::open();
    salon.give(&online(XIAOMAN), &hold(1)).unwrap();
    let decision = salon.give(&phone_of(XIAOMAN), &cancel(1)).unwrap();
    assert!(matches!(salon.state(1), State::Expired { .. }) && decision.notices.is_empty());
    assert!(salon.booking(1).occupancy.is_empty());
}
