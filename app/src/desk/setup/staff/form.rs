//! The form of one person: how members see them, what they can do, where they work.

use leptos::prelude::*;
use shared::command::{Command, PutStaff};
use shared::id::{ServiceId, StaffId, StoreId};
use shared::name::Name;
use shared::service::{Service, in_menu_order};
use shared::staff::{Gender, Staff};
use shared::store::Store;

use super::super::save::{ChangedMeanwhile, FormProblem, Saving, save, say_saved};
use super::super::services::Flag;
use super::super::waits::OfRecord;
use super::quick::LevelChoice;
use super::secrets::Secrets;
use crate::components::rows::Rows;
use crate::components::text_field::TextField;
use crate::desk::gender_choice::GenderChoice;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// What is typed so far.
#[derive(Clone, Copy)]
struct StaffFields {
    zh: RwSignal<String>,
    en: RwSignal<String>,
    title: RwSignal<String>,
    title_en: RwSignal<String>,
    level: RwSignal<u8>,
    gender: RwSignal<Option<Gender>>,
    skills: RwSignal<Vec<ServiceId>>,
    stores: RwSignal<Vec<StoreId>>,
    online: RwSignal<bool>,
    active: RwSignal<bool>,
}

impl StaffFields {
    fn of(staff: &Staff) -> Self {
        StaffFields {
            zh: RwSignal::new(staff.name.zh.clone()),
            en: RwSignal::new(staff.name.en.clone()),
            title: RwSignal::new(staff.title.zh.clone()),
            title_en: RwSignal::new(staff.title.en.clone()),
            level: RwSignal::new(staff.level),
            gender: RwSignal::new(staff.gender),
            skills: RwSignal::new(staff.skills.clone()),
            stores: RwSignal::new(staff.stores.clone()),
            online: RwSignal::new(staff.online),
            active: RwSignal::new(staff.active),
        }
    }

    fn staff(self, before: &Staff) -> Staff {
        Staff {
            id: before.id,
            name: Name::new(self.zh.get_untracked().trim(), self.en.get_untracked().trim()),
            level: self.level.get_untracked(),
            title: Name::new(self.title.get_untracked().trim(), self.title_en.get_untracked().trim()),
            gender: self.gender.get_untracked(),
            stores: self.stores.get_untracked(),
            skills: self.skills.get_untracked(),
            online: self.online.get_untracked(),
            active: self.active.get_untracked(),
            written: None,
        }
    }
}

#[component]
pub(super) fn StaffForm(staff: StaffId, on_close: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    let is_here = Signal::derive(move || bench.replica.view().catalogue.staff.contains_key(&staff));
    let form = move || {
        round.track();
        bench.replica.view_now().catalogue.staff.get(&staff).cloned().map(|record| view! { <OneForm record on_close on_theirs=again /> })
    };
    view! { <OfRecord is_here>{form}</OfRecord> }
}

#[component]
fn OneForm(record: Staff, on_close: Callback<()>, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let draft = StaffFields::of(&record);
    let id = record.id;
    let base = RwSignal::new(version(Some(&record)));
    let before = StoredValue::new(record);
    let now = Memo::new(move |_| version(bench.replica.view().catalogue.staff.get(&id)));
    let saving = Saving::new();
    let say = say_saved(bench);
    let saved = Callback::new(move |status| {
        say.run(status);
        on_close.run(());
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let staff = before.with_value(|before| draft.staff(before));
        save(bench, vec![Command::PutStaff(PutStaff::of(staff, base.get_untracked()))], saving, saved);
    };
    view! {
        <form class="form" on:submit=submit>
            <ChangedMeanwhile base now on_theirs />
            <div class="field-row">
                <TextField name="staff-zh" label=i18n::text(|| i18n::set_up().name_zh) value=draft.zh />
                <TextField
                    name="staff-en"
                    label=i18n::text(|| i18n::set_up().name_en)
                    value=draft.en
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            <div class="field-row">
                <TextField
                    name="staff-title"
                    label=i18n::text(|| i18n::set_up().staff_title)
                    value=draft.title
                    note=i18n::text(|| i18n::people().optional)
                />
                <TextField
                    name="staff-title-en"
                    label=i18n::text(|| i18n::set_up().staff_title_en)
                    value=draft.title_en
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            <LevelChoice level=draft.level />
            <GenderField gender=draft.gender />
            <Skills skills=draft.skills />
            <Stores stores=draft.stores />
            <Flag value=draft.online text=i18n::text(|| i18n::set_up().staff_online) />
            <Flag value=draft.active text=i18n::text(|| i18n::set_up().staff_active) />
            <FormProblem saving />
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| on_close.run(())>{move || i18n::common().actions.back}</button>
                <button class="button button--primary" type="submit">{move || i18n::common().actions.save}</button>
            </div>
        </form>
        <Secrets staff=id />
    }
}

fn version(staff: Option<&Staff>) -> u32 {
    staff.and_then(|staff| staff.written).map_or(0, |written| written.version)
}

#[component]
fn GenderField(gender: RwSignal<Option<Gender>>) -> impl IntoView {
    view! {
        <div class="field">
            <span class="field__label" id="staff-gender">
                {move || i18n::people().gender}" "<span class="field__optional">{move || i18n::set_up().gender_note}</span>
            </span>
            <GenderChoice gender labelled_by="staff-gender" />
        </div>
    }
}

/// Turns one of several on or off.
fn toggle<T: PartialEq + Send + Sync + 'static>(chosen: RwSignal<Vec<T>>, one: T) {
    chosen.update(|chosen| match chosen.iter().position(|known| *known == one) {
        Some(place) => drop(chosen.remove(place)),
        None => chosen.push(one),
    });
}

#[component]
fn Skills(skills: RwSignal<Vec<ServiceId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let services = move || {
        let view = bench.replica.view();
        let menu = in_menu_order(view.catalogue.services.values().filter(|service| service.active));
        menu.into_iter().cloned().collect::<Vec<_>>()
    };
    let choice = move |service: Service| {
        let id = service.id;
        let is_chosen = move || skills.with(|skills| skills.contains(&id)).to_string();
        view! {
            <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| toggle(skills, id)>
                {move || i18n::name(&service.name)}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label" id="staff-skills">{move || i18n::set_up().skills}</span>
            <div class="choices" role="group" aria-labelledby="staff-skills">
                <Rows each=services key=|service| service.id children=choice />
            </div>
        </div>
    }
}

#[component]
fn Stores(stores: RwSignal<Vec<StoreId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let offered = Memo::new(move |_| bench.replica.view().catalogue.stores.values().cloned().collect::<Vec<Store>>());
    let choice = move |store: Store| {
        let id = store.id;
        let is_chosen = move || stores.with(|stores| stores.contains(&id)).to_string();
        view! {
            <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| toggle(stores, id)>
                {move || i18n::name(&store.name)}
            </button>
        }
    };
    view! {
        <Show when=move || offered.with(|offered| offered.len() > 1)>
            <div class="field">
                <span class="field__label" id="staff-stores">{move || i18n::set_up().works_in}</span>
                <div class="choices" role="group" aria-labelledby="staff-stores">
                    <Rows each=move || offered.get() key=|store| store.id children=choice />
                </div>
            </div>
        </Show>
    }
}
