//! What a kind of records says about itself, in its own file, and how records are named.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{RecordId, StoreId};
use crate::occupancy::Occupancy;
use crate::scope::Scope;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

/// What the table of records says of a kind. Written by the table alone.
pub trait Kind: Sized {
    /// Its id.
    type Id: RecordId;
    /// Its number.
    const KIND: RecordKind;
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
pub trait Noun: Kind + Clone + Versioned {
    /// How one that arrives goes together with one that another feed has brought; `None` where it takes its place.
    const MERGED: Option<fn(Self, &Self) -> Self> = None;

    /// Its id.
    fn id(&self) -> Self::Id;

    /// Whose it is.
    fn home(&self) -> Home;

    /// The feeds in which it is told, and under which name.
    fn feeds(&self) -> Vec<(Scope, RecordKey)>;

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

/// Devices at the desk keep visits and blocks that ended within so many days. The server tells of a day more, so that whatever a device has
/// is as it stands.
pub const KEPT_DAYS: i32 = 35;

/// The newest version of a kind that a program reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Newest {
    /// Kind.
    pub kind: u16,
    /// Version.
    pub version: u8,
}

impl Newest {
    /// The version of a kind in an announcement; `None` for a kind that the program does not know.
    #[must_use]
    pub fn find(announced: &[Newest], kind: RecordKind) -> Option<u8> {
        announced.iter().find(|newest| newest.kind == kind.0).map(|newest| newest.version)
    }
}

/// A kind of records, by its number in the table. Numbers never change; a program may meet some that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordKind(pub u16);

impl RecordKind {
    /// As it is stored.
    #[must_use]
    pub fn number(self) -> i16 {
        i16::try_from(self.0).unwrap_or(i16::MAX)
    }

    /// From what is stored.
    #[must_use]
    pub fn of_number(number: i16) -> Self {
        RecordKind(u16::try_from(number).unwrap_or(0))
    }
}

/// Names a record within a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// Kind.
    pub kind: RecordKind,
    /// Id.
    pub id: Uuid,
    /// UTC day of records that are kept by day, else 0.
    pub day: i32,
}

impl RecordKey {
    /// The id, if it names a record of that kind.
    #[must_use]
    pub fn id_of<T: Noun>(&self) -> Option<T::Id> {
        (self.kind == T::KIND).then(|| T::id_of(self))
    }
}
