//! One private Postgres per test binary, a migrated database per story, and the people of 玉门里发型 in it.

#[path = "device.rs"]
mod device;
#[path = "salon.rs"]
mod salon;

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use server::apply::{SystemCommand, as_system};
use server::clock::Clock;
use server::db::users::NewUser;
use server::limits::Limits;
use server::postgres::PrivatePostgres;
use server::sealed::Sealer;
use server::state::AppState;
use shared::command::{Command, PutService, PutShift, PutStaff, PutStore};
use shared::envelope::Envelope;
use shared::id::{AccountId, CommandId, DeviceId, StoreId, UserId};
use shared::phone::Phone;
use shared::region::Region;
use shared::role::{Channel, Grant, Principal, Role};
use shared::stamp::Stamp;
use shared::sync::{Outcome, SyncReply, SyncRequest};
use sqlx::{Connection, PgConnection};
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;

pub use device::Device;
pub use salon::*;

struct Cluster {
    url: String,
    _postgres: PrivatePostgres,
}

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

async fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(start).await
}

async fn start() -> Cluster {
    clear_old();
    let place = place_of(std::process::id());
    fs::DirBuilder::new().mode(0o755).recursive(true).create(&place).expect("a directory");
    let postgres = PrivatePostgres::start(&place).await.expect("a private Postgres");
    let url = postgres.url();
    let mut connection = PgConnection::connect(&url).await.expect("a connection");
    sqlx::raw_sql("create database pattern").execute(&mut connection).await.expect("a database");
    let pool = server::db::connect(&database(&url, "pattern"), 1).expect("an address");
    server::db::migrate(&pool).await.expect("the tables");
    pool.close().await;
    Cluster { url, _postgres: postgres }
}

fn place_of(process: u32) -> PathBuf {
    std::env::temp_dir().join(format!("huiyue-stories-{process}"))
}

/// A test binary ends without ceremony: what earlier ones left is cleared by the next.
fn clear_old() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.strip_prefix("huiyue-stories-").and_then(|number| number.parse::<u32>().ok());
        if process.is_some_and(|process| !PathBuf::from(format!("/proc/{process}")).exists()) {
            let _best_effort = fs::remove_dir_all(entry.path());
        }
    }
}

fn database(url: &str, name: &str) -> String {
    url.replacen("/huiyue?", &format!("/{name}?"), 1)
}

/// A server without a listener, over a database of its own.
pub struct World {
    pub state: AppState,
    pub router: Router,
    /// Address of the database.
    pub url: String,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub principal: Principal,
    pub session: Uuid,
    app: &'static str,
    token: String,
}

impl Person {
    pub fn app(&self) -> &'static str {
        self.app
    }

    pub fn cookie(&self) -> String {
        format!("hy_{}={}", self.app, self.token)
    }

    pub fn account(&self) -> AccountId {
        match self.principal {
            Principal::Account(account) => account,
            _ => panic!("not a member"),
        }
    }
}

/// An answer.
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answered {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The last segment of the problem's type.
    pub fn problem(&self) -> String {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{:?}", String::from_utf8_lossy(&self.body));
        let document = self.json();
        assert!(document["title"].is_string() && document["title_zh"].is_string());
        document["type"].as_str().expect("a type").trim_start_matches("/problems/").to_owned()
    }
}

/// In most stories one person stands for many: what one account may have is looked at in the stories about limits.
fn state_over(pool: sqlx::PgPool, clock: Clock) -> AppState {
    let (visits_ahead, visits_a_day, begun_an_hour) = (u16::MAX, u16::MAX, u16::MAX);
    let (messages_an_hour, requests_at_once) = (u32::MAX, 1_000);
    let limits = Limits { visits_ahead, visits_a_day, begun_an_hour, messages_an_hour, requests_at_once, ..Limits::default() };
    AppState::new(pool, clock, Sealer::from_key(&[7; 32])).with_limits(limits)
}

pub fn fresh() -> Uuid {
    Clock::system().fresh_id()
}

impl World {
    /// An empty, migrated database.
    pub async fn empty() -> World {
        let cluster = cluster().await;
        let name = format!("story_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&cluster.url).await.expect("a connection");
        let create = format!("create database {name} template pattern");
        sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut connection).await.expect("a database");
        let url = database(&cluster.url, &name);
        let pool = server::db::connect(&url, 12).expect("an address");
        World::over(pool, Clock::manual(morning()), &url)
    }

    fn over(pool: sqlx::PgPool, clock: Clock, url: &str) -> World {
        let state = state_over(pool, clock);
        World { router: server::routes::router(state.clone()), state, url: url.to_owned() }
    }

    /// The salon with two stores, two staff and one service.
    pub async fn salon() -> World {
        World::empty().await.furnished().await
    }

    /// The same with other limits.
    pub fn with_limits(self, limits: Limits) -> World {
        let state = self.state.with_limits(limits);
        World { router: server::routes::router(state.clone()), state, url: self.url }
    }

    /// Another server on the same database, with nothing in memory.
    pub fn neighbour(&self) -> World {
        World::over(self.state.pool.clone(), self.state.clock.clone(), &self.url)
    }

    /// The server started again after something was done to its database while it was stopped.
    pub async fn started_again(&self) -> World {
        let pool = server::db::connect(&self.url, 12).expect("an address");
        server::db::migrate(&pool).await.expect("the tables");
        World::over(pool, self.state.clock.clone(), &self.url)
    }

    /// The same over a database that somebody else starts and stops.
    pub async fn salon_at(url: &str) -> World {
        let pool = server::db::connect(url, 12).expect("an address");
        server::db::migrate(&pool).await.expect("the tables");
        World::over(pool, Clock::manual(morning()), url).furnished().await
    }

    async fn furnished(self) -> World {
        let world = self;
        let commands = [STORE, OTHER_STORE].map(|id| Command::PutStore(PutStore::of(store(id), 0)));
        let mut commands = commands.to_vec();
        commands.push(Command::PutService(PutService::of(cut(), 0)));
        commands.extend([JJ, KELLY].map(|id| Command::PutStaff(PutStaff::of(staff(id), 0))));
        commands.extend([JJ, KELLY].iter().flat_map(|id| (0..7).map(|day| Command::PutShift(PutShift::of(shift(*id, day), 0)))));
        let outcomes = world.give(commands).await;
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
        world
    }

    /// The same behind a proxy that says from which address people come.
    pub fn behind_proxy(self) -> World {
        let edge = server::peer::Edge { behind_proxy: true, ..Default::default() };
        World { router: self.router.layer(axum::Extension(edge)), ..self }
    }

    /// The same with the usual limits, but for some.
    pub fn with_usual_limits(self, change: impl FnOnce(&mut Limits)) -> World {
        let mut limits = Limits::default();
        change(&mut limits);
        self.with_limits(limits)
    }

    /// The product itself gives commands.
    pub async fn give(&self, commands: Vec<Command>) -> Vec<Outcome> {
        let given = |command| SystemCommand { uuid: CommandId(fresh()), command, given_at: None };
        as_system(&self.state, Channel::Desk, commands.into_iter().map(given).collect()).await.expect("outcomes")
    }

    /// A member with an account, signed in on a phone.
    pub async fn member(&self, number: &str) -> Person {
        let (id, phone) = (fresh(), Phone::parse(number, Region::Cn).expect("a number"));
        sqlx::query("insert into accounts (id, phone_index, phone_sealed, created_at) values ($1, $2, $3, 0)")
            .bind(id)
            .bind(self.state.sealer.phone_index(&phone))
            .bind(self.state.sealer.seal(id, phone.as_str().as_bytes()))
            .execute(&self.state.pool)
            .await
            .expect("an account");
        self.signed_in(Principal::Account(AccountId(id)), "member").await
    }

    /// An enrolled tablet at the desk of a store.
    pub async fn desk(&self, store: StoreId) -> Person {
        let (user, device) = (fresh(), fresh());
        sqlx::query("insert into users (id, name, display_name, password_hash, created_at) values ($1, $2, '美姐', '', 0)")
            .bind(user)
            .bind(user.to_string())
            .execute(&self.state.pool)
            .await
            .expect("a manager");
        sqlx::query("insert into devices (id, store_id, name, enrolled_by, enrolled_at) values ($1, $2, 'iPad', $3, 0)")
            .bind(device)
            .bind(store.0)
            .bind(user)
            .execute(&self.state.pool)
            .await
            .expect("a tablet");
        self.signed_in(Principal::Device(DeviceId(device)), "desk").await
    }

    /// Somebody of the staff with a role in one store, or in all.
    pub async fn staff(&self, role: Role, store: Option<StoreId>) -> Person {
        let user = fresh();
        let new = NewUser {
            id: UserId(user),
            grant_id: fresh(),
            name: user.to_string(),
            display_name: "小青".to_owned(),
            password_hash: None,
            grant: Grant { role, store },
            staff: None,
        };
        let mut connection = self.state.pool.acquire().await.expect("a connection");
        assert!(server::db::users::insert(&mut connection, &new, morning()).await.expect("a login"));
        self.signed_in(Principal::User(UserId(user)), "desk").await
    }

    async fn signed_in(&self, principal: Principal, app: &'static str) -> Person {
        let token = format!("token-{}", fresh().simple());
        let hash = server::auth::token::hash(&token);
        let session = fresh();
        let (account, user, device) = match principal {
            Principal::Account(id) => (Some(id.0), None, None),
            Principal::User(id) => (None, Some(id.0), None),
            Principal::Device(id) => (None, None, Some(id.0)),
            Principal::Anonymous | Principal::System => (None, None, None),
        };
        sqlx::query(
            "insert into sessions (token_hash, id, account_id, user_id, device_id, created_at, seen_at, idle_until, expires_at)
             values ($1, $2, $3, $4, $5, $6, $6, $7, $7)",
        )
        .bind(&hash[..])
        .bind(session)
        .bind(account)
        .bind(user)
        .bind(device)
        .bind(morning().0)
        .bind(i64::MAX)
        .execute(&self.state.pool)
        .await
        .expect("a session");
        Person { principal, session, app, token }
    }

    /// Sends a request and waits for the whole answer.
    pub async fn send(&self, method: &str, path: &str, person: Option<&Person>, body: Vec<u8>) -> Answered {
        self.send_with(method, path, person, body, &[]).await
    }

    /// The same with headers.
    pub async fn send_with(&self, method: &str, path: &str, person: Option<&Person>, body: Vec<u8>, headers: &[(&str, &str)]) -> Answered {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(person) = person {
            request = request.header("x-huiyue-app", person.app).header("cookie", person.cookie());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answered { status: parts.status, headers: parts.headers, body }
    }

    /// What is kept beside records says what follows from them.
    pub async fn holds_together(&self) {
        let report = server::verify::verify(&self.state).await.expect("looked");
        assert!(report.differences.is_empty(), "{report:#?}");
    }

    /// One command sent directly.
    pub async fn direct(&self, person: &Person, command: &Command) -> Outcome {
        let envelope = Envelope::pack(command, 0, CommandId(fresh()), None, Stamp::default(), 0);
        self.direct_envelope(person, &envelope).await
    }

    pub async fn direct_envelope(&self, person: &Person, envelope: &Envelope) -> Outcome {
        let answered = self.send("POST", "/api/direct", Some(person), postcard::to_allocvec(envelope).expect("bytes")).await;
        assert_eq!(answered.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answered.body));
        postcard::from_bytes(&answered.body).expect("an outcome")
    }

    /// One exchange.
    pub async fn exchange(&self, person: Option<&Person>, request: &SyncRequest) -> SyncReply {
        let answered = self.send("POST", "/api/sync", person, postcard::to_allocvec(request).expect("bytes")).await;
        assert_eq!(answered.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answered.body));
        postcard::from_bytes(&answered.body).expect("a reply")
    }

    /// One number out of the database.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.state.pool).await.expect("a number")
    }

    /// What must stay zero.
    pub fn backstop_hits(&self) -> u64 {
        self.state.counters.backstop_hits.load(Ordering::Relaxed)
    }
}

/// Waits until something is so; `what` is for the message when it never is.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let asked = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asked).await.unwrap_or_else(|_| panic!("never {what}"));
}

/// A directory that Postgres can enter, for a cluster of one's own.
pub fn own_place(name: &str) -> PathBuf {
    let place = place_of(std::process::id()).join(name);
    fs::DirBuilder::new().mode(0o755).recursive(true).create(&place).expect("a directory");
    place
}
