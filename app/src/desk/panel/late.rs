//! Running late 延时: one tap, and what follows is pushed.

use leptos::prelude::*;
use shared::command::{Command, RunningLate};

use crate::components::icon::Icon;
use crate::desk::done::Done;
use crate::desk::panel::shown::Panel;
use crate::i18n::{self, format};

/// Minutes to choose from.
const STEPS: [u16; 4] = [5, 10, 15, 30];

/// See above.
#[component]
pub fn LateForm() -> impl IntoView {
    let panel = Panel::expect();
    let words = || &i18n::desk().visit;
    let give = move |minutes: u16| {
        let Some(booking) = panel.now() else { return };
        let command = Command::RunningLate(RunningLate { store: booking.store, booking: booking.id, minutes });
        let said = move |about: &str| (i18n::desk().done.late)(about, minutes);
        let done = Done::new("late", said, panel.about(&booking)).then(panel.back());
        panel.bench.give(command, done, panel.problem);
    };
    let step = move |minutes: u16| {
        view! {
            <button class="button" type="button" on:click=move |_| give(minutes)>
                <Icon name="plus" size="small" />
                {move || format::duration(i64::from(minutes))}
            </button>
        }
    };
    view! {
        <section class="section" aria-labelledby="late-title">
            <h3 id="late-title">{move || words().late_title}</h3>
            <p class="note">{move || words().late_note}</p>
            <div class="panel__actions">{STEPS.map(step)}</div>
            <button class="button" type="button" on:click=move |_| panel.leave()>{move || i18n::common().actions.back}</button>
        </section>
    }
}
