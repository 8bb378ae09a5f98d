//! Nothing of others reaches a member: neither ids, nor words of the staff, nor how busy a store is.

use axum::http::StatusCode;
use serde_json::json;
use shared::command::{Command, EditMember, GroupEdit, GroupValue, RegisterMember};
use shared::envelope::Envelope;
use shared::record::Record;
use shared::refusal::Refusal;
use shared::role::{Principal, Role};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;

use crate::browser::signed_in;
use crate::world::*;

#[tokio::test]
async fn somebody_elses_replica_is_refused_and_an_unknown_one_is_ones_own() {
    let world = World::salon().await;
    let (one, other) = (world.member("13800138000").await, world.member("13900139000").await);
    let mut phone = Device::new(&one, &[]);
    phone.give(&book(new_booking(), Some(one.account()), StaffPreference::Any, at(1, 14, 0)), morning());
    phone.sync(&world).await;
    let with_replica = async |person: &Person, replica: String, day: i32| {
        let command = book(new_booking(), Some(person.account()), StaffPreference::Any, at(day, 16, 0));
        let envelope = Envelope::pack(&command, 0, shared::id::CommandId(fresh()), None, Default::default(), 0);
        let body = postcard::to_allocvec(&envelope).expect("bytes");
        world.send_with("POST", "/api/direct", Some(person), body, &[("x-huiyue-replica", &replica)]).await.status
    };
    assert_eq!(with_replica(&other, phone.replica.to_string(), 1).await, StatusCode::FORBIDDEN);
    assert_eq!(with_replica(&one, phone.replica.to_string(), 1).await, StatusCode::OK);
    let unknown = fresh().to_string();
    assert_eq!(with_replica(&one, unknown.clone(), 2).await, StatusCode::OK);
    assert_eq!(with_replica(&other, unknown, 2).await, StatusCode::OK);
    assert_eq!(
        world.count("select count(distinct replica_id) from commands where principal like 'account:%'").await,
        3,
        "the same name, two replicas"
    );
}

#[tokio::test]
async fn who_comes_second_learns_that_the_time_is_taken_and_not_by_what() {
    let world = World::salon().await;
    let (one, other) = (world.member("13800138000").await, world.member("13900139000").await);
    let staff_preference = |person: &Person| book(new_booking(), Some(person.account()), StaffPreference::Requested(JJ), at(1, 14, 0));
    assert_eq!(world.direct(&one, &staff_preference(&one)).await, Outcome::Applied);
    let refused = world.direct(&other, &staff_preference(&other)).await;
    assert!(matches!(&refused, Outcome::Refused { refusal: Refusal::TimeTaken { by }, .. } if by.is_empty()), "{refused:?}");
    assert_eq!(world.count("select count(*) from commands where outcome::text like '%by\": [\"%'").await, 0);
}

#[tokio::test]
async fn a_member_reads_neither_tags_nor_notes_nor_who_works_at_which_device() {
    let world = World::salon().await;
    let (member, desk) = (world.member("13800138000").await, world.desk(STORE).await);
    let id = new_member();
    let register = RegisterMember {
        member: id,
        account: Some(member.account()),
        store: Some(STORE),
        name: "林小满".into(),
        phone: None,
        consent: consent(),
    };
    assert_eq!(world.give(vec![Command::RegisterMember(register)]).await, [Outcome::Applied]);
    let words = [GroupValue::Tags(vec!["难缠".into()].into()), GroupValue::Notes("常迟到".into())];
    let edits = words.into_iter().map(|value| GroupEdit { base: 0, value }).collect();
    assert_eq!(world.direct(&desk, &Command::EditMember(EditMember { store: Some(STORE), member: id, edits })).await, Outcome::Applied);
    let booking = new_booking();
    let outcome = world.direct(&member, &book(booking, Some(member.account()), StaffPreference::Requested(JJ), at(0, 10, 0))).await;
    assert_eq!(outcome, Outcome::Applied);
    world.state.clock.advance_minutes(60);
    let check_in = shared::command::CheckIn { store: STORE, booking, override_reason: None };
    let mut tablet = Device::new(&desk, &[]);
    tablet.give(&Command::CheckIn(check_in), at(0, 10, 0));
    assert_eq!(tablet.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    world.state.clock.advance_minutes(1);
    let (by, reason) = (shared::booking::CancelledBy::Store, "总是乱约".to_owned());
    let cancel = shared::command::Cancel { store: STORE, booking, by, reason: reason.into() };
    assert_eq!(world.direct(&desk, &Command::Cancel(cancel)).await, Outcome::Applied);

    let mut phone = Device::new(&member, &[Scope::User(member.account())]);
    phone.sync(&world).await;
    let text = format!("{:?}", phone.records);
    assert!(!text.contains("难缠") && !text.contains("常迟到") && !text.contains("总是乱约"), "{text}");
    let Principal::Device(device) = desk.principal else { panic!("a tablet") };
    assert!(!text.contains(&device.to_string()) && !text.contains(&tablet.replica.to_string()), "{text}");
    let mut bookings = phone.records.iter().filter_map(|record| match record {
        Record::Booking(booking) => Some(booking),
        _ => None,
    });
    let own = bookings.next().expect("her booking");
    assert_eq!((own.placed_seq, own.entered_by, own.history.len()), (0, member.principal, 3), "how much happens in the store is not hers");
}

#[tokio::test]
async fn who_set_up_the_shop_on_which_device_is_for_those_who_work_there() {
    let world = World::salon().await;
    let manager = world.staff(Role::StoreManager, Some(STORE)).await;
    let rules = shared::store::Rules::default();
    let mut tablet = Device::new(&manager, &[Scope::BrandPublic]);
    tablet.give(&Command::PutRules(shared::command::PutRules { store: STORE, rules: rules.into(), base: 0 }), morning());
    assert_eq!(tablet.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    let replica = tablet.replica.to_string();
    assert!(format!("{:?}", tablet.records).contains(&replica), "the form compares with it");
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[Scope::BrandPublic]);
    phone.sync(&world).await;
    assert!(!format!("{:?}", phone.records).contains(&replica));
    let versions = phone.records.iter().filter_map(|record| match record {
        Record::Store(store) if store.id == STORE => store.rules_written.map(|written| (written.version, written.stamp)),
        _ => None,
    });
    assert_eq!(versions.collect::<Vec<_>>(), [(1, Default::default())]);
    let catalogue = world.send("GET", "/api/catalogue", None, vec![]).await.body;
    assert!(!String::from_utf8_lossy(&catalogue).contains(&replica));
}

#[tokio::test]
async fn the_tag_of_an_answer_changes_with_the_answer_and_with_nothing_else() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let path = format!("/api/openings?store={STORE}&service={CUT}&from=2026-11-22&days=1");
    let tag = async |path: &str| world.send("GET", path, None, vec![]).await.headers["etag"].to_str().expect("text").to_owned();
    let (openings, catalogue) = (tag(&path).await, tag("/api/catalogue").await);
    let another_day = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(9, 14, 0));
    assert_eq!(world.direct(&member, &another_day).await, Outcome::Applied);
    let shift = shared::command::PutShift::of(shift(JJ, 2), 1);
    assert_eq!(world.give(vec![Command::PutShift(shift)]).await, [Outcome::Applied]);
    world.state.clock.advance_minutes(1);
    assert_eq!(tag(&path).await, openings, "nobody counts what happens elsewhere in the store");
    assert_eq!(tag("/api/catalogue").await, catalogue, "the roster is not in it");
    assert_eq!(world.send_with("GET", &path, None, vec![], &[("if-none-match", &openings)]).await.status, StatusCode::NOT_MODIFIED);
    let that_day = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0));
    assert_eq!(world.direct(&member, &that_day).await, Outcome::Applied);
    assert_ne!(tag(&path).await, openings);
    assert_eq!(world.send_with("GET", &path, None, vec![], &[("if-none-match", &openings)]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_manager_gives_logins_only_to_people_of_their_own_store() {
    let world = World::salon().await;
    let login = |name: &str, store| {
        let password = "long enough for anybody";
        json!({ "name": name, "password": password, "role": "technician", "store": store, "staff": JJ })
    };
    let mut there = signed_in(&world, "wu", Role::StoreManager, Some(OTHER_STORE)).await;
    assert_eq!(there.post("/api/users", login("jj", OTHER_STORE)).await.problem(), "invalid");
    let mut owner = signed_in(&world, "owner", Role::Owner, None).await;
    assert_eq!(owner.post("/api/users", login("jj", OTHER_STORE)).await.problem(), "invalid", "he does not work there");
    let mut here = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    assert_eq!(here.post("/api/users", login("jj", STORE)).await.status, StatusCode::CREATED);
}
