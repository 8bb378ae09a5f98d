//! What lies over the board: one sheet at a time, with a heading, a cross and room to scroll.

use leptos::html;
use leptos::prelude::*;

use super::places::{Chunks, place};
use super::workbench::{Sheet, Workbench};
use crate::components::fresh;
use crate::components::icon::Icon;
use crate::i18n;

/// The sheet that is open, if one is.
#[component]
pub fn OpenSheet() -> impl IntoView {
    let bench = Workbench::expect();
    move || match bench.sheet() {
        Sheet::Closed => ().into_any(),
        Sheet::Visit(_) | Sheet::Block(_) | Sheet::Refused(_) => place(expect_context::<Chunks>().sheets, ""),
        Sheet::Book(_) | Sheet::WalkIn | Sheet::BlockTime(_) => place(expect_context::<Chunks>().forms, ""),
    }
}

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

/// Why something was not done; everything that was filled in stays.
#[component]
pub fn Problem(
    /// The words; nothing is fine.
    #[prop(into)]
    text: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        text.get().map(|text| {
            view! { <p class="panel__notice panel__notice--allergy" role="alert"><Icon name="attention" /><span>{text}</span></p> }
        })
    }
}
