//! Feeds: nothing is left out, whatever is written at the same time; and who may not see, does not.

use std::sync::Arc;

use shared::command::{Command, OrderStaff, PutRules, PutStore, RegisterMember};
use shared::id::{AccountId, StoreId};
use shared::phone::Phone;
use shared::record::Record;
use shared::region::Region;
use shared::role::{Channel, Role};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::{Cursor, Outcome, SyncRequest};
use shared::time::Timestamp;
use uuid::Uuid;

use crate::world::*;

fn reading(person_replica: Option<shared::id::ReplicaId>, scopes: &[Scope]) -> SyncRequest {
    let cursor = |scope: &Scope| Cursor { scope: *scope, grant: Uuid::nil().into(), seq: 0 };
    SyncRequest::new(person_replica, morning(), scopes.iter().map(cursor).collect(), Vec::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_reads_while_eight_people_write_misses_nothing() {
    let world = Arc::new(World::salon().await);
    let desk = world.desk(STORE).await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8u16 {
        let world = Arc::clone(&world);
        writers.spawn(async move {
            let member = world.member(&format!("1390013900{writer}")).await;
            for turn in 0..5u16 {
                let staff = if writer % 2 == 0 { JJ } else { KELLY };
                let (day, hour) = (1 + i32::from(turn), 10 + writer);
                let outcome = world
                    .direct(&member, &book(new_booking(), Some(member.account()), StaffPreference::Requested(staff), at(day, hour, 0)))
                    .await;
                assert_eq!(outcome, Outcome::Applied);
            }
        });
    }
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    while !writers.is_empty() {
        tablet.sync(&world).await;
        while writers.try_join_next().is_some() {}
        tokio::task::yield_now().await;
    }
    tablet.sync(&world).await;
    let mut ids: Vec<_> = tablet.records.iter().map(|record| record.key().id).collect();
    ids.sort_unstable();
    let read = ids.len();
    ids.dedup();
    assert_eq!((read, ids.len()), (40, 40), "each booking once, none left out");
    assert_eq!(world.count("select head from heads where scope like '%/desk'").await, 40);
    assert_eq!(world.count("select count(distinct seq) from feed where scope like '%/desk'").await, 40);
}

#[tokio::test]
async fn a_stranger_reads_the_shop_window_and_nothing_else() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    world.direct(&member, &book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0))).await;
    let scopes =
        [Scope::BrandPublic, Scope::Busy(STORE), Scope::Desk(STORE), Scope::User(member.account()), Scope::Busy(StoreId(Uuid::nil()))];
    let reply = world.exchange(None, &reading(None, &scopes)).await;
    assert_eq!(reply.gone, [Scope::Desk(STORE), Scope::User(member.account()), Scope::Busy(StoreId(Uuid::nil()))]);
    let shifts = reply.pages[0].known().filter(|record| matches!(record, Record::Shift(_))).count();
    assert_eq!(shifts, 14, "phones need the roster to know what is open");
    let busy: Vec<Record> = reply.pages[1].known().collect();
    assert!(matches!(busy.as_slice(), [Record::BusyDay(day)] if day.resource == JJ.into() && day.holds.is_empty()), "{busy:?}");
    assert!(reply.pages.iter().all(|page| page.fresh && page.complete));
}

#[tokio::test]
async fn a_stranger_reads_that_a_store_was_written_and_not_at_which_device() {
    let world = World::salon().await;
    let manager = world.staff(Role::StoreManager, Some(STORE)).await;
    let store = world.state.catalogue().await.expect("the catalogue").stores[&STORE].clone();
    let given = [
        Command::OrderStaff(OrderStaff { store: STORE, people: vec![JJ], base: 0 }),
        Command::PutRules(PutRules {
            store: STORE,
            rules: store.rules.clone().into(),
            base: store.rules_written.map_or(0, |by| by.version),
        }),
        Command::PutStore(PutStore::of(store.clone(), store.written.map_or(0, |by| by.version))),
    ];
    for command in given {
        assert_eq!(world.direct(&manager, &command).await, Outcome::Applied, "{}", command.name());
    }
    let reply = world.exchange(None, &reading(None, &[Scope::BrandPublic])).await;
    let stores = reply.pages[0].known().filter_map(|record| if let Record::Store(store) = record { Some(store) } else { None });
    let store = stores.into_iter().find(|store| store.id == STORE).expect("the store");
    for written in [store.written, store.rules_written, store.staff_order.written] {
        let written = written.expect("written");
        assert!(written.version > 0 && written.replica.0.is_nil() && written.stamp.at == Timestamp(0), "{written:?}");
    }
}

#[tokio::test]
async fn a_form_with_a_zone_beyond_all_maps_is_refused() {
    let world = World::salon().await;
    let manager = world.staff(Role::StoreManager, Some(STORE)).await;
    let store = world.state.catalogue().await.expect("the catalogue").stores[&STORE].clone();
    for (seconds, is_taken) in [(i32::MIN, false), (i32::MAX, false), (-14 * 3600 - 1, false), (14 * 3600, true)] {
        let mut store = store.clone();
        (store.zone.name, store.zone.first_offset_seconds) = ("Mars/Olympus".into(), seconds);
        store.zone.transitions.clear();
        let put = Command::PutStore(PutStore::of(store.clone(), store.written.map_or(0, |by| by.version)));
        assert_eq!(world.direct(&manager, &put).await == Outcome::Applied, is_taken, "{seconds}");
    }
}

#[tokio::test]
async fn one_member_never_reads_anothers() {
    let world = World::salon().await;
    let (one, other) = (world.member("13800138000").await, world.member("13900139000").await);
    let id = new_booking();
    world.direct(&one, &book(id, Some(one.account()), StaffPreference::Requested(JJ), at(1, 14, 0))).await;
    let mut phone = Device::new(&other, &[Scope::User(other.account()), Scope::User(one.account()), Scope::User(AccountId(Uuid::nil()))]);
    let reply = phone.sync(&world).await;
    assert_eq!(reply.gone.len(), 2);
    assert!(phone.records.is_empty(), "{:?}", phone.records);
    let cancel = shared::command::Cancel { store: STORE, booking: id, by: shared::booking::CancelledBy::Member, reason: "".into() };
    assert!(matches!(world.direct(&other, &Command::Cancel(cancel)).await, Outcome::Refused { .. }));
}

#[tokio::test]
async fn the_desk_sees_the_mask_and_only_who_may_sees_the_number() {
    let world = World::salon().await;
    let register = |name: &str, store| {
        Command::RegisterMember(RegisterMember {
            member: new_member(),
            account: None,
            store: Some(store),
            name: name.into(),
            phone: Phone::parse("13800138000", Region::Cn).ok(),
            consent: consent(),
        })
    };
    assert_eq!(world.give(vec![register("林小满", STORE)]).await, [Outcome::Applied]);
    let desk = world.desk(STORE).await;
    let mut tablet = Device::new(&desk, &[Scope::Members(STORE), Scope::Contacts(STORE), Scope::Members(OTHER_STORE)]);
    let reply = tablet.sync(&world).await;
    assert_eq!(reply.gone, [Scope::Members(OTHER_STORE)]);
    let masked = tablet.records.iter().any(|record| {
        matches!(record, Record::Member(member)
        if member.name.value == "林小满".into() && member.contact.value.phone.is_none() && member.contact.value.masked == "138****8000")
    });
    let number = tablet.records.iter().any(|record| matches!(record, Record::Numbers(numbers) if numbers.typed.phone.is_some()));
    assert!(masked && number, "{:?}", tablet.records);
}

#[tokio::test]
async fn many_records_come_in_pages_and_a_lost_right_starts_afresh() {
    let world = World::salon().await;
    let register = |number: usize| {
        Command::RegisterMember(RegisterMember {
            member: new_member(),
            account: None,
            store: Some(STORE),
            name: format!("会员 {number}").into(),
            phone: None,
            consent: consent(),
        })
    };
    let outcomes = world.give((0..620).map(register).collect()).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{:?}", outcomes.first());
    let desk = world.desk(STORE).await;
    let mut tablet = Device::new(&desk, &[Scope::Members(STORE)]);
    let first = world.exchange(Some(&desk), &tablet.request(morning())).await;
    assert_eq!((first.pages[0].records.len(), first.pages[0].complete, first.pages[0].seq), (500, false, 500));
    tablet.sync(&world).await;
    assert_eq!(tablet.records.len(), 620);
    assert_eq!(tablet.cursors[0].seq, 620);
    tablet.cursors[0].grant = Uuid::from_u128(5).into();
    assert!(world.exchange(Some(&desk), &tablet.request(morning())).await.pages[0].fresh);
    tablet.cursors[0].seq = 9_999;
    assert!(world.exchange(Some(&desk), &tablet.request(morning())).await.pages[0].fresh, "a sequence never given");
}

#[tokio::test]
async fn commands_of_the_product_are_known_by_their_id() {
    let world = World::salon().await;
    let given = |number: u128| server::apply::SystemCommand {
        uuid: shared::id::CommandId(Uuid::from_u128(number)),
        command: book(shared::id::BookingId(Uuid::from_u128(number)), None, StaffPreference::Requested(JJ), at(number as i32, 14, 0)),
        given_at: None,
    };
    let before = world.count("select sum(head)::bigint from heads").await;
    let first = server::apply::as_system(&world.state, Channel::Import, (1..=3).map(given).collect()).await.expect("outcomes");
    let after = world.count("select sum(head)::bigint from heads").await;
    let second = server::apply::as_system(&world.state, Channel::Import, (1..=3).map(given).collect()).await.expect("outcomes");
    assert_eq!(first, second);
    assert!(before < after);
    assert_eq!(world.count("select sum(head)::bigint from heads").await, after, "the second run changed nothing");
}

#[tokio::test]
async fn a_hold_that_runs_out_frees_the_time_by_itself_and_for_whoever_needs_it() {
    let world = World::salon().await;
    let (one, other) = (world.member("13800138000").await, world.member("13900139000").await);
    let hold = |start| match book(new_booking(), None, StaffPreference::Requested(JJ), start) {
        Command::Book(book) => Command::Hold(shared::command::Hold { store: STORE, booking: book.booking, lines: book.lines }),
        _ => unreachable!("it is one"),
    };
    assert_eq!(world.direct(&one, &hold(at(1, 14, 0))).await, Outcome::Applied);
    let staff_preference = || book(new_booking(), Some(other.account()), StaffPreference::Requested(JJ), at(1, 14, 0));
    assert!(matches!(world.direct(&other, &staff_preference()).await, Outcome::Refused { .. }), "a live hold is a promise");
    world.state.clock.advance_minutes(6);
    assert_eq!(world.direct(&other, &staff_preference()).await, Outcome::Applied);
    assert_eq!(world.direct(&one, &hold(at(1, 16, 0))).await, Outcome::Applied);
    world.state.clock.advance_minutes(6);
    assert_eq!(server::jobs::do_due(&world.state).await.expect("a count"), 2, "of two holds, one of which had given way already");
    assert_eq!(server::jobs::do_due(&world.state).await.expect("a count"), 0);
    assert_eq!(world.count("select count(*) from occupancy").await, 1);
    assert_eq!(world.backstop_hits(), 0);
}
