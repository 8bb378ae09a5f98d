//! A new version is offered, and never taken while a form is being filled in, unless somebody says so.

use leptos::prelude::*;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n;
use crate::pwa::{self, Pwa};
use crate::state::{Link, Storage};

/// Nothing while the newest version runs.
#[component]
pub fn NewVersion() -> impl IntoView {
    let bench = Workbench::expect();
    let pwa = expect_context::<Pwa>();
    let words = || &i18n::desk().shell;
    let is_asking = RwSignal::new(false);
    let is_new =
        Memo::new(move |_| pwa.new_version() || bench.replica.link() == Link::Outdated || bench.replica.storage() == Storage::Newer);
    let refresh = move |_| {
        if untrack(|| is_filling(bench)) {
            is_asking.set(true);
        } else {
            pwa.use_new_version();
        }
    };
    let close = Callback::new(move |()| is_asking.set(false));
    view! {
        <Show when=move || is_new.get()>
            <div class="banner banner--version" role="status">
                <Icon name="sync" />
                <span class="banner__text">{move || i18n::common().device.new_version}</span>
                <button class="banner__action" type="button" on:click=refresh>{move || i18n::common().actions.refresh}</button>
            </div>
        </Show>
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
