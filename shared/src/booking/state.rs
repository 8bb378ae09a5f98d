//! The states of a booking (B4): `held → requested | confirmed → checked_in → in_service → completed`, with `waiting`,
//! `expired`, `declined`, `cancelled`, `no_show`, `displaced`. A state carries its facts.

use crate::personal::Personal;
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Where a booking stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 占位锁定: protects the person who is confirming.
    Held {
        /// Until then it is a promise.
        expires_at: Timestamp,
    },
    /// 待确认: the desk has not answered.
    Requested,
    /// 已确认: a promise.
    Confirmed {
        /// Since when.
        at: Timestamp,
    },
    /// 等位: a walk-in who waits.
    Waiting {
        /// Since when.
        since: Timestamp,
    },
    /// 已签到: arrived.
    CheckedIn {
        /// When.
        at: Timestamp,
    },
    /// 服务中
    InService {
        /// Since when.
        since: Timestamp,
        /// Arrived when, if that was recorded.
        arrived_at: Option<Timestamp>,
    },
    /// 已完成
    Completed {
        /// When it ended.
        at: Timestamp,
    },
    /// 已过期: a hold nobody confirmed.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// 未接受
    Declined {
        /// Why, in the desk's words.
        reason: Personal<String>,
        /// When.
        at: Timestamp,
    },
    /// 已取消
    Cancelled {
        /// By whom.
        by: CancelledBy,
        /// After the cut-off.
        late: bool,
        /// When.
        at: Timestamp,
    },
    /// 爽约
    NoShow {
        /// Recorded when.
        at: Timestamp,
    },
    /// 需改约: had to give way; three openings wait in `alternatives`.
    Displaced {
        /// When.
        at: Timestamp,
    },
}

/// Who cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The member.
    Member,
    /// The store.
    Store,
}

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

impl State {
    /// The state without its facts.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            State::Held { .. } => StateKind::Held,
            State::Requested => StateKind::Requested,
            State::Confirmed { .. } => StateKind::Confirmed,
            State::Waiting { .. } => StateKind::Waiting,
            State::CheckedIn { .. } => StateKind::CheckedIn,
            State::InService { .. } => StateKind::InService,
            State::Completed { .. } => StateKind::Completed,
            State::Expired { .. } => StateKind::Expired,
            State::Declined { .. } => StateKind::Declined,
            State::Cancelled { .. } => StateKind::Cancelled,
            State::NoShow { .. } => StateKind::NoShow,
            State::Displaced { .. } => StateKind::Displaced,
        }
    }

    /// Whether the visit is still to come or going on: it may hold time.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(
            self.kind(),
            StateKind::Held
                | StateKind::Requested
                | StateKind::Confirmed
                | StateKind::Waiting
                | StateKind::CheckedIn
                | StateKind::InService
        )
    }
}
