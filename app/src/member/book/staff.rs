//! With whom: anybody first for who is new, the usual person first for who returns; each with the next free time.

use leptos::prelude::*;
use shared::id::StaffId;
use shared::sort;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;

use super::parts::{search_of, so_far, usual_staff};
use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::i18n;
use crate::member::draft::BookingDraft;
use crate::member::find::{self, Search};
use crate::member::frame::Page;
use crate::member::member_app::MemberApp;
use crate::member::{labels, paths};
use crate::reactive::memo;

/// The third step: one tap goes on.
#[component]
pub fn StaffPage() -> impl IntoView {
    let app = MemberApp::expect();
    if search_of(&app.draft.now()).is_none() {
        return app.way.elsewhere(paths::STORES);
    }
    let usual = memo(move || usual_staff(app));
    let people = memo(move || people(app, usual.get()));
    view! {
        <Page title=Signal::derive(|| i18n::member().booking.staff.to_owned()) back=paths::SERVICES step="2 / 4">
            <section class="section">
                <div class="staff-picker" role="group" aria-label=move || i18n::member().booking.staff>
                    <Show when=move || usual.get().is_none()><AnyRow /></Show>
                    <Rows each=move || people.get() key=version children=move |staff| {
                        let is_usual = Signal::derive(move || usual.get() == Some(staff.id));
                        view! { <StaffRow staff is_usual /> }
                    } />
                    <Show when=move || usual.get().is_some()><AnyRow /></Show>
                </div>
            </section>
        </Page>
    }
    .into_any()
}

/// What a row shows changes with the version.
fn version(staff: &Staff) -> (StaffId, Option<u32>) {
    (staff.id, staff.written.map(|written| written.version))
}

/// Who can do what was chosen, the usual person first.
fn people(app: MemberApp, usual: Option<StaffId>) -> Vec<Staff> {
    let draft = app.draft.get();
    let Some(store) = draft.store else { return Vec::new() };
    let view = app.view();
    let mut people: Vec<Staff> = find::staff_for(&view, store, &draft.services).cloned().collect();
    // As the store shows its people; those without a place by seniority.
    let place = |staff: StaffId| view.catalogue.stores.get(&store).map(|store| store.staff_order.place(staff));
    sort::sort_by_key(&mut people, |staff| (Some(staff.id) != usual, place(staff.id), std::cmp::Reverse(staff.level), staff.id));
    people
}

/// The first time with somebody.
fn first_with(app: MemberApp, staff_preference: StaffPreference) -> Option<Timestamp> {
    let search = search_of(&app.draft.get())?;
    Search { staff_preference, widened: false, ..search }.first(&app.view(), app.minute.get())
}

#[component]
fn AnyRow() -> impl IntoView {
    let app = MemberApp::expect();
    let staff_preference = StaffPreference::Any;
    let words = || &i18n::member().booking;
    view! {
        <Row staff_preference>
            <span class="avatar avatar--any" aria-hidden="true"><Icon name="dice" /></span>
            <span class="staff__text">
                <span class="staff__name">{move || words().any}</span>
                <span class="staff__note">{move || noted(app, words().any_note.to_owned(), StaffPreference::Any)}</span>
            </span>
        </Row>
    }
}

#[component]
fn StaffRow(staff: Staff, is_usual: Signal<bool>) -> impl IntoView {
    let app = MemberApp::expect();
    let (name, shown, title, id) = (staff.name.clone(), staff.name, staff.title, staff.id);
    view! {
        <Row staff_preference=StaffPreference::Requested(id)>
            <Avatar name=Signal::derive(move || i18n::name(&name)) hue=hue_of(id.0) />
            <span class="staff__text">
                <span class="staff__name">
                    {move || i18n::name(&shown)} " "
                    {move || is_usual.get().then(|| view! { <span class="tag tag--accent">{i18n::member().booking.usual}</span> })}
                </span>
                <span class="staff__note">{move || noted(app, i18n::name(&title), StaffPreference::Requested(id))}</span>
            </span>
        </Row>
    }
}

/// A note and what the visit costs with this choice: `总监 · ¥268`.
fn noted(app: MemberApp, note: String, staff_preference: StaffPreference) -> String {
    let (view, draft) = (app.view(), BookingDraft { staff_preference: Some(staff_preference), widened: false, ..app.draft.get() });
    let Some(store) = draft.store else { return note };
    let price = labels::price(&view, store, so_far(&view, &draft, None).0);
    if note.is_empty() { price } else { format!("{note} · {price}") }
}

/// A row that chooses and goes on.
#[component]
fn Row(staff_preference: StaffPreference, children: Children) -> impl IntoView {
    let app = MemberApp::expect();
    let next = memo(move || first_with(app, staff_preference));
    let chosen = memo(move || app.draft.get().staff_preference == Some(staff_preference));
    let choose = move |_| {
        app.draft.change(|draft| {
            if draft.staff_preference != Some(staff_preference) {
                (draft.starts_at, draft.widened) = (None, false);
            }
            draft.staff_preference = Some(staff_preference);
        });
        app.way.go(paths::TIME);
    };
    let free = move || match (next.get(), app.draft.get().store) {
        (Some(at), Some(store)) => {
            let view = app.view();
            let day = labels::near_day(&view, store, at, app.minute.get());
            view! { <time class="time">{labels::or_waiting(labels::time(&view, store, at))}</time>{day} }.into_any()
        }
        _ => i18n::member().booking.full.into_any(),
    };
    view! {
        <button
            class="staff"
            class=("staff--full", move || next.get().is_none())
            type="button"
            aria-pressed=move || chosen.get().to_string()
            on:click=choose
        >
            {children()}
            <span class="staff__next">{free}</span>
        </button>
    }
}
