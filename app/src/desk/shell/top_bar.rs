//! The bar above the board: which day, which store, in step or not, and what is done most.

use leptos::html;
use leptos::prelude::*;
use shared::time::LocalDate;

use super::appearance::AppearanceButton;
use super::store_switch::StoreSwitch;
use super::sync_state::SyncState;
use crate::components::icon::Icon;
use crate::desk::workbench::{Prefill, Sheet, Workbench};
use crate::i18n::{self, format};

/// See above.
#[component]
pub fn TopBar() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().shell;
    view! {
        <header class="top-bar">
            <h1 class="visually-hidden">{move || words().board}</h1>
            <DateSwitch />
            <StoreSwitch />
            <span class="top-bar__spring"></span>
            <SyncState />
            <AppearanceButton />
            <button class="button button--icon" type="button" aria-label=move || words().block_time title=move || words().block_time on:click=move |_| bench.open(Sheet::BlockTime(Prefill::default()))>
                <Icon name="block" />
            </button>
            <button class="button" type="button" on:click=move |_| bench.open(Sheet::WalkIn)>
                <Icon name="walk-in" size="small" />
                {move || words().walk_in}
            </button>
            <button class="button button--primary" type="button" on:click=move |_| bench.open(Sheet::Book(Prefill::default()))>
                <Icon name="plus" size="small" />
                {move || words().new_booking}
            </button>
        </header>
    }
}

#[component]
fn DateSwitch() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().shell;
    let input = NodeRef::<html::Input>::new();
    let step = move |days: i32| bench.choose_date(Some(untrack(|| bench.date()).plus_days(days)));
    let pick = move |_| {
        // Browsers without a picker of their own leave the field to the keyboard.
        let _ = input.get_untracked().map(|input| input.show_picker());
    };
    let chosen = move |event| bench.choose_date(LocalDate::parse(&event_target_value(&event)));
    let is_other_day = move || bench.date() != bench.today();
    let label = move || format!("{}{}", words().choose_date, format::date_with_year(bench.date()));
    view! {
        <div class="top-bar__date">
            <button class="button button--icon" type="button" aria-label=move || words().day_before on:click=move |_| step(-1)><Icon name="back" /></button>
            <button class="top-bar__day" type="button" aria-label=label on:click=pick>
                <strong>{move || month_day(bench.date())}</strong>
                <span>{move || weekday(bench.date(), bench.today())}</span>
            </button>
            <input class="visually-hidden" type="date" tabindex="-1" aria-hidden="true" node_ref=input prop:value=move || bench.date().to_string() on:change=chosen />
            <button class="button button--icon" type="button" aria-label=move || words().day_after on:click=move |_| step(1)><Icon name="forward" /></button>
            <Show when=is_other_day>
                <button class="button button--small button--soft" type="button" on:click=move |_| bench.choose_date(None)>{move || words().today}</button>
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
