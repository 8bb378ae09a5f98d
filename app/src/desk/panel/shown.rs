//! The visit that the panel shows, and what is being done with it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::booking::history::StepKind;
use shared::booking::{Booking, State};
use shared::id::{BookingId, StaffId};
use shared::refusal::Refusal;

use crate::desk::done::About;
use crate::desk::give::refusal_of;
use crate::desk::problem::Problem;
use crate::desk::words::{guest_name, guest_word};
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::SubmitError;

/// What the panel is busy with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    #[default]
    Overview,
    Move,
    Change,
    Cancel,
    Decline,
    Late,
}

/// What the parts of the panel share.
#[derive(Clone, Copy)]
pub(crate) struct Panel {
    pub(crate) bench: Workbench,
    pub(crate) booking: Memo<Option<Arc<Booking>>>,
    pub(crate) mode: RwSignal<Mode>,
    /// Who was tapped to serve a guest that waits.
    pub(crate) seat: RwSignal<Option<StaffId>>,
    pub(crate) problem: RwSignal<Option<SubmitError>>,
    /// What somebody else has done to the visit while a form of it was open.
    pub(crate) news: RwSignal<Option<String>>,
}

impl Panel {
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// The booking, untracked: for event handlers.
    pub(crate) fn now(self) -> Option<Arc<Booking>> {
        self.booking.get_untracked()
    }

    /// Tracked: something of the booking, or nothing once it is gone.
    pub(crate) fn with<T: Default>(self, read: impl FnOnce(&Booking) -> T) -> T {
        self.booking.with(|booking| booking.as_deref().map(read).unwrap_or_default())
    }

    /// Back to the overview, once something was taken: until then a form keeps what was chosen.
    pub(crate) fn back(self) -> impl Fn() + Send + Sync + 'static {
        move || {
            self.mode.try_set(Mode::Overview);
        }
    }

    /// Leaves a form without doing anything.
    pub(crate) fn leave(self) {
        self.begin(Mode::Overview);
    }

    /// Begins a form; not with what another button was told.
    pub(crate) fn begin(self, mode: Mode) {
        self.problem.set(None);
        self.news.set(None);
        self.mode.set(mode);
    }

    /// What a form was about is not so any more: back to what is, and if somebody else did it, who and when.
    pub(crate) fn give_way(self, booking: BookingId) {
        let was_open = self.mode.get_untracked() != Mode::Overview;
        self.mode.set(Mode::Overview);
        if was_open && !self.bench.is_giving(booking) {
            self.news.set(untrack(|| self.last_step()).map(|step| (i18n::desk().visit.not_done)(&step)));
        }
    }

    /// Tracked: what happened last, to whom it was and when: `取消 · 小青 · 14:05`.
    pub(crate) fn last_step(self) -> Option<String> {
        let (view, own) = (self.bench.replica.view(), self.bench.replica.session());
        let zone = self.bench.store()?.zone.clone();
        self.with(|booking| booking.history.last().map(|step| super::step_words::in_words((&view, own.as_ref()), &zone, step)))
    }

    /// Name of the guest.
    pub(crate) fn guest(self, booking: &Booking) -> String {
        guest_word(guest_name(&self.bench.replica.view(), booking).as_deref())
    }

    /// What a message about the booking says of it.
    pub(crate) fn about(self, booking: &Booking) -> About {
        About::visit(booking.id, untrack(|| self.guest(booking)))
    }
}

/// Why the last command was not taken.
#[component]
pub(crate) fn PanelProblem() -> impl IntoView {
    let panel = Panel::expect();
    let why = move || {
        let error = panel.problem.get()?;
        let why = i18n::refusals().submit(&error);
        let is_behind = matches!(refusal_of(&error), Some(Refusal::WrongState { .. }));
        Some(is_behind.then(|| panel.last_step()).flatten().map_or(why.clone(), |step| format!("{why} · {step}")))
    };
    view! { <Problem text=Signal::derive(move || why().or_else(|| panel.news.get())) /> }
}

/// When it was declined, why; when it was cancelled, by whom.
pub(crate) fn ending(booking: &Booking) -> Option<String> {
    let words = &i18n::desk().visit;
    match &booking.state {
        State::Declined { reason, .. } => Some(reason.0.clone()),
        State::Cancelled { by, late, .. } => {
            let reason = booking.history.iter().rev().find(|step| step.what == StepKind::Cancelled).map(|step| step.reason.as_str());
            let said = (words.cancelled_by)(*by, *late);
            Some(reason.filter(|reason| !reason.is_empty()).map_or(said.clone(), |reason| format!("{said} · {reason}")))
        }
        _ => None,
    }
}
