//! What: one or several services, one category at a time.

use leptos::prelude::*;
use shared::id::ServiceId;
use shared::name::Name;
use shared::service::{Service, in_menu_order};

use crate::components::rows::Rows;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// Chosen services stay in sight whatever the category.
#[component]
pub fn ServicePicker(services: RwSignal<Vec<ServiceId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().form;
    let category = RwSignal::new(None::<Name>);
    let offered = Memo::new(move |_| offered(bench));
    let categories = Memo::new(move |_| categories(&offered.get()));
    let shown = move || {
        let current = category.get().or_else(|| categories.with(|categories| categories.first().cloned()));
        let chosen = services.get();
        let is_shown = |service: &Service| chosen.contains(&service.id) || Some(&service.category) == current.as_ref();
        offered.get().into_iter().filter(is_shown).collect::<Vec<_>>()
    };
    let strip = move |name: Name| {
        let (own, other) = (name.clone(), name.clone());
        let is_current = move || category.get().or_else(|| categories.with(|all| all.first().cloned())).as_ref() == Some(&own);
        view! {
            <button
                class="category-strip__item"
                type="button"
                aria-pressed=move || is_current().to_string()
                on:click=move |_| category.set(Some(other.clone()))
            >
                {move || i18n::name(&name)}
            </button>
        }
    };
    view! {
        <section class="section" aria-labelledby="services-title">
            <h3 id="services-title">{move || words().services}</h3>
            <div class="category-strip" role="group" aria-label=move || words().category>
                <Rows each=move || categories.get() key=|name| (name.zh.clone(), name.en.clone()) children=strip />
            </div>
            <div class="choices" role="group" aria-labelledby="services-title">
                <Rows each=shown key=|service| service.id children=move |service| view! { <ServiceChip service services /> } />
            </div>
        </section>
    }
}

/// What somebody in this store can do.
fn offered(bench: Workbench) -> Vec<Service> {
    let view = bench.replica.view();
    let Some(store) = bench.store() else { return Vec::new() };
    let can = |service: &&Service| service.active && view.staff_of(store.id).any(|staff| staff.can(service.id, store.id));
    in_menu_order(view.catalogue.services.values().filter(can)).into_iter().cloned().collect()
}

fn categories(services: &[Service]) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for service in services {
        if !found.contains(&service.category) {
            found.push(service.category.clone());
        }
    }
    found
}

#[component]
fn ServiceChip(service: Service, services: RwSignal<Vec<ServiceId>>) -> impl IntoView {
    let id = service.id;
    let is_chosen = move || services.with(|services| services.contains(&id)).to_string();
    let toggle = move |_| {
        services.update(|services| match services.iter().position(|other| *other == id) {
            Some(place) => drop(services.remove(place)),
            None => services.push(id),
        });
    };
    let minutes = service.minutes();
    view! {
        <button class="choice" type="button" aria-pressed=is_chosen on:click=toggle>
            {move || i18n::name(&service.name)}
            <span class="small muted number">{move || format::duration(i64::from(minutes))}</span>
        </button>
    }
}
