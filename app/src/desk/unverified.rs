//! The mark of a number that nobody has proven.

use leptos::prelude::*;

use crate::i18n;

/// Says of a number that nobody has proven it to be theirs.
#[component]
pub fn Unverified(
    /// Whether it is to be said.
    is_so: bool,
) -> impl IntoView {
    is_so.then(|| view! { <span class="tag tag--decide">{move || i18n::people().unverified}</span> })
}
