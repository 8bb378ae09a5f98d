//! The outbox: what is written with a change is sent once in effect, whatever happens in between.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use server::db::messages::{Addressee, NewMessage, put};
use server::messages::Outbox;
use server::messages::gateway::Gateway;
use server::messages::sender::{NotSent, Outgoing, Sender};
use server::template::Template;
use shared::decision::NoticeKind;
use shared::phone::Phone;
use shared::region::Region;
use shared::staff_preference::StaffPreference;
use tokio::sync::Mutex;

use crate::browser::{Browser, Phones, receive};
use crate::world::{JJ, World, at, book, new_booking};

#[tokio::test]
async fn a_confirmed_booking_is_told_once() {
    let world = World::salon().await;
    let member = world.member("138 0013 8000").await;
    let staff_preference = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(0, 14, 0));
    assert_eq!(world.direct(&member, &staff_preference).await, shared::sync::Outcome::Applied);
    let received = receive(&world).await;
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0].to.as_str(), "+8613800138000");
    assert!(received[0].text.contains("【玉门里发型】已确认：11月21日周六 14:00，洗剪吹，阿杰"), "{}", received[0].text);
    assert!(receive(&world).await.is_empty());
}

#[tokio::test]
async fn two_workers_never_send_the_same_message() {
    let world = World::salon().await;
    for number in 0..20 {
        let phone = format!("1380013{:04}", 8000 + number);
        assert_eq!(Browser::new(&world, "member").post("/api/codes", json!({ "phone": phone })).await.status, StatusCode::NO_CONTENT);
    }
    let phones = Phones::default();
    let worker = || Outbox::new(world.state.clone(), Arc::new(phones.clone()), None);
    let (one, two, three) = (worker(), worker(), worker());
    let taken = tokio::join!(one.send_due(), two.send_due(), three.send_due());
    let taken = [taken.0, taken.1, taken.2].map(|taken| taken.expect("sent")).iter().sum::<usize>();
    let mut ids: Vec<_> = phones.received.lock().expect("a lock").iter().map(|message| message.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((taken, ids.len()), (20, 20));
}

#[tokio::test]
async fn a_gateway_that_is_down_gets_the_message_later_under_the_same_key() {
    let world = World::salon().await;
    Browser::new(&world, "member").post("/api/codes", json!({ "phone": "138 0013 8000" })).await;
    let phones = Phones::default();
    phones.failures.lock().expect("a lock").push(NotSent::TryAgain("no answer".into()));
    let outbox = Outbox::new(world.state.clone(), Arc::new(phones.clone()), None);
    assert_eq!(outbox.send_due().await.expect("looked"), 1);
    assert_eq!(outbox.send_due().await.expect("looked"), 0, "it waits a little first");
    assert_eq!(world.count("select count(*) from messages where state = 'waiting' and attempts = 1").await, 1);
    world.state.clock.advance_minutes(1);
    assert_eq!(outbox.send_due().await.expect("looked"), 1);
    assert_eq!(phones.received.lock().expect("a lock").len(), 1);
    assert_eq!(world.count("select count(*) from messages where state = 'sent'").await, 1);
}

#[tokio::test]
async fn a_worker_sends_again_in_the_minute_to_which_the_clock_is_moved() {
    let world = World::salon().await;
    Browser::new(&world, "member").post("/api/codes", json!({ "phone": "138 0013 8000" })).await;
    let phones = Phones::default();
    phones.failures.lock().expect("a lock").push(NotSent::TryAgain("no answer".into()));
    let worker = tokio::spawn(Outbox::new(world.state.clone(), Arc::new(phones.clone()), None).run());
    while world.count("select count(*) from messages where state = 'waiting' and error is not null").await == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(phones.received.lock().expect("a lock").len(), 0);
    world.state.clock.advance_minutes(1);
    while world.count("select count(*) from messages where state = 'sent'").await == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(phones.received.lock().expect("a lock").len(), 1);
    worker.abort();
}

#[tokio::test]
async fn the_same_cause_tells_nobody_twice() {
    let world = World::salon().await;
    let member = world.member("138 0013 8000").await;
    let (account, now) = (member.account(), world.state.clock.now());
    let message = || NewMessage {
        id: uuid::Uuid::new_v5(&account.0, b"birthday 2026"),
        template: Template::Notice(NoticeKind::Confirmed),
        to: Addressee::Account(account),
        language: None,
        store: None,
        about: None,
        facts: json!({ "store": { "zh": "玉门里发型", "en": "" } }),
        is_own: false,
        due_at: now.plus_minutes(30),
        good_until: None,
    };
    for _ in 0..2 {
        put(&mut world.state.pool.acquire().await.expect("a connection"), &[message()], now, 10).await.expect("put in");
    }
    assert!(receive(&world).await.is_empty(), "it is not due");
    world.state.clock.advance_minutes(30);
    assert_eq!(receive(&world).await.len(), 1);
    put(&mut world.state.pool.acquire().await.expect("a connection"), &[message()], now, 10).await.expect("put in");
    assert!(receive(&world).await.is_empty(), "it has been sent");
}

#[tokio::test]
async fn a_message_whose_sender_died_comes_back() {
    let world = World::salon().await;
    Browser::new(&world, "member").post("/api/codes", json!({ "phone": "138 0013 8000" })).await;
    let now = world.state.clock.now();
    let lost = server::db::messages::claim(&world.state.pool, now, now.plus_minutes(5), 10).await.expect("claimed");
    assert!(receive(&world).await.is_empty(), "somebody has it");
    world.state.clock.advance_minutes(5);
    let received = receive(&world).await;
    assert_eq!(received.iter().map(|message| message.id).collect::<Vec<_>>(), [lost[0].id]);
}

#[tokio::test]
async fn a_refused_message_is_given_up_and_a_late_code_too() {
    let world = World::salon().await;
    Browser::new(&world, "member").post("/api/codes", json!({ "phone": "138 0013 8000" })).await;
    let phones = Phones::default();
    phones.failures.lock().expect("a lock").push(NotSent::Refused("no such number".into()));
    let outbox = Outbox::new(world.state.clone(), Arc::new(phones.clone()), None);
    outbox.send_due().await.expect("looked");
    assert_eq!(world.count("select count(*) from messages where state = 'failed' and facts = '{}'").await, 1);
    Browser::new(&world, "member").post("/api/codes", json!({ "phone": "139 0013 9000" })).await;
    world.state.clock.advance_minutes(10);
    phones.failures.lock().expect("a lock").push(NotSent::TryAgain("no answer".into()));
    outbox.send_due().await.expect("looked");
    assert_eq!(world.count("select count(*) from messages where state = 'failed'").await, 2, "nobody could use that code any more");
}

#[tokio::test]
async fn a_code_that_waited_while_the_server_was_down_is_not_sent_when_nobody_can_use_it_any_more() {
    let world = World::salon().await;
    Browser::new(&world, "member").post("/api/codes", json!({ "phone": "138 0013 8000" })).await;
    world.state.clock.advance_minutes(10);
    assert!(receive(&world).await.is_empty());
    assert_eq!(world.count("select count(*) from messages where state = 'failed' and facts = '{}'").await, 1);
}

#[tokio::test]
async fn what_somebody_was_told_is_forgotten_after_more_than_a_year_and_what_waits_is_not() {
    let world = World::salon().await;
    let member = world.member("138 0013 8000").await;
    let staff_preference = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(0, 14, 0));
    assert_eq!(world.direct(&member, &staff_preference).await, shared::sync::Outcome::Applied);
    assert_eq!(receive(&world).await.len(), 1);
    let staff_preference = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(0, 16, 0));
    assert_eq!(world.direct(&member, &staff_preference).await, shared::sync::Outcome::Applied);
    for (days, kept) in [(399, 2), (2, 1)] {
        world.state.clock.advance_minutes(days * 24 * 60);
        server::jobs::tidy_up::once(&world.state).await.expect("tidied");
        assert_eq!(world.count("select count(*) from messages").await, kept, "after {days} days more");
    }
    assert_eq!(world.count("select count(*) from messages where state = 'waiting'").await, 1);
}

#[tokio::test]
async fn the_gateway_is_asked_with_a_key_and_a_token() {
    let seen: Arc<Mutex<Vec<(String, String, Value)>>> = Arc::default();
    let record = Arc::clone(&seen);
    let gateway = Router::new().route(
        "/sms/send",
        post(move |headers: axum::http::HeaderMap, Json(body): Json<Value>| async move {
            let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
            record.lock().await.push((text("idempotency-key"), text("authorization"), body));
            StatusCode::ACCEPTED
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/sms/send", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, gateway).await });
    let sender = Gateway::new(&address, Some("secret".into())).expect("a gateway");
    let id = crate::world::fresh();
    let to = Phone::parse("13800138000", Region::Cn).expect("a number");
    let message = Outgoing { id, to, template: Template::Code, text: "验证码 042317".into() };
    assert_eq!(sender.send(&message).await, Ok(()));
    let seen = seen.lock().await;
    let (key, token, body) = seen.first().expect("a request");
    assert_eq!((key.as_str(), token.as_str()), (id.to_string().as_str(), "Bearer secret"));
    assert_eq!((&body["to"], &body["text"]), (&json!("+8613800138000"), &json!("验证码 042317")));
    let gone = Gateway::new("http://127.0.0.1:1/", None).expect("a gateway");
    assert!(matches!(gone.send(&message).await, Err(NotSent::TryAgain(_))));
}
