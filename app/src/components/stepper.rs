//! A value that is made less or more step by step.

use leptos::prelude::*;

use super::icon::Icon;
use crate::i18n;

/// `label  −  45 min  +`
#[component]
pub fn Stepper(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// As it is now.
    #[prop(into)]
    value: Signal<String>,
    /// One step less.
    on_less: Callback<()>,
    /// One step more.
    on_more: Callback<()>,
) -> impl IntoView {
    let named = move |word: &'static str| move || format!("{word} · {}", label.get());
    let words = &i18n::desk().change;
    view! {
        <div class="stepper" role="group" aria-label=label>
            <span class="stepper__label">{label}</span>
            <button class="stepper__step" type="button" aria-label=named(words.less) on:click=move |_| on_less.run(())>
                <Icon name="minus" size="small" />
            </button>
            <output class="stepper__value number">{value}</output>
            <button class="stepper__step" type="button" aria-label=named(words.more) on:click=move |_| on_more.run(())>
                <Icon name="plus" size="small" />
            </button>
        </div>
    }
}
