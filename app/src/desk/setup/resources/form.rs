//! The forms of a type and of one resource: its name, and whether it is still in use.

use leptos::prelude::*;
use shared::command::{Command, PutResource, PutResourceType};
use shared::id::{ResourceId, ResourceTypeId};
use shared::name::Name;
use shared::resource::Resource;
use shared::resource_type::ResourceType;
use shared::stamp::Written;

use super::super::save::{ChangedMeanwhile, FormProblem, Saving, save, say_saved};
use super::super::services::Flag;
use super::super::waits::OfRecord;
use super::new_type::KindChoice;
use crate::components::text_field::TextField;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// What both forms ask.
#[derive(Clone, Copy)]
struct ResourceFields {
    zh: RwSignal<String>,
    en: RwSignal<String>,
    active: RwSignal<bool>,
}

impl ResourceFields {
    fn of(name: &Name, active: bool) -> Self {
        ResourceFields { zh: RwSignal::new(name.zh.clone()), en: RwSignal::new(name.en.clone()), active: RwSignal::new(active) }
    }

    /// The name as typed, or what is wrong with it.
    fn name(self) -> Result<Name, String> {
        let name = Name::new(self.zh.get_untracked().trim(), self.en.get_untracked().trim());
        name.check().map(|()| name).map_err(|_| i18n::set_up().name_missing.to_owned())
    }
}

fn version(written: Option<Written>) -> u32 {
    written.map_or(0, |written| written.version)
}

/// The form of a type.
#[component]
pub(super) fn TypeForm(id: ResourceTypeId, on_close: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    let here = move || bench.replica.view().catalogue.resource_types.get(&id).cloned();
    let form = move || {
        round.track();
        untrack(here).map(|record| view! { <TypeFields record on_close on_theirs=again /> })
    };
    view! { <OfRecord is_here=Signal::derive(move || here().is_some())>{form}</OfRecord> }
}

#[component]
fn TypeFields(record: ResourceType, on_close: Callback<()>, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let (draft, kind, id) = (ResourceFields::of(&record.name, record.active), RwSignal::new(record.kind), record.id);
    let base = RwSignal::new(version(record.written));
    let now = move || bench.replica.view().catalogue.resource_types.get(&id).map_or(0, |record| version(record.written));
    let given = Callback::new(move |name| {
        let record = ResourceType { id, name, kind: kind.get_untracked(), active: draft.active.get_untracked(), written: None };
        Command::PutResourceType(PutResourceType::of(record, base.get_untracked()))
    });
    let title = i18n::text(|| i18n::set_up().resources.edit_type);
    view! { <Fields title draft base now=Signal::derive(now) given on_close on_theirs><KindChoice kind /></Fields> }
}

/// The form of one resource.
#[component]
pub(super) fn OneForm(id: ResourceId, on_close: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    let here = move || bench.replica.view().catalogue.resources.get(&id).cloned();
    let form = move || {
        round.track();
        untrack(here).map(|record| view! { <OneFields record on_close on_theirs=again /> })
    };
    view! { <OfRecord is_here=Signal::derive(move || here().is_some())>{form}</OfRecord> }
}

#[component]
fn OneFields(record: Resource, on_close: Callback<()>, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let (draft, id) = (ResourceFields::of(&record.name, record.active), record.id);
    let base = RwSignal::new(version(record.written));
    let now = move || bench.replica.view().catalogue.resources.get(&id).map_or(0, |record| version(record.written));
    let shown = record.name.clone();
    let given = Callback::new(move |name| {
        let record = Resource { name, active: draft.active.get_untracked(), ..record.clone() };
        Command::PutResource(PutResource::of(record, base.get_untracked()))
    });
    let title = Signal::derive(move || (i18n::set_up().resources.edit)(&i18n::name(&shown)));
    view! { <Fields title draft base now=Signal::derive(now) given on_close on_theirs /> }
}

#[component]
fn Fields(
    title: Signal<String>,
    draft: ResourceFields,
    base: RwSignal<u32>,
    now: Signal<u32>,
    /// The command that writes it under a name.
    given: Callback<Name, Command>,
    on_close: Callback<()>,
    on_theirs: Callback<()>,
    /// What else is asked.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let saving = Saving::new();
    let say = say_saved(bench);
    let saved = Callback::new(move |status| {
        say.run(status);
        on_close.run(());
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match draft.name() {
            Ok(name) => save(bench, vec![given.run(name)], saving, saved),
            Err(text) => saving.fails(text),
        }
    };
    view! {
        <form class="form" on:submit=submit>
            <h2>{title}</h2>
            <ChangedMeanwhile base now on_theirs />
            <div class="field-row">
                <TextField name="resource-name" label=i18n::text(|| i18n::set_up().name_zh) value=draft.zh />
                <TextField
                    name="resource-name-en"
                    label=i18n::text(|| i18n::set_up().name_en)
                    value=draft.en
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            {children.map(|children| children())}
            <Flag value=draft.active text=i18n::text(|| i18n::set_up().resources.in_use) />
            <FormProblem saving />
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| on_close.run(())>{move || i18n::common().actions.back}</button>
                <button class="button button--primary" type="submit">{move || i18n::common().actions.save}</button>
            </div>
        </form>
    }
}
