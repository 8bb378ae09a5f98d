//! An act and its entry in the audit: both happen, or neither does.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::role::Role;
use uuid::Uuid;

use crate::browser::{Browser, login, signed_in};
use crate::world::{JJ, STORE, World};

const PIN: &str = "4821";

/// From now on no entry can be written.
async fn the_audit_fails(world: &World) {
    sqlx::query("alter table audit add constraint full_disk check (false) not valid").execute(&world.state.pool).await.expect("it fails");
}

async fn the_audit_works_again(world: &World) {
    sqlx::query("alter table audit drop constraint full_disk").execute(&world.state.pool).await.expect("it works");
}

async fn the_one_session(world: &World) -> Uuid {
    sqlx::query_scalar("select id from sessions").fetch_one(&world.state.pool).await.expect("a session")
}

#[tokio::test]
async fn who_cannot_be_signed_out_on_record_stays_signed_in() {
    let world = World::salon().await;
    let mut mei = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    the_audit_fails(&world).await;
    let fault = mei.send("DELETE", "/api/session", Value::Null).await;
    assert_eq!(fault.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(mei.session().await.is_some());
    the_audit_works_again(&world).await;
    assert_eq!(mei.send("DELETE", "/api/session", Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.count("select count(*) from audit where action = 'signed_out'").await, 1);
}

#[tokio::test]
async fn a_phone_left_elsewhere_is_signed_out_on_record_or_not_at_all() {
    let world = World::salon().await;
    let password = login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let (mut here, mut there) = (Browser::new(&world, "desk"), Browser::new(&world, "desk"));
    here.sign_in_staff("mei", &password).await;
    let at_home = the_one_session(&world).await;
    there.sign_in_staff("mei", &password).await;
    let path = format!("/api/sessions/{at_home}");
    the_audit_fails(&world).await;
    assert_eq!(there.send("DELETE", &path, Value::Null).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(here.session().await.is_some());
    the_audit_works_again(&world).await;
    assert_eq!(there.send("DELETE", &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert!(here.session().await.is_none());
    assert_eq!(world.count("select count(*) from audit where action = 'session_ended'").await, 1);
}

#[tokio::test]
async fn no_tablet_is_enrolled_and_nobody_stands_at_one_without_a_record() {
    let world = World::salon().await;
    let mut mei = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    mei.send("PUT", &format!("/api/staff/{JJ}/pin"), json!({ "pin": PIN })).await;
    let tablet = json!({ "store": STORE, "name": "前台平板" });
    the_audit_fails(&world).await;
    assert_eq!(mei.post("/api/devices", tablet.clone()).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(world.count("select count(*) from devices").await, 0);
    the_audit_works_again(&world).await;
    assert_eq!(mei.post("/api/devices", tablet).await.status, StatusCode::OK);
    let claim = json!({ "staff": JJ, "pin": PIN });
    the_audit_fails(&world).await;
    assert_eq!(mei.post("/api/session/pin", claim.clone()).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(world.count("select count(*) from pin_claims").await, 0);
    assert_eq!(world.count("select count(*) from sessions where staff_id is not null").await, 0);
    the_audit_works_again(&world).await;
    assert_eq!(mei.post("/api/session/pin", claim).await.status, StatusCode::OK);
    assert_eq!(world.count("select count(*) from pin_claims").await, 1);
}

#[tokio::test]
async fn a_lockout_that_could_not_be_told_is_told_by_the_next_guess() {
    let world = World::salon().await;
    login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let mut stranger = Browser::new(&world, "desk");
    for _ in 0..5 {
        stranger.sign_in_staff("mei", "guess").await;
    }
    the_audit_fails(&world).await;
    stranger.sign_in_staff("mei", "guess").await;
    the_audit_works_again(&world).await;
    for _ in 0..2 {
        assert_eq!(stranger.sign_in_staff("mei", "guess").await.problem(), "too_many");
    }
    assert_eq!(world.count("select count(*) from audit where action = 'locked_out'").await, 1);
}
