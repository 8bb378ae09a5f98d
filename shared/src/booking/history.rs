//! What happened to a booking.

use serde::{Deserialize, Serialize};

use crate::id::StaffId;
use crate::personal::Personal;
use crate::role::Principal;
use crate::time::Timestamp;

/// One entry of a booking's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What happened.
    pub what: StepKind,
    /// When (corrected stamp).
    pub at: Timestamp,
    /// Who.
    pub by: Principal,
    /// Staff member who claimed it on a shared tablet.
    pub staff: Option<StaffId>,
    /// Why, in their words, where somebody said so. The guest reads only their own.
    #[serde(default)]
    pub reason: Personal<String>,
}

/// Kinds of history entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// 占位锁定
    Held,
    /// 申请
    Requested,
    /// 确认
    Confirmed,
    /// 婉拒
    Declined,
    /// 改约
    Moved,
    /// 换人: given to another staff member of equal standing
    Reassigned,
    /// 取消
    Cancelled,
    /// 等位
    Waiting,
    /// 签到
    CheckedIn,
    /// 撤销签到
    CheckInUndone,
    /// 开始
    Started,
    /// 延时
    RanLate,
    /// 因前单顺延
    Delayed,
    /// 完成
    Finished,
    /// 爽约
    NoShow,
    /// 撤销爽约
    NoShowUndone,
    /// 加塞
    Squeezed,
    /// 让位
    Displaced,
    /// 过期
    Expired,
    /// 导入
    Imported,
    /// 改单: other services, lengths, people or prices
    Changed,
}
