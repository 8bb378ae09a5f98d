//! One of a few, side by side.

use leptos::prelude::*;

/// A label and the options below it.
#[component]
pub fn Segmented<T: Copy + PartialEq + Send + Sync + 'static, const N: usize>(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choice.
    chosen: RwSignal<T>,
    /// From these.
    options: [T; N],
    /// As it is called.
    word: fn(T) -> &'static str,
) -> impl IntoView {
    let option = move |own: T| {
        view! {
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (chosen.get() == own).to_string()
                on:click=move |_| chosen.set(own)
            >
                {move || word(own)}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label">{label}</span>
            <div class="segmented segmented--wide" role="group" aria-label=label>{options.map(option).into_iter().collect_view()}</div>
        </div>
    }
}
