//! Supply that is taken away over promises, in one store and in several.

use shared::attention::{Attention, AttentionKind};
use shared::booking::{Alternative, Booking};
use shared::command::{AskToRebook, Book, Command, PutShift, PutStaff};
use shared::coverage_gap::{CoverageGap, Lack};
use shared::id::{BookingId, ShiftId, StoreId};
use shared::record::Record;
use shared::role::Role;
use shared::roster::{Shift, ShiftDay};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::state_kind::StateKind;
use shared::sync::Outcome;
use uuid::Uuid;

use crate::world::*;

/// What the inbox of a store asks about promises.
async fn gaps(world: &World, store: StoreId) -> Vec<CoverageGap> {
    let owner = world.staff(Role::Owner, None).await;
    let mut tablet = Device::new(&owner, &[Scope::Desk(store)]);
    tablet.sync(world).await;
    let entries = tablet.records.iter().filter_map(Record::of::<Attention>);
    let about = entries.filter_map(|entry| if let AttentionKind::Uncovered { gaps } = &entry.about { Some(gaps.clone()) } else { None });
    about.flatten().collect()
}

fn book_at(store: StoreId, booking: BookingId, person: &Person, hour: u16) -> Command {
    let Command::Book(book) = book(booking, Some(person.account()), StaffPreference::Requested(JJ), at(1, hour, 0)) else { unreachable!() };
    Command::Book(Book { store, ..book })
}

/// JJ is off tomorrow.
fn day_off() -> Command {
    let tomorrow = Shift {
        id: ShiftId(Uuid::from_u128(0x77)),
        day: ShiftDay::Date(shanghai().local(at(1, 12, 0)).0),
        spans: Vec::new(),
        ..shift(JJ, 0)
    };
    Command::PutShift(PutShift::of(tomorrow, 0))
}

#[tokio::test]
async fn jj_leaves_two_stores_and_both_inboxes_ask_about_their_own_promises() {
    let world = World::salon().await;
    let mut jj = staff(JJ);
    jj.stores.push(OTHER_STORE);
    let mut commands = vec![Command::PutStaff(PutStaff::of(jj.clone(), 1))];
    for day in 0..7u8 {
        let there = Shift { id: ShiftId(Uuid::new_v5(&OTHER_STORE.0, &[day])), store: OTHER_STORE, ..shift(JJ, day) };
        commands.push(Command::PutShift(PutShift::of(there, 0)));
    }
    let outcomes = world.give(commands).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
    let (xiaoman, chen) = (world.member("13800138000").await, world.member("13900139000").await);
    let (here, there) = (new_booking(), new_booking());
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, here, &xiaoman, 14)).await, Outcome::Applied);
    assert_eq!(world.direct(&chen, &book_at(OTHER_STORE, there, &chen, 16)).await, Outcome::Applied);

    let owner = world.staff(Role::Owner, None).await;
    jj.active = false;
    assert_eq!(world.direct(&owner, &Command::PutStaff(PutStaff::of(jj, 2))).await, Outcome::Applied);
    let lack = Lack::Person(JJ);
    assert_eq!(gaps(&world, STORE).await, [CoverageGap { booking: here, lack }]);
    assert_eq!(gaps(&world, OTHER_STORE).await, [CoverageGap { booking: there, lack }]);
    let stands = "select count(*) from bookings where state = 'confirmed'";
    assert_eq!(world.count(stands).await, 2, "the promises stand until somebody says otherwise");
    world.holds_together().await;
}

#[tokio::test]
async fn who_books_in_the_same_moment_as_the_day_off_is_asked_about_too() {
    let world = World::salon().await;
    let (xiaoman, chen) = (world.member("13800138000").await, world.member("13900139000").await);
    let (before, meanwhile) = (new_booking(), new_booking());
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, before, &xiaoman, 14)).await, Outcome::Applied);
    // One transaction, with a booking that no table knows yet, and one that asks for JJ afterwards.
    let too_late = book_at(STORE, new_booking(), &chen, 18);
    let outcomes = world.give(vec![book_at(STORE, meanwhile, &chen, 16), day_off(), too_late]).await;
    assert_eq!(outcomes[..2], [Outcome::Applied, Outcome::Applied]);
    assert!(matches!(outcomes[2], Outcome::Refused { .. }), "{outcomes:?}");
    let mut asked: Vec<BookingId> = gaps(&world, STORE).await.into_iter().map(|gap| gap.booking).collect();
    asked.sort();
    let mut expected = vec![before, meanwhile];
    expected.sort();
    assert_eq!(asked, expected);
    world.holds_together().await;
}

#[tokio::test]
async fn a_guest_who_is_asked_to_rebook_is_told_three_times_that_are_really_free() {
    let world = World::salon().await;
    let xiaoman = world.member("13800138000").await;
    let visit = new_booking();
    assert_eq!(world.direct(&xiaoman, &book_at(STORE, visit, &xiaoman, 14)).await, Outcome::Applied);
    let manager = world.staff(Role::StoreManager, Some(STORE)).await;
    assert_eq!(world.direct(&manager, &day_off()).await, Outcome::Applied);
    let ask = Command::AskToRebook(AskToRebook { store: STORE, booking: visit, reason: "阿杰休息".into() });
    assert_eq!(world.direct(&manager, &ask).await, Outcome::Applied);
    let mut phone = Device::new(&xiaoman, &[Scope::User(xiaoman.account())]);
    phone.sync(&world).await;
    let displaced = phone.records.iter().filter_map(Record::of::<Booking>).find(|booking| booking.id == visit).expect("it").clone();
    assert_eq!((displaced.state.kind(), displaced.alternatives.len()), (StateKind::Displaced, 3));
    let is_off = |offered: &Alternative| at(1, 0, 0) <= offered.starts_at && offered.starts_at < at(2, 0, 0);
    assert!(!displaced.alternatives.iter().any(is_off), "{:?}", displaced.alternatives);
    let told = "select count(*) from messages where template = 'displaced' and jsonb_array_length(facts -> 'alternatives') = 3";
    assert_eq!(world.count(told).await, 1);
    world.holds_together().await;
}
