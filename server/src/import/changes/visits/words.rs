//! How the report calls where a visit stands.

use shared::command::ImportedStatus;
use shared::state_kind::StateKind;

use crate::import::words::{Sentence, Words};

pub(crate) fn status(status: ImportedStatus) -> Sentence {
    let kind = match status {
        ImportedStatus::Promised => StateKind::Confirmed,
        ImportedStatus::Completed => StateKind::Completed,
        ImportedStatus::NoShow => StateKind::NoShow,
        ImportedStatus::Cancelled => StateKind::Cancelled,
    };
    state(kind).into()
}

pub(crate) fn state(state: StateKind) -> Words {
    match state {
        StateKind::Held => Words("占位", "held"),
        StateKind::Requested => Words("待确认", "requested"),
        StateKind::Confirmed => Words("已约", "promised"),
        StateKind::Waiting => Words("等位", "waiting"),
        StateKind::CheckedIn => Words("已签到", "checked in"),
        StateKind::InService => Words("服务中", "in service"),
        StateKind::Completed => Words("已完成", "completed"),
        StateKind::Expired => Words("已过期", "expired"),
        StateKind::Declined => Words("未接受", "declined"),
        StateKind::Cancelled => Words("已取消", "cancelled"),
        StateKind::NoShow => Words("爽约", "missed"),
        StateKind::Displaced => Words("需改约", "displaced"),
    }
}
