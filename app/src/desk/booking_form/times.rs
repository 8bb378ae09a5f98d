//! When: the openings of a day for what was chosen, or any time that is typed.

mod chips;
pub(crate) mod choice;
mod other_time;
mod wider_price;

use leptos::prelude::*;
use shared::refusal::Refusal;
use shared::time::LocalDate;

use super::clash;
use crate::desk::booking_form::times::choice::TimeChoice;
use crate::desk::date_picker::DatePicker;
use crate::i18n;

use chips::{Chips, chips};
use other_time::OtherTime;
use wider_price::WiderPrice;

pub use other_time::read_time;

/// The day, its openings by part of the day, and a field for any other time.
#[component]
pub fn TimePicker(choice: TimeChoice) -> impl IntoView {
    let words = || &i18n::desk().form;
    let chips = Memo::new(move |_| chips(choice));
    let is_unasked = Memo::new(move |_| choice.query.with(|query| query.as_ref().is_none_or(|query| query.lines.is_empty())));
    let is_unskilled = Memo::new(move |_| matches!(clash::refusal_at(choice, None), Some(Refusal::NotSkilled { .. })));
    let empty = move || match (is_unasked.get(), is_unskilled.get()) {
        (true, _) => words().services_first,
        (_, true) => words().other_person,
        _ => words().day_full,
    };
    let today = Signal::derive(move || choice.bench.today());
    view! {
        <section class="section" aria-labelledby="times-title">
            <h3 id="times-title">{move || words().time}</h3>
            <DatePicker date=choice.date today on_choose=Callback::new(move |date: LocalDate| choice.show(date)) />
            <WiderPrice choice />
            <Show when=move || chips.with(|chips| !chips.is_empty()) fallback=move || view! { <p class="note">{empty}</p> }>
                <Chips choice chips />
            </Show>
            <OtherTime choice />
        </section>
    }
}
