//! A server in one page: answers `fetch` by a script, and can be cut off.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use shared::api::sign_in::Session;
use shared::id::{CommandId, EpochId, GrantId, StaffId, StoreId, UserId};
use shared::name::{Language, Name};
use shared::record::{Record, WireRecord};
use shared::refusal::Refusal;
use shared::role::{Grant, Principal, Role};
use shared::scope::Scope;
use shared::staff::Staff;
use shared::sync::{Answer, Outcome, Page, ReplicaState, SyncReply, SyncRequest};
use uuid::Uuid;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Request, Response, ResponseInit};

pub const STORE: StoreId = StoreId(Uuid::from_u128(1));
const GRANT: GrantId = GrantId(Uuid::from_u128(3));

/// The script.
#[derive(Clone, Default)]
pub struct Server(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    is_cut: bool,
    is_over: bool,
    refusal: Option<Refusal>,
    session: Option<Session>,
    records: BTreeMap<Scope, Vec<Record>>,
    taken: Vec<(u64, CommandId)>,
}

impl Server {
    pub fn new() -> Self {
        Server::default()
    }

    /// Answers every `fetch` of this page from now on.
    pub fn install(&self) {
        let state = Rc::clone(&self.0);
        let fetch = Closure::<dyn FnMut(Request) -> Promise>::new(move |request: Request| {
            let state = Rc::clone(&state);
            future_to_promise(async move { answer(&state, request).await })
        });
        js_sys::Reflect::set(&web_sys::window().unwrap(), &"fetch".into(), fetch.as_ref()).unwrap();
        fetch.forget();
    }

    pub fn sign_in(&self, session: Option<Session>) {
        self.0.borrow_mut().session = session;
    }

    pub fn cut(&self) {
        self.0.borrow_mut().is_cut = true;
    }

    pub fn mend(&self) {
        self.0.borrow_mut().is_cut = false;
    }

    /// Nobody is signed in any more.
    pub fn end_session(&self) {
        self.0.borrow_mut().is_over = true;
    }

    pub fn refuse(&self, refusal: Refusal) {
        self.0.borrow_mut().refusal = Some(refusal);
    }

    pub fn publish(&self, scope: Scope, records: Vec<Record>) {
        self.0.borrow_mut().records.insert(scope, records);
    }

    pub fn revoke(&self, scope: Scope) {
        self.0.borrow_mut().records.remove(&scope);
    }

    /// Numbers and ids of the commands that arrived.
    pub fn taken(&self) -> Vec<(u64, CommandId)> {
        self.0.borrow().taken.clone()
    }
}

async fn answer(state: &Rc<RefCell<State>>, request: Request) -> Result<JsValue, JsValue> {
    if state.borrow().is_cut {
        return Err(js_sys::TypeError::new("Failed to fetch").into());
    }
    let url = request.url();
    if state.borrow().is_over {
        return respond(401, &[]);
    }
    if url.ends_with("/api/sync") {
        let body = Uint8Array::new(&JsFuture::from(request.array_buffer()?).await?).to_vec();
        let request: SyncRequest = postcard::from_bytes(&body).unwrap();
        let reply = state.borrow_mut().exchange(&request);
        return respond(200, &postcard::to_allocvec(&reply).unwrap());
    }
    let session = state.borrow().session.clone().filter(|_| url.ends_with("/api/session") && request.method() == "GET");
    // The two ways of asking what may be read never disagree.
    let scopes = state.borrow().scopes();
    match session.map(|session| Session { scopes, ..session }) {
        Some(session) => respond(200, json(&session).as_bytes()),
        None => respond(204, &[]),
    }
}

impl State {
    fn scopes(&self) -> Vec<(Scope, GrantId)> {
        self.records.keys().map(|scope| (*scope, GRANT)).collect()
    }

    fn exchange(&mut self, request: &SyncRequest) -> SyncReply {
        let mut outcomes = Vec::new();
        for envelope in &request.commands {
            self.taken.push((envelope.number, envelope.uuid));
            let outcome = match &self.refusal {
                None => Outcome::Applied,
                Some(refusal) => Outcome::Refused { refusal: refusal.clone(), alternatives: Vec::new() },
            };
            outcomes.push(Answer { number: envelope.number, uuid: envelope.uuid, outcome });
        }
        let last = self.taken.iter().map(|(number, _)| *number).max().unwrap_or(0);
        let known = |scope: Scope| self.records.get(&scope);
        let page = |scope: Scope, seq: u64, records: &Vec<Record>| {
            let records = if seq == 0 { records.iter().cloned().map(WireRecord::from).collect() } else { Vec::new() };
            Page { scope, grant: GRANT, fresh: seq == 0, seq: 1, complete: true, records }
        };
        let pages = request.cursors.iter().filter_map(|cursor| Some(page(cursor.scope, cursor.seq, known(cursor.scope)?))).collect();
        SyncReply {
            now: app::browser::wall_clock(),
            epoch: EpochId(Uuid::nil()),
            replica: request.replica.map_or(ReplicaState::None, |_| ReplicaState::At(last)),
            outcomes,
            pages,
            scopes: self.scopes(),
            outdated: false,
            gone: request.cursors.iter().map(|cursor| cursor.scope).filter(|scope| known(*scope).is_none()).collect(),
        }
    }
}

fn respond(status: u16, body: &[u8]) -> Result<JsValue, JsValue> {
    let init = ResponseInit::new();
    init.set_status(status);
    if body.is_empty() {
        return Response::new_with_opt_str_and_init(None, &init).map(JsValue::from);
    }
    Response::new_with_opt_js_u8_array_and_init(Some(&Uint8Array::from(body)), &init).map(JsValue::from)
}

fn json(session: &Session) -> String {
    use serde::Serialize;
    let value = session.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap();
    js_sys::JSON::stringify(&value).unwrap().into()
}

/// A receptionist of the store.
pub fn session(user: UserId) -> Session {
    Session {
        principal: Principal::User(user),
        account: None,
        staff: None,
        name: "小青".into(),
        grants: vec![Grant { role: Role::Receptionist, store: Some(STORE) }],
        scopes: vec![(Scope::BrandPublic, GRANT)],
        store: None,
        language: Language::Chinese,
        phone_masked: None,
    }
}

pub fn becky() -> Staff {
    Staff {
        id: StaffId(Uuid::from_u128(9)),
        name: Name::new("小贝", "Becky"),
        level: 1,
        title: Name::default(),
        gender: None,
        stores: vec![STORE],
        skills: Vec::new(),
        online: true,
        active: true,
        written: None,
    }
}
