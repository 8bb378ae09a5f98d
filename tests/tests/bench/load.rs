//! A big salon under load: 40 staff around the clock, so that every booking finds a time of its own.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use shared::booking::Subject;
use shared::command::{Book, Command, PutService, PutShift, PutStaff, PutStore};
use shared::id::{BookingId, LegalEntityId, ServiceId, ShiftId, StaffId, StoreId};
use shared::money::{Currency, Money};
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::refusal::Refusal;
use shared::roster::{Shift, ShiftDay};
use shared::service::Service;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::{Rules, StaffOrder, Store};
use shared::sync::Outcome;
use shared::time::{DAY, LocalSpan, Timestamp};
use shared::visit_request::RequestedLine;
use shared::zone::Zone;
use tests::client::Client;
use tests::server::{Server, place};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{self, Child};
use tokio::time::Instant;
use uuid::Uuid;

use super::cpu::used_micros;

const STORE: StoreId = StoreId(Uuid::from_u128(0xb1));
const BLOW_DRY: ServiceId = ServiceId(Uuid::from_u128(0xb2));
pub const STAFF: u64 = 40;
const CLIENTS: usize = 32;
pub const MINUTES: u16 = 15;

/// A Postgres of its own, a server on it, and sessions.
pub struct BigSalon {
    /// Where files of this run go.
    pub place: PathBuf,
    /// Address of the database.
    pub database: String,
    server: Server,
    postgres: Child,
    clients: Vec<Arc<Client>>,
    next: Arc<AtomicU64>,
    midnight: Timestamp,
    password: String,
}

/// Bookings per second, and processor time for each.
pub struct Speed {
    pub per_second: f64,
    pub server_micros: f64,
    pub postgres_micros: f64,
}

/// What came of a race.
pub struct Race {
    pub applied: usize,
    pub refused: usize,
    pub took: Duration,
}

impl BigSalon {
    pub async fn open() -> Result<Self> {
        let place_of_run = std::env::temp_dir().join(format!("huiyue-bench-{}", Uuid::new_v4().simple()));
        tokio::fs::create_dir_all(&place_of_run).await?;
        let mut postgres = process::Command::new(place("HUIYUE_BIN", "../target/release/huiyue"))
            .args(["private-postgres", "--data"])
            .arg(&place_of_run)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("starting Postgres")?;
        let mut lines = BufReader::new(postgres.stdout.take().context("its output")?).lines();
        let database = loop {
            let line = lines.next_line().await?.context("Postgres did not start")?;
            if let Some(found) = line.find("postgres://") {
                break line[found..].trim().to_owned();
            }
        };
        let server = Server::start_on(&database).await?;
        let password = server.printed("owner  ").await?;
        let mut clients = Vec::new();
        for _ in 0..=CLIENTS {
            let client = Client::new(server.address)?;
            client.sign_in("owner", &password).await?;
            clients.push(Arc::new(client));
        }
        for command in salon() {
            let outcome = clients[0].gives(&command).await?;
            ensure!(outcome == Outcome::Applied, "{}: {outcome:?}", command.name());
        }
        let now = i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?;
        let midnight = Timestamp((now / DAY + 1) * DAY);
        Ok(BigSalon { place: place_of_run, database, server, postgres, clients, next: Arc::new(AtomicU64::new(0)), midnight, password })
    }

    /// A booking nobody else asks for.
    pub fn next_booking(&self) -> Command {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let start = self.midnight.plus_minutes(i64::try_from(number / STAFF).unwrap_or(0) * i64::from(MINUTES));
        book(start, StaffPreference::Requested(staff(number % STAFF)))
    }

    /// The first day of the load.
    pub fn midnight(&self) -> Timestamp {
        self.midnight
    }

    /// A device that has nothing else to do after the load.
    pub fn client(&self) -> &Client {
        &self.clients[0]
    }

    /// Another server on the same database, with nothing in memory, and somebody who is signed in there.
    pub async fn another_server(&self) -> Result<(Server, Client)> {
        let server = self.server.another_on(&self.database).await?;
        let client = Client::new(server.address)?;
        client.sign_in("owner", &self.password).await?;
        Ok((server, client))
    }

    /// A device that takes no part in the load: the recorded booking moves its number again and again.
    pub fn recorded(&self) -> &Client {
        &self.clients[CLIENTS]
    }

    /// Books as fast as `clients` devices can from their outboxes.
    pub async fn book_for(&self, time: Duration, clients: usize) -> Result<Speed> {
        let (server, postgres) = (self.server.pid().context("a server")?, self.postgres.id().context("a Postgres")?);
        let before = (used_micros(server)?, used_micros(postgres)?);
        let begun = Instant::now();
        let mut tasks = Vec::new();
        for client in self.clients.iter().take(clients) {
            let client = Arc::clone(client);
            let (next, midnight) = (Arc::clone(&self.next), self.midnight);
            tasks.push(tokio::spawn(async move {
                let mut booked = 0u32;
                while begun.elapsed() < time {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let start = midnight.plus_minutes(i64::try_from(number / STAFF)? * i64::from(MINUTES));
                    let outcome = client.sends(&book(start, StaffPreference::Requested(staff(number % STAFF)))).await?;
                    ensure!(outcome == Outcome::Applied, "booking {number}: {outcome:?}");
                    booked += 1;
                }
                Ok(booked)
            }));
        }
        let mut booked = 0;
        for task in tasks {
            booked += task.await??;
        }
        let per_second = f64::from(booked) / begun.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a few minutes at most")]
        let each = |after: u64, before: u64| (after - before) as f64 / f64::from(booked);
        let (server_micros, postgres_micros) = (each(used_micros(server)?, before.0), each(used_micros(postgres)?, before.1));
        Ok(Speed { per_second, server_micros, postgres_micros })
    }

    /// Milliseconds of single calls for a store-week of 40 staff.
    pub async fn ask_openings(&self, calls: i32) -> Result<Vec<f64>> {
        let mut times = Vec::new();
        for call in 0..calls {
            let from = shared::time::LocalDate(self.midnight.utc_day() + call % 14);
            let begun = Instant::now();
            let path = format!("/api/openings?store={STORE}&service={BLOW_DRY}&from={from}&days=7");
            let answer = self.clients[0].get_text(&path).await?;
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
            let answer: Value = serde_json::from_str(&answer)?;
            ensure!(answer["days"].as_array().is_some_and(|days| days.len() == 7), "a week of openings");
        }
        Ok(times)
    }

    /// So many want one time at once.
    pub async fn race(&self, contenders: usize) -> Result<Race> {
        let start = self.midnight.plus_minutes(300 * 1440);
        let begun = Instant::now();
        let tasks: Vec<_> = (0..contenders)
            .map(|number| {
                let client = Arc::clone(&self.clients[number % CLIENTS]);
                tokio::spawn(async move { client.gives(&book(start, StaffPreference::Requested(staff(0)))).await })
            })
            .collect();
        let mut race = Race { applied: 0, refused: 0, took: Duration::ZERO };
        for task in tasks {
            match task.await?? {
                Outcome::Applied => race.applied += 1,
                Outcome::Refused { refusal: Refusal::TimeTaken { .. }, alternatives } => {
                    ensure!(alternatives.len() == 3, "a loser is offered three times, not {}", alternatives.len());
                    race.refused += 1;
                }
                other => anyhow::bail!("{other:?}"),
            }
        }
        race.took = begun.elapsed();
        Ok(race)
    }

    /// Resident memory of the server's process.
    pub fn server_rss_mb(&self) -> Result<f64> {
        let pid = self.server.pid().context("a running server")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
    }

    pub async fn close(mut self) -> Result<()> {
        self.server.finish().await?;
        drop(self.postgres.stdin.take());
        if let Some(pid) = self.postgres.id() {
            process::Command::new("kill").args(["-TERM", &pid.to_string()]).status().await?;
        }
        self.postgres.wait().await?;
        drop(tokio::fs::remove_dir_all(&self.place).await);
        Ok(())
    }
}

pub fn staff(number: u64) -> StaffId {
    StaffId(Uuid::from_u128(0xbb00 + u128::from(number)))
}

pub fn book(starts_at: Timestamp, staff_preference: StaffPreference) -> Command {
    let subject = Subject::Guest { name: "".into() };
    let line = RequestedLine { service: BLOW_DRY, subject, payer: None, staff_preference, starts_at, seen_price: Some(Money(4_000)) };
    Command::Book(Book {
        store: STORE,
        booking: BookingId(Uuid::new_v4()),
        account: None,
        lines: vec![line],
        note: "".into(),
        terms_version: 1,
        by_phone: false,
        override_reason: None,
    })
}

fn salon() -> Vec<Command> {
    let always = vec![LocalSpan { from: 0, until: 1440 }];
    let store = Store {
        id: STORE,
        name: Name::only("Around the clock"),
        address: String::new(),
        phone: String::new(),
        legal_entity: LegalEntityId(Uuid::from_u128(0xb3)),
        currency: Currency::CNY,
        zone: Zone::fixed("Etc/UTC", 0),
        hours: core::array::from_fn(|_| always.clone()),
        special_days: std::collections::BTreeMap::new(),
        staff_order: StaffOrder::default(),
        rules: Rules { horizon_days: 366, ..Rules::default() },
        written: None,
        rules_written: None,
    };
    let service = Service {
        id: BLOW_DRY,
        code: String::new(),
        name: Name::only("Blow-dry"),
        category: Name::only("Hair"),
        parts: vec![Part { kind: PartKind::Active, minutes: MINUTES }],
        needs: Vec::new(),
        price: Some(Money(4_000)),
        terms: Vec::new(),
        online: true,
        active: true,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    };
    let mut commands = vec![Command::PutStore(PutStore::of(store, 0)), Command::PutService(PutService::of(service, 0))];
    for number in 0..STAFF {
        let person = Staff {
            id: staff(number),
            name: Name::only(&format!("Staff {number}")),
            level: 1,
            title: Name::default(),
            gender: None,
            stores: vec![STORE],
            skills: vec![BLOW_DRY],
            online: true,
            active: true,
            written: None,
        };
        commands.push(Command::PutStaff(PutStaff::of(person, 0)));
        commands.extend((0..7u8).map(|weekday| {
            let id = ShiftId(Uuid::from_u128(0xbc_0000 + u128::from(number) * 8 + u128::from(weekday)));
            let day = ShiftDay::Weekly(weekday);
            Command::PutShift(PutShift::of(Shift { id, store: STORE, staff: staff(number), day, spans: always.clone(), written: None }, 0))
        }));
    }
    commands
}
