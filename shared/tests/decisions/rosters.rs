//! Who works when and at what price: an exception is about its own day, its own store and its own person.

use std::sync::Arc;

use shared::id::{ShiftId, StaffId, StoreId};
use shared::money::{Money, Price};
use shared::openings::bands::prices;
use shared::openings::search;
use shared::part::{Part, PartKind, total_minutes};
use shared::record::Catalogue;
use shared::roster::{Shift, ShiftDay, spans_on};
use shared::service::{PriceOverride, Service, Whom, in_menu_order, stay_minutes};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::time::{LocalDate, LocalSpan};
use shared::visit_request::{Audience, RequestedService, VisitRequest};
use uuid::Uuid;

use super::salon::*;

const DAY: [LocalSpan; 1] = [LocalSpan { from: 600, until: 1320 }];
const MORNING: [LocalSpan; 1] = [LocalSpan { from: 600, until: 720 }];

fn saturday() -> LocalDate {
    LocalDate::parse("2026-11-21").unwrap()
}

fn shift(number: u128, store: StoreId, staff: StaffId, day: ShiftDay, spans: &[LocalSpan]) -> Shift {
    Shift { id: ShiftId(Uuid::from_u128(900 + number)), store, staff, day, spans: spans.to_vec(), written: None }
}

fn jjs_week(exception: ShiftDay, spans: &[LocalSpan]) -> [Shift; 3] {
    [shift(1, STORE, JJ, ShiftDay::Weekly(5), &DAY), shift(2, STORE, JJ, ShiftDay::Weekly(6), &DAY), shift(3, STORE, JJ, exception, spans)]
}

#[test]
fn jjs_day_off_is_that_day_only() {
    let week = jjs_week(ShiftDay::Date(saturday()), &[]);
    let spans = |days| spans_on(week.iter(), STORE, JJ, saturday().plus_days(days));
    assert_eq!(spans(0), []);
    assert_eq!((spans(1), spans(7)), (DAY.to_vec(), DAY.to_vec()), "the next day and the next Saturday are as always");
    assert_eq!(spans(2), [], "nobody said that JJ works on Mondays");
}

#[test]
fn jjs_short_day_counts_wherever_it_stands_in_the_list() {
    let mut week = jjs_week(ShiftDay::Date(saturday()), &MORNING);
    assert_eq!(spans_on(week.iter(), STORE, JJ, saturday()), MORNING);
    week.reverse();
    assert_eq!(spans_on(week.iter(), STORE, JJ, saturday()), MORNING);
}

#[test]
fn kellys_roster_and_the_other_stores_say_nothing_about_jj() {
    let others = [shift(1, STORE, KELLY, ShiftDay::Weekly(5), &DAY), shift(2, OTHER_STORE, JJ, ShiftDay::Date(saturday()), &MORNING)];
    assert_eq!(spans_on(others.iter(), STORE, JJ, saturday()), []);
    assert_eq!(spans_on(others.iter(), OTHER_STORE, JJ, saturday()), MORNING);
}

fn price(whom: Whom, store: Option<StoreId>, fen: i64) -> PriceOverride {
    PriceOverride { whom, store, price: Some(Some(Money(fen))), minutes: None }
}

fn cut_with(terms: Vec<PriceOverride>) -> Service {
    Service { terms, ..Salon::open().view.catalogue.services[&CUT].clone() }
}

fn person(id: StaffId) -> Staff {
    Salon::open().view.catalogue.staff[&id].clone()
}

fn fen(amount: i64) -> Price {
    Some(Money(amount))
}

#[test]
fn a_guest_pays_the_price_of_the_store_they_are_in() {
    let cut = cut_with(vec![price(Whom::Everyone, Some(OTHER_STORE), 9_900)]);
    assert_eq!((cut.price_with(&person(KELLY), OTHER_STORE), cut.price_with(&person(KELLY), STORE)), (fen(9_900), fen(16_800)));
}

#[test]
fn the_nearest_price_holds_a_persons_own_before_their_level_before_everybodys() {
    let everyone = price(Whom::Everyone, None, 1);
    let everyone_here = price(Whom::Everyone, Some(STORE), 2);
    let directors = price(Whom::Level(3), None, 3);
    let directors_here = price(Whom::Level(3), Some(STORE), 4);
    let jjs = price(Whom::Staff(JJ), None, 5);
    let jjs_here = price(Whom::Staff(JJ), Some(STORE), 6);
    let from_far_to_near = [everyone, everyone_here, directors, directors_here, jjs, jjs_here];
    for known in 1..=from_far_to_near.len() {
        let mut terms = from_far_to_near[..known].to_vec();
        let expected = fen(known as i64);
        assert_eq!(cut_with(terms.clone()).price_with(&person(JJ), STORE), expected);
        terms.reverse();
        assert_eq!(cut_with(terms).price_with(&person(JJ), STORE), expected, "whatever the order of entry");
    }
    let all = cut_with(from_far_to_near.to_vec());
    assert_eq!(all.price_with(&person(KELLY), STORE), fen(2), "neither the director's price nor JJ's is Kelly's");
    assert_eq!(all.price_with(&person(JJ), OTHER_STORE), fen(5));
}

#[test]
fn an_exception_about_time_leaves_the_price_and_one_about_the_price_leaves_the_time() {
    let slower = PriceOverride { whom: Whom::Staff(JJ), store: None, price: None, minutes: Some(vec![75]) };
    let cut = cut_with(vec![slower, price(Whom::Level(3), None, 26_800)]);
    assert_eq!(cut.price_with(&person(JJ), STORE), fen(26_800));
    assert_eq!(cut.parts_with(&person(JJ), STORE), [Part { kind: PartKind::Active, minutes: 75 }]);
    assert_eq!(cut.parts_with(&person(KELLY), STORE), [Part { kind: PartKind::Active, minutes: 60 }]);
    assert_eq!(cut.longest_minutes(), 75);
    let quicker = PriceOverride { whom: Whom::Staff(JJ), store: None, price: None, minutes: Some(vec![45]) };
    assert_eq!(cut_with(vec![quicker]).longest_minutes(), 60);
    let out_of_step = PriceOverride { whom: Whom::Everyone, store: None, price: None, minutes: Some(vec![45, 5]) };
    assert_eq!(cut_with(vec![out_of_step]).parts_with(&person(JJ), STORE), [Part { kind: PartKind::Active, minutes: 60 }]);
}

#[test]
fn a_guest_stays_for_the_hands_on_and_processing_time_and_not_for_setting_up() {
    let parts = [PartKind::Before, PartKind::Active, PartKind::Processing, PartKind::After].map(|kind| Part { kind, minutes: 10 });
    assert_eq!((stay_minutes(&parts), total_minutes(&parts)), (20, 40));
    assert_eq!(Service { parts: parts.to_vec(), ..cut_with(Vec::new()) }.minutes(), 20);
    assert_eq!(parts.map(|part| part.kind.needs_staff()), [true, true, false, true]);
}

#[test]
fn a_menu_is_read_by_category_and_then_by_name() {
    let service = |category: &str, name: &str| Service {
        category: shared::name::Name::only(category),
        name: shared::name::Name::only(name),
        ..cut_with(Vec::new())
    };
    let services = [service("b", "a"), service("a", "b"), service("a", "a")];
    let menu: Vec<(&str, &str)> =
        in_menu_order(services.iter()).iter().map(|one| (one.category.zh.as_str(), one.name.zh.as_str())).collect();
    assert_eq!(menu, [("a", "a"), ("a", "b"), ("b", "a")]);
}

fn salon_where(change: impl FnOnce(&mut Catalogue)) -> Salon {
    let mut salon = Salon::open();
    change(Arc::make_mut(&mut salon.view.catalogue));
    salon
}

fn change_jj(change: impl FnOnce(&mut Staff)) -> Salon {
    salon_where(|catalogue| change(catalogue.staff.get_mut(&JJ).unwrap()))
}

fn is_free(salon: &Salon, staff: StaffId, audience: Audience) -> bool {
    let wanted = RequestedService { service: CUT, staff_preference: StaffPreference::Requested(staff) };
    let query = VisitRequest::days(STORE, &zone(), wanted, saturday(), 1, audience);
    search(&salon.view, &query, salon.now).unwrap().has(at(14, 0))
}

#[test]
fn whoever_has_left_is_not_counted_as_free() {
    let salon = change_jj(|jj| jj.active = false);
    assert!(!is_free(&salon, JJ, Audience::Desk) && is_free(&salon, KELLY, Audience::Desk));
    assert!(!salon.view.catalogue.staff[&JJ].can(CUT, STORE));
    assert!(salon.view.staff_of(STORE).all(|staff| staff.id != JJ));
    let refused = salon.clone().give(&desk(), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    assert_eq!(refused, Err(shared::refusal::Refusal::NotSkilled { staff: JJ }));
}

#[test]
fn whoever_works_in_another_store_or_never_learned_it_is_not_free_for_it_here() {
    let elsewhere = change_jj(|jj| jj.stores = vec![OTHER_STORE]);
    let unskilled = change_jj(|jj| jj.skills = vec![COLOUR]);
    for salon in [&elsewhere, &unskilled] {
        assert!(!is_free(salon, JJ, Audience::Desk) && is_free(salon, KELLY, Audience::Desk));
    }
    assert!(elsewhere.view.staff_of(STORE).all(|staff| staff.id != JJ));
}

#[test]
fn only_the_desk_books_people_whom_members_cannot() {
    let salon = change_jj(|jj| jj.online = false);
    assert!(is_free(&salon, JJ, Audience::Desk) && !is_free(&salon, JJ, Audience::Online));
    let cut = &salon.view.catalogue.services[&CUT];
    assert_eq!(prices(&salon.view, STORE, cut, StaffPreference::Any), [fen(16_800)], "the director's price is not on the member's menu");
}

#[test]
fn the_menu_shows_each_price_once_the_cheapest_first_and_consultation_last() {
    let terms = vec![price(Whom::Level(3), None, 26_800), PriceOverride { price: Some(None), ..price(Whom::Staff(BECKY), None, 0) }];
    let salon = salon_where(|catalogue| catalogue.services.get_mut(&CUT).unwrap().terms = terms);
    let cut = &salon.view.catalogue.services[&CUT];
    assert_eq!(prices(&salon.view, STORE, cut, StaffPreference::Any), [fen(16_800), fen(26_800), None]);
    assert_eq!(prices(&salon.view, STORE, cut, StaffPreference::Requested(JJ)), [fen(26_800)]);
    let woman = StaffPreference::AnyOf(shared::staff::Gender::Female);
    assert_eq!(prices(&salon.view, STORE, cut, woman), [fen(16_800), None]);
}
