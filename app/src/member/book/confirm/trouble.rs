//! Above the confirmation: the time is gone, a rule says no, or nobody can be asked.

use leptos::prelude::*;
use shared::booking::Alternative;

use super::super::hold::{Confirming, Problem};
use crate::components::alternatives::Alternatives;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::labels;
use crate::reactive::memo;

/// What stands in the way, if anything.
#[component]
pub fn Trouble(page: Confirming) -> impl IntoView {
    let kind = memo(move || page.problem.get().map(|problem| matches!(problem, Problem::Taken(..))));
    view! {
        <Show when=move || kind.get() == Some(true)><Taken page /></Show>
        <Show when=move || kind.get() == Some(false)><Other page /></Show>
        <Show when=move || page.is_kept.get() && page.app.is_offline()><Kept /></Show>
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
        let time = store().and_then(|store| labels::time(&app.view(), store, page.wished.get()));
        (i18n::member().booking.taken)(&time.unwrap_or_default())
    });
    let times = Signal::derive(move || {
        let (view, now) = (app.view(), app.minute.get());
        let more = |offer: &Alternative| page.plan_of(&view, offer).map(|plan| labels::plan(&view, &plan)).unwrap_or_default();
        store().map(|store| labels::nearby(&view, store, &near.get(), more, now)).unwrap_or_default()
    });
    let text = Signal::derive(move || {
        let words = &i18n::member().booking;
        if near.with(Vec::is_empty) { words.taken_none } else { words.taken_text }.to_owned()
    });
    view! {
        <Alternatives title text times on_choose=Callback::new(move |start| page.take_instead(start)) />
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

/// Offline and signed out: nothing is lost, and nothing is booked.
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
