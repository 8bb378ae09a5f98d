//! One cell: when somebody works on a weekday, and copying it to the rest of the week or to everybody.

use leptos::prelude::*;
use shared::command::{Command, PutShift};
use shared::id::StaffId;
use shared::roster::{Shift, ShiftDay};
use shared::time::LocalSpan;

use super::super::clock_text::{spans_of, texts_of};
use super::super::save::{FormProblem, Saving, save};
use super::super::spans::SpansEditor;
use crate::components::dialog::Dialog;
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::shifts::grid::{Cell, shift_of, staff_here};
use crate::desk::workbench::Workbench;
use crate::i18n;

#[component]
pub(super) fn CellDialog(cell: Cell, on_close: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let (staff, day) = cell;
    let before = untrack(|| shift_of(bench, staff, ShiftDay::Weekly(day)));
    let hours = untrack(|| the_store(bench)).map(|store| store.hours[usize::from(day % 7)].clone()).unwrap_or_default();
    let spans = RwSignal::new(texts_of(&before.map_or_else(|| hours.clone(), |shift| shift.spans)));
    let saving = Saving::new();
    let name = move || bench.replica.view().catalogue.staff.get(&staff).map(|staff| i18n::name(&staff.name)).unwrap_or_default();
    let title = Signal::derive(move || format!("{} · {}", name(), i18n::common().times.weekdays[usize::from(day % 7)]));
    let saved = Callback::new(move |_| on_close.run(()));
    let put = move |cells: Vec<Cell>| match spans.with_untracked(|texts| spans_of(texts)) {
        Some(typed) => {
            let commands = cells.into_iter().filter_map(|cell| put_shift(bench, cell.0, ShiftDay::Weekly(cell.1), &typed)).collect();
            save(bench, commands, saving, saved);
        }
        None => saving.fails(i18n::set_up().wrong_spans.to_owned()),
    };
    let week = move |_| put((0..7).map(|day| (staff, day)).collect());
    let everybody = move |_| put(untrack(|| staff_here(bench)).iter().map(|staff| (staff.id, day)).collect());
    let is_working = Memo::new(move |_| spans.with(|spans| !spans.is_empty()));
    let toggle = move |event| spans.set(if event_target_checked(&event) { texts_of(&working(&hours)) } else { Vec::new() });
    view! {
        <Dialog title on_close>
            <div class="stack">
                <label class="row row--between">
                    <span>{move || i18n::set_up().works}</span>
                    <input class="switch" type="checkbox" role="switch" prop:checked=move || is_working.get() on:change=toggle />
                </label>
                <Show when=move || is_working.get()><div class="row row--wrap"><SpansEditor spans label=title /></div></Show>
                <FormProblem saving />
            </div>
            <div class="dialog__actions">
                <button class="button button--primary button--wide" type="button" on:click=move |_| put(vec![cell])>
                    {move || i18n::common().actions.save}
                </button>
                <button class="button button--wide" type="button" on:click=week>{move || i18n::set_up().whole_week}</button>
                <button class="button button--wide" type="button" on:click=everybody>{move || i18n::set_up().everybody}</button>
            </div>
        </Dialog>
    }
}

/// Where the store is closed that day, a usual day.
fn working(hours: &[LocalSpan]) -> Vec<LocalSpan> {
    if hours.is_empty() { vec![LocalSpan { from: 600, until: 1200 }] } else { hours.to_vec() }
}

/// Puts the entry of a day, in the place of the one there is.
pub(crate) fn put_shift(bench: Workbench, staff: StaffId, day: ShiftDay, spans: &[LocalSpan]) -> Option<Command> {
    let store = untrack(|| the_store(bench))?.id;
    let before = untrack(|| shift_of(bench, staff, day));
    let base = before.as_ref().and_then(|shift| shift.written).map_or(0, |written| written.version);
    let id = before.map_or_else(|| bench.replica.new_id(), |shift| shift.id);
    let shift = Shift { id, store, staff, day, spans: spans.to_vec(), written: None };
    Some(Command::PutShift(PutShift::of(shift, base)))
}
