//! What stands between the screen and whoever touches it.

use leptos::html;
use leptos::prelude::*;

use crate::i18n;

/// Covers everything. Modal: nothing below takes a key or is read aloud, whatever is open there.
#[component]
pub fn Cover(
    /// Esc; without it nothing happens.
    on_cancel: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let show = |dialog: web_sys::HtmlDialogElement| {
        // Both fail only where it is open already, or gone.
        let _ = dialog.show_modal();
        let _ = dialog.focus();
    };
    Effect::new(move |_| node.get().map(show));
    let on_esc = move |event: web_sys::Event| {
        event.prevent_default();
        if let Some(cancel) = on_cancel {
            cancel.run(());
        }
    };
    view! {
        // Browsers close a dialog at the second Esc, whatever was said at the first.
        <dialog
            class="pin"
            tabindex="-1"
            node_ref=node
            aria-label=move || i18n::door().who_title
            on:cancel=on_esc
            on:close=move |_| node.get_untracked().into_iter().for_each(show)
        >
            <div class="pin__box">{children()}</div>
        </dialog>
    }
}
