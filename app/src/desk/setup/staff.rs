//! The people: a quick way to add one, the list, and the form of one with skills, PIN and login.

mod form;
mod order;
mod quick;
mod secrets;

use leptos::prelude::*;
use shared::id::StaffId;
use shared::sort;
use shared::staff::Staff;

use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::setup::of_store::the_store;
use crate::desk::staff_order::in_order;
use crate::desk::workbench::Workbench;
use crate::i18n;

use form::StaffForm;
use order::ArrangeStaff;
use quick::QuickAdd;

pub(super) use quick::shifts_like_hours;
pub use secrets::PinForm;

/// List, quick adding and form.
#[component]
pub(super) fn People(
    /// Opens with this one.
    #[prop(optional_no_strip)]
    chosen: Option<StaffId>,
) -> impl IntoView {
    let editing = RwSignal::new(chosen);
    let is_arranging = RwSignal::new(false);
    let close = Callback::new(move |()| editing.set(None));
    let arranged = Callback::new(move |()| is_arranging.set(false));
    move || match editing.get() {
        None if is_arranging.get() => view! { <ArrangeStaff on_close=arranged /> }.into_any(),
        None => view! { <StaffList editing is_arranging /><QuickAdd /> }.into_any(),
        Some(staff) => view! { <StaffForm staff on_close=close /> }.into_any(),
    }
}

#[component]
fn StaffList(editing: RwSignal<Option<StaffId>>, is_arranging: RwSignal<bool>) -> impl IntoView {
    let bench = Workbench::expect();
    let people = Memo::new(move |_| {
        let view = bench.replica.view();
        let Some(store) = the_store(bench) else { return Vec::new() };
        let own = view.catalogue.staff.values().filter(|staff| staff.stores.contains(&store.id));
        let mut people: Vec<Staff> = in_order(&store, own, i18n::language()).into_iter().cloned().collect();
        sort::sort_by_key(&mut people, |staff| !staff.active);
        people
    });
    view! {
        <div class="stack">
            <Show when=move || people.with(Vec::is_empty)><p class="muted">{move || i18n::set_up().no_staff}</p></Show>
            <ul class="list">
                <Rows
                    each=move || people.get()
                    key=|staff| (staff.id, staff.written.map(|written| written.version))
                    children=move |staff| view! { <StaffRow staff editing /> }
                />
            </ul>
            <Show when=move || people.with(|people| people.iter().filter(|staff| staff.active).count() > 1)>
                <div class="row">
                    <button class="button button--small" type="button" on:click=move |_| is_arranging.set(true)>
                        <Icon name="list" size="small" />
                        {move || i18n::set_up().staff_order.title}
                    </button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn StaffRow(staff: Staff, editing: RwSignal<Option<StaffId>>) -> impl IntoView {
    let (id, level, is_active, skills) = (staff.id, staff.level, staff.active, staff.skills.len());
    let (name, title) = (staff.name, staff.title);
    let name = Signal::derive(move || i18n::name(&name));
    let note = move || {
        let title = i18n::name(&title);
        let level = (i18n::set_up().level)(level);
        let first = if title.is_empty() { level } else { format!("{title} · {level}") };
        if skills == 0 { i18n::set_up().desk_only.to_owned() } else { format!("{first} · {}", (i18n::set_up().skills_count)(skills)) }
    };
    view! {
        <li>
            <button class="list__item" type="button" on:click=move |_| editing.set(Some(id))>
                <Avatar name hue=hue_of(id.0) />
                <span class="list__text">
                    <span class="list__title">
                        {name}{(!is_active).then(|| view! { " " <span class="tag">{move || i18n::set_up().left}</span> })}
                    </span>
                    <span class="list__note">{note}</span>
                </span>
                <Icon name="forward" />
            </button>
        </li>
    }
}
