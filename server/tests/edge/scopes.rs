//! What a session may read is told by `/api/session` and by every exchange. An app takes the newer of two lists that differ, and asks who
//! it is anew: two that never agree would have it ask for ever.

use axum::http::StatusCode;
use serde_json::json;
use shared::command::{Command, PutStore};
use shared::id::StoreId;
use shared::role::Role;
use shared::scope::Scope;
use uuid::Uuid;

use crate::browser::{Browser, signed_in};
use crate::world::{JJ, STORE, World};

/// Both lists agree, whatever is read.
async fn agrees(who: &str, browser: &mut Browser<'_>) {
    let told = browser.scopes().await;
    let all: Vec<Scope> = told.iter().map(|(scope, _)| *scope).collect();
    for scopes in [&[][..], &all[..1], &all[..]] {
        assert_eq!(browser.scopes_when_reading(scopes).await, told, "{who}, reading {scopes:?}");
    }
}

#[tokio::test]
async fn whoever_is_signed_in_reads_the_same_rights_from_the_session_and_from_every_exchange() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    let code = phone.code_for("13800138000").await;
    assert_eq!(phone.sign_in_member("13800138000", &code).await.status, StatusCode::OK);
    let mut people = vec![("a member", phone)];
    for (name, role, store) in [
        ("tech", Role::Technician, Some(STORE)),
        ("qing", Role::Receptionist, Some(STORE)),
        ("mei", Role::StoreManager, Some(STORE)),
        ("eyes", Role::Auditor, None),
        ("owner", Role::Owner, None),
    ] {
        people.push((name, signed_in(&world, name, role, store).await));
    }
    // A tablet, with and without somebody at it, and a login in front of it.
    let mut tablet = signed_in(&world, "boss", Role::Owner, None).await;
    tablet.send("PUT", &format!("/api/staff/{JJ}/pin"), json!({ "pin": "4821" })).await;
    assert_eq!(tablet.post("/api/devices", json!({ "store": STORE, "name": "前台平板" })).await.status, StatusCode::OK);
    agrees("a tablet", &mut tablet).await;
    assert_eq!(tablet.post("/api/session/pin", json!({ "staff": JJ, "pin": "4821" })).await.status, StatusCode::OK);
    people.push(("a tablet with somebody at it", tablet));
    for (who, browser) in &mut people {
        agrees(who, browser).await;
    }
    // Another store opens: both lists know it from the same moment on.
    let mut store = world.state.catalogue().await.expect("the catalogue").stores[&STORE].clone();
    (store.id, store.written) = (StoreId(Uuid::from_u128(0x5151)), None);
    world.give(vec![Command::PutStore(PutStore::of(store, 0))]).await;
    for (who, browser) in &mut people {
        let busy = Scope::Busy(StoreId(Uuid::from_u128(0x5151)));
        assert!(browser.scopes().await.iter().any(|(scope, _)| *scope == busy), "{who} sees the new store");
        agrees(who, browser).await;
    }
}
