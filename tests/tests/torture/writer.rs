//! One device: a replica with an outbox and a cache, behind a wire that loses things.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use shared::booking::Booking;
use shared::command::Command;
use shared::envelope::Envelope;
use shared::id::{CommandId, EpochId, GrantId, ReplicaId};
use shared::noun::RecordKey;
use shared::record::{Received, Record};
use shared::scope::Scope;
use shared::stamp::Stamp;
use shared::sync::client::{Next, after, batch};
use shared::sync::{Cursor, Outcome, Page, SyncReply, SyncRequest};
use shared::time::Timestamp;
use tests::dice::Dice;
use uuid::Uuid;

use super::wire::{Fate, Wire};
use super::wishes::{Days, Role, hold, staff_preference};

/// Records as a device has them.
pub type Cache = BTreeMap<(Scope, RecordKey), Record>;

/// How long a late desk was offline.
const HOURS_AWAY: i64 = 4;

pub struct Writer {
    pub role: Role,
    wire: Wire,
    dice: Dice,
    days: Days,
    replica: ReplicaId,
    number: u64,
    outbox: Vec<Envelope>,
    cursors: BTreeMap<Scope, (GrantId, u64)>,
    pub cache: Cache,
    /// What it was told.
    pub told: BTreeMap<CommandId, Outcome>,
    /// An exchange of long ago, that the network delivers again.
    stray: Vec<u8>,
    epoch: Option<EpochId>,
    /// Exchanges that did not go well.
    pub faults: u64,
}

impl Writer {
    pub fn new(role: Role, wire: Wire, seed: u64, days: Days) -> Self {
        Writer {
            role,
            wire,
            dice: Dice::of(seed),
            days,
            replica: ReplicaId(Uuid::new_v4()),
            number: 0,
            outbox: Vec::new(),
            cursors: BTreeMap::new(),
            cache: Cache::new(),
            told: BTreeMap::new(),
            stray: Vec::new(),
            epoch: None,
            faults: 0,
        }
    }

    /// Writes until it is over, then sends what is left and reads what is new.
    pub async fn lives(mut self, over: Arc<AtomicBool>) -> Result<Self> {
        while !over.load(Ordering::Relaxed) {
            self.gives()?;
            let fate = Fate::thrown(&mut self.dice);
            self.exchanges(fate).await?;
            if self.dice.happens(15) {
                self.gives_directly().await?;
            }
            tokio::time::sleep(Duration::from_millis(self.dice.throw(60))).await;
        }
        self.settles().await?;
        Ok(self)
    }

    /// Until nothing is waiting and everything is read.
    pub async fn settles(&mut self) -> Result<()> {
        for _ in 0..200 {
            if self.exchanges(Fate::Whole).await? && self.outbox.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("{:?} never got rid of {} commands", self.role, self.outbox.len())
    }

    /// Reads everything from the start, as a new device of the same person.
    pub async fn reads_afresh(&self) -> Result<Cache> {
        let mut fresh = Writer::new(self.role, self.wire.clone(), 1, self.days);
        fresh.settles().await?;
        Ok(fresh.cache)
    }

    /// Forgets what it was told, as far as the server may have lost it.
    pub fn forgets_all_but(&mut self, kept: &BTreeMap<CommandId, Outcome>) {
        self.told.retain(|uuid, _| kept.contains_key(uuid));
    }

    fn gives(&mut self) -> Result<()> {
        let (many, away) = match self.role {
            Role::LateDesk if self.dice.happens(10) => (40, HOURS_AWAY * 60),
            Role::LateDesk => (0, 0),
            _ => (self.dice.minutes(3), 0),
        };
        let seen = self.cache.clone();
        let bookings: Vec<&Booking> = seen.values().filter_map(Record::of).collect();
        let base = self.cursors.iter().find(|(scope, _)| matches!(scope, Scope::Desk(_))).map_or(0, |(_, (_, seq))| *seq);
        for given in 0..many {
            let at = now()?.plus_minutes(given * away / many - away);
            let command = staff_preference(&mut self.dice, self.role, &bookings, self.days, at);
            self.number += 1;
            let stamp = Stamp { at, counter: 0 };
            self.outbox.push(Envelope::pack(&command, self.number, CommandId(Uuid::new_v4()), None, stamp, base));
        }
        Ok(())
    }

    /// A command that does not wait in the outbox, until it is answered.
    async fn gives_directly(&mut self) -> Result<()> {
        let command: Command = hold(&mut self.dice, self.days);
        let uuid = CommandId(Uuid::new_v4());
        let envelope = Envelope::pack(&command, 0, uuid, None, Stamp { at: now()?, counter: 0 }, 0);
        let more = format!("x-huiyue-replica: {}\r\n", self.replica);
        let bytes = postcard::to_allocvec(&envelope)?;
        for _ in 0..100 {
            let fate = Fate::thrown(&mut self.dice);
            if let Some(answer) = self.wire.post("/api/direct", &more, &bytes, fate, &mut self.dice).await? {
                let outcome = read(&answer)?;
                return self.hears(uuid, outcome);
            }
            self.faults += 1;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("a direct command was never answered")
    }

    /// Whether everything was read.
    async fn exchanges(&mut self, fate: Fate) -> Result<bool> {
        let cursors = self.cursors.iter().map(|(scope, (grant, seq))| Cursor { scope: *scope, grant: *grant, seq: *seq }).collect();
        let mut commands = batch(&self.outbox);
        if fate == Fate::Twice && self.dice.happens(50) {
            // Somebody delivers them in another order: what is too early has to wait.
            commands.reverse();
        }
        let request = SyncRequest::new(Some(self.replica), now()?, cursors, commands);
        let bytes = postcard::to_allocvec(&request)?;
        if self.dice.happens(5) && !self.stray.is_empty() {
            let stray = std::mem::take(&mut self.stray);
            self.wire.post("/api/sync", "", &stray, Fate::Lost, &mut self.dice).await?;
        }
        if self.dice.happens(10) {
            self.stray.clone_from(&bytes);
        }
        self.faults += u64::from(fate != Fate::Whole);
        let Some(answer) = self.wire.post("/api/sync", "", &bytes, fate, &mut self.dice).await? else { return Ok(false) };
        self.takes(read(&answer)?)
    }

    fn takes(&mut self, reply: SyncReply) -> Result<bool> {
        for answer in &reply.outcomes {
            self.hears(answer.uuid, answer.outcome.clone())?;
        }
        match after(&self.outbox, &reply.outcomes, &reply.replica) {
            Next::Idle { answered } | Next::Again { answered } => self.outbox.retain(|waiting| !answered.contains(&waiting.uuid)),
            Next::Renumber { answered } => {
                self.outbox.retain(|waiting| !answered.contains(&waiting.uuid));
                self.begins_anew();
            }
        }
        if self.outbox.is_empty() && self.epoch.is_some_and(|epoch| epoch != reply.epoch) {
            // After a restore the server may know fewer numbers than this replica has used.
            self.begins_anew();
        }
        self.epoch = Some(reply.epoch);
        for scope in reply.gone {
            self.cursors.remove(&scope);
            self.cache.retain(|(of, _), _| *of != scope);
        }
        let wanted =
            reply.scopes.into_iter().map(|(scope, _)| scope).filter(|scope| !matches!(scope, Scope::Members(_) | Scope::Contacts(_)));
        let mut complete = true;
        for scope in wanted {
            self.cursors.entry(scope).or_insert_with(|| {
                complete = false;
                (GrantId(Uuid::nil()), 0)
            });
        }
        for page in reply.pages {
            complete &= page.complete;
            self.keeps(page);
        }
        Ok(complete)
    }

    fn begins_anew(&mut self) {
        self.replica = ReplicaId(Uuid::new_v4());
        self.number = 0;
        for waiting in &mut self.outbox {
            self.number += 1;
            waiting.number = self.number;
        }
    }

    fn keeps(&mut self, page: Page) {
        if page.fresh {
            self.cache.retain(|(scope, _), _| *scope != page.scope);
        }
        for received in page.received() {
            match received {
                Received::Record(record) => drop(self.cache.insert((page.scope, record.key()), record)),
                Received::Gone(key) => drop(self.cache.remove(&(page.scope, key))),
                Received::Unknown => {}
            }
        }
        self.cursors.insert(page.scope, (page.grant, page.seq));
    }

    fn hears(&mut self, uuid: CommandId, outcome: Outcome) -> Result<()> {
        let before = self.told.entry(uuid).or_insert_with(|| outcome.clone());
        ensure!(*before == outcome, "{uuid}: told {before:?} before and {outcome:?} now");
        Ok(())
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    postcard::from_bytes(bytes).context("an answer in postcard")
}

fn now() -> Result<Timestamp> {
    Ok(Timestamp(i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?))
}
