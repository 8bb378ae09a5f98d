//! What one account, one person's phone and the log have to take at most.

use axum::http::StatusCode;
use server::template::Template;
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command, Hold};
use shared::envelope::Envelope;
use shared::id::{BookingId, CommandId, StoreId};
use shared::refusal::{MemberLimit, Refusal};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::sync::Outcome;
use shared::time::Timestamp;
use shared::visit_request::RequestedLine;

use crate::browser::{Browser, receive};
use crate::world::*;

fn refused(of: MemberLimit, most: u16) -> Outcome {
    Outcome::Refused { refusal: Refusal::TooMany { of, most }, alternatives: vec![] }
}

fn hold(store: StoreId, booking: BookingId, starts: &[Timestamp]) -> Command {
    let Command::Book(template) = book(booking, None, StaffPreference::Requested(JJ), at(1, 10, 0)) else { panic!("it is a booking") };
    let line = |starts_at: &Timestamp| RequestedLine { starts_at: *starts_at, ..template.lines[0].clone() };
    Command::Hold(Hold { store, booking, lines: starts.iter().map(line).collect() })
}

#[tokio::test]
async fn one_account_does_not_book_the_day_away_and_the_desk_may() {
    let world = World::salon().await.with_usual_limits(|_| ());
    let (member, other, desk) = (world.member("13800138000").await, world.member("13900139000").await, world.desk(STORE).await);
    let visit = |person: &Person, hour| book(new_booking(), Some(person.account()), StaffPreference::Requested(JJ), at(1, hour, 0));
    for hour in 10..13 {
        assert_eq!(world.direct(&member, &visit(&member, hour)).await, Outcome::Applied);
    }
    assert_eq!(world.direct(&member, &visit(&member, 13)).await, refused(MemberLimit::VisitsADay, 3));
    assert_eq!(world.direct(&member, &hold(STORE, new_booking(), &[at(1, 13, 0)])).await, refused(MemberLimit::VisitsADay, 3));
    assert_eq!(world.direct(&other, &visit(&other, 13)).await, Outcome::Applied);
    assert_eq!(world.direct(&desk, &book(new_booking(), None, StaffPreference::Requested(JJ), at(1, 14, 0))).await, Outcome::Applied);
}

#[tokio::test]
async fn many_bookings_in_one_exchange_are_counted_like_many_exchanges() {
    let world = World::salon().await.with_usual_limits(|limits| limits.visits_ahead = 2);
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    for day in 1..=4 {
        phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(day, 14, 0)), morning());
    }
    let outcomes: Vec<Outcome> = phone.sync(&world).await.outcomes.into_iter().map(|answer| answer.outcome).collect();
    let no = refused(MemberLimit::VisitsAhead, 2);
    assert_eq!(outcomes, [Outcome::Applied, Outcome::Applied, no.clone(), no]);
}

#[tokio::test]
async fn somebody_protects_one_time_whatever_days_they_look_at() {
    let world = World::salon().await.with_usual_limits(|_| ());
    let member = world.member("13800138000").await;
    for day in [1, 3, 20] {
        assert_eq!(world.direct(&member, &hold(STORE, new_booking(), &[at(day, 10, 0)])).await, Outcome::Applied);
    }
    assert_eq!(world.count("select count(*) from bookings where state = 'held'").await, 1);
    let many: Vec<Timestamp> = (10..18).map(|hour| at(1, hour, 0)).collect();
    assert_eq!(world.direct(&member, &hold(STORE, new_booking(), &many)).await, refused(MemberLimit::LinesAVisit, 6));
}

#[tokio::test]
async fn a_hold_in_another_store_lets_go_of_the_first() {
    let world = World::salon().await;
    let mut jj = staff(JJ);
    jj.stores.push(OTHER_STORE);
    let mut shift = shift(JJ, 6);
    (shift.store, shift.id) = (OTHER_STORE, fresh().into());
    let commands =
        vec![Command::PutStaff(shared::command::PutStaff::of(jj, 1)), Command::PutShift(shared::command::PutShift::of(shift, 0))];
    assert!(world.give(commands).await.iter().all(|outcome| *outcome == Outcome::Applied));
    let member = world.member("13800138000").await;
    assert_eq!(world.direct(&member, &hold(STORE, new_booking(), &[at(1, 10, 0)])).await, Outcome::Applied);
    assert_eq!(world.direct(&member, &hold(OTHER_STORE, new_booking(), &[at(1, 15, 0)])).await, Outcome::Applied);
    let held: Vec<uuid::Uuid> =
        sqlx::query_scalar("select store_id from bookings where state = 'held'").fetch_all(&world.state.pool).await.expect("rows");
    assert_eq!(held, [OTHER_STORE.0]);
}

#[tokio::test]
async fn booking_and_cancelling_again_and_again_fills_nobodys_phone() {
    let world = World::salon().await.with_usual_limits(|limits| limits.messages_an_hour = 3);
    let (member, other) = (world.member("13800138000").await, world.member("13900139000").await);
    for _ in 0..4 {
        let booking = new_booking();
        world.direct(&member, &book(booking, Some(member.account()), StaffPreference::Any, at(1, 14, 0))).await;
        let cancel = Cancel { store: STORE, booking, by: CancelledBy::Member, reason: "".into() };
        assert_eq!(world.direct(&member, &Command::Cancel(cancel)).await, Outcome::Applied);
    }
    world.direct(&other, &book(new_booking(), Some(other.account()), StaffPreference::Any, at(1, 14, 0))).await;
    assert_eq!(world.count("select count(*) from messages where state = 'withheld'").await, 5);
    let received = receive(&world).await;
    assert_eq!(received.iter().filter(|message| message.to.tail() == "8000").count(), 3);
    assert_eq!(received.iter().filter(|message| message.to.tail() == "9000").count(), 1);
    // What the store does to a visit of theirs they always hear.
    let booking = new_booking();
    world.direct(&member, &book(booking, Some(member.account()), StaffPreference::Any, at(1, 16, 0))).await;
    let cancel = Cancel { store: STORE, booking, by: CancelledBy::Store, reason: "停电".into() };
    assert_eq!(world.direct(&world.desk(STORE).await, &Command::Cancel(cancel)).await, Outcome::Applied);
    assert_eq!(receive(&world).await.len(), 1, "the store has cancelled");
    world.state.clock.advance_minutes(61);
    world.direct(&member, &book(new_booking(), Some(member.account()), StaffPreference::Any, at(2, 14, 0))).await;
    assert_eq!(receive(&world).await.len(), 1, "an hour later they are told again");
}

#[tokio::test]
async fn a_code_does_not_wait_behind_other_messages() {
    let world = World::salon().await;
    for number in 0..6 {
        let member = world.member(&format!("1390013900{number}")).await;
        world.direct(&member, &book(new_booking(), Some(member.account()), StaffPreference::Any, at(1 + number, 14, 0))).await;
    }
    world.state.clock.advance_minutes(1);
    let asked = Browser::new(&world, "member").post("/api/codes", serde_json::json!({ "phone": "13800138000" })).await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT);
    let now = world.state.clock.now();
    let next = server::db::messages::claim(&world.state.pool, now, now, 1).await.expect("claimed");
    assert_eq!(next[0].template, Template::Code);
    let own_lane = server::db::messages::claim_urgent(&world.state.pool, now, now, 20).await.expect("claimed");
    assert_eq!(own_lane.iter().map(|message| message.template).collect::<Vec<_>>(), [Template::Code]);
}

#[tokio::test]
async fn an_account_that_sends_without_end_is_told_to_wait_and_leaves_no_trace() {
    let world = World::salon().await.with_usual_limits(|limits| (limits.commands_an_hour, limits.unreadable_an_hour) = (8, 3));
    let (member, other) = (world.member("13800138000").await, world.member("13900139000").await);
    let sent = async |person: &Person, envelope: &Envelope| {
        world.send("POST", "/api/direct", Some(person), postcard::to_allocvec(envelope).expect("bytes")).await
    };
    let pack = |command: &Command| Envelope::pack(command, 0, CommandId(fresh()), None, Stamp::default(), 0);
    let release = Command::Release(shared::command::Release { store: STORE, booking: new_booking() });
    let unreadable = || Envelope { kind: 999, ..pack(&release) };
    for _ in 0..3 {
        assert_eq!(sent(&member, &unreadable()).await.status, StatusCode::OK);
    }
    assert_eq!(sent(&member, &unreadable()).await.problem(), "too_many_commands");
    for _ in 0..4 {
        assert_eq!(sent(&member, &pack(&release)).await.status, StatusCode::OK);
    }
    let refused = sent(&member, &pack(&release)).await;
    assert_eq!((refused.problem().as_str(), refused.headers["retry-after"].as_bytes()), ("too_many_commands", b"3600".as_slice()));
    assert_eq!(world.count("select count(*) from commands where principal like 'account:%'").await, 7);
    assert_eq!(sent(&other, &pack(&release)).await.status, StatusCode::OK);
    world.state.clock.advance_minutes(60);
    assert_eq!(sent(&member, &pack(&release)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_phones_of_one_account_register_a_family_and_not_one_more() {
    let world = World::salon().await.with_usual_limits(|limits| limits.people_per_account = 4);
    let member = world.member("13800138000").await;
    let register = |number: usize| {
        let name = format!("家人 {number}");
        let store = number.is_multiple_of(2).then_some(STORE);
        let new = shared::command::RegisterMember {
            member: new_member(),
            account: None,
            store,
            name: name.into(),
            phone: None,
            consent: consent(),
        };
        Command::RegisterMember(new)
    };
    let commands: Vec<Command> = (0..12).map(register).collect();
    let outcomes = futures_util::future::join_all(commands.iter().map(|command| world.direct(&member, command))).await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::Applied).count(), 4, "{outcomes:?}");
    assert!(outcomes.contains(&refused(MemberLimit::People, 4)));
    assert_eq!(world.count("select count(*) from members").await, 4);
    assert_eq!(world.count("select count(*) from member_stores").await, 0, "a store that was named has no guest yet");
}

#[tokio::test]
async fn nonsense_does_not_fill_the_log() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let envelope = |kind, payload| Envelope {
        kind,
        payload,
        ..Envelope::pack(&hold(STORE, new_booking(), &[]), 0, CommandId(fresh()), None, Stamp::default(), 0)
    };
    assert_eq!(world.direct_envelope(&member, &envelope(999, vec![7; 500_000])).await, Outcome::Unreadable);
    let Command::Book(mut long) = book(new_booking(), Some(member.account()), StaffPreference::Any, at(1, 14, 0)) else {
        panic!("a booking")
    };
    long.note = "长".repeat(40_000).into();
    assert!(matches!(world.direct(&member, &Command::Book(long.clone())).await, Outcome::Refused { .. }));
    // No form makes that: it is not even looked at.
    long.note = "长".repeat(50_000).into();
    assert_eq!(world.direct(&member, &Command::Book(long)).await, Outcome::Unreadable);
    let kept = "select max(coalesce(length(personal_sealed), 0) + coalesce(length(payload::text), 0))::bigint
                from commands where principal <> 'system'";
    assert!(world.count(kept).await < 3_000);
}
