//! One more type of resource, with the first of its kind in the store.

use leptos::prelude::*;
use shared::command::{Command, PutResource, PutResourceType};
use shared::id::{ResourceTypeId, StoreId};
use shared::name::Name;
use shared::resource_type::{ResourceKind, ResourceType};

use super::super::save::{FormProblem, Saving, save};
use crate::components::icon::Icon;
use crate::components::text_field::TextField;
use crate::desk::setup::resources::next::one_more;
use crate::desk::setup::unsaved::Unsaved;
use crate::desk::workbench::Workbench;
use crate::i18n;

#[component]
pub(super) fn NewType(
    store: StoreId,
    /// What is typed, in Chinese and in English: it stays while something else is edited.
    typed: (RwSignal<String>, RwSignal<String>),
) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::set_up().resources;
    // One type per form, however often it is tapped; the next one once this one is there.
    let next_id = RwSignal::new(bench.replica.new_id::<ResourceTypeId>());
    let (name, english) = typed;
    let kind = RwSignal::new(ResourceKind::Station);
    let saving = Saving::new();
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = (name.get_untracked(), english.get_untracked());
        let id = next_id.get_untracked();
        let record =
            ResourceType { id, name: Name::new(typed.0.trim(), typed.1.trim()), kind: kind.get_untracked(), active: true, written: None };
        let first = one_more(bench, store, id, &record.name);
        let commands = vec![Command::PutResourceType(PutResourceType::of(record, 0)), Command::PutResource(PutResource::of(first, 0))];
        let saved = Callback::new(move |_| {
            next_id.set(bench.replica.new_id());
            // What was typed meanwhile is another one.
            if (name.get_untracked(), english.get_untracked()) == typed {
                name.set(String::new());
                english.set(String::new());
            }
        });
        save(bench, commands, saving, saved);
    };
    Unsaved::follow(move || name.with(|name| !name.trim().is_empty()));
    let is_incomplete = move || name.with(|name| name.trim().is_empty());
    view! {
        <form class="surface stack" on:submit=add>
            <h2>{move || words().new_type}</h2>
            <div class="field-row">
                <TextField
                    name="type-name"
                    label=i18n::text(|| i18n::set_up().name_zh)
                    value=name
                    note=i18n::text(|| i18n::set_up().resources.example)
                />
                <TextField
                    name="type-name-en"
                    label=i18n::text(|| i18n::set_up().name_en)
                    value=english
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            <KindChoice kind />
            <FormProblem saving />
            <div>
                <button class="button button--soft" type="submit" disabled=is_incomplete aria-busy=move || saving.is_busy().to_string()>
                    <Icon name="plus" size="small" />
                    {move || words().add_type}
                </button>
            </div>
        </form>
    }
}

/// A room, a station or equipment.
#[component]
pub(super) fn KindChoice(kind: RwSignal<ResourceKind>) -> impl IntoView {
    let option = move |own: ResourceKind| {
        let is_chosen = move || (kind.get() == own).to_string();
        view! {
            <button class="segmented__option" type="button" aria-pressed=is_chosen on:click=move |_| kind.set(own)>
                {move || (i18n::set_up().resources.kind)(own)}
            </button>
        }
    };
    view! {
        <div class="segmented segmented--wide" role="group" aria-label=move || i18n::set_up().resources.title>
            {[ResourceKind::Station, ResourceKind::Room, ResourceKind::Equipment].map(option)}
        </div>
    }
}
