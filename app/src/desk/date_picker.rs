//! A day with its neighbours: one step back, one step on, or any day from the browser's own calendar.

use leptos::html;
use leptos::prelude::*;
use shared::time::LocalDate;

use crate::components::icon::Icon;
use crate::i18n::{self, format};

/// Shows the day as people write it; the browser's own field, which writes it as it likes, stays out of sight.
#[component]
pub fn DatePicker(
    /// The day.
    #[prop(into)]
    date: Signal<LocalDate>,
    /// Today, where the store is.
    #[prop(into)]
    today: Signal<LocalDate>,
    /// Another day.
    on_choose: Callback<LocalDate>,
) -> impl IntoView {
    let words = || &i18n::desk().shell;
    let input = NodeRef::<html::Input>::new();
    let step = move |days: i32| on_choose.run(date.get_untracked().plus_days(days));
    let pick = move |_| {
        // Browsers without a picker of their own leave the day to the arrows.
        let _ = input.get_untracked().map(|input| input.show_picker());
    };
    let chosen = move |event| {
        if let Some(date) = LocalDate::parse(&event_target_value(&event)) {
            on_choose.run(date);
        }
    };
    view! {
        <div class="top-bar__date">
            <button class="button button--icon" type="button" aria-label=move || words().day_before on:click=move |_| step(-1)>
                <Icon name="back" />
            </button>
            <button class="top-bar__day" type="button" on:click=pick>
                <span class="visually-hidden">{move || words().choose_date}</span>
                <strong>{move || month_day(date.get())}</strong>
                <span>{move || weekday(date.get(), today.get())}</span>
            </button>
            <input
                class="visually-hidden"
                type="date"
                tabindex="-1"
                aria-hidden="true"
                node_ref=input
                prop:value=move || date.get().to_string()
                on:change=chosen
            />
            <button class="button button--icon" type="button" aria-label=move || words().day_after on:click=move |_| step(1)>
                <Icon name="forward" />
            </button>
            <Show when=move || date.get() != today.get()>
                <button class="button button--small button--soft" type="button" on:click=move |_| on_choose.run(today.get_untracked())>
                    {move || i18n::common().times.today}
                </button>
            </Show>
        </div>
    }
}

/// `11月21日` of `11月21日 周六`.
fn month_day(date: LocalDate) -> String {
    let (_, month, day) = date.ymd();
    (i18n::desk().shell.month_day)(month, day)
}

/// `周六 · 今天`
fn weekday(date: LocalDate, today: LocalDate) -> String {
    let weekday = i18n::common().times.weekdays[usize::from(date.weekday() % 7)];
    let near = (date.0 - today.0).abs() <= 1;
    if near { format!("{weekday} · {}", format::day(date, today)) } else { weekday.to_owned() }
}
