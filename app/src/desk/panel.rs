//! A booking 预约 in full: what, who, when, and big buttons for what comes next.

mod actions;
mod cancel;
mod displaced;
mod history;
mod late;
mod move_form;
pub(crate) mod offered;
mod seat;
mod summary;

use std::sync::Arc;

use leptos::prelude::*;
use shared::booking::state::StateKind;
use shared::booking::{Booking, State, StepKind};
use shared::id::{BookingId, StaffId};
use shared::refusal::Refusal;

use super::day::Unsent;
use super::done::About;
use super::give::refusal_of;
use super::sheet::{Problem, SheetFrame};
use super::words::{guest_name, guest_word, status_word};
use super::workbench::Workbench;
use crate::components::fresh;
use crate::components::icon::Icon;
use crate::components::status::StatusChip;
use crate::i18n;
use crate::state::SubmitError;

use actions::Actions;
use cancel::{CancelForm, DeclineForm};
use displaced::DisplacedTimes;
use history::History;
use late::LateForm;
use move_form::MoveForm;
use seat::SeatChoice;
use summary::Summary;

/// What the panel is busy with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Overview,
    Move,
    Cancel,
    Decline,
    Late,
}

/// What the parts of the panel share.
#[derive(Clone, Copy)]
struct Panel {
    bench: Workbench,
    booking: Memo<Option<Arc<Booking>>>,
    mode: RwSignal<Mode>,
    /// Who was tapped to serve a guest that waits.
    seat: RwSignal<Option<StaffId>>,
    problem: RwSignal<Option<SubmitError>>,
    /// What somebody else has done to the visit while a form of it was open.
    news: RwSignal<Option<String>>,
}

impl Panel {
    fn expect() -> Self {
        expect_context()
    }

    /// The booking, untracked: for event handlers.
    fn now(self) -> Option<Arc<Booking>> {
        self.booking.get_untracked()
    }

    /// Tracked: something of the booking, or nothing once it is gone.
    fn with<T: Default>(self, read: impl FnOnce(&Booking) -> T) -> T {
        self.booking.with(|booking| booking.as_deref().map(read).unwrap_or_default())
    }

    /// Back to the overview, once something was taken: until then a form keeps what was chosen.
    fn back(self) -> impl Fn() + Send + Sync + 'static {
        move || {
            self.mode.try_set(Mode::Overview);
        }
    }

    /// Leaves a form without doing anything.
    fn leave(self) {
        self.begin(Mode::Overview);
    }

    /// Begins a form; not with what another button was told.
    fn begin(self, mode: Mode) {
        self.problem.set(None);
        self.news.set(None);
        self.mode.set(mode);
    }

    /// What a form was about is not so any more: back to what is, and if somebody else did it, who and when.
    fn give_way(self, booking: BookingId) {
        let was_open = self.mode.get_untracked() != Mode::Overview;
        self.mode.set(Mode::Overview);
        if was_open && !self.bench.is_giving(booking) {
            self.news.set(untrack(|| self.last_step()).map(|step| (i18n::desk().visit.not_done)(&step)));
        }
    }

    /// Tracked: what happened last, to whom it was and when: `取消 · 小青 · 14:05`.
    fn last_step(self) -> Option<String> {
        let (view, own) = (self.bench.replica.view(), self.bench.replica.session());
        let zone = self.bench.store()?.zone.clone();
        self.with(|booking| booking.history.last().map(|step| history::in_words((&view, own.as_ref()), &zone, step)))
    }

    /// Name of the guest.
    fn guest(self, booking: &Booking) -> String {
        guest_word(guest_name(&self.bench.replica.view(), booking).as_deref())
    }

    /// What a message about the booking says of it.
    fn about(self, booking: &Booking) -> About {
        About::visit(booking.id, untrack(|| self.guest(booking)))
    }
}

/// The side sheet of a booking.
#[component]
pub fn VisitPanel(booking: BookingId) -> impl IntoView {
    let bench = Workbench::expect();
    let found = Memo::new(move |_| bench.replica.view().bookings.get(&booking).cloned().map(Arc::new));
    let panel = Panel {
        bench,
        booking: found,
        mode: RwSignal::default(),
        seat: RwSignal::new(None),
        problem: bench.visit_problem,
        news: RwSignal::new(None),
    };
    provide_context(panel);
    // A new state has other buttons.
    let kind = Memo::new(move |_| panel.booking.with(|booking| booking.as_ref().map(|booking| booking.state.kind())));
    Effect::new(move |before: Option<Option<StateKind>>| {
        let kind = kind.get();
        if before.is_some_and(|before| before != kind) {
            fresh::begin();
            panel.give_way(booking);
        }
        kind
    });
    Effect::new(move |before: Option<Mode>| {
        let mode = panel.mode.get();
        if before.is_some_and(|before| before != mode) {
            fresh::begin();
        }
        mode
    });
    let title =
        Signal::derive(move || panel.booking.with(|booking| booking.as_deref().map(|booking| panel.guest(booking)).unwrap_or_default()));
    let chip = move || view! { <Chip /> };
    view! {
        <SheetFrame title chip=chip>
            <div class="panel__body">
                <Show when=move || kind.get().is_some() fallback=Gone>
                    <UnsentNotice />
                    <Summary />
                    // The long form shows it beside its button.
                    <Show when=move || panel.mode.get() != Mode::Move><PanelProblem /></Show>
                    {move || match panel.mode.get() {
                        Mode::Overview => view! { <DisplacedTimes /><SeatChoice /><Actions /> }.into_any(),
                        Mode::Move => view! { <MoveForm /> }.into_any(),
                        Mode::Cancel => view! { <CancelForm /> }.into_any(),
                        Mode::Decline => view! { <DeclineForm /> }.into_any(),
                        Mode::Late => view! { <LateForm /> }.into_any(),
                    }}
                    <History />
                </Show>
            </div>
        </SheetFrame>
    }
}

/// Why the last command was not taken.
#[component]
fn PanelProblem() -> impl IntoView {
    let panel = Panel::expect();
    let why = move || {
        let error = panel.problem.get()?;
        let why = i18n::refusals().submit(&error);
        let is_behind = matches!(refusal_of(&error), Some(Refusal::WrongState { .. }));
        Some(is_behind.then(|| panel.last_step()).flatten().map_or(why.clone(), |step| format!("{why} · {step}")))
    };
    view! { <Problem text=Signal::derive(move || why().or_else(|| panel.news.get())) /> }
}

#[component]
fn Chip() -> impl IntoView {
    let panel = Panel::expect();
    let status = Memo::new(move |_| {
        let unsent = Unsent::of(&panel.bench.replica.waiting(), &panel.bench.replica.confirmed_view());
        panel.booking.with(|booking| booking.as_deref().map(|booking| unsent.status(booking)))
    });
    move || status.get().map(|status| view! { <StatusChip status word=status_word(status) /> })
}

/// Here, but not yet with the server: members do not see it.
#[component]
fn UnsentNotice() -> impl IntoView {
    let panel = Panel::expect();
    let is_unsent = Memo::new(move |_| {
        let unsent = Unsent::of(&panel.bench.replica.waiting(), &panel.bench.replica.confirmed_view());
        panel.with(|booking| unsent.touches(booking.id))
    });
    view! {
        <Show when=move || is_unsent.get()>
            <p class="panel__notice" role="status"><Icon name="cloud-off" /><span>{move || i18n::desk().visit.unsent}</span></p>
        </Show>
    }
}

/// Somebody else removed it while it was open, or it never arrived.
#[component]
fn Gone() -> impl IntoView {
    view! { <p class="note">{move || i18n::desk().visit.gone}</p> }
}

/// When it was declined, why; when it was cancelled, by whom.
fn ending(booking: &Booking) -> Option<String> {
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
