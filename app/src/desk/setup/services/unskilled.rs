//! A service that nobody can do appears nowhere: said where services are made, with one button that puts it right.

use leptos::prelude::*;
use shared::command::{Command, PutStaff};
use shared::id::{ServiceId, StoreId};
use shared::staff::Staff;
use shared::view::View;

use super::super::save::{FormProblem, Saving, save, say_saved};
use crate::components::icon::Icon;
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Tracked: whether an offered service has nobody in this store, which has people.
pub(super) fn nobody_can(bench: Workbench, service: ServiceId) -> bool {
    unskilled(bench).contains(&service)
}

fn unskilled(bench: Workbench) -> Vec<ServiceId> {
    let view = bench.replica.view();
    let Some(store) = the_store(bench) else { return Vec::new() };
    let people = serving(&view, store.id);
    // In the first run people come after services, and begin with all of them.
    if people.is_empty() {
        return Vec::new();
    }
    let lacks = |id: &ServiceId| !people.iter().any(|staff| staff.can(*id, store.id));
    view.catalogue.services.values().filter(|service| service.active).map(|service| service.id).filter(lacks).collect()
}

/// Nothing while every service has somebody.
#[component]
pub(super) fn Unskilled() -> impl IntoView {
    let bench = Workbench::expect();
    let saving = Saving::new();
    let missing = Memo::new(move |_| unskilled(bench));
    let names = move || {
        let view = bench.replica.view();
        let names = missing.get().into_iter().filter_map(|id| view.catalogue.services.get(&id).map(|service| i18n::name(&service.name)));
        names.collect::<Vec<_>>().join(i18n::people().comma)
    };
    let all = move |_| save(bench, everybody(bench, &missing.get_untracked()), saving, say_saved(bench));
    view! {
        <Show when=move || missing.with(|missing| !missing.is_empty())>
            <section class="notice notice--decide">
                <Icon name="attention" />
                <div class="notice__text">
                    <h2 class="notice__title">{move || i18n::set_up().nobody_can}</h2>
                    <p class="notice__note">{move || (i18n::set_up().nobody_can_text)(&names())}</p>
                    <FormProblem saving />
                </div>
                <div class="notice__actions">
                    <button class="button button--decide" type="button" on:click=all>{move || i18n::set_up().everybody_can}</button>
                    <a class="button" href="/desk/set-up/staff">{move || i18n::set_up().staff}</a>
                </div>
            </section>
        </Show>
    }
}

/// Everybody who serves guests in the store learns what nobody can.
fn everybody(bench: Workbench, missing: &[ServiceId]) -> Vec<Command> {
    let view = bench.replica.view_now();
    let Some(store) = untrack(|| the_store(bench)) else { return Vec::new() };
    let taught = |staff: &Staff| {
        let base = staff.written.map_or(0, |written| written.version);
        let mut staff = Staff { written: None, ..staff.clone() };
        staff.skills.extend(missing);
        Command::PutStaff(PutStaff::of(staff, base))
    };
    serving(&view, store.id).into_iter().map(taught).collect()
}

/// Those who serve guests; who works at the desk only learns nothing.
fn serving(view: &View, store: StoreId) -> Vec<&Staff> {
    view.staff_of(store).filter(|staff| !staff.skills.is_empty()).collect()
}
