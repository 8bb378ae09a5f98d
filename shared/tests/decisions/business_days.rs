//! Which day an instant belongs to, for a store that is open beyond midnight.

use shared::business_day::{day_of, instant, span};
use shared::store::Store;
use shared::time::{LocalDate, LocalSpan};

use super::salon::*;

fn open(from: u16, until: u16) -> Store {
    let store = Salon::open().view.catalogue.stores[&STORE].clone();
    Store { hours: std::array::from_fn(|_| vec![LocalSpan { from, until }]), ..store }
}

fn friday() -> LocalDate {
    LocalDate::parse("2026-11-20").unwrap()
}

#[test]
fn half_past_midnight_is_still_the_evening_before() {
    let (store, friday) = (open(11 * 60, 26 * 60), friday());
    let saturday = friday.plus_days(1);
    assert_eq!(instant(&store, friday, 30), store.zone.instant(saturday, 30));
    assert_eq!(instant(&store, friday, 12 * 60), store.zone.instant(friday, 12 * 60));
    assert_eq!(day_of(&store, store.zone.instant(saturday, 119)), friday);
    assert_eq!(day_of(&store, store.zone.instant(saturday, 120)), saturday);
    assert_eq!(span(&store, friday).end, span(&store, saturday).start);
}

#[test]
fn a_store_that_closes_in_the_evening_has_days_like_the_calendar() {
    let (store, friday) = (open(10 * 60, 21 * 60), friday());
    assert_eq!(instant(&store, friday, 30), store.zone.instant(friday, 30));
    assert_eq!(span(&store, friday), store.zone.day(friday));
}
