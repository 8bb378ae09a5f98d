//! A picture from the sprite; always beside a word or inside something that has a label.

use leptos::prelude::*;

use crate::App;

/// An icon by its name in `icons.svg`. `size` is `tiny`, `small` or `large`; nothing is the usual size.
#[component]
pub fn Icon(
    /// Name in the sprite.
    name: &'static str,
    /// Another size than usual.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let base = use_context::<App>().unwrap_or(App::Member).base();
    let class = if size.is_empty() { "icon".to_owned() } else { format!("icon icon--{size}") };
    view! {
        <svg class=class aria-hidden="true">
            <use_ href=format!("{base}icons.svg#{name}") />
        </svg>
    }
}
