//! A choice of yes or no, with a word.

use leptos::prelude::*;

/// A yes or no.
#[component]
pub(crate) fn Flag(value: RwSignal<bool>, #[prop(into)] text: Signal<String>) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || value.get() on:change=move |event| value.set(event_target_checked(&event)) />
            <span class="check__text">{text}</span>
        </label>
    }
}
