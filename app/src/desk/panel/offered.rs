//! What can be done with a booking now, the most likely first. Pure.

use shared::booking::Booking;
use shared::state_kind::StateKind;
use shared::time::Timestamp;

/// One big button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Accept a request.
    Confirm,
    /// Turn a request down.
    Decline,
    /// 到店
    Arrive,
    /// 撤销到店
    UndoArrival,
    /// 开始
    Start,
    /// 完成
    Finish,
    /// 晚到 / 延时
    Late,
    /// 改约
    Move,
    /// 改内容
    Edit,
    /// 爽约
    NoShow,
    /// 取消
    Cancel,
    /// 再约
    Again,
}

/// The actions of a state; the first is the big one.
#[must_use]
pub fn actions(booking: &Booking, now: Timestamp) -> Vec<Action> {
    use Action as D;
    let has_begun = now >= booking.starts_at;
    let mut actions = match booking.state.kind() {
        StateKind::Requested => vec![D::Confirm, D::Decline, D::Arrive, D::Move, D::Edit, D::NoShow, D::Cancel],
        StateKind::Confirmed => vec![D::Arrive, D::Start, D::Late, D::Move, D::Edit, D::NoShow, D::Cancel],
        StateKind::Waiting => vec![D::Start, D::Move, D::Edit, D::Cancel],
        StateKind::CheckedIn => vec![D::Start, D::UndoArrival, D::Finish, D::Late, D::Move, D::Edit, D::Cancel],
        StateKind::InService => vec![D::Finish, D::Late, D::Edit],
        StateKind::Displaced => vec![D::Move, D::Arrive, D::Cancel],
        StateKind::Held => vec![D::Arrive, D::Cancel],
        StateKind::NoShow | StateKind::Cancelled | StateKind::Expired => vec![D::Again, D::Arrive],
        StateKind::Completed | StateKind::Declined => vec![D::Again],
    };
    // M10: nobody is missing before their time.
    actions.retain(|action| *action != D::NoShow || has_begun);
    actions
}

impl Action {
    /// Ends the promise: kept apart from what is tapped all day.
    #[must_use]
    pub fn is_hard_to_undo(self) -> bool {
        matches!(self, Action::NoShow | Action::Cancel)
    }

    /// Icon of the button.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Action::Confirm => "check-circle",
            Action::Decline | Action::Cancel => "cancel",
            Action::Arrive => "arrive",
            Action::UndoArrival => "undo",
            Action::Start => "start",
            Action::Finish => "finish",
            Action::Late => "late",
            Action::Move => "move",
            Action::Edit => "edit",
            Action::NoShow => "no-show",
            Action::Again => "calendar",
        }
    }
}
