//! A new version of the desk is ready. It waits for a tap, and asks again while somebody fills in a form.

use leptos::prelude::*;

use crate::components::dialog::Dialog;
use crate::components::new_version::NewVersion;
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n;
use crate::pwa::{self, Pwa};
use crate::state::Replica;

/// Above the work, and at the door.
#[component]
pub fn VersionLine(
    /// Within a page instead of above it.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let (pwa, replica, bench) = (expect_context::<Pwa>(), Replica::expect(), Workbench::expect());
    let words = || &i18n::desk().shell;
    let is_ready = Memo::new(move |_| pwa.is_outdated(replica));
    let is_asking = RwSignal::new(false);
    let close = Callback::new(move |()| is_asking.set(false));
    let take = Callback::new(move |()| {
        if untrack(|| is_filling(bench)) {
            is_asking.set(true);
        } else {
            pwa.use_new_version();
        }
    });
    view! {
        <NewVersion is_ready inline on_take=take />
        <Show when=move || is_asking.get()>
            <Dialog title=i18n::text(|| i18n::desk().shell.form_open) on_close=close>
                <p>{move || words().form_open_text}</p>
                <div class="dialog__actions">
                    <button class="button button--primary button--wide" type="button" on:click=move |_| close.run(())>
                        {move || words().fill_first}
                    </button>
                    <button class="button button--danger button--wide" type="button" on:click=move |_| pwa.use_new_version()>
                        {move || words().refresh_anyway}
                    </button>
                </div>
            </Dialog>
        </Show>
    }
}

/// A sheet that is a form, or a form in which somebody has typed.
fn is_filling(bench: Workbench) -> bool {
    matches!(bench.sheet(), Sheet::Book(_) | Sheet::WalkIn | Sheet::BlockTime(_)) || pwa::is_form_filled()
}
