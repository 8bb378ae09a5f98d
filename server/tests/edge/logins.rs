//! Logins: who makes, changes and closes whose, and what the audit tells.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::command::{Command, PutStaff};
use shared::role::{Principal, Role};
use shared::sync::Outcome;
use uuid::Uuid;

use crate::browser::{Browser, login, signed_in};
use crate::world::{JJ, OTHER_STORE, Person, STORE, World, staff};

pub const NEW: &str = "violet-harbour-trams";

pub async fn login_id(world: &World, name: &str) -> Uuid {
    sqlx::query_scalar("select id from users where name = $1").bind(name).fetch_one(&world.state.pool).await.expect("a login")
}

fn new_login(name: &str, role: &str, store: Value) -> Value {
    json!({ "name": name, "role": role, "store": store })
}

#[tokio::test]
async fn somebody_who_is_invited_chooses_a_password_that_nobody_else_knows() {
    let world = World::salon().await;
    let mut mei = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let made = mei.post("/api/users", new_login("qing", "receptionist", json!(STORE))).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let invitation = made.json()["invitation"].as_str().expect("a secret").to_owned();
    let mut qing = Browser::new(&world, "desk");
    let accept = |invitation: &str, password: &str| json!({ "invitation": invitation, "password": password });
    assert_eq!(qing.post("/api/invitations", accept(&invitation, "password1234")).await.problem(), "weak_password");
    let inside = qing.post("/api/invitations", accept(&invitation, NEW)).await;
    assert_eq!((inside.status, &inside.json()["grants"][0]["role"]), (StatusCode::OK, &json!("receptionist")));
    assert_eq!(Browser::new(&world, "desk").post("/api/invitations", accept(&invitation, NEW)).await.problem(), "invitation_ended");
    assert_eq!(Browser::new(&world, "desk").sign_in_staff("qing", NEW).await.status, StatusCode::OK);
    let renewed = mei.post(&format!("/api/users/{}/invitation", login_id(&world, "qing").await), Value::Null).await.json();
    world.state.clock.advance_minutes(7 * 24 * 60);
    let late = accept(renewed["invitation"].as_str().expect("a secret"), NEW);
    assert_eq!(Browser::new(&world, "desk").post("/api/invitations", late).await.problem(), "invitation_ended");
}

#[tokio::test]
async fn a_manager_manages_their_own_people_and_nobody_else() {
    let world = World::salon().await;
    let everybody = [
        ("tea", Role::Technician, Some(STORE)),
        ("qing", Role::Receptionist, Some(STORE)),
        ("ann", Role::StoreManager, Some(STORE)),
        ("bob", Role::Receptionist, Some(OTHER_STORE)),
        ("cat", Role::RegionManager, None),
        ("dan", Role::BrandManager, None),
        ("eve", Role::Auditor, None),
        ("boss", Role::Owner, None),
    ];
    for (name, role, store) in everybody {
        login(&world, name, role, store).await;
    }
    let managers: [(&str, Role, Option<shared::id::StoreId>, &[&str]); 5] = [
        ("mei", Role::StoreManager, Some(STORE), &["tea", "qing"]),
        ("rex", Role::RegionManager, None, &["tea", "qing", "ann", "bob"]),
        ("liu", Role::BrandManager, None, &["tea", "qing", "ann", "bob", "cat"]),
        ("lao", Role::Owner, None, &["tea", "qing", "ann", "bob", "cat", "dan", "eve", "boss"]),
        ("rec", Role::Receptionist, Some(STORE), &[]),
    ];
    for (manager, role, store, own) in managers {
        let mut browser = signed_in(&world, manager, role, store).await;
        let listed = browser.send("GET", "/api/users", Value::Null).await.json();
        for (name, ..) in everybody {
            let id = login_id(&world, name).await;
            let may = own.contains(&name);
            let in_list =
                listed.as_array().expect("a list").iter().any(|login| login["name"] == json!(name) && login["may_change"] == json!(true));
            assert_eq!(in_list, may, "{manager} sees {name}");
            for path in ["sessions", "invitation", "close", "open"] {
                let method = if path == "sessions" { "GET" } else { "POST" };
                let status = browser.send(method, &format!("/api/users/{id}/{path}"), Value::Null).await.status;
                assert_eq!(status.is_success(), may, "{manager} {path} {name}: {status}");
            }
            let more = json!({ "display_name": name, "role": "owner" });
            let status = browser.send("PUT", &format!("/api/users/{id}"), more).await.status;
            assert!(manager == "lao" || !status.is_success(), "{manager} makes {name} an owner: {status}");
            if status.is_success() {
                let (_, role, store) = everybody.into_iter().find(|(known, ..)| *known == name).expect("somebody");
                let back = json!({ "display_name": name, "role": role, "store": store });
                assert!(browser.send("PUT", &format!("/api/users/{id}"), back).await.status.is_success());
            }
        }
        let own_id = login_id(&world, manager).await;
        assert_eq!(browser.post(&format!("/api/users/{own_id}/close"), Value::Null).await.problem(), "own_login");
    }
}

#[tokio::test]
async fn a_login_belongs_to_somebody_who_works_in_its_store() {
    let world = World::salon().await;
    let mut owner = signed_in(&world, "owner", Role::Owner, None).await;
    let with_staff = |name: &str, store| json!({ "name": name, "role": "technician", "store": store, "staff": JJ });
    assert_eq!(owner.post("/api/users", with_staff("jj", OTHER_STORE)).await.problem(), "invalid");
    assert_eq!(owner.post("/api/users", with_staff("jj", STORE)).await.status, StatusCode::CREATED);
    let mut moved = staff(JJ);
    moved.stores = vec![OTHER_STORE];
    let put = Command::PutStaff(PutStaff::of(moved, 1));
    assert_eq!(world.give(vec![put]).await, [Outcome::Applied]);
    assert_eq!(owner.post("/api/users", with_staff("jj2", STORE)).await.problem(), "invalid");
}

#[tokio::test]
async fn the_audit_tells_the_owner_who_did_what_and_nobody_else() {
    let world = World::salon().await;
    let mut mei = signed_in(&world, "mei", Role::StoreManager, Some(STORE)).await;
    mei.post("/api/users", new_login("qing", "receptionist", json!(STORE))).await;
    mei.send("PUT", &format!("/api/staff/{JJ}/pin"), json!({ "pin": "4821" })).await;
    mei.post(&format!("/api/users/{}/close", login_id(&world, "qing").await), Value::Null).await;
    mei.post("/api/devices", json!({ "store": STORE, "name": "前台平板" })).await;
    mei.post("/api/session/pin", json!({ "staff": JJ, "pin": "4821" })).await;
    mei.send("DELETE", "/api/session", Value::Null).await;
    let mut manager = signed_in(&world, "ann", Role::StoreManager, Some(STORE)).await;
    assert_eq!(manager.send("GET", "/api/audit", Value::Null).await.problem(), "not_allowed");
    let mut auditor = signed_in(&world, "eve", Role::Auditor, None).await;
    let entries = auditor.send("GET", "/api/audit", Value::Null).await.json();
    let told: Vec<(String, String, String)> = entries.as_array().expect("a list").iter().rev().map(told).collect();
    let expected = [
        ("login_made", "system", "mei"),
        ("signed_in", "mei", "mei"),
        ("login_made", "mei", "qing"),
        ("invited", "mei", "qing"),
        ("pin_set", "mei", "阿杰"),
        ("login_closed", "mei", "qing"),
        ("tablet_enrolled", "mei", "前台平板"),
        ("signed_in", "前台平板", "前台平板"),
        ("pin_claimed", "前台平板", "阿杰"),
        ("signed_out", "前台平板", "前台平板"),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(action, by, about)| ((*action).to_owned(), (*by).to_owned(), (*about).to_owned())).collect();
    assert_eq!(told[..expected.len()], expected);
    let oldest = entries.as_array().and_then(|entries| entries.last()).expect("one")["id"].as_str().expect("an id").to_owned();
    assert_eq!(auditor.send("GET", &format!("/api/audit?before={oldest}"), Value::Null).await.json(), json!([]));
    let refused = auditor.post("/api/users", new_login("x", "technician", json!(STORE))).await;
    assert_eq!(refused.problem(), "not_allowed", "an auditor reads and writes nothing");
}

fn told(entry: &Value) -> (String, String, String) {
    let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    (text("action"), text("by"), text("about"))
}

#[tokio::test]
async fn the_audit_tells_once_that_somebody_guesses_passwords() {
    let world = World::salon().await;
    login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let mut stranger = Browser::new(&world, "desk");
    for _ in 0..9 {
        stranger.sign_in_staff("mei", "guess").await;
        stranger.sign_in_staff("nobody", "guess").await;
    }
    assert_eq!(world.count("select count(*) from audit where action = 'locked_out'").await, 1);
}

#[tokio::test]
async fn two_owners_who_throw_each_other_out_at_once_leave_one() {
    let world = World::salon().await;
    let owners = async || {
        world.count("select count(*) from users u join user_grants g on g.user_id = u.id where g.role = 'owner' and u.active").await
    };
    for attempt in 0..20 {
        let (one, other) = (world.staff(Role::Owner, None).await, world.staff(Role::Owner, None).await);
        let before = owners().await;
        let act = async |by: &Person, on: &Person| {
            let Principal::User(id) = on.principal else { panic!("a login") };
            let headers = [("content-type", "application/json")];
            let less = json!({ "display_name": "x", "role": "auditor" }).to_string().into_bytes();
            match attempt % 2 {
                0 => world.send("POST", &format!("/api/users/{id}/close"), Some(by), vec![]).await.status,
                _ => world.send_with("PUT", &format!("/api/users/{id}"), Some(by), less, &headers).await.status,
            }
        };
        let (first, second) = tokio::join!(act(&one, &other), act(&other, &one));
        assert!(first.is_success() != second.is_success(), "{attempt}: {first} {second}");
        assert_eq!(owners().await, before - 1);
    }
}

#[tokio::test]
async fn a_login_that_only_looks_like_another_one_is_not_made() {
    let world = World::salon().await;
    let mut owner = signed_in(&world, "owner", Role::Owner, None).await;
    for name in ["\u{43e}wner", "\u{130}stan"] {
        assert_eq!(owner.post("/api/users", new_login(name, "technician", json!(STORE))).await.problem(), "login_name");
    }
    let listed = owner.send("GET", "/api/users", Value::Null).await;
    assert_eq!(listed.headers["cache-control"], "no-store", "nothing private is kept on the way");
}

#[tokio::test]
async fn a_tablet_manages_no_logins() {
    let world = World::salon().await;
    let desk = world.desk(STORE).await;
    assert!(matches!(desk.principal, Principal::Device(_)));
    let made = world.send("POST", "/api/users", Some(&desk), new_login("x", "technician", json!(STORE)).to_string().into_bytes()).await;
    assert_eq!(made.problem(), "not_allowed");
    assert_eq!(world.send("GET", "/api/users", Some(&desk), vec![]).await.json(), json!([]));
}
