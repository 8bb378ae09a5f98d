//! Days on which the store keeps other hours: holidays, make-up workdays 调休.

mod change;
mod holidays;

use leptos::prelude::*;
use shared::time::{LocalDate, LocalSpan};

use super::clock_text::{SpanText, spans_of, texts_of};
use super::save::{FormProblem, Saving, say_saved};
use super::spans::SpansEditor;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::CommandStatus;

use change::change;
use holidays::Holidays;

/// The page.
#[component]
pub(super) fn SpecialDays() -> impl IntoView {
    let bench = Workbench::expect();
    let saving = Saving::new();
    let days = Memo::new(move |_| {
        let today = bench.today();
        the_store(bench)
            .map(|store| {
                store
                    .special_days
                    .iter()
                    .filter(|(date, _)| **date >= today)
                    .map(|(date, spans)| (*date, spans.clone()))
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    let remove = move |date: LocalDate| {
        let before = untrack(|| the_store(bench)).and_then(|store| store.special_days.get(&date).cloned());
        let Some(before) = before else { return };
        let back = Callback::new(move |()| {
            let before = before.clone();
            change(bench, saving, move |store| drop(store.special_days.insert(date, before)), say_saved(bench));
        });
        let deleted = Callback::new(move |status| {
            let text = (i18n::set_up().deleted)(&format::date(date));
            match status {
                CommandStatus::Confirmed => bench.say("trash", text, Some(back)),
                _ => bench.say("cloud-off", (i18n::desk().done.saved)(&text), Some(back)),
            }
        });
        change(bench, saving, move |store| drop(store.special_days.remove(&date)), deleted);
    };
    let row = move |(date, spans): (LocalDate, Vec<LocalSpan>)| {
        let label = move || format!("{} {}", i18n::common().actions.delete, format::date(date));
        view! {
            <li class="list__item">
                <span class="list__text"><span class="list__title">{move || format::date_with_year(date)}</span></span>
                <span class="list__value">{move || hours_text(&spans)}</span>
                <button class="button button--icon" type="button" aria-label=label on:click=move |_| remove(date)>
                    <Icon name="trash" />
                </button>
            </li>
        }
    };
    view! {
        <div class="desk__page" style:--page-width="44rem">
            <p class="muted">{move || i18n::set_up().special_days_note}</p>
            <ul class="list"><Rows each=move || days.get() key=|(date, spans)| (*date, spans.clone()) children=row /></ul>
            <FormProblem saving />
            <NewDay saving />
            <Holidays />
        </div>
    }
}

fn hours_text(spans: &[LocalSpan]) -> String {
    if spans.is_empty() {
        return i18n::set_up().closed.to_owned();
    }
    texts_of(spans).into_iter().map(|(from, until)| format!("{from}–{until}")).collect::<Vec<_>>().join(" ")
}

#[component]
fn NewDay(saving: Saving) -> impl IntoView {
    let bench = Workbench::expect();
    let date = RwSignal::new(String::new());
    let spans = RwSignal::new(Vec::<SpanText>::new());
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = spans.with_untracked(|spans| spans_of(spans));
        match (LocalDate::parse(&date.get_untracked()), typed) {
            (Some(date), Some(typed)) => change(bench, saving, move |store| drop(store.special_days.insert(date, typed)), say_saved(bench)),
            _ => saving.fails(i18n::set_up().wrong_spans.to_owned()),
        }
    };
    let is_open = Memo::new(move |_| spans.with(|spans| !spans.is_empty()));
    let toggle =
        move |event| spans.set(if event_target_checked(&event) { vec![("10:00".to_owned(), "20:00".to_owned())] } else { Vec::new() });
    view! {
        <form class="surface stack" on:submit=add>
            <TextField name="special-date" label=i18n::text(|| i18n::set_up().date) value=date kind=TextKind::Date />
            <label class="row row--between">
                <span>{move || i18n::set_up().open_that_day}</span>
                <input class="switch" type="checkbox" role="switch" prop:checked=move || is_open.get() on:change=toggle />
            </label>
            <Show when=move || is_open.get()>
                <div class="row row--wrap"><SpansEditor spans label=i18n::text(|| i18n::set_up().special_days) /></div>
            </Show>
            <div>
                <button class="button button--soft" type="submit" disabled=move || date.with(String::is_empty)>
                    {move || i18n::set_up().add_day}
                </button>
            </div>
        </form>
    }
}
