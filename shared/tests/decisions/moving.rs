//! What stays and what changes when a visit moves: who must agree, what it costs, and what was done.

use std::sync::Arc;

use shared::booking::{Alternative, CancelledBy, State};
use shared::command::{AcceptAlternative, Cancel, CheckIn, Command, Confirm, Move};
use shared::decision::NoticeKind;
use shared::id::StaffId;
use shared::money::Money;
use shared::refusal::{MemberLimit, Refusal};
use shared::service::{PriceOverride, Whom};
use shared::staff_preference::StaffPreference;
use shared::store::Confirmation;
use shared::visit_request::NewPreference;

use super::salon::*;

fn to(number: u128, hour: u16, staff_preferences: Vec<Option<NewPreference>>) -> Move {
    Move { store: STORE, booking: booking_id(number), starts_at: at(hour, 0), staff_preferences, override_reason: None }
}

/// To an hour, with somebody at a price for all lines or with whom it was agreed.
fn moved(salon: &mut Salon, who: &Who, hour: u16, with: Option<(StaffId, i64)>) -> Result<(), Refusal> {
    let staff_preference =
        |(staff, fen)| NewPreference { staff_preference: StaffPreference::Requested(staff), seen_price: Some(Money(fen)) };
    let staff_preferences = with.map_or_else(Vec::new, |with| vec![Some(staff_preference(with)); salon.booking(1).lines.len()]);
    salon.give(who, &Command::Move(to(1, hour, staff_preferences))).map(drop)
}

/// Xiaoman has a cut with JJ at two.
fn promised() -> Salon {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon
}

/// She had to give way.
fn displaced() -> Salon {
    let mut salon = promised();
    let booking = salon.view.bookings.get_mut(&booking_id(1)).unwrap();
    booking.give_way(at(9, 0));
    booking.occupancy.clear();
    salon
}

/// A price of one person.
fn price(salon: &mut Salon, staff: StaffId, fen: i64) {
    let own = PriceOverride { whom: Whom::Staff(staff), store: None, price: Some(Some(Money(fen))), minutes: None };
    Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().terms.push(own);
}

fn paid(salon: &Salon) -> Option<Money> {
    salon.booking(1).lines[0].price
}

fn is_confirmed(salon: &Salon) -> bool {
    matches!(salon.state(1), State::Confirmed { .. })
}

#[test]
fn where_the_desk_sees_every_booking_first_a_member_who_moves_asks_again_and_the_desk_does_not() {
    let by_desk = || {
        let mut salon = Salon::open();
        salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
        salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
        assert_eq!(*salon.state(1), State::Requested);
        salon.give(&desk(), &Command::Confirm(Confirm { store: STORE, booking: booking_id(1) })).unwrap();
        salon
    };
    let mut salon = by_desk();
    let told = salon.give(&phone_of(XIAOMAN), &Command::Move(to(1, 16, Vec::new()))).unwrap().notices;
    assert_eq!(*salon.state(1), State::Requested);
    assert_eq!(told.first().map(|notice| notice.kind), Some(NoticeKind::Requested), "nobody is told that it has moved");
    let mut salon = by_desk();
    let agreed = salon.state(1).clone();
    salon.now = at(9, 30);
    moved(&mut salon, &desk(), 16, None).unwrap();
    assert_eq!(*salon.state(1), agreed, "confirmed when it was");
}

#[test]
fn a_request_that_moves_stays_a_request_and_who_is_here_stays_here() {
    let mut salon = promised();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().state = State::Requested;
    moved(&mut salon, &phone_of(XIAOMAN), 16, None).unwrap();
    assert_eq!(*salon.state(1), State::Requested);
    let mut salon = promised();
    salon.now = at(13, 50);
    salon.give(&desk(), &Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None })).unwrap();
    moved(&mut salon, &desk(), 16, None).unwrap();
    assert!(matches!(salon.state(1), State::CheckedIn { .. }));
}

#[test]
fn who_had_to_give_way_is_confirmed_wherever_they_move_and_whoever_moves_them() {
    for who in [desk(), phone_of(XIAOMAN)] {
        let mut salon = displaced();
        moved(&mut salon, &who, 16, None).unwrap();
        assert!(is_confirmed(&salon));
        assert!(!salon.booking(1).facts.given_way);
    }
}

#[test]
fn a_member_moves_within_the_limits_of_the_day_and_who_had_to_give_way_in_spite_of_them() {
    for (mut salon, expected) in [(promised(), Err(Refusal::TooMany { of: MemberLimit::VisitsADay, most: 1 })), (displaced(), Ok(()))] {
        salon.give(&phone_of(XIAOMAN), &book(2, CUT, StaffPreference::Requested(KELLY), at(18, 0))).unwrap();
        salon.limits.visits_a_day = 1;
        assert_eq!(moved(&mut salon, &phone_of(XIAOMAN), 16, None), expected);
    }
}

#[test]
fn the_cut_off_binds_members_to_the_minute_and_not_who_had_to_give_way_or_the_desk() {
    let at_moment = |mut salon: Salon, who: &Who, minute: u16| {
        salon.now = at(12, minute);
        moved(&mut salon, who, 18, None)
    };
    let member = phone_of(XIAOMAN);
    assert_eq!(at_moment(promised(), &member, 0), Ok(()));
    assert_eq!(at_moment(promised(), &member, 1), Err(Refusal::AfterCutoff { cutoff_minutes: 120 }));
    assert_eq!(at_moment(displaced(), &member, 1), Ok(()));
    assert_eq!(at_moment(promised(), &desk(), 1), Ok(()));
}

#[test]
fn with_the_same_person_the_agreed_price_holds_whatever_the_menu_says_by_now() {
    for who in [desk(), phone_of(XIAOMAN)] {
        let mut salon = promised();
        price(&mut salon, JJ, 30_000);
        moved(&mut salon, &who, 16, None).unwrap();
        assert_eq!((paid(&salon), salon.staff_of(1)), (Some(Money(26_800)), JJ));
    }
}

#[test]
fn with_somebody_of_the_same_price_in_the_menu_the_agreed_one_holds_too() {
    let mut salon = promised();
    price(&mut salon, KELLY, 26_800);
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines[0].price = Some(Money(20_000));
    moved(&mut salon, &phone_of(XIAOMAN), 16, Some((KELLY, 20_000))).unwrap();
    assert_eq!((paid(&salon), salon.staff_of(1)), (Some(Money(20_000)), KELLY));
}

#[test]
fn who_asks_for_somebody_else_pays_what_they_cost() {
    for who in [desk(), phone_of(XIAOMAN)] {
        let mut salon = promised();
        moved(&mut salon, &who, 16, Some((KELLY, 16_800))).unwrap();
        assert_eq!((paid(&salon), salon.staff_of(1)), (Some(Money(16_800)), KELLY));
    }
}

#[test]
fn the_desk_moves_a_guest_who_named_nobody_to_a_dearer_person_and_a_member_is_not_moved_there() {
    let only_jj_is_left = || {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Any, at(14, 0));
        for (number, staff) in [(2, KELLY), (3, BECKY)] {
            salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(16, 0))).unwrap();
        }
        salon
    };
    let mut salon = only_jj_is_left();
    moved(&mut salon, &desk(), 16, None).unwrap();
    assert_eq!((paid(&salon), salon.staff_of(1)), (Some(Money(26_800)), JJ));
    assert!(moved(&mut only_jj_is_left(), &phone_of(XIAOMAN), 16, None).is_err());
}

#[test]
fn outside_of_hours_the_desk_moves_with_a_reason_only() {
    let mut salon = promised();
    let night = Move { starts_at: at(22, 30), override_reason: Some("赶飞机".into()), ..to(1, 22, Vec::new()) };
    assert_eq!(salon.give(&desk(), &Command::Move(Move { override_reason: None, ..night.clone() })).map(drop), Err(Refusal::StoreClosed));
    salon.give(&desk(), &Command::Move(night)).unwrap();
    assert_eq!(salon.booking(1).starts_at, at(22, 30));
}

#[test]
fn what_was_really_done_stays_on_record_when_a_visit_moves() {
    let mut salon = promised();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines[0].performed = Some(COLOUR);
    moved(&mut salon, &desk(), 16, None).unwrap();
    assert_eq!(salon.booking(1).lines[0].performed, Some(COLOUR));
}

#[test]
fn services_in_a_row_stay_in_a_row_when_the_desk_moves_them_to_somebody_slower() {
    let mut salon = Salon::open();
    let slow = PriceOverride { whom: Whom::Staff(BECKY), store: None, price: None, minutes: Some(vec![90]) };
    Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().terms.push(slow);
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(KELLY), at(14, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Requested(KELLY), at(15, 0)));
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    // Kelly is taken at the second's time.
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(KELLY), at(16, 0))).unwrap();
    moved(&mut salon, &desk(), 17, Some((BECKY, 16_800))).unwrap();
    let starts: Vec<_> = salon.booking(1).lines.iter().map(|line| line.starts_at).collect();
    assert_eq!(starts, [at(17, 0), at(18, 30)]);
}

/// She had to give way and is offered three o'clock with Kelly.
fn offered() -> Salon {
    let mut salon = displaced();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().alternatives = vec![Alternative { starts_at: at(15, 0), staff: vec![KELLY] }];
    salon
}

fn accept(salon: &mut Salon) -> Result<(), Refusal> {
    let take = AcceptAlternative { store: STORE, booking: booking_id(1), starts_at: at(15, 0) };
    salon.give(&phone_of(XIAOMAN), &Command::AcceptAlternative(take)).map(drop)
}

#[test]
fn who_takes_what_the_store_offers_pays_what_was_agreed_and_keeps_her_wish() {
    for fen in [10_000, 16_800, 40_000] {
        let mut salon = offered();
        price(&mut salon, KELLY, fen);
        salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines[0].performed = Some(COLOUR);
        accept(&mut salon).unwrap();
        let line = &salon.booking(1).lines[0];
        assert_eq!((line.price, line.staff, line.staff_preference), (Some(Money(26_800)), Some(KELLY), StaffPreference::Requested(JJ)));
        assert_eq!((line.starts_at, line.performed), (at(15, 0), Some(COLOUR)));
    }
}

#[test]
fn an_offer_may_be_taken_until_its_minute_has_come() {
    let taken_at = |hour, minute| {
        let mut salon = offered();
        salon.now = at(hour, minute);
        accept(&mut salon)
    };
    assert_eq!((taken_at(14, 59), taken_at(15, 0)), (Ok(()), Ok(())));
    assert_eq!(taken_at(15, 1), Err(Refusal::TooSoon { lead_minutes: 0 }));
}

#[test]
fn who_cancels_is_told_once_and_who_only_held_a_time_is_not() {
    let cancel = |by| Command::Cancel(Cancel { store: STORE, booking: booking_id(1), by, reason: "".into() });
    let mut salon = promised();
    let told = salon.give(&desk(), &cancel(CancelledBy::Store)).unwrap();
    assert_eq!(told.notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [NoticeKind::Cancelled]);
    let hold = State::Held { expires_at: at(9, 5) };
    for state in [hold, State::Requested] {
        let mut salon = promised();
        let is_hold = matches!(state, State::Held { .. });
        salon.view.bookings.get_mut(&booking_id(1)).unwrap().state = state;
        let told = salon.give(&phone_of(XIAOMAN), &cancel(CancelledBy::Member)).unwrap();
        assert_eq!(told.notices.is_empty(), is_hold);
    }
    // A caller without an account cannot be told by the app.
    let mut salon = promised();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().account = None;
    assert!(salon.give(&desk(), &cancel(CancelledBy::Store)).unwrap().notices.is_empty());
}

#[test]
fn who_is_here_or_waits_is_sent_home_by_the_store_only() {
    let cancel = |by| Command::Cancel(Cancel { store: STORE, booking: booking_id(1), by, reason: "".into() });
    for state in [State::CheckedIn { at: at(9, 0) }, State::Waiting { since: at(9, 0) }] {
        let mut salon = promised();
        salon.view.bookings.get_mut(&booking_id(1)).unwrap().state = state.clone();
        assert_eq!(
            salon.give(&phone_of(XIAOMAN), &cancel(CancelledBy::Member)).map(drop),
            Err(Refusal::WrongState { state: state.kind() })
        );
        salon.give(&desk(), &cancel(CancelledBy::Store)).unwrap();
        assert!(matches!(salon.state(1), State::Cancelled { .. }));
    }
}
