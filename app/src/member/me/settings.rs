//! Language and appearance, shown at once and kept on the device.

use leptos::prelude::*;
use shared::name::Language;

use crate::components::icon::Icon;
use crate::i18n;
use crate::theme::{self, Theme};

/// 中文 or English.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let option = |language: Language, word: &'static str, tag: &'static str| {
        view! {
            <button
                class="segmented__option"
                type="button"
                lang=tag
                aria-pressed=move || (i18n::language() == language).to_string()
                on:click=move |_| i18n::choose(language)
            >
                {word}
            </button>
        }
    };
    view! {
        <div class="segmented segmented--wide" role="group" aria-labelledby="language">
            {option(Language::Chinese, "中文", "zh-CN")} {option(Language::English, "English", "en")}
        </div>
    }
}

/// As the system says, paper, or ink.
#[component]
pub fn Appearance() -> impl IntoView {
    let chosen = RwSignal::new(theme::chosen());
    let choose = move |theme: Theme| {
        theme::choose(theme);
        chosen.set(theme);
    };
    let words = i18n::person;
    view! {
        <div class="segmented segmented--wide" role="group" aria-labelledby="appearance">
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (chosen.get() == Theme::Auto).to_string()
                on:click=move |_| choose(Theme::Auto)
            >
                {move || words().auto}
            </button>
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (chosen.get() == Theme::Light).to_string()
                on:click=move |_| choose(Theme::Light)
            >
                <Icon name="sun" />{move || words().light}
            </button>
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (chosen.get() == Theme::Dark).to_string()
                on:click=move |_| choose(Theme::Dark)
            >
                <Icon name="moon" />{move || words().dark}
            </button>
        </div>
    }
}
