//! Kinds of states of a booking, as refusals name them.

use serde::{Deserialize, Serialize};

/// The name of a state without its facts: for colours, icons, words and logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// 占位锁定
    Held,
    /// 待确认
    Requested,
    /// 已确认
    Confirmed,
    /// 等位
    Waiting,
    /// 已签到
    CheckedIn,
    /// 服务中
    InService,
    /// 已完成
    Completed,
    /// 已过期
    Expired,
    /// 未接受
    Declined,
    /// 已取消
    Cancelled,
    /// 爽约
    NoShow,
    /// 需改约
    Displaced,
}

impl StateKind {
    /// `checked_in`: for logs, columns and class names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            StateKind::Held => "held",
            StateKind::Requested => "requested",
            StateKind::Confirmed => "confirmed",
            StateKind::Waiting => "waiting",
            StateKind::CheckedIn => "checked_in",
            StateKind::InService => "in_service",
            StateKind::Completed => "completed",
            StateKind::Expired => "expired",
            StateKind::Declined => "declined",
            StateKind::Cancelled => "cancelled",
            StateKind::NoShow => "no_show",
            StateKind::Displaced => "displaced",
        }
    }
}
