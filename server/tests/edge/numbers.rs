//! A number is somebody's only when they have said the code that came to it.

use axum::http::StatusCode;
use serde_json::json;
use shared::booking::Subject;
use shared::command::{CheckIn, Command, FindMember, ProveNumber, PutRules, RegisterMember};
use shared::envelope::Envelope;
use shared::id::{CommandId, MemberId, StoreId};
use shared::member::Member;
use shared::phone::Phone;
use shared::record::Record;
use shared::refusal::Refusal;
use shared::region::Region;
use shared::role::Role;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::Rules;
use shared::sync::Outcome;

use crate::browser::{Browser, receive, signed_in};
use crate::world::*;

const PHONE: &str = "13800138000";

fn number() -> Phone {
    Phone::parse(PHONE, Region::Cn).expect("a number")
}

fn registration(member: MemberId, store: Option<StoreId>, phone: Option<Phone>) -> Command {
    Command::RegisterMember(RegisterMember { member, account: None, store, name: "林小满".into(), phone, consent: consent() })
}

/// Somebody whom a store knows.
async fn known(world: &World, person: &Person, member: MemberId, store: StoreId) {
    let Command::RegisterMember(new) = registration(member, Some(store), Some(number())) else { unreachable!("it is one") };
    let linked = RegisterMember { account: Some(person.account()), ..new };
    assert_eq!(world.give(vec![Command::RegisterMember(linked)]).await, [Outcome::Applied]);
}

fn refused(refusal: Refusal) -> Outcome {
    Outcome::Refused { refusal, alternatives: Vec::new() }
}

fn not_found() -> Outcome {
    refused(Refusal::NotFound { kind: "member".into() })
}

/// The members that a tablet of a store has, as it sees them.
async fn seen_at(world: &World, store: StoreId) -> Vec<Member> {
    let mut tablet = Device::new(&world.desk(store).await, &[Scope::Members(store)]);
    tablet.sync(world).await;
    tablet.records.iter().filter_map(Record::of::<Member>).cloned().collect()
}

/// A reception that asks for a code, and the code that came.
async fn desk_code(world: &World, desk: &mut Browser<'_>, store: StoreId) -> String {
    let asked = desk.post("/api/desk-codes", json!({ "store": store, "phone": PHONE })).await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT);
    let text = receive(world).await.pop().expect("a message").text;
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}

fn prove(store: StoreId, code: &str, member: Option<MemberId>) -> Command {
    Command::ProveNumber(ProveNumber { store, phone: number(), code: code.to_owned().into(), member })
}

#[tokio::test]
async fn nobody_gets_the_bookings_of_a_stranger_by_registering_with_their_number() {
    let world = World::salon().await;
    let stranger = world.member("13900139000").await;
    let theirs = registration(new_member(), Some(STORE), Some(number()));
    assert_eq!(world.direct(&stranger, &theirs).await, refused(Refusal::Invalid { field: "phone".into() }));
    assert!(seen_at(&world, STORE).await.is_empty());
    let own = new_member();
    assert_eq!(world.direct(&stranger, &registration(own, Some(STORE), None)).await, Outcome::Applied);
    assert!(seen_at(&world, STORE).await.is_empty(), "to name a store is not to be its guest");
    let Command::Book(mut visit) = book(new_booking(), None, StaffPreference::Requested(JJ), at(1, 10, 0)) else {
        unreachable!("it is one")
    };
    visit.lines[0].subject = Subject::Member(own);
    assert_eq!(world.direct(&stranger, &Command::Book(visit)).await, Outcome::Applied);
    let seen = seen_at(&world, STORE).await.remove(0);
    assert_eq!(seen.verified.map(|number| number.0.masked), Some("139****9000".to_owned()));
}

#[tokio::test]
async fn a_code_said_at_the_desk_links_the_record_to_whoever_signs_in_with_that_number() {
    let world = World::salon().await;
    let reception = world.staff(Role::Receptionist, Some(STORE)).await;
    let mut desk = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    let lin = new_member();
    assert_eq!(world.direct(&reception, &registration(lin, Some(STORE), Some(number()))).await, Outcome::Applied);
    assert!(seen_at(&world, STORE).await.remove(0).has_unverified_number());
    let code = desk_code(&world, &mut desk, STORE).await;
    assert_eq!(world.direct(&reception, &prove(STORE, &code, Some(lin))).await, Outcome::Applied);
    assert!(!seen_at(&world, STORE).await.remove(0).has_unverified_number());

    let mut phone = Browser::new(&world, "member");
    let code = phone.code_for(PHONE).await;
    let session = phone.sign_in_member(PHONE, &code).await.json();
    assert_eq!(session["name"], "林小满", "her record is in her account");
    let again = registration(new_member(), Some(STORE), Some(number()));
    assert_eq!(world.direct(&reception, &again).await, refused(Refusal::NumberKnown { member: lin }));
}

#[tokio::test]
async fn a_code_of_the_desk_names_the_store_and_signs_nobody_in() {
    let world = World::salon().await;
    let mut desk = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    let code = desk_code(&world, &mut desk, STORE).await;
    let mut phone = Browser::new(&world, "member");
    assert_eq!(phone.sign_in_member(PHONE, &code).await.problem(), "wrong_code");
    let signing_in = phone.code_for(PHONE).await;
    let reception = world.staff(Role::Receptionist, Some(STORE)).await;
    let there = world.staff(Role::Receptionist, Some(OTHER_STORE)).await;
    assert_eq!(world.direct(&reception, &prove(STORE, &signing_in, None)).await, refused(Refusal::WrongCode));
    assert_eq!(world.direct(&there, &prove(OTHER_STORE, &code, None)).await, refused(Refusal::WrongCode), "of another store");
    assert_eq!(world.direct(&there, &prove(STORE, &code, None)).await, refused(Refusal::NotAllowed));
    assert_eq!(phone.sign_in_member(PHONE, &signing_in).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_message_says_what_the_code_is_for() {
    let world = World::salon().await;
    let mut desk = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    assert_eq!(desk.post("/api/desk-codes", json!({ "store": STORE, "phone": PHONE })).await.status, StatusCode::NO_CONTENT);
    let message = receive(&world).await.pop().expect("a message");
    assert!(message.text.contains("玉门里发型") && message.text.contains("不能用于登录"), "{}", message.text);
    assert_eq!(message.to, number());
}

#[tokio::test]
async fn after_five_wrong_answers_the_right_one_comes_too_late() {
    let world = World::salon().await;
    let reception = world.staff(Role::Receptionist, Some(STORE)).await;
    let member = world.member(PHONE).await;
    assert_eq!(world.direct(&member, &registration(new_member(), None, None)).await, Outcome::Applied);
    let mut desk = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    let code = desk_code(&world, &mut desk, STORE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(world.direct(&reception, &prove(STORE, wrong, None)).await, refused(Refusal::WrongCode));
    }
    assert_eq!(world.direct(&reception, &prove(STORE, &code, None)).await, refused(Refusal::WrongCode));
    let code = desk_code(&world, &mut desk, STORE).await;
    assert_eq!(world.direct(&reception, &prove(STORE, &code, None)).await, Outcome::Applied);
    assert_eq!(world.direct(&reception, &prove(STORE, &code, None)).await, refused(Refusal::WrongCode), "good once");
    let late = desk_code(&world, &mut desk, STORE).await;
    world.state.clock.advance_minutes(10);
    assert_eq!(world.direct(&reception, &prove(STORE, &late, None)).await, refused(Refusal::WrongCode));
}

#[tokio::test]
async fn nobody_is_sent_more_than_five_desk_codes_a_day() {
    let world = World::salon().await;
    let mut desk = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    let mut there = signed_in(&world, "lan", Role::Receptionist, Some(OTHER_STORE)).await;
    for _ in 0..3 {
        desk_code(&world, &mut desk, STORE).await;
    }
    for _ in 0..2 {
        desk_code(&world, &mut there, OTHER_STORE).await;
    }
    let ask = json!({ "store": STORE, "phone": PHONE });
    assert_eq!(desk.post("/api/desk-codes", ask.clone()).await.problem(), "too_many");
    let another = json!({ "store": STORE, "phone": "13900139000" });
    assert_eq!(desk.post("/api/desk-codes", another).await.status, StatusCode::NO_CONTENT);
    world.state.clock.advance_minutes(1440);
    assert_eq!(desk.post("/api/desk-codes", ask).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_desk_that_taps_twenty_times_at_once_sends_five_codes() {
    let world = World::salon().await;
    let reception = world.staff(Role::Receptionist, Some(STORE)).await;
    let tap = async || {
        let body = json!({ "store": STORE, "phone": PHONE }).to_string().into_bytes();
        world.send_with("POST", "/api/desk-codes", Some(&reception), body, &[("content-type", "application/json")]).await.status
    };
    let answers = futures_util::future::join_all((0..20).map(|_| tap())).await;
    assert_eq!(answers.iter().filter(|status| status.is_success()).count(), 5, "{answers:?}");
    assert_eq!(world.count("select count(*) from messages").await, 5);
}

#[tokio::test]
async fn only_a_desk_asks_for_a_code_and_only_for_its_own_store() {
    let world = World::salon().await;
    let ask = json!({ "store": STORE, "phone": PHONE });
    assert_eq!(Browser::new(&world, "desk").post("/api/desk-codes", ask.clone()).await.status, StatusCode::UNAUTHORIZED);
    let mut technician = signed_in(&world, "jie", Role::Technician, Some(STORE)).await;
    assert_eq!(technician.post("/api/desk-codes", ask.clone()).await.problem(), "not_allowed");
    let mut there = signed_in(&world, "lan", Role::Receptionist, Some(OTHER_STORE)).await;
    assert_eq!(there.post("/api/desk-codes", ask).await.problem(), "not_allowed");
    assert_eq!(world.count("select count(*) from messages").await, 0);
}

#[tokio::test]
async fn another_store_finds_a_member_where_they_are_shared_and_sees_little_until_they_come() {
    let world = World::salon().await;
    let (member, lin) = (world.member(PHONE).await, new_member());
    known(&world, &member, lin, STORE).await;
    let there = world.staff(Role::Receptionist, Some(OTHER_STORE)).await;
    let find = Command::FindMember(FindMember { store: OTHER_STORE, phone: number() });
    assert_eq!(world.direct(&there, &find).await, not_found());
    let rules = Rules { shares_members: true, silent_after_minutes: 0, ..Rules::default() };
    assert_eq!(world.give(vec![Command::PutRules(PutRules { store: STORE, rules: rules.into(), base: 0 })]).await, [Outcome::Applied]);
    assert_eq!(world.direct(&there, &find).await, Outcome::Applied);

    let seen = seen_at(&world, OTHER_STORE).await.remove(0);
    assert_eq!((seen.name.value.as_str(), seen.account, seen.verified, seen.stores), ("林小满", None, None, vec![]));
    let mut contacts = Device::new(&world.desk(OTHER_STORE).await, &[Scope::Contacts(OTHER_STORE)]);
    contacts.sync(&world).await;
    assert!(contacts.records.is_empty(), "{:?}", contacts.records);
    assert_eq!(world.count("select count(*) from commands where name = 'FindMember' and applied").await, 1, "it is on record who looked");
}

#[tokio::test]
async fn nobody_tries_a_list_of_numbers_on_the_members_of_other_stores() {
    let world = World::salon().await.with_usual_limits(|limits| limits.members_looked_for_an_hour = 2);
    let there = world.staff(Role::Receptionist, Some(OTHER_STORE)).await;
    let find = Command::FindMember(FindMember { store: OTHER_STORE, phone: number() });
    for _ in 0..2 {
        assert_eq!(world.direct(&there, &find).await, not_found());
    }
    let ask = async || {
        let envelope = Envelope::pack(&find, 0, CommandId(fresh()), None, Stamp::default(), 0);
        world.send("POST", "/api/direct", Some(&there), postcard::to_allocvec(&envelope).expect("bytes")).await
    };
    let refused = ask().await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many_searches"));
    assert_eq!(world.state.counters.limited("members_looked_for_an_hour"), 1);
    // The queue is no way around it.
    let mut tablet = Device::new(&there, &[]);
    for _ in 0..3 {
        tablet.give(&find, morning());
    }
    let outcomes: Vec<Outcome> = tablet.sync(&world).await.outcomes.into_iter().map(|answer| answer.outcome).collect();
    assert_eq!(outcomes, vec![Outcome::Refused { refusal: Refusal::NotAllowed, alternatives: vec![] }; 3]);
    let other = world.staff(Role::Receptionist, Some(OTHER_STORE)).await;
    assert_eq!(world.direct(&other, &find).await, not_found(), "a colleague is counted for herself");
    world.state.clock.advance_minutes(60);
    assert_eq!(ask().await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_guest_who_came_is_known_to_the_store_with_everything() {
    let world = World::salon().await;
    let (member, lin) = (world.member(PHONE).await, new_member());
    known(&world, &member, lin, OTHER_STORE).await;
    let rules = Rules { shares_members: true, silent_after_minutes: 0, ..Rules::default() };
    assert_eq!(
        world.give(vec![Command::PutRules(PutRules { store: OTHER_STORE, rules: rules.into(), base: 0 })]).await,
        [Outcome::Applied]
    );
    let desk = world.staff(Role::Receptionist, Some(STORE)).await;
    let visit = new_booking();
    let Command::Book(mut wanted) = book(visit, None, StaffPreference::Requested(JJ), at(0, 10, 0)) else { unreachable!("it is one") };
    wanted.lines[0].subject = Subject::Member(lin);
    assert_eq!(world.direct(&desk, &Command::Book(wanted.clone())).await, not_found(), "nobody has found her yet");
    assert_eq!(world.direct(&desk, &Command::FindMember(FindMember { store: STORE, phone: number() })).await, Outcome::Applied);
    assert_eq!(world.direct(&desk, &Command::Book(wanted)).await, Outcome::Applied);
    assert!(!seen_at(&world, STORE).await.remove(0).is_known_at(STORE));
    let arrives = Command::CheckIn(CheckIn { store: STORE, booking: visit, override_reason: None });
    assert_eq!(world.direct(&desk, &arrives).await, Outcome::Applied);
    let seen = seen_at(&world, STORE).await.remove(0);
    assert!(seen.is_known_at(STORE) && seen.verified.is_some());
}

#[tokio::test]
async fn whoever_reads_the_log_finds_neither_the_code_nor_the_number() {
    let world = World::salon().await;
    let reception = world.staff(Role::Receptionist, Some(STORE)).await;
    let mut desk = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    let code = desk_code(&world, &mut desk, STORE).await;
    world.direct(&reception, &prove(STORE, &code, None)).await;
    let rows: Vec<String> = sqlx::query_scalar(
        "select t::text from commands t union all select t::text from desk_codes t union all select t::text from messages t",
    )
    .fetch_all(&world.state.pool)
    .await
    .expect("rows");
    assert!(rows.len() >= 3 && rows.iter().all(|row| !row.contains(PHONE) && !row.contains(&code)), "{rows:?}");
}
