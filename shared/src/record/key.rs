//! Names of records.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Noun;

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
