//! One more person in one row. Who serves guests can do everything and works whenever the store is open until told otherwise; who only
//! works at the desk says by PIN who they are, and is booked by nobody.

use leptos::prelude::*;
use shared::command::{Command, PutShift, PutStaff};
use shared::id::StaffId;
use shared::name::Name;
use shared::roster::{Shift, ShiftDay};
use shared::staff::Staff;
use shared::store::Store;

use super::super::save::{FormProblem, Saving, save};
use crate::components::icon::Icon;
use crate::components::text_field::TextField;
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::unsaved::Unsaved;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Levels to choose from.
pub(super) const LEVELS: [u8; 4] = [1, 2, 3, 4];

#[component]
pub(super) fn QuickAdd() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::set_up;
    // One person per form, however often it is tapped; the next one once this one is there.
    let next_id = RwSignal::new(bench.replica.new_id::<StaffId>());
    let (name, title) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let level = RwSignal::new(1u8);
    let serves = RwSignal::new(true);
    let saving = Saving::new();
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(store) = untrack(|| the_store(bench)) else { return };
        let id = next_id.get_untracked();
        let typed = (name.get_untracked(), title.get_untracked());
        let staff = Staff {
            id,
            name: Name::only(name.get_untracked().trim()),
            level: level.get_untracked(),
            title: Name::only(title.get_untracked().trim()),
            gender: None,
            stores: vec![store.id],
            skills: if serves.get_untracked() { bench.replica.view_now().catalogue.services.keys().copied().collect() } else { Vec::new() },
            online: serves.get_untracked(),
            active: true,
            written: None,
        };
        let mut commands = vec![Command::PutStaff(PutStaff::of(staff, 0))];
        if serves.get_untracked() {
            commands.extend(shifts_like_hours(bench, &store, id));
        }
        // The list above shows who was added: no message over it.
        let saved = Callback::new(move |_| {
            next_id.set(bench.replica.new_id());
            // What was typed meanwhile is about somebody else.
            if (name.get_untracked(), title.get_untracked()) == typed {
                name.set(String::new());
                title.set(String::new());
            }
        });
        save(bench, commands, saving, saved);
    };
    Unsaved::follow(move || name.with(|name| !name.trim().is_empty()));
    let is_incomplete = move || name.with(|name| name.trim().is_empty());
    view! {
        <form class="surface stack" on:submit=add>
            <h2>{move || words().new_staff}</h2>
            <div class="field-row">
                <TextField name="staff-name" label=i18n::text(|| i18n::people().name) value=name />
                <TextField
                    name="staff-title"
                    label=i18n::text(|| i18n::set_up().staff_title)
                    value=title
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            <WorkChoice serves />
            <Show when=move || serves.get()><LevelChoice level /></Show>
            <p class="small muted">{move || if serves.get() { words().quick_note } else { words().desk_only_note }}</p>
            <FormProblem saving />
            <div>
                <button class="button button--soft" type="submit" disabled=is_incomplete aria-busy=move || saving.is_busy().to_string()>
                    <Icon name="plus" size="small" />
                    {move || words().add_staff}
                </button>
            </div>
        </form>
    }
}

/// Serves guests, or works at the desk only: reception, managers.
#[component]
fn WorkChoice(serves: RwSignal<bool>) -> impl IntoView {
    let option = move |choice: bool| {
        let word = move || if choice { i18n::set_up().serves } else { i18n::set_up().desk_only };
        let is_chosen = move || (serves.get() == choice).to_string();
        view! {
            <button class="segmented__option" type="button" aria-pressed=is_chosen on:click=move |_| serves.set(choice)>
                {word}
            </button>
        }
    };
    view! {
        <div class="segmented segmented--wide" role="group" aria-label=move || i18n::set_up().work_kind>{[true, false].map(option)}</div>
    }
}

/// 1 is the entry level.
#[component]
pub(super) fn LevelChoice(level: RwSignal<u8>) -> impl IntoView {
    let option = move |choice: u8| {
        view! {
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (level.get() == choice).to_string()
                on:click=move |_| level.set(choice)
            >
                {move || (i18n::set_up().level)(choice)}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label" id="staff-level">{move || i18n::set_up().level_head}</span>
            <div class="segmented segmented--wide" role="group" aria-labelledby="staff-level">{LEVELS.map(option)}</div>
        </div>
    }
}

/// A week of shifts like the opening hours, for weekdays that have none yet.
pub(in crate::desk::setup) fn shifts_like_hours(bench: Workbench, store: &Store, staff: StaffId) -> Vec<Command> {
    let view = bench.replica.view_now();
    let has =
        |day: ShiftDay| view.catalogue.shifts.values().any(|shift| shift.store == store.id && shift.staff == staff && shift.day == day);
    let days = (0..7u8).map(ShiftDay::Weekly).zip(&store.hours).filter(|(day, _)| !has(*day));
    let shift = |(day, spans): (ShiftDay, &Vec<shared::time::LocalSpan>)| {
        let shift = Shift { id: bench.replica.new_id(), store: store.id, staff, day, spans: spans.clone(), written: None };
        Command::PutShift(PutShift::of(shift, 0))
    };
    days.map(shift).collect()
}
