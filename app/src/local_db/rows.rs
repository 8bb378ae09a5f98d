//! Rows as bytes: a version byte, then postcard. A row of another version is as good as none.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::envelope::Envelope;
use shared::id::{GrantId, ReplicaId};
use shared::noun::{Newest, RecordKey};
use shared::record::{NEWEST, WireRecord};
use shared::scope::Scope;
use shared::stamp::Stamp;
use shared::sync::{Cursor, Outcome, Page};
use shared::time::Timestamp;

/// Version of `records` and `cursors` rows; records say their own versions inside.
pub(super) const RECORD_VERSION: u8 = 1;
/// Version of the other rows; an upcast belongs where one is read.
pub(super) const WORK_VERSION: u8 = 1;

/// A command that has its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// As it was sent.
    pub envelope: Envelope,
    /// What became of it.
    pub outcome: Outcome,
    /// When the answer came, by the device's clock.
    pub at: Timestamp,
    /// A person has seen it.
    pub dismissed: bool,
}

/// Identity, numbers and clocks of a replica.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The replica.
    pub replica: ReplicaId,
    /// The number the next command takes.
    pub next_number: u64,
    /// Stamp of the last command.
    pub last_stamp: Stamp,
    /// Server clock minus device clock, in milliseconds.
    pub clock_offset: i64,
    /// When the last exchange succeeded, by the server's clock.
    pub last_sync: Option<Timestamp>,
}

impl Meta {
    /// A replica that has sent nothing yet.
    #[must_use]
    pub fn new(replica: ReplicaId) -> Self {
        Meta { replica, next_number: 1, last_stamp: Stamp::default(), clock_offset: 0, last_sync: None }
    }

    /// Another replica on the same device: clocks and stamps go on, numbers do not.
    pub(super) fn begun_anew(&self, replica: ReplicaId) -> Self {
        Meta { replica, next_number: 1, ..self.clone() }
    }
}

impl Default for Meta {
    fn default() -> Self {
        Meta::new(ReplicaId(uuid::Uuid::nil()))
    }
}

/// Bytes of a row.
pub(super) fn to_bytes<T: Serialize>(version: u8, value: &T) -> Vec<u8> {
    // Plain data into memory does not fail; an empty row reads as none. The same serializer as for the wire: another one would
    // be a second copy of everything that can be written.
    let mut bytes = postcard::to_allocvec(value).unwrap_or_default();
    if !bytes.is_empty() {
        bytes.insert(0, version);
    }
    bytes
}

/// A row of bytes; `None` when it is of another version or does not parse.
pub(super) fn from_bytes<T: DeserializeOwned>(version: u8, bytes: &[u8]) -> Option<T> {
    let (first, rest) = bytes.split_first()?;
    if *first != version {
        return None;
    }
    postcard::from_bytes(rest).ok()
}

/// Key of a record within `records`: all keys of a scope share its text as a prefix.
pub(super) fn record_key(scope: Scope, key: RecordKey) -> String {
    format!("{scope}|{}|{}|{}", key.kind.0, key.id, key.day)
}

/// First and last possible key of a scope.
pub(super) fn scope_bounds(scope: Scope) -> (String, String) {
    (format!("{scope}|"), format!("{scope}|~"))
}

/// A `records` row, as it travelled: the scope is inside, so that reading needs no keys.
#[derive(Deserialize)]
pub(super) struct RecordRow {
    pub(super) scope: Scope,
    pub(super) record: WireRecord,
}

/// The same, borrowed, for writing.
#[derive(Serialize)]
pub(super) struct RecordRowRef<'a> {
    pub(super) scope: Scope,
    pub(super) record: &'a WireRecord,
}

/// A `cursors` row: how far a scope was read, and by a program that knew which kinds of records.
#[derive(Serialize, Deserialize)]
pub(super) struct CursorRow {
    cursor: Cursor,
    reads: Vec<Newest>,
}

impl CursorRow {
    /// A scope that this program has read.
    pub(super) fn of(page: &Page) -> Self {
        CursorRow { cursor: Cursor { scope: page.scope, grant: page.grant, seq: page.seq }, reads: NEWEST.to_vec() }
    }

    /// Where this program goes on. What another version of it has skipped is read anew; until then what is here stays.
    pub(super) fn cursor(self) -> Cursor {
        if self.reads == NEWEST { self.cursor } else { Cursor { grant: GrantId(uuid::Uuid::nil()), seq: 0, ..self.cursor } }
    }
}
