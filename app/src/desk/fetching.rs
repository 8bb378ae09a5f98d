//! A place whose file is on its way, or could not be had.

use leptos::prelude::*;

use crate::components::not_fetched::NotFetched;
use crate::desk::page_bar::PageBar;

/// Its shape.
#[component]
pub fn Fetching() -> impl IntoView {
    view! {
        <PageBar title=Signal::stored(String::new()) />
        <main class="desk__content" id="main" aria-busy="true">{skeleton()}</main>
    }
}

/// Says so and offers to try again.
#[component]
pub fn Missing(
    /// Tries again.
    again: Callback<()>,
) -> impl IntoView {
    view! {
        <PageBar title=Signal::stored(String::new()) />
        <main class="desk__content" id="main">{missing_part(again)}</main>
    }
}

/// The shape of a part of a page.
pub fn skeleton() -> AnyView {
    view! {
        <div class="desk__page" aria-hidden="true">
            <span class="skeleton skeleton--line"></span>
            <span class="skeleton skeleton--card"></span>
        </div>
    }
    .into_any()
}

/// A part of a page that could not be had.
pub fn missing_part(again: Callback<()>) -> AnyView {
    view! { <NotFetched again /> }.into_any()
}
