//! What becomes of a store's hours on statutory holidays and make-up workdays.

use shared::holidays::{CN_2026, OnHolidays, OnMakeUpWorkdays, changes, read};
use shared::store::Store;
use shared::time::{LocalDate, LocalSpan};

use super::salon::*;

fn day(text: &str) -> LocalDate {
    LocalDate::parse(text).unwrap()
}

/// Closed on Mondays, open from eleven on workdays and from nine at weekends.
fn store() -> Store {
    let spans = |from| vec![LocalSpan { from, until: 1320 }];
    let mut store = Salon::open().view.catalogue.stores[&STORE].clone();
    store.hours = [vec![], spans(660), spans(660), spans(660), spans(660), spans(540), spans(540)];
    store
}

#[test]
fn a_store_is_open_on_holidays_as_on_saturdays_and_on_make_up_workdays_as_on_workdays() {
    let days = changes(&store(), &read(CN_2026).unwrap(), (OnHolidays::AsOnSaturdays, OnMakeUpWorkdays::AsOnWorkdays), day("2026-09-01"));
    let hours: Vec<(String, u16)> = days.iter().map(|(date, spans)| (date.to_string(), spans.as_ref().unwrap()[0].from)).collect();
    let expected = [
        ("2026-09-20", 660),
        ("2026-09-25", 540),
        ("2026-10-01", 540),
        ("2026-10-02", 540),
        ("2026-10-05", 540),
        ("2026-10-06", 540),
        ("2026-10-07", 540),
        ("2026-10-10", 660),
    ];
    assert_eq!(hours, expected.map(|(date, from)| (date.to_owned(), from)), "a weekend in a holiday has its own hours already");
}

#[test]
fn a_store_that_closes_on_holidays_closes_on_each_and_one_that_does_nothing_has_no_changes() {
    let year = read(CN_2026).unwrap();
    let closed = changes(&store(), &year, (OnHolidays::Closed, OnMakeUpWorkdays::AsUsual), day("2026-10-01"));
    assert_eq!(closed.len(), 6, "seven days, of which it is closed on the Monday anyway");
    assert!(closed.values().all(|spans| spans.as_ref().is_some_and(Vec::is_empty)));
    assert!(changes(&store(), &year, Default::default(), day("2026-01-01")).is_empty());
}

#[test]
fn a_choice_is_changed_back_and_what_somebody_typed_stays() {
    let year = read(CN_2026).unwrap();
    let mut store = store();
    let typed = vec![LocalSpan { from: 720, until: 1080 }];
    store.special_days.insert(day("2026-10-07"), typed.clone());
    let before = store.special_days.clone();
    let from = day("2026-10-01");
    let as_usual = (OnHolidays::AsUsual, OnMakeUpWorkdays::AsUsual);
    assert!(changes(&store, &year, as_usual, from).is_empty(), "nobody has chosen anything");
    let closed = (OnHolidays::Closed, OnMakeUpWorkdays::AsOnWorkdays);
    store.special_days.remove(&day("2026-10-07"));
    store.change_special_days(changes(&store, &year, closed, from));
    assert!(changes(&store, &year, closed, from).is_empty(), "once is enough");
    assert!(store.hours_on(day("2026-10-03")).is_empty(), "a Saturday, too");
    store.change_special_days(changes(&store, &year, (OnHolidays::AsOnSaturdays, OnMakeUpWorkdays::AsUsual), from));
    assert_eq!(store.hours_on(day("2026-10-03"))[0].from, 540, "as every Saturday");
    assert_eq!((store.hours_on(day("2026-10-01"))[0].from, store.hours_on(day("2026-10-10"))[0].from), (540, 540));
    store.special_days.insert(day("2026-10-07"), typed);
    store.change_special_days(changes(&store, &year, as_usual, from));
    assert_eq!(store.special_days, before);
}
