//! Move with other wishes than before: each line for itself, at the price that was on the screen and at no other.

use shared::command::{Book, Command, Move};
use shared::id::StaffId;
use shared::money::{Money, Price};
use shared::openings::{prices_to_keep, search};
use shared::placement::moved;
use shared::refusal::Refusal;
use shared::staff::Gender;
use shared::staff_preference::StaffPreference;
use shared::time::LocalDate;
use shared::visit_request::{Audience, NewPreference, RequestedService, VisitRequest};

use super::salon::*;

const USUAL: Price = Some(Money(16_800));
const DIRECTOR: Price = Some(Money(26_800));

fn moves(hour: u16, staff_preferences: Vec<Option<NewPreference>>) -> Command {
    Command::Move(Move { store: STORE, booking: booking_id(1), starts_at: at(hour, 0), staff_preferences, override_reason: None })
}

fn staff_preference(staff_preference: StaffPreference, seen_price: Price) -> Option<NewPreference> {
    Some(NewPreference { staff_preference, seen_price })
}

fn prices(salon: &Salon) -> Vec<Price> {
    salon.booking(1).lines.iter().map(|line| line.price).collect()
}

/// Two haircuts one after the other: with Kelly, then with anybody. They may be moved until an hour before.
fn two_haircuts(salon: &mut Salon) {
    salon.rules(|rules| rules.long_cutoff_minutes = 60);
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(KELLY), at(14, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Any, at(15, 0)));
    salon.give(&phone_of(XIAOMAN), &Command::Book(wanted)).unwrap();
}

#[test]
fn a_member_who_moves_changes_the_person_of_one_service_and_pays_what_the_screen_said() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    salon.give(&phone_of(XIAOMAN), &moves(16, vec![staff_preference(StaffPreference::Requested(JJ), DIRECTOR), None])).unwrap();
    let lines = &salon.booking(1).lines;
    assert_eq!(
        (lines[0].staff_preference, lines[0].staff, lines[1].staff_preference),
        (StaffPreference::Requested(JJ), Some(JJ), StaffPreference::Any)
    );
    assert_ne!(lines[1].staff, Some(JJ), "the other service stays with people of its price");
    assert_eq!(prices(&salon), [DIRECTOR, USUAL]);
    // Back to whoever is free: at the lowest price again.
    salon.give(&phone_of(XIAOMAN), &moves(17, vec![staff_preference(StaffPreference::Any, USUAL), None])).unwrap();
    assert_eq!(prices(&salon), [USUAL, USUAL]);
}

#[test]
fn a_price_that_a_move_claims_is_no_price() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    let before = salon.booking(1).clone();
    for cheap in [Some(Money(1)), None, USUAL] {
        let refused = salon.give(&phone_of(XIAOMAN), &moves(16, vec![staff_preference(StaffPreference::Requested(JJ), cheap), None]));
        assert_eq!(refused, Err(Refusal::PriceChanged { now: DIRECTOR }));
    }
    let refused = salon.give(&phone_of(XIAOMAN), &moves(16, vec![None, staff_preference(StaffPreference::Any, Some(Money(1)))]));
    assert!(matches!(refused, Err(Refusal::PriceChanged { .. })), "nobody costs that: {refused:?}");
    assert_eq!(salon.booking(1), &before);
}

#[test]
fn who_wishes_for_too_many_or_too_few_lines_is_refused() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    for staff_preferences in [vec![None], vec![None; 3]] {
        assert_eq!(
            salon.give(&phone_of(XIAOMAN), &moves(16, staff_preferences)),
            Err(Refusal::Invalid { field: "staff_preferences".into() })
        );
    }
}

#[test]
fn a_service_that_asked_for_nobody_keeps_its_price_beside_one_that_asked() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    // At five only the director could do the second one.
    for (number, staff) in [(2, KELLY), (3, BECKY)] {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(17, 0))).unwrap();
    }
    assert!(salon.give(&phone_of(XIAOMAN), &moves(16, Vec::new())).is_err(), "nobody is moved to a dearer person unasked");
    let lines = [StaffPreference::Requested(KELLY), StaffPreference::Any]
        .map(|staff_preference| RequestedService { service: CUT, staff_preference });
    let today = LocalDate::parse("2026-11-21").unwrap();
    let mut query =
        VisitRequest { moving: Some(booking_id(1)), ..VisitRequest::days(STORE, &zone(), lines[0], today, 1, Audience::Online) };
    query.lines = lines.to_vec();
    let listed = search(&salon.view, &query, salon.now).unwrap();
    assert!(!listed.has(at(16, 0)) && listed.has(at(18, 0)), "nor is it offered");
    salon.give(&phone_of(XIAOMAN), &moves(18, Vec::new())).unwrap();
    assert_eq!(prices(&salon), [USUAL, USUAL]);
}

#[test]
fn the_agreed_price_holds_with_people_of_the_same_price_whatever_the_menu_says_meanwhile() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    std::sync::Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().price = Some(Money(19_900));
    let agreed = salon.booking(1).lines[0].clone();
    let price = |staff| moved::price_with(&salon.view, STORE, &agreed, staff);
    assert_eq!([KELLY, BECKY, JJ].map(price), [USUAL, USUAL, DIRECTOR]);
    salon.give(&phone_of(XIAOMAN), &moves(16, vec![staff_preference(StaffPreference::Requested(BECKY), USUAL), None])).unwrap();
    assert_eq!(prices(&salon), [USUAL, USUAL]);
    // With the director as the menu says; and back, at what the menu says now.
    salon.give(&phone_of(XIAOMAN), &moves(18, vec![staff_preference(StaffPreference::Requested(JJ), DIRECTOR), None])).unwrap();
    let back = |seen| moves(16, vec![staff_preference(StaffPreference::Any, seen), None]);
    assert!(matches!(salon.give(&phone_of(XIAOMAN), &back(USUAL)), Err(Refusal::PriceChanged { .. })));
    salon.give(&phone_of(XIAOMAN), &back(Some(Money(19_900)))).unwrap();
    assert_eq!(prices(&salon), [Some(Money(19_900)), USUAL]);
}

#[test]
fn a_desk_that_names_a_price_is_held_to_it_where_nobody_was_asked_for() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    for (number, staff) in [(2, KELLY), (3, BECKY)] {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(17, 0))).unwrap();
    }
    let second = |seen| moves(16, vec![None, staff_preference(StaffPreference::Any, seen)]);
    assert!(salon.give(&desk(), &second(USUAL)).is_err(), "only the director is free at five");
    salon.give(&desk(), &second(DIRECTOR)).unwrap();
    assert_eq!((salon.booking(1).lines[1].staff, prices(&salon)), (Some(JJ), vec![USUAL, DIRECTOR]));
}

#[test]
fn a_guest_of_the_desk_who_asks_for_one_person_pays_for_the_other_service_what_was_said() {
    let mut salon = Salon::open();
    for (number, staff) in [(2, KELLY), (3, BECKY)] {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(15, 0))).unwrap();
    }
    let lines = vec![line(CUT, StaffPreference::Requested(KELLY), at(14, 0)), line(CUT, StaffPreference::Any, at(15, 0))];
    let Command::Book(wanted) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    let booked = salon.give(&desk(), &Command::Book(Book { lines, ..wanted }));
    assert!(booked.is_err(), "the director is free at three, and costs more than was said: {booked:?}");
}

/// What the phone or the desk asks when the visit of two haircuts is to move with these wishes.
fn asked(staff_preferences: [StaffPreference; 2]) -> VisitRequest {
    let lines = staff_preferences.map(|staff_preference| RequestedService { service: CUT, staff_preference });
    let today = LocalDate::parse("2026-11-21").unwrap();
    VisitRequest {
        lines: lines.to_vec(),
        moving: Some(booking_id(1)),
        ..VisitRequest::days(STORE, &zone(), lines[0], today, 1, Audience::Online)
    }
}

#[test]
fn a_move_says_only_of_those_services_what_they_cost_for_which_somebody_else_is_wished() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    // The second one had been agreed with the director, who asked for nobody of her.
    let second = &mut salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines[1];
    (second.staff, second.price) = (Some(JJ), DIRECTOR);
    let [kelly, jj, any] = [StaffPreference::Requested(KELLY), StaffPreference::Requested(JJ), StaffPreference::Any];
    let says =
        |staff_preferences, staff: &[StaffId]| moved::new_preferences(&salon.view, salon.booking(1), &asked(staff_preferences), staff);
    assert_eq!(says([kelly, any], &[]), [], "as it was agreed");
    assert_eq!(
        says([jj, any], &[JJ, JJ]),
        [staff_preference(jj, DIRECTOR), staff_preference(any, DIRECTOR)],
        "whoever does it now is said with its price"
    );
    assert_eq!(says([jj, any], &[]), [staff_preference(jj, DIRECTOR), None]);
    assert_eq!(says([any, any], &[]), [staff_preference(any, USUAL), None], "anybody at the lowest price while nobody is found");
    assert_eq!(says([kelly, kelly], &[KELLY, KELLY]), [None, staff_preference(kelly, USUAL)]);
    assert_eq!((jj.person(), any.person(), StaffPreference::AnyOf(Gender::Female).person()), (Some(JJ), None, None));
}

#[test]
fn whoever_asked_for_nobody_keeps_their_price_and_whoever_newly_does_is_offered_the_lowest() {
    let mut salon = Salon::open();
    two_haircuts(&mut salon);
    for line in &mut salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines {
        (line.staff, line.price) = (Some(JJ), DIRECTOR);
    }
    let kept = |staff_preferences| prices_to_keep(&salon.view, &asked(staff_preferences));
    let any = StaffPreference::Any;
    assert_eq!(kept([any, any]), [Some(USUAL), Some(DIRECTOR)], "the first had asked for Kelly");
    assert_eq!(kept([StaffPreference::Requested(BECKY), any]), [None, Some(DIRECTOR)]);
    let still = VisitRequest { moving: None, ..asked([any, any]) };
    assert_eq!(prices_to_keep(&salon.view, &still), []);
}
