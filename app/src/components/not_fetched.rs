//! In place of a page or a part of one whose file could not be had: says so and tries again, by itself once the server answers again.

use leptos::prelude::*;

use super::empty_state::EmptyState;
use crate::i18n;
use crate::reactive::memo;
use crate::state::{Link, Replica};

/// See above.
#[component]
pub fn NotFetched(
    /// Tries again.
    again: Callback<()>,
) -> impl IntoView {
    let replica = Replica::expect();
    let is_offline = memo(move || matches!(replica.link(), Link::Offline { .. }));
    Effect::new(move |was_offline: Option<bool>| {
        let is_offline = is_offline.get();
        if was_offline == Some(true) && !is_offline {
            again.run(());
        }
        is_offline
    });
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
