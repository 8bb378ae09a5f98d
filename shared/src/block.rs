//! Blocked time 占位: breaks, absences, emergencies (class 5 of the ladder).

use serde::{Deserialize, Serialize};

use crate::id::{BlockId, ReplicaId, StaffId, StoreId};
use crate::stamp::Stamp;
use crate::time::TimeRange;

/// A stretch of one staff member's time that cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Id.
    pub id: BlockId,
    /// Store.
    pub store: StoreId,
    /// Whose time.
    pub staff: StaffId,
    /// When.
    pub range: TimeRange,
    /// Lane of its occupancy; above 0 when a visit in service went on below it.
    pub lane: u8,
    /// Why.
    pub kind: BlockKind,
    /// In the staff's words; may be empty.
    pub reason: String,
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
