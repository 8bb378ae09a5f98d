//! What can be done with a booking now, the most likely first. Pure.

use shared::booking::Booking;
use shared::booking::state::StateKind;
use shared::time::Timestamp;

/// One big button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
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
    /// 爽约
    NoShow,
    /// 取消
    Cancel,
    /// 再约
    Again,
}

/// The deeds of a state; the first is the big one.
#[must_use]
pub fn deeds(booking: &Booking, now: Timestamp) -> Vec<Deed> {
    use Deed as D;
    let has_begun = now >= booking.starts_at;
    let mut deeds = match booking.state.kind() {
        StateKind::Requested => vec![D::Confirm, D::Decline, D::Arrive, D::Move, D::NoShow, D::Cancel],
        StateKind::Confirmed => vec![D::Arrive, D::Start, D::Late, D::Move, D::NoShow, D::Cancel],
        StateKind::Waiting => vec![D::Start, D::Move, D::Cancel],
        StateKind::CheckedIn => vec![D::Start, D::UndoArrival, D::Finish, D::Late, D::Move, D::Cancel],
        StateKind::InService => vec![D::Finish, D::Late],
        StateKind::Displaced => vec![D::Move, D::Arrive, D::Cancel],
        StateKind::Held => vec![D::Arrive, D::Cancel],
        StateKind::NoShow | StateKind::Cancelled | StateKind::Expired => vec![D::Again, D::Arrive],
        StateKind::Completed | StateKind::Declined => vec![D::Again],
    };
    // M10: nobody is missing before their time.
    deeds.retain(|deed| *deed != D::NoShow || has_begun);
    deeds
}

impl Deed {
    /// Ends the promise: kept apart from what is tapped all day.
    #[must_use]
    pub fn is_hard_to_undo(self) -> bool {
        matches!(self, Deed::NoShow | Deed::Cancel)
    }

    /// Icon of the button.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Deed::Confirm => "check-circle",
            Deed::Decline | Deed::Cancel => "cancel",
            Deed::Arrive => "arrive",
            Deed::UndoArrival => "undo",
            Deed::Start => "start",
            Deed::Finish => "finish",
            Deed::Late => "late",
            Deed::Move => "move",
            Deed::NoShow => "no-show",
            Deed::Again => "calendar",
        }
    }
}
