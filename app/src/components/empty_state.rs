//! Nothing here yet: why, in kind words, and one thing to do.

use leptos::prelude::*;

use super::icon::Icon;

/// `children` is the one action, if there is one.
#[component]
pub fn EmptyState(
    /// Icon of the picture.
    icon: &'static str,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// One or two kind sentences.
    #[prop(into)]
    text: Signal<String>,
    /// The one action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state__picture"><Icon name=icon /></span>
            <h2 class="empty-state__title">{title}</h2>
            <p class="empty-state__text">{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
