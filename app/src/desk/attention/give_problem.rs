//! Why an entry could not be settled.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::i18n;
use crate::state::SubmitError;

/// Why a command was not taken.
#[component]
pub(crate) fn GiveProblem(problem: RwSignal<Option<SubmitError>>) -> impl IntoView {
    move || {
        problem.get().map(|error| {
            view! {
                <p class="field__error" role="alert">
                    <Icon name="attention" /><span>{move || i18n::refusals().submit(&error)}</span>
                </p>
            }
        })
    }
}
