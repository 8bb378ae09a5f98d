//! Sixteen devices, a bad network, and the power goes again and again: whatever the rules promise is true afterwards.
//!
//! Half a minute; with `HUIYUE_LONG` five, and a restore from a backup in between. `HUIYUE_SEED` tells an earlier run's wishes and
//! moments again, as far as the machine takes part.

#[path = "torture/oracles.rs"]
mod oracles;
#[path = "torture/wire.rs"]
mod wire;
#[path = "torture/wishes.rs"]
mod wishes;
#[path = "torture/writer.rs"]
mod writer;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use shared::id::CommandId;
use shared::record::Record;
use shared::scope::Scope;
use shared::sync::Outcome;
use shared::time::DAY;
use tests::World;
use tests::dice::Dice;
use tests::salon::{STORE, noon_zone};
use tests::world::QING;
use tokio::time::Instant;

use wire::Wire;
use wishes::{Days, Role};
use writer::Writer;

const DESKS: u64 = 5;
const LATE_DESKS: u64 = 2;
const MEMBERS: u64 = 9;

/// The server, those who torment it, and what was done.
struct Torture {
    world: World,
    writers: Vec<Writer>,
    dice: Dice,
    kills: u64,
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_people_on_a_bad_network_keep_what_they_were_told_while_the_power_goes() -> Result<()> {
    let seed = match std::env::var("HUIYUE_SEED") {
        Ok(seed) => seed.parse().context("HUIYUE_SEED is a number")?,
        Err(_) => u64::from(std::process::id()) ^ std::time::UNIX_EPOCH.elapsed()?.as_secs(),
    };
    println!("torture: seed {seed}");
    let began = Instant::now();
    let mut torture = Torture::begins(seed).await.with_context(|| format!("seed {seed}"))?;
    let result =
        if std::env::var_os("HUIYUE_LONG").is_some() { torture.long().await } else { torture.phase(Duration::from_secs(22)).await };
    result.with_context(|| format!("seed {seed}"))?;
    torture.says(seed, began).await?;
    torture.world.ends(Vec::new()).await
}

impl Torture {
    async fn begins(seed: u64) -> Result<Self> {
        let world = World::salon().await?;
        let now = i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?;
        let today = noon_zone()?.local(shared::time::Timestamp(now)).0;
        let days = Days(noon_zone()?.instant(today, 0));
        let mut dice = Dice::of(seed);
        let mut writers = Vec::new();
        for desk in 0..DESKS + LATE_DESKS {
            let mut wire = Wire::to(world.server.address, "desk");
            wire.post_json("/api/session/staff", &json!({ "name": QING.0, "password": QING.1 })).await?;
            let role = if desk < DESKS { Role::Desk } else { Role::LateDesk };
            writers.push(Writer::new(role, wire, dice.throw(u64::MAX), days));
        }
        for member in 0..MEMBERS {
            let phone = format!("139 1234 56{:02}", member * 7 + 11);
            let mut wire = Wire::to(world.server.address, "member");
            wire.post_json("/api/codes", &json!({ "phone": phone })).await?;
            let code = world.code_for(&phone).await?;
            wire.post_json("/api/session/member", &json!({ "phone": phone, "code": code })).await?;
            writers.push(Writer::new(Role::Member, wire, dice.throw(u64::MAX), days));
        }
        Ok(Torture { world, writers, dice, kills: 0 })
    }

    /// Trouble for a while, then peace, then everything is looked at.
    async fn phase(&mut self, long: Duration) -> Result<()> {
        let over = Arc::new(AtomicBool::new(false));
        let lives: Vec<_> = self.writers.drain(..).map(|writer| tokio::spawn(writer.lives(Arc::clone(&over)))).collect();
        let began = Instant::now();
        while began.elapsed() < long {
            tokio::time::sleep(Duration::from_millis(500 + self.dice.throw(1500))).await;
            self.kills += 1;
            if self.dice.happens(30) {
                self.world.server.kill_postgres().await?;
            } else {
                self.world.server.kill().await?;
                self.world.server.start_again().await?;
            }
        }
        over.store(true, Ordering::Relaxed);
        for life in lives {
            self.writers.push(life.await??);
        }
        self.is_right().await
    }

    /// With a backup, and a return to it: what was told in between is lost, everything else holds.
    async fn long(&mut self) -> Result<()> {
        self.phase(Duration::from_secs(120)).await?;
        let told = self.told();
        let file = std::env::temp_dir().join(format!("huiyue-torture-{}", uuid::Uuid::new_v4().simple()));
        let name = file.to_string_lossy().into_owned();
        self.world.server.stop().await?;
        self.world.server.command(&["backup", &name]).await?;
        self.world.server.start_again().await?;
        self.phase(Duration::from_secs(50)).await?;
        self.world.server.stop().await?;
        self.world.server.command(&["restore", &name, "--force"]).await?;
        self.world.server.start_again().await?;
        tokio::fs::remove_file(&file).await?;
        self.writers.iter_mut().for_each(|writer| writer.forgets_all_but(&told));
        self.phase(Duration::from_secs(120)).await
    }

    fn told(&self) -> BTreeMap<CommandId, Outcome> {
        self.writers.iter().flat_map(|writer| writer.told.clone()).collect()
    }

    async fn is_right(&mut self) -> Result<()> {
        let database = self.world.server.database().await?;
        for writer in &mut self.writers {
            has_everything(writer).await?;
        }
        oracles::look(&database).await?;
        let complaints = self.world.server.complaints_of_postgres().await?;
        let hit = complaints.lines().find(|line| line.contains("occupancy_backstop"));
        ensure!(hit.is_none(), "what rules should have refused, the database had to: {hit:?}");
        let stored = oracles::outcomes(&database).await?;
        for (uuid, outcome) in self.told() {
            let (told, kept) = (serde_json::to_value(&outcome)?, stored.get(&uuid.to_string()));
            ensure!(kept == Some(&told), "{uuid} was told {told}, and the log says {kept:?}");
        }
        self.busy_is_what_is_taken(&database).await?;
        oracles::look_can_fail(&database).await
    }

    /// From tomorrow on: today visits grow while they are looked at.
    async fn busy_is_what_is_taken(&self, database: &str) -> Result<()> {
        let tomorrow = i32::try_from(i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())? / DAY)? + 1;
        let taken: BTreeMap<_, _> = oracles::taken(database).await?.into_iter().filter(|((_, day), _)| *day > tomorrow).collect();
        let mut shown = BTreeMap::new();
        for record in self.world.owner.reads(Scope::Busy(STORE)).await? {
            let Record::BusyDay(busy) = record else { continue };
            let quanta: Vec<usize> = (0..288).filter(|quantum| busy.busy.0[quantum / 8] & (1 << (quantum % 8)) != 0).collect();
            if busy.day > tomorrow && !quanta.is_empty() {
                shown.insert((busy.resource.0.to_string(), busy.day), quanta);
            }
        }
        for key in taken.keys().chain(shown.keys()) {
            ensure!(taken.get(key) == shown.get(key), "busy {key:?}: {:?} is taken, {:?} is shown", taken.get(key), shown.get(key));
        }
        Ok(())
    }

    async fn says(&self, seed: u64, began: Instant) -> Result<()> {
        let database = self.world.server.database().await?;
        let commands = oracles::count(&database, "select count(*) from commands").await?;
        let applied = oracles::count(&database, "select count(*) from commands where applied").await?;
        let displaced = oracles::count(&database, "select count(*) from commands where step = 'displaced'").await?;
        let faults: u64 = self.writers.iter().map(|writer| writer.faults).sum();
        let (kills, seconds) = (self.kills, began.elapsed().as_secs());
        println!(
            "torture: {commands} commands, {applied} applied, {displaced} displacing, {kills} kills, {faults} faults, {seconds} s, \
             seed {seed}"
        );
        ensure!(applied > 100 && faults > 50, "too little happened to prove anything");
        Ok(())
    }
}

/// What a device gathered in pieces is what it would read from the start. A hold may run out between the two readings, so a difference
/// counts when it stays.
async fn has_everything(writer: &mut Writer) -> Result<()> {
    let mut differs = None;
    for _ in 0..3 {
        writer.settles().await?;
        let fresh = writer.reads_afresh().await?;
        let keys = fresh.keys().chain(writer.cache.keys());
        differs = keys.map(|key| (*key, writer.cache.get(key).cloned(), fresh.get(key).cloned())).find(|(_, kept, whole)| kept != whole);
        if differs.is_none() {
            return Ok(());
        }
    }
    anyhow::bail!("a {:?} has something else than what it would read from the start: {differs:?}", writer.role)
}
