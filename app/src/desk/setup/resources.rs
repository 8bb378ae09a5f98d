//! Rooms, stations and equipment: the types, which are the brand's, and what the store has of each.

mod form;
mod new_type;
pub(crate) mod next;

use leptos::prelude::*;
use shared::command::{Command, PutResource};
use shared::id::{ResourceId, ResourceTypeId, StoreId};
use shared::resource::Resource;
use shared::resource_type::ResourceType;
use shared::role::Permission;
use shared::sort;

use super::save::{FormProblem, Saving, save};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::setup::resources::next::one_more;
use crate::desk::setup::unsaved::Unsaved;
use crate::desk::staff_order::resources_in_order;
use crate::desk::workbench::Workbench;
use crate::i18n;

use form::{OneForm, TypeForm};
use new_type::NewType;

/// What is being edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Editing {
    Nothing,
    Type(ResourceTypeId),
    One(ResourceId),
}

/// The page.
#[component]
pub(super) fn Resources(store: StoreId) -> impl IntoView {
    let bench = Workbench::expect();
    let editing = RwSignal::new(Editing::Nothing);
    let typed = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let close = Callback::new(move |()| editing.set(Editing::Nothing));
    Unsaved::follow(move || editing.with(|editing| *editing != Editing::Nothing));
    let may_brand =
        Memo::new(move |_| bench.replica.session().is_some_and(|session| session.actor().may_everywhere(Permission::ManageBrand)));
    let content = move || match editing.get() {
        Editing::Nothing => view! {
            <p class="muted">{move || i18n::set_up().resources.text}</p>
            <Types store editing may_brand />
            <Show when=move || may_brand.get()><NewType store typed /></Show>
        }
        .into_any(),
        Editing::Type(id) => view! { <TypeForm id on_close=close /> }.into_any(),
        Editing::One(id) => view! { <OneForm id on_close=close /> }.into_any(),
    };
    view! { <div class="desk__page stack" style:--page-width="44rem">{content}</div> }
}

#[component]
fn Types(store: StoreId, editing: RwSignal<Editing>, may_brand: Memo<bool>) -> impl IntoView {
    let bench = Workbench::expect();
    let types = Memo::new(move |_| {
        let view = bench.replica.view();
        let mut types: Vec<ResourceType> = view.catalogue.resource_types.values().cloned().collect();
        sort::sort_by_key(&mut types, |kind| !kind.active);
        types
    });
    view! {
        <Rows
            each=move || types.get()
            key=|kind| (kind.id, kind.written.map(|written| written.version))
            children=move |kind| view! { <OfType store kind editing may_brand /> }
        />
    }
}

/// A type with what the store has of it.
#[component]
fn OfType(store: StoreId, kind: ResourceType, editing: RwSignal<Editing>, may_brand: Memo<bool>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::set_up().resources;
    let (id, sort, is_active, type_name) = (kind.id, kind.kind, kind.active, kind.name.clone());
    let name = Signal::derive(move || i18n::name(&kind.name));
    let here = Memo::new(move |_| {
        let view = bench.replica.view();
        let in_use = resources_in_order(&view, store, i18n::language()).into_iter();
        let others = view.catalogue.resources.values().filter(|resource| resource.store == store && !resource.active);
        in_use.chain(others).filter(|resource| resource.resource_type == id).cloned().collect::<Vec<Resource>>()
    });
    let saving = Saving::new();
    let add = move |_| {
        let given = one_more(bench, store, id, &type_name);
        save(bench, vec![Command::PutResource(PutResource::of(given, 0))], saving, Callback::new(|_| ()));
    };
    view! {
        <section class="section">
            <div class="section__head">
                <h2>
                    {name} " " <span class="tag">{move || (words().kind)(sort)}</span>
                    {(!is_active).then(|| view! { " " <span class="tag">{move || words().not_in_use}</span> })}
                </h2>
                <Show when=move || may_brand.get()>
                    <button class="button button--quiet button--small" type="button" on:click=move |_| editing.set(Editing::Type(id))>
                        <Icon name="edit" size="small" />
                        {move || words().edit_type}
                    </button>
                </Show>
            </div>
            <Show when=move || here.with(Vec::is_empty)><p class="muted">{move || words().none_here}</p></Show>
            <ul class="list">
                <Rows
                    each=move || here.get()
                    key=|one| (one.id, one.written.map(|written| written.version))
                    children=move |one| view! { <OneRow one editing /> }
                />
            </ul>
            <FormProblem saving />
            <Show when=move || is_active>
                <div>
                    <button class="button button--soft" type="button" aria-busy=move || saving.is_busy().to_string() on:click=add.clone()>
                        <Icon name="plus" size="small" />
                        {move || (words().add)(&name.get())}
                    </button>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn OneRow(one: Resource, editing: RwSignal<Editing>) -> impl IntoView {
    let (id, is_active) = (one.id, one.active);
    let name = move || i18n::name(&one.name);
    let tag = move || (!is_active).then(|| view! { " " <span class="tag">{move || i18n::set_up().resources.not_in_use}</span> });
    view! {
        <li>
            <button class="list__item" type="button" on:click=move |_| editing.set(Editing::One(id))>
                <span class="list__text"><span class="list__title">{name} {tag}</span></span>
                <Icon name="forward" />
            </button>
        </li>
    }
}
