//! Commands go up once, whatever the network does, and what they changed comes down.

use shared::command::{Command, RegisterMember};
use shared::envelope::Envelope;
use shared::record::Record;
use shared::refusal::Refusal;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::state_kind::StateKind;
use shared::sync::{Outcome, ReplicaState};

use crate::world::*;

fn bookings(records: &[Record]) -> Vec<&shared::booking::Booking> {
    records.iter().filter_map(Record::of).collect()
}

#[tokio::test]
async fn a_booking_made_on_a_phone_reaches_the_desk_and_comes_back() {
    let world = World::salon().await;
    let (member, desk) = (world.member("13800138000").await, world.desk(STORE).await);
    let mut phone = Device::new(&member, &[Scope::User(member.account()), Scope::BrandPublic, Scope::Busy(STORE)]);
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    let id = new_booking();
    phone.give(&book(id, Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0)), morning());
    let reply = phone.sync(&world).await;
    assert_eq!(reply.outcomes[0].outcome, Outcome::Applied);
    assert_eq!(reply.replica, ReplicaState::At(1));
    let own = bookings(&phone.records);
    assert_eq!((own.len(), own[0].id, own[0].state.kind()), (1, id, StateKind::Confirmed));
    assert_eq!(own[0].note, "靠窗的位子".into());
    assert!(phone.records.iter().any(|record| matches!(record, Record::BusyDay(day) if day.resource == JJ.into())));
    assert!(phone.records.iter().any(|record| matches!(record, Record::Store(store) if store.id == STORE)));

    tablet.sync(&world).await;
    let seen = bookings(&tablet.records);
    assert_eq!((seen.len(), seen[0].id), (1, id));
    assert_eq!(seen[0].placed_seq, 1, "placed where the desk first heard of it");
    assert_eq!(world.count("select count(*) from messages where template = 'confirmed'").await, 1);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_given_again_and_nothing_happens_twice() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0)), morning());
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0)), morning());
    let request = phone.request(morning());
    let first = world.exchange(Some(&member), &request).await;
    let again = world.exchange(Some(&member), &request).await;
    assert_eq!(first.outcomes, again.outcomes);
    assert_eq!(first.outcomes.len(), 2);
    assert!(matches!(&first.outcomes[1].outcome, Outcome::Refused { refusal: Refusal::TimeTaken { .. }, .. }), "{:?}", first.outcomes);
    assert_eq!(world.count("select count(*) from bookings").await, 1);
    assert_eq!(world.count("select count(*) from commands where name = 'Book'").await, 2);
}

#[tokio::test]
async fn a_number_left_out_is_asked_for_and_one_used_twice_is_a_fork() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    for day in 1..=3 {
        phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(day, 14, 0)), morning());
    }
    let mut gap = phone.request(morning());
    gap.commands.remove(1);
    let reply = world.exchange(Some(&member), &gap).await;
    assert_eq!((reply.replica, reply.outcomes.len()), (ReplicaState::Gap { expected: 2 }, 1));

    let mut clone = phone.request(morning());
    clone.commands[0].uuid = shared::id::CommandId(fresh());
    let reply = world.exchange(Some(&member), &clone).await;
    assert_eq!((reply.replica, reply.outcomes.len()), (ReplicaState::Fork, 0));

    let reply = world.exchange(Some(&member), &phone.request(morning())).await;
    assert_eq!((reply.replica, reply.outcomes.len()), (ReplicaState::At(3), 3));

    // The clone takes a new identity and keeps its commands: each is applied once.
    let mut renamed = phone.request(morning());
    renamed.replica = Some(shared::id::ReplicaId(fresh()));
    let reply = world.exchange(Some(&member), &renamed).await;
    assert_eq!((reply.replica, reply.outcomes.len()), (ReplicaState::At(3), 3));
    assert_eq!(world.count("select count(*) from bookings").await, 3);
}

#[tokio::test]
async fn somebody_elses_replica_is_not_mine_to_use() {
    let world = World::salon().await;
    let (one, other) = (world.member("13800138000").await, world.member("13900139000").await);
    let mut phone = Device::new(&one, &[]);
    phone.give(&book(new_booking(), Some(one.account()), StaffPreference::Any, at(1, 14, 0)), morning());
    phone.sync(&world).await;
    let stolen = phone.request(morning());
    assert_eq!(world.exchange(Some(&other), &stolen).await.replica, ReplicaState::Fork);
}

#[tokio::test]
async fn a_payload_that_cannot_be_read_is_refused_alone() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(1, 14, 0)), morning());
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(2, 14, 0)), morning());
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(3, 14, 0)), morning());
    phone.outbox[0].payload.push(0);
    phone.outbox[1].kind = 9_999;
    let reply = phone.sync(&world).await;
    let outcomes: Vec<&Outcome> = reply.outcomes.iter().map(|answer| &answer.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Unreadable, &Outcome::Unreadable, &Outcome::Applied]);
    assert_eq!(reply.replica, ReplicaState::At(3));
}

#[tokio::test]
async fn text_that_cannot_be_stored_is_cleaned_and_impossible_times_hold_up_nothing() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    let mut nul = book(new_booking(), Some(member.account()), StaffPreference::Any, at(1, 14, 0));
    if let Command::Book(book) = &mut nul {
        book.note = "a\0b".into();
    }
    phone.give(&nul, morning());
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, shared::time::Timestamp(i64::MAX)), morning());
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, shared::time::Timestamp(i64::MIN)), morning());
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(2, 14, 0)), morning());
    let reply = phone.sync(&world).await;
    assert_eq!(reply.replica, ReplicaState::At(4));
    assert_eq!(reply.outcomes[0].outcome, Outcome::Applied);
    assert!(reply.outcomes[1..3].iter().all(|answer| matches!(answer.outcome, Outcome::Refused { .. })), "{:?}", reply.outcomes);
    assert_eq!(reply.outcomes[3].outcome, Outcome::Applied);
}

#[tokio::test]
async fn a_direct_command_sent_twice_is_decided_once() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let command = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0));
    let envelope = Envelope::pack(&command, 0, shared::id::CommandId(fresh()), None, Default::default(), 0);
    let (one, two) = tokio::join!(world.direct_envelope(&member, &envelope), world.direct_envelope(&member, &envelope));
    assert_eq!((one, two), (Outcome::Applied, Outcome::Applied));
    assert_eq!(world.count("select count(*) from bookings").await, 1);
}

#[tokio::test]
async fn a_member_registers_with_the_number_they_sign_in_with_and_it_is_sealed() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[Scope::User(member.account())]);
    let id = new_member();
    // The app does not say whose account it is: it is that of the session.
    let register =
        RegisterMember { member: id, account: None, store: Some(STORE), name: "林小满".into(), phone: None, consent: consent() };
    phone.give(&Command::RegisterMember(register), morning());
    let reply = phone.sync(&world).await;
    assert_eq!(reply.outcomes[0].outcome, Outcome::Applied);
    let own = phone.records.iter().find_map(|record| match record {
        Record::Member(member) => Some(member),
        _ => None,
    });
    assert_eq!(
        own.expect("her own card").verified.as_ref().and_then(|number| number.phone.as_ref()).map(|phone| phone.as_str()),
        Some("+8613800138000")
    );
    for plain in [
        "select count(*) from members where record::text like '%13800138000%'",
        "select count(*) from commands where payload::text like '%林小满%'",
    ] {
        assert_eq!(world.count(plain).await, 0, "{plain}");
    }
}

#[tokio::test]
async fn a_command_that_comes_directly_and_from_the_outbox_is_one_command() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    let id = phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0)), morning());
    let direct = Envelope { number: 0, ..phone.outbox[0].clone() };
    assert_eq!(world.direct_envelope(&member, &direct).await, Outcome::Applied);
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 15, 0)), morning());
    let reply = phone.sync(&world).await;
    assert_eq!(reply.replica, ReplicaState::At(2));
    assert_eq!(reply.outcomes.iter().map(|answer| &answer.outcome).collect::<Vec<_>>(), [&Outcome::Applied, &Outcome::Applied]);
    // The same id under a later number is still the same command.
    let again = Envelope { number: 3, uuid: id, ..direct };
    phone.number = 3;
    phone.outbox.push(again);
    let reply = phone.sync(&world).await;
    assert_eq!((reply.replica, &reply.outcomes[0].outcome), (ReplicaState::At(3), &Outcome::Applied));
    assert_eq!(world.count("select count(*) from bookings").await, 2);
    assert_eq!(world.count("select count(*) from commands where name = 'Book' and applied").await, 2);
}

#[tokio::test]
async fn nobody_calls_their_device_by_the_name_of_the_product_itself() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    phone.replica = shared::id::ReplicaId(uuid::Uuid::nil());
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(1, 14, 0)), morning());
    let body = postcard::to_allocvec(&phone.request(morning())).expect("bytes");
    assert_eq!(world.send("POST", "/api/sync", Some(&member), body).await.problem(), "malformed");
    assert_eq!(world.count("select count(*) from bookings").await, 0);
}
