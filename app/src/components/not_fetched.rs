//! In place of a page or a part of one whose file could not be had: says so and tries again.

use leptos::prelude::*;

use super::empty_state::EmptyState;
use crate::i18n;

/// See above.
#[component]
pub fn NotFetched(
    /// Tries again.
    again: Callback<()>,
) -> impl IntoView {
    view! {
        <EmptyState
            icon="cloud-off"
            title=i18n::text(|| i18n::common().device.page_missing)
            text=i18n::text(|| i18n::common().device.page_missing_text)
        >
            <button class="button button--primary" type="button" on:click=move |_| again.run(())>
                {move || i18n::common().actions.retry}
            </button>
        </EmptyState>
    }
}
