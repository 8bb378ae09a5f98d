//! The bar above every page but the board: what this is, and whether the desk is in step.

use leptos::prelude::*;

use crate::components::fresh;
use crate::desk::sync_state::SyncState;

/// `children` are further buttons.
#[component]
pub fn PageBar(
    /// What this is.
    #[prop(into)]
    title: Signal<String>,
    /// Further buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    fresh::begin();
    view! {
        <header class="top-bar">
            <h1 class="top-bar__title">{title}</h1>
            <span class="top-bar__spring"></span>
            <SyncState />
            {children.map(|children| children())}
        </header>
    }
}
