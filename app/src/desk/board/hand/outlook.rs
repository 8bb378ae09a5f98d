//! What a drop would lead to.

use leptos::prelude::*;
use shared::command::{ChangeVisit, Command};
use shared::id::StaffId;
use shared::refusal::Refusal;

use super::edit;
use crate::desk::board::drag::aim::Aim;
use crate::desk::board::drag::{Drag, Grip, Held};

/// What a drop would lead to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outlook {
    /// It is free.
    Free,
    /// It would be refused, and why.
    Blocked(Refusal),
    /// Only the server can say.
    Unknown,
}

/// Tracked: the edit that a drop here would be; `None` where nothing changes.
pub(super) fn edit_of(drag: Drag, (held, aim): (Held, Aim)) -> Option<ChangeVisit> {
    let view = drag.bench.replica.view();
    let booking = view.bookings.get(&held.booking)?;
    match held.grip {
        _ if aim == held.from => None,
        Grip::Whole => {
            let whose = drag.day.with(|day| aim.whose(day));
            let staff = whose.filter(|_| drag.turns_columns()).map(|whose| StaffId(whose.0));
            edit::moved(&view, booking, held.line, aim.starts_at, staff)
        }
        Grip::Edge => edit::resized(booking, held.line, aim.ends_at),
    }
}

/// By the rules as they are here.
pub(super) fn outlook(drag: Drag, edit: &ChangeVisit) -> Outlook {
    match drag.bench.replica.foresee(&[Command::ChangeVisit(edit.clone())]) {
        Ok(_) => Outlook::Free,
        Err(Refusal::Undecided) => Outlook::Unknown,
        Err(refusal) => Outlook::Blocked(refusal),
    }
}
