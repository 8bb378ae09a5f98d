//! The week of everybody.

use leptos::prelude::*;
use shared::command::Command;
use shared::roster::ShiftDay;
use shared::staff::Staff;

use crate::components::avatar::{Avatar, hue_of};
use crate::components::rows::Rows;
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::save::{FormProblem, Saving, save, say_saved};
use crate::desk::setup::shifts::cell::CellDialog;
use crate::desk::setup::shifts::grid::{Cell, shift_of, spans_text, staff_here};
use crate::desk::setup::staff::shifts_like_hours;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// The grid alone, as the first run shows it.
#[component]
pub(crate) fn Grid() -> impl IntoView {
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

/// Days without any entry get the opening hours.
#[component]
pub(crate) fn FillGaps() -> impl IntoView {
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

#[component]
pub(crate) fn PersonRow(staff: Staff, open: RwSignal<Option<Cell>>) -> impl IntoView {
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
