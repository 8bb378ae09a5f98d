//! Blocked time 占位: breaks, absences, emergencies (class 5 of the ladder).

use serde::{Deserialize, Serialize};

use crate::booking::PLACED_NOW;
use crate::id::{BlockId, ReplicaId, ResourceId, StoreId};
use crate::noun::{Home, Noun, RecordKey, Search};
use crate::occupancy::Occupancy;
use crate::personal::Personal;
use crate::scope::Scope;
use crate::stamp::Stamp;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

/// A stretch of the time of one staff member or resource that cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Id.
    pub id: BlockId,
    /// Store.
    pub store: StoreId,
    /// Whose time.
    pub resource: ResourceId,
    /// When.
    pub range: TimeRange,
    /// Lane of its occupancy; above 0 when a visit in service went on below it.
    pub lane: u8,
    /// Why.
    pub kind: BlockKind,
    /// In the staff's words; may be empty.
    pub reason: Personal<String>,
    /// When it was declared.
    pub declared: Stamp,
    /// Sequence of `store/desk` at which it took its time.
    pub placed_seq: u64,
    /// The replica that declared it.
    pub placed_by: ReplicaId,
}

/// Kinds of blocked time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// 休息
    Break,
    /// 休假
    TimeOff,
    /// 其他占位
    Other,
    /// 紧急情况
    Emergency,
}

impl Versioned for Block {}

impl Noun for Block {
    fn id(&self) -> BlockId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Store(self.store)
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::Desk(self.store), self.key())]
    }

    fn search(&self) -> Search {
        Search { owner: Some(self.resource.0), during: Some(self.range), ..Search::default() }
    }

    fn occupancy(&self) -> Vec<Occupancy> {
        vec![Occupancy { resource: self.resource, lane: self.lane, reason: None, range: self.range, line: 0, part: 0 }]
    }

    fn ended_at(&self) -> Option<Timestamp> {
        Some(self.range.end)
    }

    fn is_placed_now(&self) -> bool {
        self.placed_seq == PLACED_NOW
    }

    fn placed(self, seq: u64) -> Self {
        Block { placed_seq: seq, ..self }
    }
}
