//! Language, light and dark.

use leptos::prelude::*;
use shared::name::Language;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::i18n;
use crate::theme::{self, Theme};

/// One button for both choices.
#[component]
pub fn AppearanceButton() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let label = move || i18n::desk().shell.appearance;
    view! {
        <button
            class="button button--icon"
            type="button"
            aria-label=label
            title=label
            aria-haspopup="dialog"
            on:click=move |_| is_open.set(true)
        >
            <Icon name="language" />
        </button>
        <Show when=move || is_open.get()>
            <Dialog title=Signal::derive(move || label().to_owned()) on_close=Callback::new(move |()| is_open.set(false))>
                <Appearance />
            </Dialog>
        </Show>
    }
}

/// The two choices themselves.
#[component]
pub fn Appearance() -> impl IntoView {
    let words = || &i18n::desk().shell;
    let theme = RwSignal::new(theme::chosen());
    let language = |language: Language, name: &'static str, tag: &'static str| {
        let is_chosen = move || (i18n::language() == language).to_string();
        view! {
            <button class="segmented__option" type="button" lang=tag aria-pressed=is_chosen on:click=move |_| i18n::choose(language)>
                {name}
            </button>
        }
    };
    let look = move |look: Theme, icon: Option<&'static str>, name: fn() -> &'static str| {
        let choose = move |_| {
            theme::choose(look);
            theme.set(look);
        };
        view! {
            <button class="segmented__option" type="button" aria-pressed=move || (theme.get() == look).to_string() on:click=choose>
                {icon.map(|name| view! { <Icon name /> })}
                {name}
            </button>
        }
    };
    view! {
        <div class="segmented segmented--wide" role="group" aria-label=move || words().language>
            {language(Language::Chinese, "简体中文", "zh-CN")}
            {language(Language::English, "English", "en")}
        </div>
        <div class="segmented segmented--wide" role="group" aria-label=move || words().theme>
            {look(Theme::Auto, None, || i18n::desk().shell.theme_auto)}
            {look(Theme::Light, Some("sun"), || i18n::desk().shell.theme_light)}
            {look(Theme::Dark, Some("moon"), || i18n::desk().shell.theme_dark)}
        </div>
    }
}
