//! Anybody for more than the lowest price: a switch that says the price, and the price of each time that has it.

use leptos::prelude::*;
use shared::time::Timestamp;

use super::parts::so_far;
use crate::i18n;
use crate::member::draft::BookingDraft;
use crate::member::find::Search;
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::member::plan::Plan;

/// Anybody, also for more: the switch says the price.
#[component]
pub fn Wider(search: Memo<Option<Search>>) -> impl IntoView {
    let app = MemberApp::expect();
    let widened = move || app.draft.get().widened;
    let switch = move |_| app.draft.change(|draft| (draft.widened, draft.starts_at) = (!draft.widened, None));
    let word = move || {
        let (view, search) = (app.view(), search.get()?);
        let price = labels::price(&view, search.store, Some(search.wider_price(&view)?));
        Some((i18n::member().booking.wider)(&price))
    };
    view! {
        {move || word().map(|word| view! {
            <div class="choices">
                <button class="choice" type="button" aria-pressed=move || widened().to_string() on:click=switch>{word}</button>
            </div>
        })}
    }
}

/// The price of a time that costs more than the lowest.
pub fn dearer(app: MemberApp, search: Memo<Option<Search>>, start: Timestamp) -> Option<String> {
    let (view, search) = (app.view(), search.get().filter(|search| search.widened)?);
    let price = Plan::at(&view, &search, start, app.minute.get())?.price();
    let lowest = so_far(&view, &BookingDraft { widened: false, ..app.draft.get() }, None).0;
    (price != lowest).then(|| labels::price(&view, search.store, price))
}
