//! A new version is ready: the person chooses the moment, because taking it loads the page anew.

use leptos::prelude::*;

use super::icon::Icon;
use crate::i18n;

/// A line with one button.
#[component]
pub fn NewVersion(
    /// Whether there is one.
    #[prop(into)]
    is_ready: Signal<bool>,
    /// Within a page instead of above it.
    #[prop(optional)]
    inline: bool,
    /// The person takes it.
    on_take: Callback<()>,
) -> impl IntoView {
    view! {
        <Show when=move || is_ready.get()>
            <div class="banner banner--version" class=("banner--inline", inline) role="status">
                <Icon name="sync" />
                <span class="banner__text">{move || i18n::common().device.new_version}</span>
                <button class="banner__action" type="button" on:click=move |_| on_take.run(())>
                    {move || i18n::common().actions.refresh}
                </button>
            </div>
        </Show>
    }
}
