//! The week's shifts: a grid of people and weekdays, a dialog for one cell, and days that differ.

mod cell;
mod exceptions;

use leptos::prelude::*;
use shared::command::Command;
use shared::id::StaffId;
use shared::roster::{Shift, ShiftDay};
use shared::staff::Staff;
use shared::time::LocalSpan;

use super::clock_text::texts_of;
use super::save::{FormProblem, Saving, save, say_saved};
use super::staff::shifts_like_hours;
use super::the_store;
use crate::components::avatar::{Avatar, hue_of};
use crate::components::rows::Rows;
use crate::desk::staff_order::in_order;
use crate::desk::workbench::Workbench;
use crate::i18n;
use cell::CellDialog;
use exceptions::Exceptions;

/// One cell of the grid.
type Cell = (StaffId, u8);

/// The page.
#[component]
pub(super) fn ShiftsPage() -> impl IntoView {
    view! {
        <div class="desk__page" style:--page-width="72rem">
            <Grid />
            <Exceptions />
        </div>
    }
}

/// The grid alone, as the first run shows it.
#[component]
pub(super) fn Grid() -> impl IntoView {
    let bench = Workbench::expect();
    let open = RwSignal::new(None::<Cell>);
    let people = Memo::new(move |_| staff_here(bench));
    let days = (0..7usize).map(|day| view! { <th scope="col">{move || i18n::common().times.weekdays[day]}</th> }).collect_view();
    view! {
        <div class="shifts surface">
            <table class="shifts__table">
                <thead><tr><th scope="col">{move || i18n::set_up().staff}</th>{days}</tr></thead>
                <tbody>
                    <Rows each=move || people.get() key=|staff| staff.id children=move |staff| view! { <PersonRow staff open /> } />
                </tbody>
            </table>
        </div>
        <Show when=move || people.with(Vec::is_empty)><p class="muted">{move || i18n::set_up().no_staff}</p></Show>
        <FillGaps />
        {move || open.get().map(|cell| view! { <CellDialog cell on_close=Callback::new(move |()| open.set(None)) /> })}
    }
}

/// The people of the store who serve guests: only they have shifts. Tracked.
fn staff_here(bench: Workbench) -> Vec<Staff> {
    let view = bench.replica.view();
    let Some(store) = the_store(bench) else { return Vec::new() };
    let serving = view.staff_of(store.id).filter(|staff| !staff.skills.is_empty());
    in_order(&store, serving, i18n::language()).into_iter().cloned().collect()
}

/// The entry of a person for a day. Tracked.
fn shift_of(bench: Workbench, staff: StaffId, day: ShiftDay) -> Option<Shift> {
    let store = the_store(bench)?.id;
    let view = bench.replica.view();
    view.catalogue.shifts.values().find(|shift| shift.store == store && shift.staff == staff && shift.day == day).cloned()
}

#[component]
fn PersonRow(staff: Staff, open: RwSignal<Option<Cell>>) -> impl IntoView {
    let bench = Workbench::expect();
    let (id, name) = (staff.id, staff.name);
    let name = Signal::derive(move || i18n::name(&name));
    let cell = move |day: u8| {
        let shift = Memo::new(move |_| shift_of(bench, id, ShiftDay::Weekly(day)));
        let spans = move || shift.with(|shift| shift.as_ref().map(|shift| shift.spans.clone()).unwrap_or_default());
        let is_off = move || spans().is_empty();
        let label = move || format!("{} {} {}", name.get(), i18n::common().times.weekdays[usize::from(day)], spans_text(&spans()));
        view! {
            <td>
                <button
                    class="shift"
                    class:shift--off=is_off
                    type="button"
                    aria-haspopup="dialog"
                    aria-label=label
                    on:click=move |_| open.set(Some((id, day)))
                >
                    {move || spans_text(&spans())}
                </button>
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row"><span class="shifts__who"><Avatar name hue=hue_of(id.0) size="small" />{name}</span></th>
            {(0..7u8).map(cell).collect_view()}
        </tr>
    }
}

/// `10–14 15:30–20`, or 休息.
fn spans_text(spans: &[LocalSpan]) -> String {
    if spans.is_empty() {
        return i18n::set_up().day_off.to_owned();
    }
    let short = |time: String| time.strip_suffix(":00").map(str::to_owned).unwrap_or(time);
    texts_of(spans).into_iter().map(|(from, until)| format!("{}–{}", short(from), short(until))).collect::<Vec<_>>().join(" ")
}

/// Days without any entry get the opening hours.
#[component]
fn FillGaps() -> impl IntoView {
    let bench = Workbench::expect();
    let saving = Saving::new();
    let has_gap = Memo::new(move |_| {
        staff_here(bench).iter().any(|staff| (0..7).any(|day| shift_of(bench, staff.id, ShiftDay::Weekly(day)).is_none()))
    });
    let fill = move |_| {
        let Some(store) = untrack(|| the_store(bench)) else { return };
        let commands: Vec<Command> =
            untrack(|| staff_here(bench)).iter().flat_map(|staff| shifts_like_hours(bench, &store, staff.id)).collect();
        save(bench, commands, saving, say_saved(bench));
    };
    view! {
        <Show when=move || has_gap.get()>
            <div><button class="button button--soft" type="button" on:click=fill>{move || i18n::set_up().fill_gaps}</button></div>
        </Show>
        <FormProblem saving />
    }
}
