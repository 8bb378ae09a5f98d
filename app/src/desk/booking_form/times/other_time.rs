//! Any time that is typed: the grid limits what is offered, never what is admitted.

use leptos::prelude::*;

use crate::desk::booking_form::times::choice::TimeChoice;
use crate::desk::business_day;
use crate::i18n::{self, format};

#[component]
pub(super) fn OtherTime(choice: TimeChoice) -> impl IntoView {
    let words = || &i18n::desk().form;
    // What is being typed stays as it is until the field is left; it counts at once.
    let has_left = RwSignal::new(true);
    let typing = RwSignal::new(None::<String>);
    let take = move |typed: &str| {
        let Some(store) = choice.bench.store_now() else { return };
        match read_time(typed) {
            None if typed.trim().is_empty() => {
                choice.is_mistyped.set(false);
                choice.starts_at.set(None);
            }
            Some(minute) => choice.choose(business_day::instant(&store, choice.date.get_untracked(), minute)),
            None => choice.is_mistyped.set(true),
        }
    };
    let typed = move |event| {
        let text = event_target_value(&event);
        has_left.set(false);
        take(&text);
        typing.set(Some(text));
    };
    let left = move |_| {
        if !choice.is_mistyped.get_untracked() {
            typing.set(None);
        }
        has_left.set(true);
    };
    // Another time was tapped instead.
    Effect::new(move |_| {
        if choice.starts_at.get().is_some() && !choice.is_mistyped.get() && has_left.get_untracked() {
            typing.set(None);
        }
    });
    let is_wrong = Memo::new(move |_| choice.is_mistyped.get() && has_left.get());
    let shown = move || {
        let store = choice.bench.store()?;
        choice.starts_at.get().map(|at| format::time(&store.zone, at))
    };
    view! {
        <div class="field">
            <label class="field__label" for="other-time">{move || words().other_time}</label>
            <input
                class="input number"
                id="other-time"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                placeholder="14:30"
                maxlength="5"
                aria-invalid=move || is_wrong.get().to_string()
                aria-describedby=move || is_wrong.get().then_some("other-time-wrong")
                prop:value=move || typing.get().or_else(shown).unwrap_or_default()
                on:input=typed
                on:change=left
            />
            <Show when=move || is_wrong.get()>
                <p class="field__error" id="other-time-wrong" role="alert">{move || words().time_wrong}</p>
            </Show>
        </div>
    }
}

/// `14:30`, `1430`, `9:05`, `905`: minutes after midnight.
#[must_use]
pub fn read_time(text: &str) -> Option<u16> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ':' | '：' | '.' | ' ')).collect();
    let number: u16 = digits.parse().ok().filter(|_| digits.is_ascii() && (3..=4).contains(&digits.len()))?;
    let (hour, minute) = (number / 100, number % 100);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
