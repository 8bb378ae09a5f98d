//! Above the confirmation: the time is gone, a rule says no, or nobody can be asked.

use leptos::prelude::*;

use super::super::hold::{Confirming, Problem};
use crate::components::alternatives::Alternatives;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::{paths, spoken};
use crate::reactive::memo;

/// What stands in the way, if anything.
#[component]
pub fn Trouble(page: Confirming) -> impl IntoView {
    let kind = memo(move || page.problem.get().map(|problem| matches!(problem, Problem::Taken(..))));
    view! {
        <Show when=move || kind.get() == Some(true)><Taken page /></Show>
        <Show when=move || kind.get() == Some(false)><Other page /></Show>
        <Show when=move || page.is_kept.get()><Kept /></Show>
    }
}

#[component]
fn Taken(page: Confirming) -> impl IntoView {
    let app = page.app;
    let store = move || app.draft.get().store;
    let near = memo(move || match page.problem.get() {
        Some(Problem::Taken(near, _)) => near,
        _ => Vec::new(),
    });
    let title = Signal::derive(move || {
        if let Some(Problem::Taken(_, Some(why))) = page.problem.get() {
            return why;
        }
        let time = store().map(|store| spoken::time(&app.view(), store, page.wished.get())).unwrap_or_default();
        (i18n::member().booking.taken)(&time)
    });
    let times =
        Signal::derive(move || store().map(|store| spoken::nearby(&app.view(), store, &near.get(), app.minute.get())).unwrap_or_default());
    let text = Signal::derive(move || {
        let words = &i18n::member().booking;
        if near.with(Vec::is_empty) { words.taken_none } else { words.taken_text }.to_owned()
    });
    view! {
        <div class="stack stack--tight">
            <Alternatives title text times on_choose=Callback::new(move |start| page.take_instead(start)) />
            <a class="button button--wide" href=paths::TIME>{move || i18n::member().booking.all_times}</a>
        </div>
    }
}

#[component]
fn Other(page: Confirming) -> impl IntoView {
    let why = move || match page.problem.get() {
        Some(Problem::Other(why)) => why,
        _ => String::new(),
    };
    view! {
        <section class="notice notice--decide" role="alert">
            <Icon name="attention" />
            <div class="notice__text"><p class="notice__title">{why}</p></div>
        </section>
    }
}

/// Offline and signed out: nothing is lost.
#[component]
fn Kept() -> impl IntoView {
    let words = || &i18n::member().booking;
    view! {
        <section class="notice notice--caution" role="status">
            <Icon name="cloud-off" />
            <div class="notice__text">
                <h2 class="notice__title">{move || words().kept}</h2>
                <p class="notice__note">{move || words().kept_text}</p>
            </div>
        </section>
    }
}
