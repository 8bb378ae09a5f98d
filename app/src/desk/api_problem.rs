//! What the server said no to, and what to do.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::icon::Icon;
use crate::i18n;

/// Why the server did not do it, and what to do.
#[component]
pub fn ApiProblem(
    /// The failure; nothing is fine.
    #[prop(into)]
    problem: Signal<Option<ApiError>>,
) -> impl IntoView {
    move || {
        problem.get().map(|error| {
            view! {
                <p class="field__error" role="alert"><Icon name="attention" /><span>{move || (i18n::refusals().api)(&error)}</span></p>
            }
        })
    }
}
