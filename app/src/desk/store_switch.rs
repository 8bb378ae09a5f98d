//! Which store; those who may work in several switch here.

use leptos::prelude::*;
use shared::store::Store;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// The name, as a button where there is a choice.
#[component]
pub fn StoreSwitch() -> impl IntoView {
    let bench = Workbench::expect();
    let is_open = RwSignal::new(false);
    let name = move || bench.store().map(|store| i18n::name(&store.name)).unwrap_or_default();
    let has_choice = Memo::new(move |_| bench.stores().len() > 1);
    view! {
        <Show when=move || has_choice.get() fallback=move || view! { <span class="top-bar__store">{name}</span> }>
            <button class="button button--quiet top-bar__store" type="button" aria-haspopup="dialog" on:click=move |_| is_open.set(true)>
                <span class="visually-hidden">{move || i18n::desk().shell.choose_store}</span>
                {name}
                <Icon name="chevron-down" size="small" />
            </button>
        </Show>
        <Show when=move || is_open.get()>
            <StoreDialog is_open />
        </Show>
    }
}

#[component]
fn StoreDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let bench = Workbench::expect();
    let item = move |store: Store| {
        let id = store.id;
        let choose = move |_| {
            is_open.set(false);
            bench.choose_store(id);
        };
        let is_current = move || bench.store().is_some_and(|current| current.id == id).then_some("true");
        view! {
            <li>
                <button class="list__item" type="button" aria-current=is_current on:click=choose>
                    <Icon name="store" />
                    <span class="list__text"><span class="list__title">{move || i18n::name(&store.name)}</span></span>
                </button>
            </li>
        }
    };
    view! {
        <Dialog title=Signal::derive(|| i18n::desk().shell.choose_store.to_owned()) on_close=Callback::new(move |()| is_open.set(false))>
            <ul class="list">
                <Rows each=move || bench.stores() key=|store| store.id children=item />
            </ul>
        </Dialog>
    }
}
