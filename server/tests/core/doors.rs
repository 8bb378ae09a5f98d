//! What comes to the doors: openings for everybody, and nonsense, which is told so politely.

use axum::http::StatusCode;
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command, Move, PutStaff};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::{PROTOCOL, SyncRequest};

use crate::world::*;

fn openings(days: u16) -> String {
    format!("/api/openings?store={STORE}&service={CUT}&from=2026-11-22&days={days}")
}

#[tokio::test]
async fn what_is_listed_is_free_and_what_is_booked_is_no_longer_listed() {
    let world = World::salon().await;
    let answered = world.send("GET", &openings(2), None, vec![]).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answered.body));
    let listed = answered.json();
    let first = &listed["days"][0]["openings"][0];
    assert_eq!(first["starts_at"], "2026-11-22T10:00:00+08:00");
    assert_eq!(first["at"], at(1, 10, 0).0);
    assert_eq!(first["staff"].as_array().map(Vec::len), Some(2));
    let tag = answered.headers["etag"].to_str().expect("a tag").to_owned();
    let again = world.send_with("GET", &openings(2), None, vec![], &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);

    let member = world.member("13800138000").await;
    world.direct(&member, &book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, 10, 0))).await;
    let changed = world.send_with("GET", &openings(2), None, vec![], &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(changed.json()["days"][0]["openings"][0]["staff"], serde_json::json!([KELLY]));
    let jj = world.send("GET", &format!("{}&staff={JJ}", openings(1)), None, vec![]).await.json();
    assert_eq!(jj["days"][0]["openings"][0]["starts_at"], "2026-11-22T11:00:00+08:00");
}

#[tokio::test]
async fn nonsense_is_a_client_error_with_words_in_both_languages() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let with_nul = br#"{"name":"mei\u0000","password":"a long password"}"#;
    type Case<'a> = (&'a str, String, Option<&'a Person>, Vec<u8>, u16, &'a str);
    let cases: Vec<Case<'_>> = vec![
        ("POST", "/api/sync".into(), None, b"nonsense".to_vec(), 400, "malformed"),
        ("POST", "/api/sync".into(), None, vec![], 400, "malformed"),
        ("POST", "/api/sync".into(), None, vec![0xff; 40], 400, "malformed"),
        ("POST", "/api/sync".into(), None, vec![49, 0, 0], 426, "protocol"),
        ("POST", "/api/sync".into(), None, vec![0; (1 << 20) + 1], 413, "too_large"),
        ("POST", "/api/direct".into(), Some(&member), vec![7; 9], 400, "malformed"),
        ("POST", "/api/direct".into(), Some(&member), vec![0; (1 << 20) + 1], 413, "too_large"),
        ("GET", "/api/sync".into(), None, vec![], 405, "method"),
        ("GET", "/api/nowhere".into(), None, vec![], 404, "not_found"),
        ("GET", "/api/zones/%FF".into(), None, vec![], 400, "malformed"),
        ("DELETE", "/api/devices/%FF".into(), None, vec![], 400, "malformed"),
        ("POST", "/api/session/staff".into(), None, with_nul.to_vec(), 400, "malformed"),
        ("POST", "/api/session/staff".into(), None, b"{\"name\":1}".to_vec(), 400, "malformed"),
        ("GET", "/api/openings".into(), None, vec![], 400, "malformed"),
        ("GET", format!("{}&more=1", openings(1)), None, vec![], 400, "malformed"),
        ("GET", openings(0), None, vec![], 422, "invalid"),
        ("GET", openings(1).replace("2026-11-22", "2026-02-30"), None, vec![], 422, "invalid"),
        ("GET", openings(1).replace("2026-11-22", "9999-12-31"), None, vec![], 200, ""),
        ("GET", openings(1).replace(&CUT.to_string(), &STORE.to_string()), None, vec![], 404, "not_found"),
        ("GET", openings(1).replace(&STORE.to_string(), &CUT.to_string()), None, vec![], 404, "not_found"),
        ("GET", "/api/live?scopes=brand/secret".into(), None, vec![], 400, "malformed"),
        ("GET", format!("/api/live?scopes={}", Scope::Desk(STORE)), None, vec![], 403, "not_allowed"),
    ];
    for (method, path, person, body, status, problem) in cases {
        let answered = world.send(method, &path, person, body).await;
        assert_eq!(answered.status.as_u16(), status, "{method} {path}: {}", String::from_utf8_lossy(&answered.body));
        if status != 200 {
            assert_eq!(answered.problem(), problem, "{method} {path}");
        }
    }
    assert_eq!(world.count("select count(*) from commands where principal <> 'system'").await, 0);
}

#[tokio::test]
async fn commands_need_a_session_and_numbers() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    phone.give(&book(new_booking(), Some(member.account()), StaffPreference::Any, at(1, 14, 0)), morning());
    let request = phone.request(morning());
    let bytes = |request: &SyncRequest| postcard::to_allocvec(request).expect("bytes");
    assert_eq!(world.send("POST", "/api/sync", None, bytes(&request)).await.problem(), "not_signed_in");
    let anonymous = SyncRequest { replica: None, ..request.clone() };
    assert_eq!(world.send("POST", "/api/sync", Some(&member), bytes(&anonymous)).await.problem(), "malformed");
    let mut zero = request.clone();
    zero.commands[0].number = 0;
    assert_eq!(world.send("POST", "/api/sync", Some(&member), bytes(&zero)).await.problem(), "malformed");
    let newer = SyncRequest { protocol: PROTOCOL + 1, ..request };
    assert_eq!(world.send("POST", "/api/sync", Some(&member), bytes(&newer)).await.status, StatusCode::UPGRADE_REQUIRED);
    let envelope = postcard::to_allocvec(&phone.outbox[0]).expect("bytes");
    assert_eq!(world.send("POST", "/api/direct", Some(&member), envelope).await.problem(), "malformed");
}

#[tokio::test]
async fn while_the_database_is_gone_everybody_is_told_to_come_back() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    world.state.pool.close().await;
    let phone = Device::new(&member, &[]);
    let body = postcard::to_allocvec(&phone.request(morning())).expect("bytes");
    for (method, path, body) in [("POST", "/api/sync".to_owned(), body), ("GET", openings(1), vec![]), ("GET", "/readyz".into(), vec![])] {
        let answered = world.send(method, &path, Some(&member), body).await;
        assert_eq!((answered.status.as_u16(), answered.problem().as_str()), (503, "unavailable"), "{path}");
        assert_eq!(answered.headers["retry-after"], "2");
    }
    assert_eq!(world.send("GET", "/livez", None, vec![]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_catalogue_is_public_and_cached() {
    let world = World::salon().await;
    let answered = world.send("GET", "/api/catalogue", None, vec![]).await;
    assert_eq!(answered.json()["stores"].as_array().map(Vec::len), Some(2));
    let tag = answered.headers["etag"].to_str().expect("a tag").to_owned();
    assert_eq!(world.send_with("GET", "/api/catalogue", None, vec![], &[("if-none-match", &tag)]).await.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn what_a_number_lacks_is_said_at_the_door() {
    let world = World::salon().await;
    let ask = async |phone: &str| {
        let body = serde_json::json!({ "phone": phone }).to_string().into_bytes();
        let answered = world.send_with("POST", "/api/codes", None, body, &[("content-type", "application/json")]).await;
        (
            answered.status.as_u16(),
            if answered.body.is_empty() { String::new() } else { answered.json()["type"].as_str().unwrap_or_default().to_owned() },
        )
    };
    assert_eq!(ask("1380013800").await, (422, "/problems/phone_short".into()));
    assert_eq!(ask("91234567").await, (422, "/problems/phone_country".into()));
    assert_eq!(ask("16045550123").await, (422, "/problems/phone_country".into()));
    assert_eq!(ask("hello").await, (422, "/problems/phone_invalid".into()));
    assert_eq!(ask("\u{202D}（86）138－0013－8000\u{202C}").await.0, 204);
    assert_eq!(ask("8613800138000").await.0, 204);
}

#[tokio::test]
async fn a_names_letters_arrive_as_people_see_them() {
    let world = World::salon().await;
    let mut staff = world.state.catalogue().await.expect("the catalogue").staff[&JJ].clone();
    staff.name = shared::name::Name::only("Zoe\u{301}\u{202E} \u{200B}\nLee");
    let base = staff.written.map_or(0, |written| written.version);
    world.give(vec![Command::PutStaff(PutStaff::of(staff, base))]).await;
    assert_eq!(world.state.catalogue().await.expect("the catalogue").staff[&JJ].name.zh, "Zo\u{e9} Lee");
}

#[tokio::test]
async fn a_moved_visit_replaces_itself_in_the_calendar_and_a_cancelled_one_leaves_it() {
    let world = World::salon().await;
    let (member, other) = (world.member("13800138000").await, world.member("13900139000").await);
    let booking = new_booking();
    let path = format!("/api/calendar/{booking}");
    world.direct(&member, &book(booking, Some(member.account()), StaffPreference::Requested(JJ), at(1, 10, 0))).await;
    let line = |text: &str, name: &str| text.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned)).expect("a line");
    let read = async || String::from_utf8(world.send("GET", &path, Some(&member), vec![]).await.body).expect("text");
    let first = read().await;
    assert_eq!((line(&first, "STATUS:"), line(&first, "DTSTART:")), ("CONFIRMED".into(), "20261122T020000Z".into()), "{first}");
    let moved = Move { store: STORE, booking, starts_at: at(1, 15, 0), staff_preferences: Vec::new(), override_reason: None };
    world.direct(&member, &Command::Move(moved)).await;
    let second = read().await;
    assert_eq!(line(&second, "DTSTART:"), "20261122T070000Z");
    let cancelled = Cancel { store: STORE, booking, by: CancelledBy::Member, reason: "".into() };
    world.direct(&member, &Command::Cancel(cancelled)).await;
    let third = read().await;
    assert_eq!(line(&third, "STATUS:"), "CANCELLED");
    let number = |text: &str| line(text, "SEQUENCE:").parse::<u32>().expect("a number");
    assert!(number(&first) < number(&second) && number(&second) < number(&third));
    assert_eq!(line(&first, "UID:"), line(&third, "UID:"));
    assert_eq!(world.send("GET", &path, Some(&other), vec![]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.send("GET", &path, None, vec![]).await.status, StatusCode::UNAUTHORIZED);
}
