//! The PIN of a person and their own login: known to the server only, set here, never shown.

use leptos::prelude::*;
use shared::id::StaffId;
use shared::login::is_guessable_pin;

use super::super::access::LoginForm;
use crate::api::{self, ApiError};
use crate::components::text_field::{TextField, TextKind};
use crate::desk::api_problem::ApiProblem;
use crate::desk::busy::once;
use crate::desk::workbench::Workbench;
use crate::i18n;

#[component]
pub(super) fn Secrets(staff: StaffId) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <section class="section" aria-labelledby="staff-secrets">
            <h2 id="staff-secrets">{move || i18n::set_up().pin_and_login}</h2>
            <PinForm staff on_set=Callback::new(|()| ()) />
            <Show when=move || is_open.get() fallback=move || view! {
                <div>
                    <button class="button button--quiet" type="button" on:click=move |_| is_open.set(true)>
                        {move || i18n::set_up().give_login}
                    </button>
                </div>
            }>
                <LoginForm staff=Some(staff) />
            </Show>
        </section>
    }
}

/// Sets somebody's PIN.
#[component]
pub fn PinForm(
    /// Whose.
    staff: StaffId,
    /// The server has it.
    on_set: Callback<()>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let pin = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<ApiError>);
    let is_pin = move || pin.with(|pin| (4..=6).contains(&pin.len()) && pin.chars().all(|letter| letter.is_ascii_digit()));
    let is_busy = RwSignal::new(false);
    let is_poor = Memo::new(move |_| is_pin() && pin.with(|pin| is_guessable_pin(pin)));
    let set = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        once(is_busy, async move {
            match api::set_pin(staff, &pin.get_untracked()).await {
                Ok(()) => {
                    pin.try_set(String::new());
                    bench.say("check", i18n::set_up().pin_set.to_owned(), None);
                    on_set.try_run(());
                }
                Err(error) => {
                    problem.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <form class="surface stack" on:submit=set>
            <TextField
                name="staff-pin"
                label=i18n::text(|| i18n::set_up().pin)
                value=pin
                kind=TextKind::NewPin
                note=i18n::text(|| i18n::set_up().pin_note)
            />
            <Show when=move || is_poor.get()><p class="field__error" role="status">{move || i18n::set_up().pin_poor}</p></Show>
            <ApiProblem problem />
            <div>
                <button class="button" type="submit" disabled=move || !is_pin() || is_poor.get()>{move || i18n::set_up().set_pin}</button>
            </div>
        </form>
    }
}
