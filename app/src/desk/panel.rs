//! A booking 预约 in full: what, who, when, and big buttons for what comes next.

mod actions;
mod cancel;
mod change_form;
mod displaced;
mod history;
mod late;
mod move_form;
pub(crate) mod offered;
mod seat;
pub(crate) mod shown;
pub(crate) mod step_words;
mod summary;

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::BookingId;
use shared::state_kind::StateKind;

use super::day::Unsent;
use super::words::status_word;
use super::workbench::Workbench;
use crate::components::fresh;
use crate::components::icon::Icon;
use crate::components::status::StatusChip;
use crate::desk::panel::shown::{Mode, Panel, PanelProblem};
use crate::desk::sheet_frame::SheetFrame;
use crate::i18n;

use actions::Actions;
use cancel::{CancelForm, DeclineForm};
use change_form::ChangeForm;
use displaced::DisplacedTimes;
use history::History;
use late::LateForm;
use move_form::MoveForm;
use seat::SeatChoice;
use summary::Summary;

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
                    <Show when=move || !matches!(panel.mode.get(), Mode::Move | Mode::Change)><PanelProblem /></Show>
                    {move || match panel.mode.get() {
                        Mode::Overview => view! { <DisplacedTimes /><SeatChoice /><Actions /> }.into_any(),
                        Mode::Move => view! { <MoveForm /> }.into_any(),
                        Mode::Change => view! { <ChangeForm /> }.into_any(),
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
