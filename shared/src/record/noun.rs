//! What a kind of records says about itself, in its own file.

use std::sync::Arc;

use uuid::Uuid;

use crate::booking::Occupancy;
use crate::id::StoreId;
use crate::sync::Scope;
use crate::table::Table;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

use super::{Record, RecordKey, RecordKind, Records};

/// What the table says of a kind. Written by the table alone.
pub trait InTable: Sized {
    /// Its id.
    type Id: RecordId;
    /// Its kind.
    const KIND: RecordKind;

    /// The records of the kind.
    fn table(records: &Records) -> &Table<Self::Id, Self>;

    /// The record, if it is of this kind.
    fn of(record: &Record) -> Option<&Arc<Self>>;
}

/// An id as part of a name.
pub trait RecordId: Copy + Ord {
    /// From the parts of a name.
    fn from_parts(id: Uuid, day: i32) -> Self;

    /// The parts of a name.
    fn into_parts(self) -> (Uuid, i32);
}

/// Whose a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The brand's: its id means the same everywhere.
    Brand,
    /// A store's: its id means something within that store only.
    Store(StoreId),
}

/// What a record is searched by, beside its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Whose it is: an account, a staff member.
    pub owner: Option<Uuid>,
    /// What it is about.
    pub about: Option<Uuid>,
    /// The time it touches.
    pub during: Option<TimeRange>,
    /// It is settled: who begins to read needs it only while it is young.
    pub settled: bool,
}

/// A kind of records. The names of the feeds it is told in follow from the record alone, before and after a change.
pub trait Noun: InTable + Clone + Versioned + Into<Record> {
    /// How one that arrives goes together with one that another feed has brought; `None` where it takes its place.
    const MERGED: Option<fn(Self, &Self) -> Self> = None;

    /// Its id.
    fn id(&self) -> Self::Id;

    /// Whose it is.
    fn home(&self) -> Home;

    /// The feeds in which it is told, and under which name.
    fn feeds(&self) -> Vec<(Scope, RecordKey)>;

    /// What else one that arrives changes among the records: a member and their numbers come apart.
    const JOINED: Option<fn(&mut Records, Self::Id)> = None;

    /// The id in a name.
    fn id_of(key: &RecordKey) -> Self::Id {
        Self::Id::from_parts(key.id, key.day)
    }

    /// The name of an id.
    fn key_of(id: Self::Id) -> RecordKey {
        let (id, day) = id.into_parts();
        RecordKey { kind: Self::KIND, id, day }
    }

    /// Its name.
    fn key(&self) -> RecordKey {
        Self::key_of(self.id())
    }

    /// What it is searched by.
    fn search(&self) -> Search {
        Search::default()
    }

    /// The time it takes, by plan.
    fn occupancy(&self) -> Vec<Occupancy> {
        Vec::new()
    }

    /// Until when that time counts; `None` where it does not run out by itself.
    fn held_until(&self) -> Option<Timestamp> {
        None
    }

    /// When it was over; desks keep what ended a while ago no longer.
    fn ended_at(&self) -> Option<Timestamp> {
        None
    }

    /// As a reader of a feed sees it; `None` where it is not shown at all.
    fn shown_in(self, _scope: Scope, _to_staff: bool) -> Option<Self> {
        Some(self)
    }

    /// Whether it was given its place by a decision that is not stored yet.
    fn is_placed_now(&self) -> bool {
        false
    }

    /// With its place in the store's feed.
    #[must_use]
    fn placed(self, _seq: u64) -> Self {
        self
    }
}
