//! The states of a booking (B4): `held → requested | confirmed → checked_in → in_service → completed`, with `waiting`,
//! `expired`, `declined`, `cancelled`, `no_show`, `displaced`. A state carries its facts.

use serde::{Deserialize, Serialize};

use crate::personal::Personal;
use crate::state_kind::StateKind;
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
