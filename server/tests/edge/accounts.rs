//! Signing in and out: members by code, staff by password, tablets by enrolment and PIN.

use axum::http::StatusCode;
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::auth::attempts;
use server::rate_limit::Counter;
use shared::command::{Command, RegisterMember};
use shared::role::Role;

use crate::browser::{Browser, login, signed_in};
use crate::world::{CUT, JJ, KELLY, STORE, World, consent, new_member};

const PHONE: &str = "138 0013 8000";

#[tokio::test]
async fn a_member_signs_in_with_the_code_that_came_and_out_again() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    assert_eq!(phone.session().await, None);
    let code = phone.code_for(PHONE).await;
    let signed_in = phone.sign_in_member(PHONE, &code).await;
    assert_eq!(signed_in.status, StatusCode::OK);
    let session = phone.session().await.expect("a session");
    assert_eq!(session, signed_in.json());
    assert_eq!(session["phone_masked"], "138****8000");
    assert_eq!(session["grants"], json!([]));
    assert!(session["scopes"].to_string().contains("User"));
    assert_eq!(phone.send("DELETE", "/api/session", Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(phone.session().await, None);
    assert_eq!(world.count("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn the_same_number_is_the_same_account_and_may_hold_several_members() {
    let world = World::salon().await;
    let mut first = Browser::new(&world, "member");
    let code = first.code_for(PHONE).await;
    let account = first.sign_in_member(PHONE, &code).await.json()["account"].clone();
    let person = world.member("139 0013 9000").await;
    for name in ["林小满", "林小满的女儿"] {
        let register = RegisterMember {
            member: new_member(),
            account: Some(person.account()),
            store: None,
            name: name.into(),
            phone: None,
            consent: consent(),
        };
        assert_eq!(world.direct(&person, &Command::RegisterMember(register)).await, shared::sync::Outcome::Applied);
    }
    let again = world.send("GET", "/api/session", Some(&person), vec![]).await.json();
    assert_eq!(again["name"], "林小满");
    let mut second = Browser::new(&world, "member");
    let code = second.code_for("+86 138-0013-8000").await;
    assert_eq!(second.sign_in_member(PHONE, &code).await.json()["account"], account);
}

#[tokio::test]
async fn messages_speak_the_language_of_the_last_sign_in() {
    let world = World::salon().await;
    for language in ["en", "zh"] {
        let mut phone = Browser::new(&world, "member");
        let code = phone.code_for(PHONE).await;
        let asked = json!({ "phone": PHONE, "code": code, "language": language });
        assert_eq!(phone.send("POST", "/api/session/member", asked).await.status, StatusCode::OK);
        let english = "select count(*) from accounts where language = 'en'";
        assert_eq!(world.count(english).await, i64::from(language == "en"));
    }
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    let code = phone.code_for(PHONE).await;
    assert_eq!(phone.sign_in_member("139 0013 9000", &code).await.problem(), "wrong_code");
    assert_eq!(phone.sign_in_member(PHONE, &code).await.status, StatusCode::OK);
    assert_eq!(phone.sign_in_member(PHONE, &code).await.problem(), "wrong_code");
    let late = phone.code_for(PHONE).await;
    world.state.clock.advance_minutes(10);
    assert_eq!(phone.sign_in_member(PHONE, &late).await.problem(), "wrong_code");
}

#[tokio::test]
async fn after_five_wrong_codes_even_the_right_one_has_to_wait() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    let code = phone.code_for(PHONE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(phone.sign_in_member(PHONE, wrong).await.problem(), "wrong_code");
    }
    let refused = phone.sign_in_member(PHONE, &code).await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many"));
    let wait: i64 = refused.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=600).contains(&wait), "{wait}");
    world.state.clock.advance_minutes(10);
    let code = phone.code_for(PHONE).await;
    assert_eq!(phone.sign_in_member(PHONE, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn many_guesses_at_once_are_no_more_than_five() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    phone.code_for(PHONE).await;
    let guess = |number: u32| {
        let mut tab = phone.tab();
        async move { tab.sign_in_member(PHONE, &format!("{number:06}")).await.status }
    };
    let statuses = join_all((0..24).map(guess)).await;
    let looked_at = statuses.iter().filter(|status| **status != StatusCode::TOO_MANY_REQUESTS).count();
    assert_eq!(looked_at, 5, "{statuses:?}");
}

#[tokio::test]
async fn asking_for_codes_again_and_again_is_stopped() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    for _ in 0..3 {
        assert_eq!(phone.post("/api/codes", json!({ "phone": PHONE })).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(phone.post("/api/codes", json!({ "phone": PHONE })).await.problem(), "too_many");
    assert_eq!(world.count("select count(*) from messages where template = 'code'").await, 3);
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_get_the_same_answer() {
    let world = World::salon().await;
    let password = login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let mut desk = Browser::new(&world, "desk");
    let unknown = desk.sign_in_staff("nobody", &password).await;
    let wrong = desk.sign_in_staff("mei", "not the password").await;
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
    assert_eq!(wrong.problem(), "wrong_password");
    let right = desk.sign_in_staff("MEI", &password).await;
    assert_eq!(right.status, StatusCode::OK);
    assert_eq!(right.json()["grants"], json!([{ "role": "store_manager", "store": STORE }]));
}

#[tokio::test]
async fn the_sixth_password_for_a_name_is_not_looked_at() {
    let world = World::salon().await;
    let password = login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let mut desk = Browser::new(&world, "desk");
    for _ in 0..5 {
        assert_eq!(desk.sign_in_staff("mei", "guess").await.problem(), "wrong_password");
    }
    assert_eq!(desk.sign_in_staff("mei", &password).await.problem(), "too_many");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tries_of_one_name_are_counted_while_others_are_forgiven() {
    let world = World::salon().await;
    let mut desks = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let state = world.state.clone();
        desks.spawn(async move {
            let tries = [(Counter::PasswordPair, b"qing".to_vec())];
            for _ in 0..150 {
                attempts::record(&state, &tries).await.expect("four at once are not too many");
                attempts::forgive(&state, &tries).await.expect("the database");
            }
        });
    }
    desks.join_all().await;
    assert_eq!(world.count("select count(*) from attempts").await, 0);
}

#[tokio::test]
async fn a_manager_enrols_a_tablet_and_staff_say_who_they_are() {
    let world = World::salon().await;
    let mut tablet = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    assert_eq!(tablet.send("PUT", &format!("/api/staff/{JJ}/pin"), json!({ "pin": "4821" })).await.status, StatusCode::NO_CONTENT);
    for poor in ["12", "1234", "1111", "9876", "1212"] {
        assert_eq!(tablet.send("PUT", &format!("/api/staff/{JJ}/pin"), json!({ "pin": poor })).await.problem(), "invalid", "{poor}");
    }
    let enrolled = tablet.post("/api/devices", json!({ "store": STORE, "name": "前台平板" })).await;
    assert_eq!(enrolled.status, StatusCode::OK);
    let session = enrolled.json();
    assert_eq!((&session["store"], &session["name"]), (&json!(STORE), &json!("前台平板")));
    assert_eq!(session["grants"], json!([{ "role": "receptionist", "store": STORE }]));
    assert_eq!(world.count("select count(*) from sessions where user_id is not null").await, 0, "the manager is signed out there");
    assert_eq!(tablet.post("/api/session/pin", json!({ "staff": JJ, "pin": "0000" })).await.problem(), "wrong_pin");
    assert_eq!(tablet.post("/api/session/pin", json!({ "staff": KELLY, "pin": "4821" })).await.problem(), "wrong_pin");
    let claimed = tablet.post("/api/session/pin", json!({ "staff": JJ, "pin": "4821" })).await;
    assert_eq!(claimed.json()["staff"], json!(JJ));
    assert_eq!(tablet.session().await.expect("a session")["staff"], json!(JJ));
    for _ in 0..5 {
        assert_eq!(tablet.post("/api/session/pin", json!({ "staff": JJ, "pin": "0000" })).await.problem(), "wrong_pin");
    }
    assert_eq!(tablet.post("/api/session/pin", json!({ "staff": JJ, "pin": "4821" })).await.problem(), "too_many");
}

#[tokio::test]
async fn a_revoked_tablet_is_signed_out_and_its_streams_end() {
    let world = World::salon().await;
    let mut tablet = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let device = tablet.post("/api/devices", json!({ "store": STORE, "name": "前台平板" })).await.json();
    let id = device["principal"]["Device"].as_str().expect("an id").to_owned();
    let session: uuid::Uuid = sqlx::query_scalar("select id from sessions").fetch_one(&world.state.pool).await.expect("a session");
    let mut stream = world.state.live.listen(Some(session), vec![]);
    let mut office = signed_in(&world, "owner", Role::Owner, None).await;
    let listed = office.send("GET", &format!("/api/devices?store={STORE}"), Value::Null).await.json();
    assert_eq!(listed[0]["id"], id);
    assert_eq!(office.send("DELETE", &format!("/api/devices/{id}"), Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.next().await, None);
    assert_eq!(tablet.session().await, None);
}

#[tokio::test]
async fn nobody_gives_more_rights_than_their_own() {
    let world = World::salon().await;
    let user =
        |name: &str, role: &str, store: Value| json!({ "name": name, "password": "violet-harbour-trams", "role": role, "store": store });
    let mut mei = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    assert_eq!(mei.post("/api/users", user("qing", "receptionist", json!(STORE))).await.status, StatusCode::CREATED);
    assert_eq!(mei.post("/api/users", user("Qing", "receptionist", json!(STORE))).await.problem(), "already_exists");
    assert_eq!(mei.post("/api/users", user("boss", "owner", Value::Null)).await.problem(), "not_allowed");
    let short = json!({ "name": "tea", "password": "short", "role": "technician", "store": STORE });
    assert_eq!(mei.post("/api/users", short).await.problem(), "weak_password");
    let mut qing = Browser::new(&world, "desk");
    assert_eq!(qing.sign_in_staff("qing", "violet-harbour-trams").await.status, StatusCode::OK);
    assert_eq!(qing.post("/api/users", user("tea", "technician", json!(STORE))).await.problem(), "not_allowed");
    assert_eq!(qing.post("/api/devices", json!({ "store": STORE, "name": "x" })).await.problem(), "not_allowed");
    assert_eq!(qing.send("PUT", &format!("/api/staff/{JJ}/pin"), json!({ "pin": "4821" })).await.problem(), "not_allowed");
    assert_eq!(Browser::new(&world, "desk").post("/api/users", user("x", "owner", Value::Null)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_that_is_not_used_ends_and_one_in_use_stays() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    let code = phone.code_for(PHONE).await;
    phone.sign_in_member(PHONE, &code).await;
    for _ in 0..3 {
        world.state.clock.advance_minutes(80 * 1440);
        assert!(phone.session().await.is_some(), "it is used now and then");
    }
    world.state.clock.advance_minutes(91 * 1440);
    assert_eq!(phone.session().await, None);
    assert!(server::jobs::tidy_up::once(&world.state).await.expect("tidied") > 0);
    assert_eq!(world.count("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn whoever_reads_the_database_finds_no_number_code_or_token() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    assert_eq!(phone.post("/api/codes", json!({ "phone": PHONE })).await.status, StatusCode::NO_CONTENT);
    let rows: Vec<String> =
        sqlx::query_scalar("select t::text from messages t union all select t::text from codes t union all select t::text from attempts t")
            .fetch_all(&world.state.pool)
            .await
            .expect("rows");
    let code = crate::browser::receive(&world).await.remove(0).text.chars().filter(char::is_ascii_digit).take(6).collect::<String>();
    assert!(rows.len() >= 3 && rows.iter().all(|row| !row.contains("13800138000") && !row.contains(&code)), "{rows:?}");
    assert_eq!(world.count("select count(*) from messages where facts <> '{}'").await, 0, "a sent code is not kept");
    phone.sign_in_member(PHONE, &code).await;
    let account: String = sqlx::query_scalar("select t::text from accounts t").fetch_one(&world.state.pool).await.expect("a row");
    assert!(!account.contains("13800138000"), "{account}");
}

#[tokio::test]
async fn requests_that_make_no_sense_are_refused_in_words() {
    let world = World::salon().await;
    let mut desk = Browser::new(&world, "desk");
    assert_eq!(desk.post("/api/codes", json!({ "phone": "call me" })).await.problem(), "phone_invalid");
    assert_eq!(desk.post("/api/codes", json!({ "phone": PHONE, "more": 1 })).await.problem(), "malformed");
    assert_eq!(desk.post("/api/session/staff", json!([])).await.problem(), "malformed");
    assert_eq!(desk.post("/api/session/pin", json!({ "staff": JJ, "pin": "1234" })).await.status, StatusCode::UNAUTHORIZED);
    let mut mei = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    assert_eq!(mei.post("/api/session/pin", json!({ "staff": JJ, "pin": "1234" })).await.problem(), "not_allowed");
    assert_eq!(mei.send("PUT", "/api/staff/not-an-id/pin", json!({ "pin": "1234" })).await.problem(), "not_found");
    assert_eq!(mei.send("PUT", &format!("/api/staff/{}/pin", CUT.0), json!({ "pin": "1234" })).await.problem(), "not_found");
    assert_eq!(mei.send("GET", "/api/devices?store=nonsense", Value::Null).await.problem(), "malformed");
    assert_eq!(mei.send("DELETE", "/api/devices/nonsense", Value::Null).await.problem(), "not_found");
    assert_eq!(mei.send("GET", "/api/zones/Nowhere%2FAtAll", Value::Null).await.problem(), "not_found");
    let shanghai = mei.send("GET", "/api/zones/Asia%2FShanghai", Value::Null).await.json();
    assert_eq!(shanghai["first_offset_seconds"], 28_800);
}

#[tokio::test]
async fn a_login_that_was_closed_is_open_again_with_its_new_password() {
    let world = World::salon().await;
    let first = login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let close = "with closed as (update users set active = false returning 1) select count(*) from closed";
    assert_eq!(world.count(close).await, 1);
    assert_eq!(Browser::new(&world, "desk").sign_in_staff("mei", &first).await.problem(), "wrong_password");
    let second = login(&world, "mei", Role::Owner, None).await;
    let signed_in = Browser::new(&world, "desk").sign_in_staff("mei", &second).await.json();
    assert_eq!(signed_in["grants"][0]["role"], "store_manager", "{signed_in}");
}
