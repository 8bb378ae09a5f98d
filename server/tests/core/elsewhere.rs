//! One body: JJ works in two stores, and two stores book JJ.

use std::sync::Arc;

use shared::attention::{Attention, AttentionKind};
use shared::booking::{Booking, CancelledBy};
use shared::busy_day::BusyDay;
use shared::command::{Book, Cancel, CheckIn, Command, Hold, Move, PutShift, PutStaff, Start};
use shared::elsewhere::Elsewhere;
use shared::id::{BookingId, ShiftId, StoreId};
use shared::record::Record;
use shared::refusal::Refusal;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use uuid::Uuid;

use crate::world::*;

/// JJ works in both stores, whenever they are open.
async fn in_two_stores(world: &World) {
    let mut jj = staff(JJ);
    jj.stores.push(OTHER_STORE);
    let mut commands = vec![Command::PutStaff(PutStaff::of(jj, 1))];
    for day in 0..7u8 {
        let there = shared::roster::Shift { id: ShiftId(Uuid::new_v5(&OTHER_STORE.0, &[day])), store: OTHER_STORE, ..shift(JJ, day) };
        commands.push(Command::PutShift(PutShift::of(there, 0)));
    }
    let outcomes = world.give(commands).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
}

fn book_at(store: StoreId, booking: BookingId, person: &Person, day: i32, hour: u16) -> Command {
    let Command::Book(book) = book(booking, Some(person.account()), StaffPreference::Requested(JJ), at(day, hour, 0)) else {
        unreachable!()
    };
    Command::Book(Book { store, ..book })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_who_want_jj_in_two_stores_at_one_time_one_has_him() {
    let world = Arc::new(World::salon().await);
    in_two_stores(&world).await;
    let mut people = Vec::new();
    for person in 0..20 {
        people.push(world.member(&format!("138001380{person:02}")).await);
    }
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..200usize {
        let (world, person) = (Arc::clone(&world), people[number % people.len()].clone());
        let store = if number.is_multiple_of(2) { STORE } else { OTHER_STORE };
        tries.spawn(async move { world.direct(&person, &book_at(store, new_booking(), &person, 1, 14)).await });
    }
    let outcomes = tries.join_all().await;
    let applied = outcomes.iter().filter(|outcome| **outcome == Outcome::Applied).count();
    let taken = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Refused { refusal: Refusal::TimeTaken { .. }, .. }));
    assert_eq!((applied, taken.count()), (1, 199), "{:?}", &outcomes[..3]);
    assert_eq!(world.backstop_hits(), 0);
    assert_eq!(world.count("select count(*) from occupancy").await, 2, "in the store that has him, and in the other one");
    world.holds_together().await;
}

#[tokio::test]
async fn what_moves_or_goes_in_one_store_moves_and_goes_in_the_other() {
    let world = World::salon().await;
    in_two_stores(&world).await;
    let xiaoman = world.member("13800138000").await;
    let chen = world.member("13900139000").await;
    let visit = new_booking();
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, visit, &xiaoman, 1, 14)).await, Outcome::Applied);
    let there = |hour| book_at(OTHER_STORE, new_booking(), &chen, 1, hour);
    let refused = world.direct(&chen, &there(14)).await;
    let Outcome::Refused { refusal: Refusal::TimeTaken { .. }, alternatives } = refused else { panic!("{refused:?}") };
    assert!(!alternatives.is_empty() && alternatives.iter().all(|offered| offered.starts_at != at(1, 14, 0)), "{alternatives:?}");

    let moved = Move { store: STORE, booking: visit, starts_at: at(1, 16, 0), staff_preferences: Vec::new(), override_reason: None };
    assert_eq!(world.direct(&xiaoman, &Command::Move(moved)).await, Outcome::Applied);
    assert_eq!(world.direct(&chen, &there(14)).await, Outcome::Applied, "it is free there, too");
    assert!(matches!(world.direct(&chen, &there(16)).await, Outcome::Refused { .. }));

    let cancel = Cancel { store: STORE, booking: visit, by: CancelledBy::Member, reason: "".into() };
    assert_eq!(world.direct(&xiaoman, &Command::Cancel(cancel)).await, Outcome::Applied);
    assert_eq!(world.direct(&chen, &there(16)).await, Outcome::Applied);
    assert_eq!(world.count("select count(*) from records where kind = 13").await, 2, "what JJ has there");
    assert_eq!(world.backstop_hits(), 0);
    world.holds_together().await;
}

#[tokio::test]
async fn the_other_desk_and_every_phone_see_that_jj_is_busy_and_not_with_whom() {
    let world = World::salon().await;
    in_two_stores(&world).await;
    let xiaoman = world.member("13800138000").await;
    let visit = new_booking();
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, visit, &xiaoman, 1, 14)).await, Outcome::Applied);
    let mut desk = Device::new(&world.desk(OTHER_STORE).await, &[Scope::Desk(OTHER_STORE), Scope::Busy(OTHER_STORE)]);
    desk.sync(&world).await;
    let records = &desk.records;
    let entries: Vec<&Elsewhere> = records.iter().filter_map(Record::of).collect();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].at, entries[0].times.len()), (STORE, 1));
    assert!(records.iter().all(|record| record.of::<Booking>().is_none()));
    let told = serde_json::to_string(&entries[0]).expect("JSON");
    assert!(!told.contains(&visit.to_string()), "not even the id: {told}");
    assert_eq!(records.iter().filter_map(Record::of::<BusyDay>).count(), 1, "the day on which he is taken");
}

#[tokio::test]
async fn who_is_served_in_one_store_displaces_nobody_in_the_other_and_both_are_told() {
    let world = World::salon().await;
    in_two_stores(&world).await;
    let (xiaoman, chen) = (world.member("13800138000").await, world.member("13900139000").await);
    let (here, there) = (new_booking(), new_booking());
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, here, &xiaoman, 0, 10)).await, Outcome::Applied);
    assert_eq!(world.direct(&chen, &book_at(OTHER_STORE, there, &chen, 0, 11)).await, Outcome::Applied);
    // She comes at half past ten and is served until half past eleven.
    world.state.clock.advance_minutes(90);
    let desk = world.staff(shared::role::Role::Receptionist, Some(STORE)).await;
    let check_in = Command::CheckIn(CheckIn { store: STORE, booking: here, override_reason: None });
    assert_eq!(world.direct(&desk, &check_in).await, Outcome::Applied);
    let start = Command::Start(Start { store: STORE, booking: here, staff: None, override_reason: None });
    assert_eq!(world.direct(&desk, &start).await, Outcome::Applied);
    assert_eq!(world.backstop_hits(), 0);
    let owner = world.staff(shared::role::Role::Owner, None).await;
    for store in [STORE, OTHER_STORE] {
        let mut tablet = Device::new(&owner, &[Scope::Desk(store)]);
        tablet.sync(&world).await;
        let records = &tablet.records;
        let told = |record: &&Record| record.of::<Attention>().is_some_and(|entry| matches!(entry.about, AttentionKind::TwoPlaces { .. }));
        assert_eq!(records.iter().filter(told).count(), 1, "{store}");
        let kept = records.iter().filter_map(Record::of::<Booking>).find(|booking| booking.id == there);
        assert_eq!(kept.is_some_and(|booking| booking.state.is_live() && booking.occupancy[0].lane == 0), store == OTHER_STORE);
    }
    world.holds_together().await;
}

#[tokio::test]
async fn whoever_begins_to_work_in_another_store_brings_their_promises_along_and_takes_them_away_again() {
    let world = World::salon().await;
    let (xiaoman, chen) = (world.member("13800138000").await, world.member("13900139000").await);
    let visit = new_booking();
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, visit, &xiaoman, 1, 14)).await, Outcome::Applied);
    in_two_stores(&world).await;
    let there = book_at(OTHER_STORE, new_booking(), &chen, 1, 14);
    assert!(matches!(world.direct(&chen, &there).await, Outcome::Refused { refusal: Refusal::TimeTaken { .. }, .. }));
    // He goes back: what the other store knew of him goes, too.
    let back = Command::PutStaff(PutStaff::of(staff(JJ), 2));
    assert_eq!(world.give(vec![back]).await, [Outcome::Applied]);
    assert_eq!(world.count("select count(*) from records where kind = 13").await, 0);
    assert_eq!(world.count("select count(*) from occupancy").await, 1);
    assert_eq!(world.backstop_hits(), 0);
    world.holds_together().await;
}

#[tokio::test]
async fn a_visit_that_moves_and_a_person_who_comes_along_may_be_sent_in_one_go() {
    let world = World::salon().await;
    let (xiaoman, chen) = (world.member("13800138000").await, world.member("13900139000").await);
    let visit = new_booking();
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, visit, &xiaoman, 1, 14)).await, Outcome::Applied);
    let mut jj = staff(JJ);
    jj.stores.push(OTHER_STORE);
    let there = shared::roster::Shift { id: ShiftId(fresh()), store: OTHER_STORE, ..shift(JJ, 6) };
    let moved = Move { store: STORE, booking: visit, starts_at: at(1, 16, 0), staff_preferences: Vec::new(), override_reason: None };
    let commands = vec![Command::Move(moved), Command::PutStaff(PutStaff::of(jj, 1)), Command::PutShift(PutShift::of(there, 0))];
    let outcomes = world.give(commands).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
    let wanted = |hour| book_at(OTHER_STORE, new_booking(), &chen, 1, hour);
    assert!(matches!(world.direct(&chen, &wanted(16)).await, Outcome::Refused { refusal: Refusal::TimeTaken { .. }, .. }));
    assert_eq!(world.direct(&chen, &wanted(14)).await, Outcome::Applied);
    assert_eq!(world.backstop_hits(), 0);
}

#[tokio::test]
async fn an_own_hold_in_one_store_is_not_in_the_way_in_the_other() {
    let world = World::salon().await;
    in_two_stores(&world).await;
    let (xiaoman, chen) = (world.member("13800138000").await, world.member("13900139000").await);
    let hold_at = |store, person: &Person| {
        let Command::Book(book) = book_at(store, new_booking(), person, 1, 14) else { unreachable!() };
        Command::Hold(Hold { store, booking: book.booking, lines: book.lines })
    };
    assert_eq!(world.direct(&xiaoman, &hold_at(STORE, &xiaoman)).await, Outcome::Applied);
    assert!(matches!(world.direct(&chen, &hold_at(OTHER_STORE, &chen)).await, Outcome::Refused { .. }), "it is in everybody else's");
    assert_eq!(world.direct(&xiaoman, &hold_at(OTHER_STORE, &xiaoman)).await, Outcome::Applied);
    assert_eq!(world.backstop_hits(), 0);
}
