//! Days that differ from somebody's week: off, or other hours.

use leptos::prelude::*;
use shared::id::StaffId;
use shared::roster::{Shift, ShiftDay};
use shared::sort;
use shared::staff::Staff;
use shared::time::{LocalDate, LocalSpan};

use super::super::clock_text::{SpanText, spans_of};
use super::super::save::{FormProblem, Saving, save, say_saved};
use super::super::spans::SpansEditor;
use super::cell::put_shift;
use crate::components::rows::Rows;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::shifts::grid::{shift_of, spans_text, staff_here};
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

#[component]
pub(super) fn Exceptions() -> impl IntoView {
    let bench = Workbench::expect();
    let coming = Memo::new(move |_| {
        let view = bench.replica.view();
        let (store, today) = (the_store(bench).map(|store| store.id), bench.today());
        let mut coming: Vec<(LocalDate, Shift)> = view
            .catalogue
            .shifts
            .values()
            .filter(|shift| Some(shift.store) == store)
            .filter_map(|shift| match shift.day {
                // An entry cannot be taken away; one that says what the week says is no exception any more.
                ShiftDay::Date(date) if date >= today && shift.spans != usual_spans(bench, shift.staff, date) => {
                    Some((date, shift.clone()))
                }
                _ => None,
            })
            .collect();
        sort::sort_by_key(&mut coming, |(date, _)| *date);
        coming
    });
    let saving = Saving::new();
    let row = move |(date, shift): (LocalDate, Shift)| {
        let staff = shift.staff;
        let name = move || bench.replica.view().catalogue.staff.get(&staff).map(|staff| i18n::name(&staff.name));
        let restore = move |_| {
            let usual = untrack(|| usual_spans(bench, staff, date));
            save(bench, put_shift(bench, staff, ShiftDay::Date(date), &usual).into_iter().collect(), saving, say_saved(bench));
        };
        view! {
            <li class="list__item">
                <span class="list__text">
                    <span class="list__title">{move || format::date(date)}</span>
                    <span class="list__note">{name}</span>
                </span>
                <span class="list__value">{move || spans_text(&shift.spans)}</span>
                <button class="button button--small" type="button" on:click=restore>{move || i18n::set_up().back_to_week}</button>
            </li>
        }
    };
    view! {
        <section class="section" aria-labelledby="exceptions">
            <h2 id="exceptions">{move || i18n::set_up().exceptions}</h2>
            <p class="small muted">{move || i18n::set_up().exceptions_note}</p>
            <ul class="list">
                <Rows
                    each=move || coming.get()
                    key=|(date, shift)| (*date, shift.id, shift.written.map(|written| written.version))
                    children=row
                />
            </ul>
            <FormProblem saving />
            <NewException />
        </section>
    }
}

/// What the week says of somebody's date. Tracked.
fn usual_spans(bench: Workbench, staff: StaffId, date: LocalDate) -> Vec<LocalSpan> {
    shift_of(bench, staff, ShiftDay::Weekly(date.weekday())).map(|shift| shift.spans).unwrap_or_default()
}

#[component]
fn NewException() -> impl IntoView {
    let bench = Workbench::expect();
    let staff = RwSignal::new(None::<StaffId>);
    let date = RwSignal::new(String::new());
    let spans = RwSignal::new(Vec::<SpanText>::new());
    let saving = Saving::new();
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let day = LocalDate::parse(&date.get_untracked()).map(ShiftDay::Date);
        let typed = spans.with_untracked(|spans| spans_of(spans));
        let (Some(staff), Some(day), Some(typed)) = (staff.get_untracked(), day, typed) else {
            saving.fails(i18n::set_up().wrong_spans.to_owned());
            return;
        };
        save(bench, put_shift(bench, staff, day, &typed).into_iter().collect(), saving, say_saved(bench));
    };
    let person = move |offered: Staff| {
        let id = offered.id;
        view! {
            <button
                class="choice"
                type="button"
                aria-pressed=move || (staff.get() == Some(id)).to_string()
                on:click=move |_| staff.set(Some(id))
            >
                {move || i18n::name(&offered.name)}
            </button>
        }
    };
    let is_working = Memo::new(move |_| spans.with(|spans| !spans.is_empty()));
    let toggle =
        move |event| spans.set(if event_target_checked(&event) { vec![("10:00".to_owned(), "20:00".to_owned())] } else { Vec::new() });
    let is_incomplete = move || staff.get().is_none() || date.with(String::is_empty);
    view! {
        <form class="surface stack" on:submit=add>
            <div class="choices" role="group" aria-label=move || i18n::set_up().staff>
                <Rows each=move || staff_here(bench) key=|staff| staff.id children=person />
            </div>
            <TextField name="exception-date" label=i18n::text(|| i18n::set_up().date) value=date kind=TextKind::Date />
            <label class="row row--between">
                <span>{move || i18n::set_up().works}</span>
                <input class="switch" type="checkbox" role="switch" prop:checked=move || is_working.get() on:change=toggle />
            </label>
            <Show when=move || is_working.get()>
                <div class="row row--wrap"><SpansEditor spans label=i18n::text(|| i18n::set_up().exceptions) /></div>
            </Show>
            <FormProblem saving />
            <div>
                <button class="button button--soft" type="submit" disabled=is_incomplete>{move || i18n::set_up().add_exception}</button>
            </div>
        </form>
    }
}
