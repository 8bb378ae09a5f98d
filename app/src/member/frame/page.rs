//! A page: the bar above, what is wrong right now, the content, and the tabs or the one action below.

use leptos::prelude::*;

use super::banners::Banners;
use super::tab_bar::TabBar;
use crate::components::empty_state::EmptyState;
use crate::components::fresh;
use crate::components::icon::Icon;
use crate::components::not_fetched::NotFetched;
use crate::components::toast::ToastStack;
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::{browser, i18n};

/// `back` makes it an inner page; `bar` takes the place of the tabs.
#[component]
pub fn Page(
    /// Heading; empty shows the brand.
    #[prop(into)]
    title: Signal<String>,
    /// Where "back" leads.
    #[prop(optional, into)]
    back: Option<String>,
    /// `3 / 4`
    #[prop(optional)]
    step: &'static str,
    /// The one action of the page.
    #[prop(optional, into)]
    bar: Option<ViewFn>,
    /// Sections.
    children: Children,
) -> impl IntoView {
    let app = MemberApp::expect();
    fresh::begin();
    Effect::new(move |_| {
        let name = i18n::member().title;
        browser::document().set_title(&title.with(|title| if title.is_empty() { name.to_owned() } else { format!("{title} · {name}") }));
    });
    let below = bar.map_or_else(|| view! { <TabBar /> }.into_any(), |bar| bar.run());
    view! {
        <div class="app">
            <a class="skip-link" href="#main">{move || i18n::member().frame.skip}</a>
            <AppBar title back step />
            <Banners />
            <main class="page" id="main" tabindex="-1">{children()}</main>
            {below}
            <ToastStack toast=app.toast now=Signal::derive(move || app.replica.now()) />
        </div>
    }
}

#[component]
fn AppBar(title: Signal<String>, back: Option<String>, step: &'static str) -> impl IntoView {
    let left = match back {
        Some(href) => view! {
            <a class="button button--icon" href=href aria-label=move || i18n::common().actions.back><Icon name="back" /></a>
        }
        .into_any(),
        None => ().into_any(),
    };
    let heading = move || {
        if title.with(String::is_empty) {
            view! {
                <h1 class="app-bar__brand">
                    <img class="mark" src="/m/mark.svg" alt="" width="30" height="30" />
                    {i18n::member().title}
                </h1>
            }
            .into_any()
        } else {
            view! { <h1 class="app-bar__title">{title.get()}</h1> }.into_any()
        }
    };
    view! {
        <header class="app-bar">
            {left} {heading}
            {(!step.is_empty()).then(|| view! { <span class="app-bar__step">{step}</span> })}
        </header>
    }
}

/// While the cache is being read for the first time.
#[component]
pub fn Waiting() -> impl IntoView {
    view! {
        <div class="stack" aria-hidden="true">
            <span class="skeleton skeleton--card"></span>
            <span class="skeleton skeleton--line"></span>
            <span class="skeleton skeleton--short"></span>
        </div>
    }
}

/// An address nobody knows.
#[component]
pub fn Lost() -> impl IntoView {
    let words = || &i18n::member().frame;
    view! {
        <Page title=String::new()>
            <EmptyState
                icon="map"
                title=Signal::derive(move || words().lost.to_owned())
                text=Signal::derive(move || words().lost_text.to_owned())
            >
                <a class="button button--primary" href=paths::HOME>{move || words().home}</a>
            </EmptyState>
        </Page>
    }
}

/// A page whose file could not be had.
#[component]
pub fn Missing(
    /// Tries again.
    again: Callback<()>,
) -> impl IntoView {
    view! { <Page title=String::new()><NotFetched again /></Page> }
}
