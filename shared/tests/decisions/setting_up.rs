//! PutStore, PutService, PutStaff, PutShift, PutRules, OrderStaff, ResolveAttention.

use shared::attention::AttentionKind;
use shared::booking::State;
use shared::command::{Command, OrderStaff, PutRules, PutService, PutShift, PutStaff, PutStore, RenewZone, ResolveAttention};
use shared::id::{ServiceId, ShiftId, StaffId, StoreId};
use shared::name::Name;
use shared::refusal::Refusal;
use shared::role::Role;
use shared::service::{PriceOverride, Service, Whom};
use shared::staff_preference::StaffPreference;
use shared::store::{Confirmation, Rules, StaffOrder, Store};
use shared::time::TimeRange;
use shared::zone::Zone;
use uuid::Uuid;

use super::salon::*;

#[test]
fn an_owner_opens_a_second_store_and_a_manager_may_not() {
    let mut salon = Salon::open();
    let mut store = salon.view.catalogue.stores[&STORE].clone();
    store.id = StoreId(Uuid::from_u128(9));
    store.name = Name::new("梧桐路店", "Wutong Road");
    let put = Command::PutStore(PutStore::of(store, 0));
    assert_eq!(salon.give(&staff_with(Role::StoreManager), &put), Err(Refusal::NotAllowed));
    salon.give(&owner(), &put).unwrap();
    assert_eq!(salon.view.catalogue.stores.len(), 2);
}

#[test]
fn a_manager_changes_rules_and_a_second_form_from_before_is_shown_again() {
    let mut salon = Salon::open();
    let manager = staff_with(Role::StoreManager);
    let rules = Rules { confirmation: Confirmation::ByDesk, ..Rules::default() };
    let put = |base| Command::PutRules(PutRules { store: STORE, rules: rules.clone().into(), base });
    salon.now = at(11, 0);
    salon.give(&manager, &put(0)).unwrap();
    salon.give(&manager, &put(1)).unwrap();
    let stale = Who { replica: OTHER_DESK, number: 1, ..manager.clone().offline_since(100, at(10, 0)) };
    assert_eq!(salon.give(&stale, &put(0)), Err(Refusal::Superseded));
    assert_eq!(salon.give(&desk(), &put(2)), Err(Refusal::NotAllowed), "a receptionist does not set rules");
}

#[test]
fn a_manager_says_in_which_order_people_are_shown_and_hours_and_rules_leave_it_alone() {
    let mut salon = Salon::open();
    let manager = staff_with(Role::StoreManager);
    let order = |people: &[StaffId], base| Command::OrderStaff(OrderStaff { store: STORE, people: people.to_vec(), base });
    salon.give(&manager, &order(&[KELLY, JJ], 0)).unwrap();
    let store = || salon.view.catalogue.stores[&STORE].clone();
    let places = |store: &Store| [JJ, KELLY, BECKY].map(|staff| store.staff_order.place(staff));
    assert_eq!(places(&store()), [1, 0, usize::MAX], "whoever is not named comes last");
    // A form of the store that was open meanwhile knows an older order: it changes hours, and nothing else.
    let mut form = store();
    (form.address, form.staff_order) = ("玉门里 9 号".into(), StaffOrder::default());
    salon.give(&manager, &Command::PutStore(PutStore::of(form, 0))).unwrap();
    salon.give(&manager, &Command::PutRules(PutRules { store: STORE, rules: Rules::default().into(), base: 0 })).unwrap();
    let kept = salon.view.catalogue.stores[&STORE].clone();
    assert_eq!((places(&kept), kept.address.as_str()), ([1, 0, usize::MAX], "玉门里 9 号"));
    // The usual order again.
    salon.give(&manager, &order(&[], 1)).unwrap();
    assert_eq!(places(&salon.view.catalogue.stores[&STORE]), [usize::MAX; 3]);
}

#[test]
fn an_order_names_people_of_the_store_once_and_comes_from_its_manager() {
    let mut salon = Salon::open();
    let manager = staff_with(Role::StoreManager);
    let mut give = |who: &Who, people: &[StaffId], base| {
        salon.give(who, &Command::OrderStaff(OrderStaff { store: STORE, people: people.to_vec(), base }))
    };
    assert_eq!(give(&desk(), &[JJ], 0), Err(Refusal::NotAllowed), "a receptionist does not set it");
    assert_eq!(give(&manager, &[JJ, KELLY, JJ], 0), Err(Refusal::Invalid { field: "people".into() }));
    let stranger = StaffId(Uuid::from_u128(999));
    assert_eq!(give(&manager, &[JJ, stranger], 0), Err(Refusal::NotFound { kind: "staff".into() }));
    give(&manager, &[JJ], 0).unwrap();
    let stale = Who { replica: OTHER_DESK, number: 1, ..manager.clone().offline_since(100, at(8, 0)) };
    assert_eq!(give(&stale, &[KELLY], 0), Err(Refusal::Superseded), "a second list from before is shown again");
}

#[test]
fn a_second_store_begins_without_an_order() {
    let mut salon = Salon::open();
    let mut store = salon.view.catalogue.stores[&STORE].clone();
    store.id = StoreId(Uuid::from_u128(9));
    store.staff_order.people = vec![JJ];
    salon.give(&owner(), &Command::PutStore(PutStore::of(store, 0))).unwrap();
    assert_eq!(salon.view.catalogue.stores[&StoreId(Uuid::from_u128(9))].staff_order, StaffOrder::default());
}

#[test]
fn rules_out_of_range_are_refused_by_name() {
    let mut salon = Salon::open();
    let rules = Rules { grid_minutes: 7, ..Rules::default() };
    let refused = salon.give(&owner(), &Command::PutRules(PutRules { store: STORE, rules: rules.into(), base: 0 }));
    assert_eq!(refused, Err(Refusal::Invalid { field: "grid_minutes".into() }));
}

#[test]
fn a_service_without_hands_on_time_is_refused() {
    let mut salon = Salon::open();
    let mut service = salon.view.catalogue.services[&CUT].clone();
    service.id = ServiceId(Uuid::from_u128(299));
    salon.give(&owner(), &Command::PutService(PutService::of(service.clone(), 0))).unwrap();
    service.parts.clear();
    let refused = salon.give(&owner(), &Command::PutService(PutService::of(service, 1)));
    assert_eq!(refused, Err(Refusal::Invalid { field: "parts".into() }));
}

#[test]
fn a_manager_puts_people_only_into_stores_of_their_own() {
    let mut salon = Salon::open();
    let mut person = salon.view.catalogue.staff[&JJ].clone();
    person.level = 4;
    let manager = staff_with(Role::StoreManager);
    salon.give(&manager, &Command::PutStaff(PutStaff::of(person.clone(), 0))).unwrap();
    person.stores.push(StoreId(Uuid::from_u128(9)));
    assert!(salon.give(&manager, &Command::PutStaff(PutStaff::of(person, 1))).is_err());
}

#[test]
fn one_weekday_has_one_entry_in_the_roster() {
    let mut salon = Salon::open();
    let mut shift = salon.view.catalogue.shifts.values().next().unwrap().clone();
    let manager = staff_with(Role::StoreManager);
    shift.spans.clear();
    salon.give(&manager, &Command::PutShift(PutShift::of(shift.clone(), 0))).unwrap();
    shift.id = ShiftId(Uuid::from_u128(799));
    assert_eq!(salon.give(&manager, &Command::PutShift(PutShift::of(shift, 0))), Err(Refusal::AlreadyExists));
}

#[test]
fn what_was_settled_leaves_the_inbox() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    salon.promise(1, shared::staff_preference::StaffPreference::Any, at(14, 0));
    let id = *salon.view.attention.keys().next().unwrap();
    let resolve = Command::ResolveAttention(ResolveAttention { store: STORE, attention: id });
    assert_eq!(salon.give(&phone_of(XIAOMAN), &resolve), Err(Refusal::NotAllowed));
    salon.give(&desk(), &resolve).unwrap();
    assert_eq!(salon.view.attention[&id].resolved_at, Some(salon.now));
}

#[test]
fn of_two_forms_opened_at_once_the_second_is_shown_again_whatever_its_clock_says() {
    let mut salon = Salon::open();
    let put = |name: &str| {
        let service = Service { name: Name::only(name), ..Salon::open().view.catalogue.services[&CUT].clone() };
        Command::PutService(PutService::of(service, 0))
    };
    salon.give(&owner(), &put("洗剪吹")).unwrap();
    salon.now = at(11, 0);
    let later = Who { replica: OTHER_DESK, ..owner() };
    assert_eq!(salon.give(&later, &put("男士剪发")), Err(Refusal::Superseded));
    assert_eq!(salon.view.catalogue.services[&CUT].name, Name::only("洗剪吹"));
}

/// The store's zone after a law that puts its clocks forward by an hour at 13:00 of today.
fn with_summer_time_from_one_oclock() -> RenewZone {
    let zone = Zone { version: "2027a".into(), transitions: vec![(at(13, 0), 9 * 3600)], ..zone() };
    RenewZone { store: STORE, zone, ahead: TimeRange { start: at(9, 0), end: at(21, 0) } }
}

#[test]
fn who_was_promised_four_oclock_is_called_when_a_law_makes_it_five() {
    let mut salon = Salon::open();
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(KELLY), at(16, 0))).unwrap();
    salon.give(&system(), &Command::RenewZone(with_summer_time_from_one_oclock())).unwrap();
    assert_eq!(salon.booking(2).starts_at, at(16, 0), "nobody is moved by a law");
    assert_eq!(salon.view.catalogue.stores[&STORE].zone.version, "2027a");
    let listed: Vec<&AttentionKind> = salon.view.attention.values().map(|entry| &entry.about).collect();
    assert_eq!(listed, [&AttentionKind::ClockShifted { booking: booking_id(2), minutes: 60 }]);
    salon.give(&system(), &Command::RenewZone(with_summer_time_from_one_oclock())).unwrap();
    assert_eq!(salon.view.attention.len(), 1, "a second start finds nothing new");
}

#[test]
fn only_the_program_renews_a_zone_and_only_the_same_one() {
    let mut salon = Salon::open();
    let renewal = with_summer_time_from_one_oclock();
    assert_eq!(salon.give(&owner(), &Command::RenewZone(renewal.clone())), Err(Refusal::NotAllowed));
    let elsewhere = Zone { name: "Asia/Tokyo".into(), ..renewal.zone.clone() };
    let moved = Command::RenewZone(RenewZone { zone: elsewhere, ..renewal });
    assert_eq!(salon.give(&system(), &moved), Err(Refusal::Invalid { field: "zone".into() }));
}

#[test]
fn of_a_new_law_only_who_still_comes_to_this_store_is_told() {
    let mut salon = Salon::with_two_stores();
    for (number, state) in [
        (1, State::Requested),
        (2, State::Displaced { at: at(9, 0) }),
        (3, State::Completed { at: at(9, 0) }),
        (4, State::Cancelled { by: shared::booking::CancelledBy::Member, late: false, at: at(9, 0) }),
        (5, State::Confirmed { at: at(9, 0) }),
    ] {
        salon.promise(number, StaffPreference::Requested(KELLY), at(10 + u16::try_from(number).unwrap() * 2, 0));
        salon.view.bookings.get_mut(&booking_id(number)).unwrap().state = state;
    }
    let elsewhere = salon.view.bookings.get_mut(&booking_id(5)).unwrap();
    (elsewhere.store, elsewhere.starts_at) = (OTHER_STORE, at(16, 0));
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().starts_at = at(13, 0);
    salon.give(&system(), &Command::RenewZone(with_summer_time_from_one_oclock())).unwrap();
    let mut told: Vec<_> = salon.view.attention.values().map(|entry| entry.about.clone()).collect();
    told.sort_by_key(|about| format!("{about:?}"));
    let shifted = |number| AttentionKind::ClockShifted { booking: booking_id(number), minutes: 60 };
    assert_eq!(told, [shifted(1), shifted(2)]);
}

#[test]
fn a_price_is_for_somebody_who_is_there_except_where_the_program_loads_services_first() {
    let with_a_stranger = || {
        let whom = Whom::Staff(shared::id::StaffId(Uuid::from_u128(999)));
        let terms = vec![PriceOverride { whom, store: None, price: None, minutes: None }];
        let service = Service { terms, ..Salon::open().view.catalogue.services[&CUT].clone() };
        Command::PutService(PutService::of(service, 0))
    };
    assert_eq!(Salon::open().give(&owner(), &with_a_stranger()).map(drop), Err(Refusal::NotFound { kind: "staff".into() }));
    Salon::open().give(&system(), &with_a_stranger()).unwrap();
}
