//! The services of the brand: what is there, presets to tick, and the form of one.

mod fields;
mod form;
mod needs;
mod ticks;
mod unskilled;

use leptos::prelude::*;
use shared::id::ServiceId;
use shared::role::Permission;
use shared::service::Service;
use shared::sort;

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::unsaved::Unsaved;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

use form::ServiceForm;
use ticks::Ticks;
use unskilled::{Unskilled, nobody_can};

pub(super) use crate::desk::setup::flag::Flag;

/// What is being edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Editing {
    Nothing,
    New,
    One(ServiceId),
}

/// List, presets and form.
#[component]
pub(super) fn Services(
    /// Opens with this one.
    #[prop(optional_no_strip)]
    chosen: Option<ServiceId>,
) -> impl IntoView {
    let editing = RwSignal::new(chosen.map_or(Editing::Nothing, Editing::One));
    let close = Callback::new(move |()| editing.set(Editing::Nothing));
    Unsaved::follow(move || editing.with(|editing| *editing != Editing::Nothing));
    move || match editing.get() {
        Editing::Nothing => view! { <ServiceList editing /><Ticks /> }.into_any(),
        Editing::New => view! { <ServiceForm service=None on_close=close /> }.into_any(),
        Editing::One(service) => view! { <ServiceForm service=Some(service) on_close=close /> }.into_any(),
    }
}

#[component]
fn ServiceList(editing: RwSignal<Editing>) -> impl IntoView {
    let bench = Workbench::expect();
    let services = Memo::new(move |_| {
        let mut services: Vec<Service> = bench.replica.view().catalogue.services.values().cloned().collect();
        sort::sort_by(&mut services, |a, b| (!a.active, &a.category.zh, &a.name.zh).cmp(&(!b.active, &b.category.zh, &b.name.zh)));
        services
    });
    let may = Memo::new(move |_| bench.replica.session().is_some_and(|session| session.actor().may_everywhere(Permission::ManageBrand)));
    view! {
        <div class="stack">
            <Unskilled />
            <Show when=move || services.with(Vec::is_empty)><p class="muted">{move || i18n::set_up().no_services}</p></Show>
            <ul class="list">
                <Rows
                    each=move || services.get()
                    key=|service| (service.id, service.written.map(|written| written.version))
                    children=move |service| view! { <ServiceRow service editing /> }
                />
            </ul>
            <Show when=move || may.get() fallback=|| view! { <p class="small muted">{move || i18n::set_up().brand_only}</p> }>
                <div>
                    <button class="button" type="button" on:click=move |_| editing.set(Editing::New)>
                        <Icon name="plus" size="small" />
                        {move || i18n::set_up().new_service}
                    </button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn ServiceRow(service: Service, editing: RwSignal<Editing>) -> impl IntoView {
    let bench = Workbench::expect();
    let id = service.id;
    let price = service.price;
    let minutes = i64::from(service.minutes());
    let (name, category, is_active) = (service.name, service.category, service.active);
    let price = move || the_store(bench).map(|store| format::price(store.currency, price));
    let lacks_hands = Memo::new(move |_| nobody_can(bench, id));
    let note = move || format!("{} · {}", i18n::name(&category), format::duration(minutes));
    view! {
        <li>
            <button class="list__item" type="button" on:click=move |_| editing.set(Editing::One(id))>
                <span class="list__text">
                    <span class="list__title">
                        {move || i18n::name(&name)}
                        {move || lacks_hands.get().then(|| view! { " " <span class="tag tag--decide">{i18n::set_up().nobody_can}</span> })}
                        {(!is_active).then(|| view! { " " <span class="tag">{move || i18n::set_up().not_offered}</span> })}
                    </span>
                    <span class="list__note">{note}</span>
                </span>
                <span class="list__value">{price}</span>
                <Icon name="forward" />
            </button>
        </li>
    }
}
