//! What ends with a right: the sessions, their streams, and what their devices keep.

use axum::http::StatusCode;
use serde_json::{Value, json};
use server::auth;
use server::db::sessions::Found;
use server::identity::{App, Identity};
use shared::role::{Actor, Role};
use uuid::Uuid;

use crate::browser::{Browser, login, signed_in};
use crate::logins::{NEW, login_id};
use crate::world::{JJ, STORE, World};

async fn session_of(world: &World, name: &str) -> Uuid {
    let query = "select s.id from sessions s join users u on u.id = s.user_id
                 where u.name = $1 and s.ended_at is null order by s.created_at desc, s.id desc limit 1";
    sqlx::query_scalar(query).bind(name).fetch_one(&world.state.pool).await.expect("a session")
}

#[tokio::test]
async fn a_closed_login_hears_and_reads_nothing_from_that_moment() {
    let world = World::salon().await;
    let mut owner = signed_in(&world, "owner", Role::Owner, None).await;
    let password = login(&world, "qing", Role::Receptionist, Some(STORE)).await;
    let mut qing = Browser::new(&world, "desk");
    assert_eq!(qing.sign_in_staff("qing", &password).await.status, StatusCode::OK);
    let mut stream = world.state.live.listen(Some(session_of(&world, "qing").await), vec![]);
    let id = login_id(&world, "qing").await;
    assert_eq!(owner.post(&format!("/api/users/{id}/close"), Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.next().await, None);
    assert_eq!(qing.session().await, None);
    let told = qing.send("GET", "/api/sessions", Value::Null).await;
    assert_eq!((told.status, told.problem().as_str()), (StatusCode::UNAUTHORIZED, "access_ended"), "its device forgets what it read");
    world.state.clock.advance_minutes(10 * 24 * 60);
    server::jobs::tidy_up::once(&world.state).await.expect("tidied");
    assert_eq!(qing.send("GET", "/api/sessions", Value::Null).await.problem(), "access_ended", "also when it was off meanwhile");
    assert_eq!(Browser::new(&world, "desk").sign_in_staff("qing", &password).await.problem(), "wrong_password");
    let mut owner = Browser::new(&world, "desk");
    let password_of_owner = login(&world, "owner", Role::Owner, None).await;
    owner.sign_in_staff("owner", &password_of_owner).await;
    assert_eq!(owner.post(&format!("/api/users/{id}/open"), Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(Browser::new(&world, "desk").sign_in_staff("qing", &password).await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_role_ends_the_stream_and_the_old_scopes() {
    let world = World::salon().await;
    let mut owner = signed_in(&world, "owner", Role::Owner, None).await;
    let mut qing = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    let before = qing.session().await.expect("a session");
    let mut stream = world.state.live.listen(Some(session_of(&world, "qing").await), vec![]);
    let change = json!({ "display_name": "小青", "role": "technician", "store": STORE });
    let path = format!("/api/users/{}", login_id(&world, "qing").await);
    assert_eq!(owner.send("PUT", &path, change.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.next().await, None);
    let after = qing.session().await.expect("still signed in");
    assert_eq!((&after["name"], &after["grants"][0]["role"]), (&json!("小青"), &json!("technician")));
    let (before, after) = (before["scopes"].as_array().expect("scopes"), after["scopes"].as_array().expect("scopes"));
    assert!(before.iter().any(|scope| scope.to_string().contains("Contacts")));
    assert!(after.iter().all(|scope| !scope.to_string().contains("Contacts")));
    let of_store = |scope: &&Value| scope.to_string().contains("Desk") || scope.to_string().contains("Members");
    assert!(after.iter().filter(of_store).all(|scope| !before.contains(scope)), "what was read by the old right is read afresh");
    assert_eq!(owner.send("PUT", &path, change).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_new_password_signs_out_everywhere_else() {
    let world = World::salon().await;
    let password = login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let (mut lost, mut own) = (Browser::new(&world, "desk"), Browser::new(&world, "desk"));
    lost.sign_in_staff("mei", &password).await;
    let mut stream = world.state.live.listen(Some(session_of(&world, "mei").await), vec![]);
    world.state.clock.advance_minutes(1);
    own.sign_in_staff("mei", &password).await;
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    assert_eq!(own.send("PUT", "/api/session/password", change("guess", NEW)).await.problem(), "wrong_password");
    assert_eq!(own.send("PUT", "/api/session/password", change(&password, "meimeimeimei")).await.problem(), "weak_password");
    assert_eq!(own.send("PUT", "/api/session/password", change(&password, NEW)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.next().await, None);
    assert_eq!(lost.session().await, None);
    assert!(own.session().await.is_some());
    assert_eq!(Browser::new(&world, "desk").sign_in_staff("mei", NEW).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_lost_phone_is_signed_out_from_elsewhere() {
    let world = World::salon().await;
    let number = "138 0013 8000";
    let (mut lost, mut own) = (Browser::new(&world, "member"), Browser::new(&world, "member"));
    for phone in [&mut lost, &mut own] {
        let code = phone.code_for(number).await;
        assert_eq!(phone.sign_in_member(number, &code).await.status, StatusCode::OK);
        world.state.clock.advance_minutes(1);
    }
    let listed = own.send("GET", "/api/sessions", Value::Null).await.json();
    let other = listed.as_array().expect("a list").iter().find(|session| session["is_this"] == json!(false)).expect("the other one");
    let path = format!("/api/sessions/{}", other["id"].as_str().expect("an id"));
    let lost_session: Uuid = other["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let mut stream = world.state.live.listen(Some(lost_session), vec![]);
    let mut stranger = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    assert_eq!(stranger.send("DELETE", &path, Value::Null).await.problem(), "not_found");
    assert_eq!(own.send("DELETE", &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.next().await, None, "it hears nothing more");
    assert_eq!(lost.session().await, None);
    assert!(own.session().await.is_some());
    assert_eq!(lost.send("GET", "/api/sessions", Value::Null).await.problem(), "access_ended", "and forgets what it read");
    let listed = own.send("GET", "/api/sessions", Value::Null).await.json();
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    let written = "select count(*) from audit where action = 'session_ended' and by_principal = about and about like 'account:%'";
    let written: Option<i64> = sqlx::query_scalar(written).fetch_one(&world.state.pool).await.expect("the audit");
    assert_eq!(written, Some(1), "told once, and not for the stranger's try");
}

#[tokio::test]
async fn what_another_program_ended_is_noticed_too() {
    let world = World::salon().await;
    let mut owner_elsewhere = world.neighbour();
    owner_elsewhere.state.clock = world.state.clock.clone();
    let mut qing = signed_in(&world, "qing", Role::Receptionist, Some(STORE)).await;
    assert!(qing.session().await.is_some());
    let session = session_of(&world, "qing").await;
    let hash = server::db::sessions::token_hash(&world.state.pool, session).await.expect("a row").expect("a session");
    let Found::Active(active) = server::db::sessions::find(&world.state.pool, &hash, world.state.clock.now()).await.expect("found") else {
        panic!("it is alive")
    };
    let actor = Actor { principal: active.principal, grants: vec![], staff: None };
    let identity = Identity { actor, session: Some(session), given: active.given.clone(), app: App::Desk };
    assert!(auth::is_unchanged(&world.state, &identity).await.expect("asked"));
    login(&owner_elsewhere, "qing", Role::Receptionist, Some(STORE)).await;
    assert!(!auth::is_unchanged(&world.state, &identity).await.expect("asked"), "its stream ends when it is looked at next");
}

#[tokio::test]
async fn a_new_pin_asks_again_who_stands_at_the_tablet() {
    let world = World::salon().await;
    let mut tablet = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let path = format!("/api/staff/{JJ}/pin");
    tablet.send("PUT", &path, json!({ "pin": "4821" })).await;
    assert_eq!(tablet.post("/api/devices", json!({ "store": STORE, "name": "前台平板" })).await.status, StatusCode::OK);
    assert_eq!(tablet.post("/api/session/pin", json!({ "staff": JJ, "pin": "4821" })).await.json()["staff"], json!(JJ));
    let mut office = signed_in(&world, "owner", Role::Owner, None).await;
    assert_eq!(office.send("PUT", &path, json!({ "pin": "7305" })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(tablet.session().await.expect("still a tablet")["staff"], Value::Null);
}
