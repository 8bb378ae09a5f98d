//! A form waits for its record: what has not arrived yet is not taken for what does not exist, so that reloading a page never makes a
//! second store or an empty form.

use leptos::prelude::*;
use shared::id::StoreId;

use crate::components::empty_state::EmptyState;
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Whether everything that set-up edits has been read: only then something that is not there does not exist. Tracked.
pub(super) fn is_everything_here(bench: Workbench) -> bool {
    bench.replica.is_ready() && bench.replica.view().known.catalogue
}

/// A page about one store: made anew for another store, and not before one is known.
#[component]
pub(super) fn OfStore<F>(
    /// The page.
    page: F,
) -> impl IntoView
where
    F: Fn(StoreId) -> AnyView + Send + Sync + 'static,
{
    let bench = Workbench::expect();
    let store = Memo::new(move |_| the_store(bench).map(|store| store.id));
    let no_store = move || {
        view! {
            <EmptyState icon="store" title=i18n::text(|| i18n::desk().board.no_store) text=i18n::text(|| i18n::desk().board.no_store_text)>
                <a class="button button--primary" href="/desk/set-up/start">{move || i18n::desk().board.set_up}</a>
            </EmptyState>
        }
    };
    move || match store.get() {
        Some(store) => page(store),
        None => view! { <OnceHere>{no_store()}</OnceHere> }.into_any(),
    }
}

/// A form of one record, once the record is here.
#[component]
pub(super) fn OfRecord(
    /// Whether it is.
    #[prop(into)]
    is_here: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let is_here = Memo::new(move |_| is_here.get());
    let gone = || view! { <OnceHere><p class="note">{move || i18n::desk().visit.gone}</p></OnceHere> };
    view! { <Show when=move || is_here.get() fallback=gone>{children()}</Show> }
}

/// What is said once everything has been read; until then the shape of a page.
#[component]
pub(super) fn OnceHere(children: ChildrenFn) -> impl IntoView {
    let bench = Workbench::expect();
    let is_here = Memo::new(move |_| is_everything_here(bench));
    let shape = || {
        view! {
            <div class="stack" aria-hidden="true">
                <span class="skeleton skeleton--line"></span>
                <span class="skeleton skeleton--card"></span>
            </div>
        }
    };
    view! { <Show when=move || is_here.get() fallback=shape>{children()}</Show> }
}
