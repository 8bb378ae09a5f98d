//! The world of a story: a server, a salon, and people with browsers.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::booking::{StaffWish, Subject};
use shared::command::{Book, Command, NewLine, PutRules};
use shared::id::{BookingId, CommandId, GrantId, ReplicaId, StaffId};
use shared::record::Noun;
use shared::stamp::Stamp;
use shared::store::Store;
use shared::store::{Confirmation, Rules};
use shared::sync::{Cursor, Envelope, Outcome, Record, Scope, SyncReply, SyncRequest};
use shared::time::{LocalDate, Timestamp};
use uuid::Uuid;

use crate::actor::Actor;
use crate::browser::{Device, Driver};
use crate::proxy::Proxy;
use crate::salon;
use crate::server::Server;

/// The name and password of the receptionist.
pub const QING: (&str, &str) = ("qing", "窗边的蓝椅子-不会说话-27");

/// Everything a story has.
pub struct World {
    /// The server.
    pub server: Server,
    /// The owner's session, without a browser.
    pub owner: Client,
    driver: Driver,
}

impl World {
    /// A server with the small demo.
    ///
    /// # Errors
    /// When something does not start.
    pub async fn demo() -> Result<Self> {
        Self::around(Server::start_demo().await?).await
    }

    /// A server with an empty database.
    ///
    /// # Errors
    /// When something does not start.
    pub async fn empty() -> Result<Self> {
        Self::around(Server::start().await?).await
    }

    async fn around(server: Server) -> Result<Self> {
        let owner = Client::new(server.address)?;
        let password = server.printed("owner  ").await?;
        owner.sign_in("owner", &password).await?;
        Ok(World { server, owner, driver: Driver::start().await? })
    }

    /// A server with the salon, its receptionist, and nobody booked.
    ///
    /// # Errors
    /// When something does not start.
    pub async fn salon() -> Result<Self> {
        World::empty().await?.with_salon().await
    }

    /// The same with the apps of a directory of one's own.
    ///
    /// # Errors
    /// When something does not start.
    pub async fn salon_with(apps: &Path) -> Result<Self> {
        Self::around(Server::start_with(apps.to_owned()).await?).await?.with_salon().await
    }

    async fn with_salon(self) -> Result<Self> {
        let world = self;
        salon::open(&world.owner).await?;
        let qing = json!({ "name": QING.0, "password": QING.1, "role": "receptionist", "store": salon::STORE });
        world.owner.post("/api/users", &qing).await?;
        Ok(world)
    }

    /// A person with a phone, in Chinese.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn phone(&self, name: &str) -> Result<Actor> {
        self.person(name, Device::Phone, "zh-CN").await
    }

    /// A person at a tablet, in Chinese.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn tablet(&self, name: &str) -> Result<Actor> {
        self.person(name, Device::Tablet, "zh-CN").await
    }

    /// A person with a device and a language.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn person(&self, name: &str, device: Device, language: &str) -> Result<Actor> {
        let wire = Proxy::to(self.server.address).await?;
        let browser = self.driver.browser(device, language).await?;
        Ok(Actor { name: name.to_owned(), browser, wire })
    }

    /// Qing signs in at a tablet; the day is on the tablet.
    ///
    /// # Errors
    /// When she cannot.
    pub async fn desk(&self) -> Result<Actor> {
        let qing = self.tablet("小青").await?;
        qing.open("/desk/").await?;
        qing.types("账号", QING.0).await?;
        qing.types("密码", QING.1).await?;
        qing.taps("登录").await?;
        qing.sees("阿杰").await?;
        qing.sees("已同步").await?;
        Ok(qing)
    }

    /// The code that was sent to a number.
    ///
    /// # Errors
    /// When none was sent.
    pub async fn code_for(&self, phone: &str) -> Result<String> {
        self.next_code_for(phone, "").await
    }

    /// The code that was sent to a number after an earlier one.
    ///
    /// # Errors
    /// When none was sent.
    pub async fn next_code_for(&self, phone: &str, earlier: &str) -> Result<String> {
        let masked = shared::phone::Phone::parse(phone, shared::region::Region::Cn).context("a number")?.masked();
        let six_digits = |line: &str| {
            // The line begins with the time, which has numbers of its own; the message's id has digits between letters.
            let message = line.split_once("messages:").map_or("", |(_, message)| message);
            let is_here =
                message.contains(&masked) && ["code", "desk_code"].iter().any(|name| message.contains(&format!("template=\"{name}\"")));
            let mut words = message.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|_| is_here);
            let code = words.find(|word| word.len() == 6 && word.bytes().all(|letter| letter.is_ascii_digit()));
            code.filter(|code| *code != earlier).map(str::to_owned)
        };
        self.server.says("code", six_digits).await
    }

    /// The desk books a haircut for a guest today at a full hour.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn desk_books(&self, guest: &str, staff: StaffId, hour: u16) -> Result<()> {
        let zone = salon::noon_zone()?;
        let line = NewLine {
            service: salon::CUT,
            subject: Subject::Guest { name: guest.into() },
            payer: None,
            wish: StaffWish::Requested(staff),
            starts_at: zone.instant(zone.local(now()?).0, hour * 60),
            seen_price: None,
        };
        let book = Command::Book(Book {
            store: salon::STORE,
            booking: BookingId(Uuid::new_v4()),
            account: None,
            lines: vec![line],
            note: "".into(),
            terms_version: 1,
            by_phone: false,
            over: None,
        });
        let outcome = self.owner.gives(&book).await?;
        ensure!(outcome == Outcome::Applied, "{outcome:?}");
        Ok(())
    }

    /// From now on the salon looks at every booking first.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn desk_confirms_first(&self) -> Result<()> {
        for store in self.owner.reads_all::<Store>(Scope::BrandPublic).await? {
            let rules = Rules { confirmation: Confirmation::ByDesk, ..store.rules };
            let base = store.rules_written.map_or(0, |written| written.version);
            let outcome = self.owner.gives(&Command::PutRules(PutRules { store: store.id, rules: rules.into(), base })).await?;
            ensure!(outcome == Outcome::Applied, "{outcome:?}");
        }
        Ok(())
    }

    /// The day it is in the salon.
    ///
    /// # Errors
    /// When the clock stands before 1970.
    pub fn today(&self) -> Result<LocalDate> {
        Ok(salon::noon_zone()?.local(now()?).0)
    }

    /// Ends everything.
    ///
    /// # Errors
    /// When a browser or the server does not end.
    pub async fn ends(self, people: Vec<Actor>) -> Result<()> {
        for person in people {
            person.browser.quit().await?;
        }
        self.server.finish().await
    }
}

/// A session without a browser: for preparing a story and for looking behind the scenes.
pub struct Client {
    http: reqwest::Client,
    base: String,
    replica: ReplicaId,
    /// Of the last command that was sent from its outbox.
    number: AtomicU64,
}

impl Client {
    /// # Errors
    /// When the client cannot be made.
    pub fn new(server: std::net::SocketAddr) -> Result<Self> {
        let http = reqwest::Client::builder().cookie_store(true).build()?;
        Ok(Client { http, base: format!("http://{server}"), replica: ReplicaId(Uuid::new_v4()), number: AtomicU64::new(0) })
    }

    /// # Errors
    /// When the server refuses.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<()> {
        self.post("/api/session/staff", &json!({ "name": name, "password": password })).await
    }

    /// # Errors
    /// When the server refuses.
    pub async fn post(&self, path: &str, body: &Value) -> Result<()> {
        let request = self.http.post(format!("{}{path}", self.base)).header("x-huiyue-app", "desk");
        let answer = request.header("content-type", "application/json").body(body.to_string()).send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "{path}: {status} {}", answer.text().await?);
        Ok(())
    }

    /// # Errors
    /// When the server refuses or answers something else.
    pub async fn get_json<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let text = self.get_text(path).await?;
        serde_json::from_str(&text).with_context(|| format!("{path}: {text}"))
    }

    /// # Errors
    /// When the server refuses.
    pub async fn get_text(&self, path: &str) -> Result<String> {
        let answer = self.http.get(format!("{}{path}", self.base)).header("x-huiyue-app", "desk").send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(text)
    }

    /// Gives a command directly.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn gives(&self, command: &Command) -> Result<Outcome> {
        self.gives_as(CommandId(Uuid::new_v4()), command).await
    }

    /// Gives a command under an id: the same id again is the same command again.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn gives_as(&self, uuid: CommandId, command: &Command) -> Result<Outcome> {
        let stamp = Stamp { at: now()?, counter: 0 };
        let envelope = Envelope::pack(command, 0, uuid, None, stamp, 0);
        let request = self.http.post(format!("{}/api/direct", self.base)).header("x-huiyue-app", "desk");
        let request = request.header("x-huiyue-replica", self.replica.to_string()).header("content-type", "application/octet-stream");
        let answer = request.body(postcard::to_allocvec(&envelope)?).send().await?;
        let (status, bytes) = (answer.status(), answer.bytes().await?);
        ensure!(status.is_success(), "{}: {status} {}", command.name(), String::from_utf8_lossy(&bytes));
        Ok(postcard::from_bytes(&bytes)?)
    }

    /// Sends a command as a device does from its outbox, one at a time.
    ///
    /// # Errors
    /// When the server does not answer it.
    pub async fn sends(&self, command: &Command) -> Result<Outcome> {
        let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
        let stamp = Stamp { at: now()?, counter: 0 };
        let envelope = Envelope::pack(command, number, CommandId(Uuid::new_v4()), None, stamp, 0);
        let reply = self.exchanges(Vec::new(), vec![envelope]).await?;
        reply.outcomes.into_iter().next().map(|answer| answer.outcome).context("an outcome")
    }

    /// Sends a whole outbox at once; the outcomes in its order.
    ///
    /// # Errors
    /// When the server does not answer it.
    pub async fn sends_all(&self, commands: &[Command]) -> Result<Vec<Outcome>> {
        let stamp = Stamp { at: now()?, counter: 0 };
        let pack = |command| {
            let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
            Envelope::pack(command, number, CommandId(Uuid::new_v4()), None, stamp, 0)
        };
        let reply = self.exchanges(Vec::new(), commands.iter().map(pack).collect()).await?;
        Ok(reply.outcomes.into_iter().map(|answer| answer.outcome).collect())
    }

    async fn exchanges(&self, cursors: Vec<Cursor>, commands: Vec<Envelope>) -> Result<SyncReply> {
        let request = SyncRequest::new(Some(self.replica), now()?, cursors, commands);
        let sent = self.http.post(format!("{}/api/sync", self.base)).header("x-huiyue-app", "desk");
        let answer = sent.header("content-type", "application/octet-stream").body(postcard::to_allocvec(&request)?).send().await?;
        let (status, bytes) = (answer.status(), answer.bytes().await?);
        ensure!(status.is_success(), "sync: {status} {}", String::from_utf8_lossy(&bytes));
        Ok(postcard::from_bytes(&bytes)?)
    }

    /// Everything of a kind in a scope.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn reads_all<T: Noun>(&self, scope: Scope) -> Result<Vec<T>> {
        Ok(self.reads(scope).await?.iter().filter_map(Record::of::<T>).cloned().collect())
    }

    /// Everything in a scope, as a device that has nothing yet would read it.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn reads(&self, scope: Scope) -> Result<Vec<Record>> {
        let mut cursor = Cursor { scope, grant: GrantId(Uuid::nil()), seq: 0 };
        let mut records = Vec::new();
        loop {
            let reply = self.exchanges(vec![cursor.clone()], Vec::new()).await?;
            let page = reply.pages.into_iter().find(|page| page.scope == scope).context("a page of the scope")?;
            records.extend(page.known());
            cursor = Cursor { scope, grant: page.grant, seq: page.seq };
            if page.complete {
                return Ok(records);
            }
        }
    }
}

fn now() -> Result<Timestamp> {
    Ok(Timestamp(i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?))
}
