//! Words and how numbers, times and money look. Every language is a folder of complete tables: a missing word does not compile.
//!
//! Call `i18n::common()`, `i18n::member()`, `i18n::desk()` inside closures: they follow the chosen language.

pub mod common;
pub mod desk;
pub mod door;
pub mod format;
pub mod inbox;
pub mod logins;
pub mod member;
pub mod people;
pub mod refusals;
pub mod set_up;
pub mod waiting;
pub mod waitlist;

mod en;
mod zh;

use std::sync::OnceLock;

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use shared::name::{Language, Name};

use crate::browser;

const PREFERENCE: &str = "huiyue-language";

fn signal() -> &'static ArcRwSignal<Language> {
    static LANGUAGE: OnceLock<ArcRwSignal<Language>> = OnceLock::new();
    LANGUAGE.get_or_init(|| ArcRwSignal::new(first_language()))
}

/// The chosen one, else the browser's if it is English, else Chinese.
fn first_language() -> Language {
    match browser::preference(PREFERENCE).as_deref() {
        Some("zh-CN") => Language::Chinese,
        Some("en") => Language::English,
        _ if browser::preferred_language().starts_with("zh") || browser::preferred_language().is_empty() => Language::Chinese,
        _ => Language::English,
    }
}

/// The language in use; tracked where something tracks.
#[must_use]
pub fn language() -> Language {
    if Observer::get().is_some() { signal().get() } else { signal().get_untracked() }
}

/// Chooses a language: kept, shown at once, and set on `<html lang>`.
pub fn choose(language: Language) {
    browser::set_preference(PREFERENCE, Some(tag(language)));
    signal().set(language);
    show();
}

/// Sets `<html lang>`; call once at start.
pub fn show() {
    // Fails only for an invalid attribute name.
    let _ = browser::html().set_attribute("lang", tag(signal().get_untracked()));
}

/// `zh-CN` or `en`: for `lang` attributes and the stored choice.
#[must_use]
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    }
}

/// `zh` or `en`.
#[must_use]
pub fn code(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

/// Words both apps use.
#[must_use]
pub fn common() -> &'static common::Words {
    match language() {
        Language::Chinese => &zh::common::WORDS,
        Language::English => &en::common::WORDS,
    }
}

/// Words for every refusal and problem.
#[must_use]
pub fn refusals() -> &'static refusals::Words {
    match language() {
        Language::Chinese => &zh::refusals::WORDS,
        Language::English => &en::refusals::WORDS,
    }
}

/// Words of the member app.
#[must_use]
pub fn member() -> &'static member::Words {
    match language() {
        Language::Chinese => &zh::member::WORDS,
        Language::English => &en::member::WORDS,
    }
}

/// Words of the member app about the person: me, signing in, privacy. Apart, so that they come with the pages that say them.
#[must_use]
pub fn person() -> &'static member::person::Words {
    match language() {
        Language::Chinese => &zh::member_person::WORDS,
        Language::English => &en::member_person::WORDS,
    }
}

/// Words of the desk app.
#[must_use]
pub fn desk() -> &'static desk::Words {
    match language() {
        Language::Chinese => &zh::desk::WORDS,
        Language::English => &en::desk::WORDS,
    }
}

/// Words at the door of the desk.
#[must_use]
pub fn door() -> &'static door::Words {
    match language() {
        Language::Chinese => &zh::door::WORDS,
        Language::English => &en::door::WORDS,
    }
}

/// Words about logins.
#[must_use]
pub fn logins() -> &'static logins::Words {
    match language() {
        Language::Chinese => &zh::logins::WORDS,
        Language::English => &en::logins::WORDS,
    }
}

/// Words about members at the desk.
#[must_use]
pub fn people() -> &'static people::Words {
    match language() {
        Language::Chinese => &zh::people::WORDS,
        Language::English => &en::people::WORDS,
    }
}

/// Words of the attention inbox and the sync page.
#[must_use]
pub fn inbox() -> &'static inbox::Words {
    match language() {
        Language::Chinese => &zh::inbox::WORDS,
        Language::English => &en::inbox::WORDS,
    }
}

/// Words for whoever waits for a time.
#[must_use]
pub fn waiting() -> &'static waiting::Words {
    match language() {
        Language::Chinese => &zh::waiting::WORDS,
        Language::English => &en::waiting::WORDS,
    }
}

/// Words of the desk's waitlist.
#[must_use]
pub fn waitlist() -> &'static waitlist::Words {
    match language() {
        Language::Chinese => &zh::waitlist::WORDS,
        Language::English => &en::waitlist::WORDS,
    }
}

/// A word as a signal that follows the language: `i18n::text(|| i18n::door().title)`.
#[must_use]
pub fn text(word: fn() -> &'static str) -> Signal<String> {
    Signal::derive(move || word().to_owned())
}

/// Words of set-up.
#[must_use]
pub fn set_up() -> &'static set_up::Words {
    match language() {
        Language::Chinese => &zh::set_up::WORDS,
        Language::English => &en::set_up::WORDS,
    }
}

/// A name in the language in use.
#[must_use]
pub fn name(name: &Name) -> String {
    name.get(language()).to_owned()
}
