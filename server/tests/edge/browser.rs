//! A browser: it keeps its cookie and names its app. And a phone that receives messages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use futures_util::future::BoxFuture;
use serde_json::Value;
use server::messages::Outbox;
use server::messages::sender::{NotSent, Outgoing, Sender};
use shared::id::GrantId;
use shared::role::{Grant, Role};
use shared::scope::Scope;
use shared::sync::{Cursor, SyncReply, SyncRequest};

use crate::world::{Answered, World};

/// One app in one browser.
pub struct Browser<'a> {
    world: &'a World,
    app: &'static str,
    /// Name and value, as given last.
    cookies: BTreeMap<String, String>,
    address: &'static str,
}

impl<'a> Browser<'a> {
    pub fn new(world: &'a World, app: &'static str) -> Self {
        Browser { world, app, cookies: BTreeMap::new(), address: "198.51.100.1" }
    }

    /// A browser somewhere else on the network; see [`World::behind_proxy`].
    pub fn at(world: &'a World, app: &'static str, address: &'static str) -> Self {
        Browser { address, ..Browser::new(world, app) }
    }

    /// The same browser once more, as another tab of it.
    pub fn tab(&self) -> Self {
        Browser { world: self.world, app: self.app, cookies: self.cookies.clone(), address: self.address }
    }

    /// As another person's browser at the same machine: without its sessions, but known.
    pub fn forget_session(&mut self) {
        self.cookies.remove(&format!("hy_{}", self.app));
    }

    pub async fn send(&mut self, method: &str, path: &str, body: Value) -> Answered {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.send_bytes(method, path, "application/json", body).await
    }

    async fn send_bytes(&mut self, method: &str, path: &str, content_type: &str, body: Vec<u8>) -> Answered {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookie = pairs.join("; ");
        let headers =
            [("x-huiyue-app", self.app), ("cookie", cookie.as_str()), ("content-type", content_type), ("x-forwarded-for", self.address)];
        let answered = self.world.send_with(method, path, None, body, &headers).await;
        for given in answered.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            assert!(given.contains("HttpOnly") && given.contains("SameSite=Lax"), "{given}");
            let (name, value) = given.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answered
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Answered {
        self.send("POST", path, body).await
    }

    /// Who is signed in; `None` for nobody.
    pub async fn session(&mut self) -> Option<Value> {
        let answered = self.send("GET", "/api/session", Value::Null).await;
        (answered.status == StatusCode::OK).then(|| answered.json())
    }

    /// The scopes that the session names.
    pub async fn scopes(&mut self) -> Vec<(Scope, GrantId)> {
        let session = self.session().await.expect("a session");
        serde_json::from_value(session["scopes"].clone()).expect("scopes")
    }

    /// The scopes that an exchange names which reads these.
    pub async fn scopes_when_reading(&mut self, scopes: &[Scope]) -> Vec<(Scope, GrantId)> {
        let cursor = |scope: &Scope| Cursor { scope: *scope, grant: GrantId(uuid::Uuid::nil()), seq: 0 };
        let cursors = scopes.iter().map(cursor).collect();
        let request = SyncRequest::new(None, self.world.state.clock.now(), cursors, Vec::new());
        let body = postcard::to_allocvec(&request).expect("bytes");
        let answered = self.send_bytes("POST", "/api/sync", "application/octet-stream", body).await;
        assert_eq!(answered.status, StatusCode::OK);
        postcard::from_bytes::<SyncReply>(&answered.body).expect("a reply").scopes
    }

    /// Asks for a code and reads it from the phone.
    pub async fn code_for(&mut self, phone: &str) -> String {
        assert_eq!(self.post("/api/codes", serde_json::json!({ "phone": phone })).await.status, StatusCode::NO_CONTENT);
        let received = receive(self.world).await;
        let text = &received.last().expect("a message").text;
        text.chars().filter(char::is_ascii_digit).take(6).collect()
    }

    pub async fn sign_in_member(&mut self, phone: &str, code: &str) -> Answered {
        self.post("/api/session/member", serde_json::json!({ "phone": phone, "code": code })).await
    }

    pub async fn sign_in_staff(&mut self, name: &str, password: &str) -> Answered {
        self.post("/api/session/staff", serde_json::json!({ "name": name, "password": password })).await
    }
}

/// A login with a generated password.
pub async fn login(world: &World, name: &str, role: Role, store: Option<shared::id::StoreId>) -> String {
    server::demo::new_login(&world.state, name, name, Grant { role, store }).await.expect("a login").password
}

/// A desk app in which somebody is signed in by name.
pub async fn signed_in<'a>(world: &'a World, name: &str, role: Role, store: Option<shared::id::StoreId>) -> Browser<'a> {
    let password = login(world, name, role, store).await;
    let mut browser = Browser::new(world, "desk");
    assert_eq!(browser.sign_in_staff(name, &password).await.status, StatusCode::OK);
    browser
}

/// Takes messages and remembers them; fails as often as it is told to.
#[derive(Clone, Default)]
pub struct Phones {
    pub received: Arc<Mutex<Vec<Outgoing>>>,
    pub failures: Arc<Mutex<Vec<NotSent>>>,
}

impl Sender for Phones {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), NotSent>> {
        Box::pin(async move {
            if let Some(failure) = self.failures.lock().expect("a lock").pop() {
                return Err(failure);
            }
            self.received.lock().expect("a lock").push(message.clone());
            Ok(())
        })
    }
}

/// Sends what is due; what was received, in order.
pub async fn receive(world: &World) -> Vec<Outgoing> {
    let phones = Phones::default();
    let outbox = Outbox::new(world.state.clone(), Arc::new(phones.clone()), None);
    while outbox.send_due().await.expect("the outbox") > 0 {}
    let received = phones.received.lock().expect("a lock");
    received.clone()
}
