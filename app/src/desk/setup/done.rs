//! The end of the first run: today's board, and the first booking.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::desk::go::use_go;
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::{Prefill, Sheet, Workbench};
use crate::i18n;

#[component]
pub(super) fn Ready() -> impl IntoView {
    let bench = Workbench::expect();
    let go = use_go();
    let store = move || the_store(bench).map(|store| i18n::name(&store.name)).unwrap_or_default();
    let book = move |_| {
        go("/desk/");
        bench.open(Sheet::Book(Prefill::default()));
    };
    view! {
        <div class="empty-state">
            <span class="empty-state__picture"><Icon name="check-circle" /></span>
            <h1 class="empty-state__title">{move || (i18n::set_up().ready)(&store())}</h1>
            <p class="empty-state__text">{move || i18n::set_up().ready_text}</p>
            <div class="form__actions">
                <a class="button button--large" href="/desk/">{move || i18n::set_up().see_board}</a>
                <button class="button button--primary button--large" type="button" on:click=book>
                    <Icon name="plus" size="small" />
                    {move || i18n::set_up().first_booking}
                </button>
            </div>
        </div>
    }
}
