//! Crowds: many strangers, many connections, many streams. Whoever is signed in, and whoever asks for something, is served.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use server::limits::Limits;
use shared::scope::Scope;
use shared::sync::{Cursor, SyncRequest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;
use uuid::Uuid;

use crate::served::{Served, request};
use crate::world::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_of_strangers_waits_for_itself_and_not_a_member_for_it() {
    let world = Arc::new(World::salon().await.with_limits(Limits { anonymous_wait_seconds: 0, ..Limits::default() }));
    let member = world.member("13800138000").await;
    let mut busy = world.state.pool.begin().await.expect("a transaction");
    sqlx::query("lock table occupancy in access exclusive mode").execute(&mut *busy).await.expect("the lock");
    let mut strangers = tokio::task::JoinSet::new();
    let path = format!("/api/openings?store={STORE}&service={CUT}&from=2026-11-22&days=1");
    for _ in 0..40 {
        let (world, path) = (Arc::clone(&world), path.clone());
        strangers.spawn(async move { world.send("GET", &path, None, vec![]).await });
    }
    // Of twelve connections six are for strangers, one of them for signing in.
    until("refused", async || world.state.counters.limited("anonymous_percent") == 35).await;
    for _ in 0..20 {
        assert_eq!(world.send("GET", "/api/session", Some(&member), vec![]).await.status, StatusCode::OK);
    }
    assert_eq!(world.send("GET", "/readyz", None, vec![]).await.status, StatusCode::OK);
    let wrong = br#"{"phone":"13800138000","code":"000000"}"#.to_vec();
    assert_eq!(world.send("POST", "/api/session/member", None, wrong).await.problem(), "wrong_code", "one can still sign in");
    busy.commit().await.expect("the table is free");
    let answers = strangers.join_all().await;
    let (served, told): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answered| answered.status == StatusCode::OK);
    assert_eq!((served.len(), told.len()), (5, 35));
    assert!(told.iter().all(|answered| answered.problem() == "busy" && answered.headers["retry-after"] == "2"));
}

#[tokio::test]
async fn a_scope_is_asked_for_once() {
    let world = World::salon().await;
    let cursor = |scope| Cursor { scope, grant: Uuid::nil().into(), seq: 0 };
    let asked = |cursors| SyncRequest::new(None, morning(), cursors, vec![]);
    let once = asked(vec![cursor(Scope::BrandPublic), cursor(Scope::Busy(STORE))]);
    assert_eq!(world.exchange(None, &once).await.pages.len(), 2);
    let often = postcard::to_allocvec(&asked(vec![cursor(Scope::Busy(STORE)); 400])).expect("bytes");
    let answered = world.send("POST", "/api/sync", None, often).await;
    assert_eq!((answered.status, answered.problem().as_str()), (StatusCode::BAD_REQUEST, "malformed"));
    assert_eq!(answered.json()["detail"], "one cursor per scope");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_sent_requests_keep_nobody_out_and_are_ended() {
    let world = World::salon().await;
    let served = Served::start(&world, &["--connections-per-address", "50", "--header-seconds", "1"]);
    let (soft, hard) = served.open_files();
    assert_eq!(soft, hard, "as many files as the system allows");
    let mut silent = Vec::new();
    for _ in 0..200 {
        let mut stream = served.connect().await;
        let _given_up_already = stream.write_all(b"GET /api/catalogue HTTP/1.1\r\nhost: ").await;
        silent.push(stream);
    }
    assert_eq!(served.ask(&request("GET", "/api/catalogue", None, &[])).await.0, 200);
    for mut stream in silent {
        let mut answer = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut answer)).await;
        assert!(ended.is_ok() && answer.is_empty(), "a half-sent request is ended without an answer");
    }
    assert_eq!(served.ask(&request("GET", "/api/catalogue", None, &[])).await.0, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_every_connection_is_at_work_the_next_is_told_so() {
    let world = World::salon().await;
    let served = Served::start(&world, &["--connections-per-address", "3"]);
    let mut streams = Vec::new();
    for _ in 0..3 {
        let mut stream = served.connect().await;
        stream.write_all(b"GET /api/live?scopes=brand/public HTTP/1.1\r\nhost: huiyue\r\n\r\n").await.expect("it listens");
        let mut begin = [0; 15];
        stream.read_exact(&mut begin).await.expect("an answer");
        assert_eq!(&begin, b"HTTP/1.1 200 OK");
        streams.push(stream);
    }
    let mut turned_away = served.connect().await;
    let mut answer = String::new();
    turned_away.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("too_many_connections") && answer.contains("retry-after"), "{answer}");
    streams.pop();
    until("a place", async || served.ask(&request("GET", "/livez", None, &[])).await.0 == 200).await;
}

async fn listen(world: &World, person: Option<&Person>) -> Response<Body> {
    let mut request = Request::get("/api/live?scopes=brand/public");
    if let Some(person) = person {
        request = request.header("x-huiyue-app", person.app()).header("cookie", person.cookie());
    }
    world.router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer")
}

#[tokio::test]
async fn there_are_so_many_streams_and_no_more() {
    let limits = Limits { streams_per_session: 2, anonymous_streams: 3, ..Limits::default() };
    let world = World::salon().await.with_limits(limits);
    let (member, other) = (world.member("13800138000").await, world.member("13800138001").await);
    let mut strangers = Vec::new();
    for _ in 0..3 {
        strangers.push(listen(&world, None).await);
    }
    assert!(strangers.iter().all(|stream| stream.status() == StatusCode::OK));
    assert_eq!(listen(&world, None).await.status(), StatusCode::TOO_MANY_REQUESTS);
    let tabs = [listen(&world, Some(&member)).await, listen(&world, Some(&member)).await];
    assert!(tabs.iter().all(|tab| tab.status() == StatusCode::OK), "strangers do not count against a member");
    let one_more = listen(&world, Some(&member)).await;
    assert_eq!((one_more.status(), &one_more.headers()["retry-after"]), (StatusCode::TOO_MANY_REQUESTS, &"60".parse().expect("a value")));
    assert_eq!(listen(&world, Some(&other)).await.status(), StatusCode::OK);
    drop((tabs, strangers));
    assert_eq!(listen(&world, Some(&member)).await.status(), StatusCode::OK);
    assert_eq!(listen(&world, None).await.status(), StatusCode::OK);
    let counted = ["anonymous_streams", "streams_per_session"].map(|limit| world.state.counters.limited(limit));
    assert_eq!(counted, [1, 1]);
}

#[tokio::test]
async fn a_crowd_that_asks_whether_the_server_is_ready_asks_the_database_once() {
    let world = World::salon().await;
    let is_ready = async || world.send("GET", "/readyz", None, Vec::new()).await.status == StatusCode::OK;
    let mut taken = Vec::new();
    for _ in 1..world.state.pool.options().get_max_connections() {
        taken.push(world.state.pool.acquire().await.expect("a connection"));
    }
    assert!(is_ready().await);
    taken.push(world.state.pool.acquire().await.expect("the last connection"));
    for _ in 0..20 {
        assert!(is_ready().await, "nobody asks again within the same second");
    }
}
