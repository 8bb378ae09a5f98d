//! The bar above the board: which day, which store, in step or not, and what is done most.

use leptos::prelude::*;
use shared::placement::turns;

use super::appearance::AppearanceButton;
use crate::components::icon::Icon;
use crate::desk::date_picker::DatePicker;
use crate::desk::store_switch::StoreSwitch;
use crate::desk::sync_state::SyncState;
use crate::desk::workbench::{Prefill, Sheet, Workbench};
use crate::i18n;

/// See above.
#[component]
pub fn TopBar() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().shell;
    // Without a store there is no day to look at and nothing to book.
    let has_store = Memo::new(move |_| bench.store().is_some());
    let goes_by_turns = Memo::new(move |_| bench.store().is_some_and(|store| turns::are_kept(&bench.replica.view(), store.id)));
    view! {
        <header class="top-bar">
            <h1 class="visually-hidden">{move || words().board}</h1>
            <Show when=move || has_store.get()>
                <DatePicker
                    date=Signal::derive(move || bench.date())
                    today=Signal::derive(move || bench.today())
                    on_choose=Callback::new(move |date| bench.choose_date(Some(date)))
                />
                <StoreSwitch />
            </Show>
            <span class="top-bar__spring"></span>
            <SyncState />
            <AppearanceButton />
            <Show when=move || has_store.get()>
                <button
                    class="button button--icon"
                    type="button"
                    aria-label=move || i18n::desk().display.title
                    title=move || i18n::desk().display.title
                    on:click=move |_| bench.open(Sheet::Display)
                >
                    <Icon name="list" />
                </button>
                <button
                    class="button button--icon"
                    type="button"
                    aria-label=move || words().block_time
                    title=move || words().block_time
                    on:click=move |_| bench.open(Sheet::BlockTime(None))
                >
                    <Icon name="block" />
                </button>
                <Show when=move || goes_by_turns.get()>
                    <button class="button" type="button" on:click=move |_| bench.open(Sheet::Rotation)>
                        <Icon name="people" size="small" />
                        {move || i18n::desk().rotation.title}
                    </button>
                </Show>
                <button class="button" type="button" on:click=move |_| bench.open(Sheet::WalkIn)>
                    <Icon name="walk-in" size="small" />
                    {move || words().walk_in}
                </button>
                <button class="button button--primary" type="button" on:click=move |_| bench.open(Sheet::Book(Prefill::default()))>
                    <Icon name="plus" size="small" />
                    {move || words().new_booking}
                </button>
            </Show>
        </header>
    }
}
