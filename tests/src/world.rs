//! The world of a story: a server, a salon, and people with browsers.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use shared::booking::Subject;
use shared::command::{Book, Command, PutRules};
use shared::id::{BookingId, StaffId};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::store::{Confirmation, Rules, Store};
use shared::sync::Outcome;
use shared::time::LocalDate;
use shared::visit_request::RequestedLine;
use uuid::Uuid;

use crate::actor::Actor;
use crate::browser::{Device, Driver};
use crate::client::{Client, now};
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
        let line = RequestedLine {
            service: salon::CUT,
            subject: Subject::Guest { name: guest.into() },
            payer: None,
            staff_preference: StaffPreference::Requested(staff),
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
            override_reason: None,
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
