//! A question on top of everything. Native, so that focus stays inside and Esc leaves.

use leptos::html;
use leptos::prelude::*;

use super::fresh;
use super::icon::Icon;
use crate::i18n;

/// A modal dialog that is open for as long as it is mounted: put it inside a `<Show>`.
#[component]
pub fn Dialog(
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Left by Esc or by the cross: unmount it.
    on_close: Callback<()>,
    /// What it says, ending with `.dialog__actions`.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    fresh::begin();
    // What lies below is as new to the finger as the question was.
    on_cleanup(fresh::begin);
    Effect::new(move |_| {
        // Fails only when it is open already.
        let _ = node.get().map(|dialog| dialog.show_modal());
    });
    let on_cancel = move |event: web_sys::Event| {
        event.prevent_default();
        on_close.run(());
    };
    // Esc closes this dialog only, not the sheet below it.
    let on_key = move |event: web_sys::KeyboardEvent| event.stop_propagation();
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby="dialog-title" on:cancel=on_cancel on:keydown=on_key>
            <div class="dialog__body">
                <div class="dialog__head">
                    <h2 class="dialog__title" id="dialog-title">{title}</h2>
                    <button
                        class="button button--icon"
                        type="button"
                        aria-label=move || i18n::common().actions.close
                        on:click=move |_| on_close.run(())
                    >
                        <Icon name="close" />
                    </button>
                </div>
                {children()}
            </div>
        </dialog>
    }
}
