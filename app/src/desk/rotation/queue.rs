//! What the parts of the sheet share: the queue, whose row is open and for what, and how a command about somebody is given.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::StaffId;

use super::today::{Turn, next};
use crate::desk::done::{About, Done};
use crate::desk::words::staff_names;
use crate::desk::workbench::Workbench;
use crate::state::SubmitError;

/// What is being asked about somebody in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    #[default]
    Overview,
    Refuse,
    MakeGood,
    AddTime,
    Forward,
}

/// What the parts of the sheet share.
#[derive(Clone, Copy)]
pub(super) struct Queue {
    pub(super) bench: Workbench,
    pub(super) turns: Memo<Vec<Turn>>,
    /// Whose row is open, and for what.
    pub(super) open: RwSignal<Option<StaffId>>,
    pub(super) mode: RwSignal<Mode>,
    pub(super) problem: RwSignal<Option<SubmitError>>,
}

impl Queue {
    pub(super) fn new(bench: Workbench, turns: Memo<Vec<Turn>>) -> Self {
        Queue { bench, turns, open: RwSignal::new(None), mode: RwSignal::default(), problem: RwSignal::new(None) }
    }

    /// Tracked: somebody's place, counted from 0, with what they have.
    pub(super) fn find(self, staff: StaffId) -> Option<(usize, Turn)> {
        self.turns.with(|turns| turns.iter().position(|turn| turn.place.staff == staff).map(|at| (at, turns[at].clone())))
    }

    /// Tracked: who is next.
    pub(super) fn next(self) -> Option<usize> {
        self.turns.with(|turns| next(turns))
    }

    /// Tracked.
    pub(super) fn name(self, staff: StaffId) -> String {
        staff_names(&self.bench.replica.view(), std::iter::once(staff))
    }

    /// Gives a command about somebody; the row closes when it was taken. `said` takes the name.
    pub(super) fn give(self, command: Command, icon: &'static str, staff: StaffId, said: fn(&str) -> String, undo: Vec<Command>) {
        let about = About::words(untrack(|| self.name(staff)));
        let (open, mode) = (self.open, self.mode);
        let close = move || {
            open.try_set(None);
            mode.try_set(Mode::Overview);
        };
        self.bench.give(command, Done::new(icon, said, about).undo(undo).then(close), self.problem);
    }
}
