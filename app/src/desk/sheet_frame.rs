//! The frame around a sheet: its title, and how it closes.

use leptos::html;
use leptos::prelude::*;

use crate::components::fresh;
use crate::components::icon::Icon;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Head and frame of a sheet. Takes the focus when it opens.
#[component]
pub fn SheetFrame(
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Beside the heading: a chip.
    #[prop(optional, into)]
    chip: Option<ViewFn>,
    /// `.panel__body` and perhaps `.panel__foot`.
    children: Children,
) -> impl IntoView {
    let bench = Workbench::expect();
    fresh::begin();
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // Cannot fail for an element on the page.
            let _ = heading.focus();
        }
    });
    view! {
        <aside class="panel" aria-labelledby="panel-title">
            <div class="panel__head">
                <h2 class="panel__title grow" id="panel-title" tabindex="-1" node_ref=heading>{title}</h2>
                {chip.map(|chip| chip.run())}
                <button
                    class="button button--icon"
                    type="button"
                    aria-label=move || i18n::common().actions.close
                    on:click=move |_| bench.close()
                >
                    <Icon name="close" />
                </button>
            </div>
            {children()}
        </aside>
    }
}
