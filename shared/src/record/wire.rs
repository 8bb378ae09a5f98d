//! Records on their way: kind, version and bytes. A program skips kinds it does not know, and is sent no version it has not announced.

use serde::{Deserialize, Serialize};

use super::Record;
use super::kinds::*;
use crate::noun::{Kind, RecordKey, RecordKind};
use crate::versioned::Versioned;

/// A record of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireRecord {
    /// Its name.
    pub key: RecordKey,
    /// Version of the bytes; 0 for what is no longer in the feed.
    pub version: u8,
    /// The record.
    pub bytes: Vec<u8>,
}

/// What a program makes of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// Here it is.
    Record(Record),
    /// It is no longer in the feed.
    Gone(RecordKey),
    /// Of a kind or version that this program does not know: skipped.
    Unknown,
}

/// The kinds of records that a program reads: an app carries the code for its own.
#[derive(Clone, Copy, Debug)]
pub struct RecordSet {
    open: fn(RecordKind, u8, &[u8]) -> Option<Record>,
}

macro_rules! kinds {
    ($($noun:ident)*) => {
        |kind, version, bytes| match kind {
            $($noun::KIND => $noun::open(version, bytes).map(Record::from),)*
            _ => None,
        }
    };
}

impl RecordSet {
    /// Every kind.
    pub const ALL: RecordSet = RecordSet { open: Record::open };

    /// What comes in the feeds that phones of members read; the rest is the desk's.
    pub const MEMBER: RecordSet = RecordSet {
        open: kinds! { Store Service Staff Shift ResourceType Resource StaffAssignment Booking Member Numbers BusyDay WaitlistEntry },
    };

    /// Reads a record.
    #[must_use]
    pub fn open(self, record: &WireRecord) -> Received {
        if record.is_gone() {
            return Received::Gone(record.key);
        }
        (self.open)(record.key.kind, record.version, &record.bytes).map_or(Received::Unknown, Received::Record)
    }
}

impl WireRecord {
    /// For a program that reads `version` of its kind at most; `None` where that version cannot say it.
    #[must_use]
    pub fn pack(record: &Record, version: u8) -> Option<Self> {
        let (version, bytes) = record.pack(version)?;
        Some(WireRecord { key: record.key(), version, bytes })
    }

    /// What is no longer in a feed.
    #[must_use]
    pub fn gone(key: RecordKey) -> Self {
        WireRecord { key, version: 0, bytes: Vec::new() }
    }

    /// Whether it says that there is no such record any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.version == 0
    }

    /// Reads it, whatever its kind.
    #[must_use]
    pub fn open(&self) -> Received {
        RecordSet::ALL.open(self)
    }
}

impl From<Record> for WireRecord {
    fn from(record: Record) -> Self {
        // The newest version always says it.
        WireRecord::pack(&record, record.version()).unwrap_or_else(|| WireRecord::gone(record.key()))
    }
}
