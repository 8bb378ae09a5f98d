//! Sync: how devices and the server agree.
//!
//! # The wire, in prose
//!
//! A *replica* is an installation × a signed-in principal. It keeps records it may see (its *scopes*), and an outbox of
//! commands numbered 1, 2, 3 … without gaps. Everything travels in `POST /api/sync`, encoded with postcard: the device sends a
//! [`SyncRequest`], the server answers a [`SyncReply`].
//!
//! **Up.** A command travels as an [`Envelope`]; its payload is the frozen bytes of one command kind. The server takes
//! envelopes strictly in number order and stores an [`Outcome`] for every number in the transaction of the effects. A number it
//! has seen is answered with the stored outcome; a number too high is a [`ReplicaState::Gap`]: send again from `expected`; a
//! number seen with another uuid is a [`ReplicaState::Fork`] (a cloned or restored device): take a new replica id, keep the uuids,
//! and each command is applied once. A payload that cannot be read is refused alone, as [`Outcome::Unreadable`]. A command that its device
//! takes back keeps its number and uuid as an [`Envelope::withdrawn`]: where the command had not arrived it never will
//! ([`Outcome::Withdrawn`]), where it had, its own outcome comes back. Commands that must not
//! wait (holds) travel as number 0 in `POST /api/direct` and are known by their uuid only.
//!
//! **Down.** Every scope is a feed: its records ordered by the sequence of their last change, one entry per record. A
//! [`Cursor`] names the scope, the grant under which it was read, and the last sequence read. A [`Page`] brings the records
//! that changed after it. Pages become visible on the device only when `complete`; records, cursor and the removal of answered
//! commands from the outbox are one IndexedDB transaction. A page with `fresh` set starts from nothing: what was cached of the
//! scope is dropped first. A scope listed in [`SyncReply::gone`] is purged. `GET /api/live` (server-sent events) only pokes: `data:
//! <scope>`; what changed is always fetched by a sync.
//!
//! **After a restore.** Every reply names the *epoch* of the database. Rights belong to an epoch: after a restore every scope has another
//! grant, so that devices read all of it from the start and keep their outbox, however far the feeds have grown again. What was
//! acknowledged after the backup is lost with it; telling it again from the devices is left for later.
//!
//! **Evidence.** What a message says about itself never counts against somebody else. A command's `base` counts as far as it is not below
//! what the same person had demonstrably read; what is sent directly has seen everything. The server remembers the cursors of each
//! replica as of the last exchange that emptied its outbox, so that reading on does not count against what was queued before.
//!
//! **Clocks.** The request carries the device's wall clock; the server measures the offset at every exchange and corrects the
//! stamps by it. A stamp lies after the one before it and after the last exchange that emptied the outbox, and never in the future.
//!
//! The bytes of each message are pinned by the golden files in `shared/tests/golden`.

pub mod client;

use serde::{Deserialize, Serialize};

use crate::booking::Alternative;
use crate::envelope::Envelope;
use crate::id::{CommandId, EpochId, GrantId, ReplicaId};
use crate::noun::Newest;
use crate::record::{NEWEST, Received, Record, RecordSet, WireRecord};
use crate::refusal::Refusal;
use crate::scope::Scope;
use crate::time::Timestamp;

/// Version of this protocol; another one is answered with 426 and the app asks to be refreshed.
pub const PROTOCOL: u16 = 5;

/// Most commands in one request.
pub const MAX_COMMANDS: usize = 100;

/// What became of a command. Every number gets one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Applied,
    /// Not done, and why; with up to three openings nearby where a time was wished.
    Refused {
        /// Why.
        refusal: Refusal,
        /// Advice, computed after the decision.
        alternatives: Vec<Alternative>,
    },
    /// The payload could not be read.
    Unreadable,
    /// Deciding it failed in a way that would fail again; set aside for a person.
    Poison,
    /// Taken back before it was decided.
    Withdrawn,
}

/// From the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest {
    /// [`PROTOCOL`].
    pub protocol: u16,
    /// The replica; `None` for anonymous readers, who send no commands.
    pub replica: Option<ReplicaId>,
    /// Wall clock of the device when it sent this.
    pub sent_at: Timestamp,
    /// The newest version of each kind of records that it reads.
    pub reads: Vec<Newest>,
    /// What it has read; a scope without cursor is wanted from the start with `seq` 0 and a nil grant.
    pub cursors: Vec<Cursor>,
    /// Commands in number order, at most [`MAX_COMMANDS`].
    pub commands: Vec<Envelope>,
}

/// How far a scope was read, and by which right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Scope.
    pub scope: Scope,
    /// Grant under which it was read; nil for none yet.
    pub grant: GrantId,
    /// Last sequence read.
    pub seq: u64,
}

/// From the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncReply {
    /// The server's clock.
    pub now: Timestamp,
    /// The life of the database this comes from.
    pub epoch: EpochId,
    /// Where the server stands with the replica.
    pub replica: ReplicaState,
    /// Outcomes of the commands it took, and of those it had taken before.
    pub outcomes: Vec<Answer>,
    /// Changed records, by scope.
    pub pages: Vec<Page>,
    /// All scopes this session may read, with their grants.
    pub scopes: Vec<(Scope, GrantId)>,
    /// Scopes in the request that this session may not read any more.
    pub gone: Vec<Scope>,
    /// Something of what it may read cannot be said in a version that it reads. It sends what it has to send and takes the new version of
    /// the app before it shows or predicts anything else.
    pub outdated: bool,
}

/// Where the server stands with a replica.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplicaState {
    /// All numbers up to this one have an outcome.
    At(u64),
    /// A number was left out: send again from here.
    Gap {
        /// The number that must come next.
        expected: u64,
    },
    /// This replica id is used by two devices: take a new one.
    Fork,
    /// An anonymous reader.
    None,
}

/// The outcome of one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Number on the replica.
    pub number: u64,
    /// Command.
    pub uuid: CommandId,
    /// What became of it.
    pub outcome: Outcome,
}

/// Changes of one scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Scope.
    pub scope: Scope,
    /// Grant under which it was read.
    pub grant: GrantId,
    /// Start from nothing: drop what is cached of the scope.
    pub fresh: bool,
    /// The cursor after this page.
    pub seq: u64,
    /// Nothing is left to read; until then, ask again and show nothing of it.
    pub complete: bool,
    /// Records in the order of their sequence.
    pub records: Vec<WireRecord>,
}

impl SyncRequest {
    /// A request of this program.
    #[must_use]
    pub fn new(replica: Option<ReplicaId>, sent_at: Timestamp, cursors: Vec<Cursor>, commands: Vec<Envelope>) -> Self {
        SyncRequest { protocol: PROTOCOL, replica, sent_at, reads: NEWEST.to_vec(), cursors, commands }
    }
}

impl Page {
    /// What a program makes of its records, in their order.
    pub fn received(&self) -> impl Iterator<Item = Received> + '_ {
        self.received_by(RecordSet::ALL)
    }

    /// The same for a program that reads some kinds only.
    pub fn received_by(&self, reads: RecordSet) -> impl Iterator<Item = Received> + '_ {
        self.records.iter().map(move |record| reads.open(record))
    }

    /// The records that the program knows, in their order, without those that are gone.
    pub fn known(&self) -> impl Iterator<Item = Record> + '_ {
        self.received().filter_map(|received| if let Received::Record(record) = received { Some(record) } else { None })
    }
}
