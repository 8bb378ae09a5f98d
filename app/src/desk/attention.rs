//! 待处理: what a person must decide, both sides, who and when, and the ways to settle it.

mod booking_side;
mod displaced;
mod entry;
pub(crate) mod entry_frame;
pub(crate) mod give_problem;
mod open;
mod refused;
mod refused_strip;
mod request;
mod superseded;
mod uncovered;

use leptos::prelude::*;

use super::workbench::Workbench;
use crate::components::empty_state::EmptyState;
use crate::components::rows::Rows;
use crate::desk::page_bar::PageBar;
use crate::i18n;

use entry::Entry;
use open::open_entries;
use refused::RefusedCommand;

pub use refused::RefusedSheet;
pub use refused_strip::RefusedStrip;

/// How much waits for a person in the store in use: for the badge. Tracked.
#[must_use]
pub fn count(bench: Workbench) -> usize {
    let open = bench.store().map_or(0, |store| open_entries(&bench.replica.view(), store.id).len());
    open + bench.replica.refused().len()
}

/// `/desk/attention`
#[component]
pub fn AttentionPage() -> impl IntoView {
    let bench = Workbench::expect();
    let entries = Memo::new(move |_| bench.store().map(|store| open_entries(&bench.replica.view(), store.id)).unwrap_or_default());
    let refused = Memo::new(move |_| bench.replica.refused());
    let is_empty = Memo::new(move |_| entries.with(Vec::is_empty) && refused.with(|refused| refused.is_empty()));
    view! {
        <PageBar title=i18n::text(|| i18n::inbox().title) />
        <main class="desk__content" id="main">
            <div class="desk__page" style:--page-width="52rem">
                <Show when=move || is_empty.get() && bench.replica.is_ready()>
                    <EmptyState
                        icon="check-circle"
                        title=i18n::text(|| i18n::inbox().empty_title)
                        text=i18n::text(|| i18n::inbox().empty_text)
                    />
                </Show>
                <div class="attention-list">
                    <Rows
                        each=move || refused.get().to_vec()
                        key=|refused| refused.uuid
                        children=move |refused| view! { <RefusedCommand refused /> }
                    />
                    <Rows each=move || entries.get() key=|entry| entry.id children=move |entry| view! { <Entry entry /> } />
                </div>
            </div>
        </main>
    }
}
