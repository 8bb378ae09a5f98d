//! Anybody, also for more: a switch that names the highest price, where not everybody costs the same.

use leptos::prelude::*;

use crate::desk::booking_form::placing::{highest_prices, lowest_prices};
use crate::desk::booking_form::times::choice::TimeChoice;
use crate::desk::words::sum_text;
use crate::i18n;

#[component]
pub(super) fn WiderPrice(choice: TimeChoice) -> impl IntoView {
    let highest = Memo::new(move |_| highest_text(choice));
    let label = move || highest.get().map(|price| (i18n::desk().form.any_price)(&price));
    view! {
        <Show when=move || highest.with(Option::is_some)>
            <label class="row row--between">
                <span>{label}</span>
                <input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    prop:checked=move || choice.any_price.get()
                    on:change=move |event| choice.any_price.set(event_target_checked(&event))
                />
            </label>
        </Show>
    }
}

/// The most the visit can cost with anybody; `None` where everybody costs the same.
fn highest_text(choice: TimeChoice) -> Option<String> {
    let question = choice.question(choice.date.get(), 0)?;
    let (view, store) = (choice.bench.replica.view(), choice.bench.store()?);
    let (highest, lowest) = (highest_prices(&view, &question), lowest_prices(&view, &question));
    if highest.iter().zip(&lowest).all(|(highest, lowest)| highest.is_none() || highest == lowest) {
        return None;
    }
    let prices: Vec<_> = highest.into_iter().zip(lowest).map(|(highest, lowest)| highest.or(lowest).flatten()).collect();
    Some(sum_text(store.currency, &prices))
}
