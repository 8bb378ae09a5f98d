//! Enrolling this tablet for a store. From then on the tablet is signed in, and people say by PIN who they are.

use leptos::prelude::*;
use shared::id::{StaffId, StoreId};
use shared::role::Permission;
use shared::staff::Staff;
use shared::store::Store;

use super::busy::once;
use super::go::use_go;
use super::setup::PinForm;
use super::staff_order::in_order;
use super::workbench::Workbench;
use crate::api::{self, ApiError};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::components::text_field::TextField;
use crate::desk::api_problem::ApiProblem;
use crate::desk::page_bar::PageBar;
use crate::i18n;

/// The page.
#[component]
pub fn Enrol() -> impl IntoView {
    view! {
        <PageBar title=i18n::text(|| i18n::door().enrol_title) />
        <main class="desk__content" id="main">
            <div class="desk__page" style:--page-width="36rem">
                <p>{move || i18n::door().enrol_lead}</p>
                <EnrolForm />
            </div>
        </main>
    }
}

/// A tablet that nobody can unlock is of no use: only the server knows the PINs, so somebody has to set one here or say that
/// there is one.
#[component]
fn FirstPin(store: Memo<Option<StoreId>>, has_pin: RwSignal<bool>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::door;
    let chosen = RwSignal::new(None::<StaffId>);
    let people = Memo::new(move |_| {
        let view = bench.replica.view();
        let Some(store) = store.get().and_then(|id| view.catalogue.stores.get(&id)) else { return Vec::new() };
        in_order(store, view.staff_of(store.id), i18n::language()).into_iter().cloned().collect::<Vec<Staff>>()
    });
    let person = move |staff: Staff| {
        let (id, name) = (staff.id, staff.name);
        let is_chosen = move || (chosen.get() == Some(id)).to_string();
        view! {
            <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| chosen.set(Some(id))>
                {move || i18n::name(&name)}
            </button>
        }
    };
    let works_here = move |id: &StaffId| people.with(|people| people.iter().any(|staff| staff.id == *id));
    let set = Callback::new(move |()| {
        has_pin.set(true);
        chosen.set(None);
    });
    let nobody = move || view! { <p class="field__error" role="status"><Icon name="people" />{move || words().nobody_here}</p> };
    view! {
        <section class="section" aria-labelledby="first-pin">
            <h2 id="first-pin">{move || words().first_pin}</h2>
            <p class="muted">{move || words().first_pin_text}</p>
            <Show when=move || people.with(|people| !people.is_empty()) fallback=nobody>
                <div class="choices" role="group" aria-labelledby="first-pin">
                    <Rows each=move || people.get() key=|staff| staff.id children=person />
                </div>
                {move || chosen.get().filter(works_here).map(|staff| view! { <PinForm staff on_set=set /> })}
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || has_pin.get()
                        on:change=move |event| has_pin.set(event_target_checked(&event))
                    />
                    <span class="check__text">{move || words().has_pin}</span>
                </label>
            </Show>
        </section>
    }
}

#[component]
fn EnrolForm() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::door;
    let go = use_go();
    let name = RwSignal::new(i18n::door().enrol_name_default.to_owned());
    let chosen = RwSignal::new(None::<StoreId>);
    let (is_busy, problem) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let has_pin = RwSignal::new(false);
    let managed = Memo::new(move |_| managed_stores(bench));
    // Until one is tapped, the one in use: also where the stores arrive after the page.
    let store = Memo::new(move |_| {
        let in_use = bench.store().map(|store| store.id);
        managed.with(|managed| {
            let manages = |id: &StoreId| managed.iter().any(|store| store.id == *id);
            chosen.get().filter(manages).or_else(|| in_use.filter(manages)).or_else(|| managed.first().map(|store| store.id))
        })
    });
    let unsent = Memo::new(move |_| bench.replica.waiting().len());
    let enrol = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(store) = store.get_untracked().filter(|_| has_pin.get_untracked()) else { return };
        let go = go.clone();
        problem.set(None);
        once(is_busy, async move {
            match api::enrol_device(store, name.get_untracked().trim()).await {
                Ok(session) => {
                    bench.replica.use_session(session).await;
                    go("/desk/");
                }
                Err(error) => {
                    problem.try_set(Some(error));
                }
            }
        });
    };
    let choose = move |id: StoreId| {
        chosen.set(Some(id));
        // That was said of another store's people.
        has_pin.set(false);
    };
    let choice = move |offered: Store| {
        let id = offered.id;
        let is_chosen = move || (store.get() == Some(id)).to_string();
        view! {
            <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| choose(id)>
                {move || i18n::name(&offered.name)}
            </button>
        }
    };
    let is_read = Memo::new(move |_| bench.replica.is_ready() && bench.replica.view().known.catalogue);
    let is_incomplete = move || store.get().is_none() || unsent.get() > 0 || !has_pin.get();
    view! {
        <Show when=move || !managed.with(Vec::is_empty)><FirstPin store has_pin /></Show>
        <form class="form" on:submit=enrol>
            <div class="field">
                <span class="field__label" id="enrol-store">{move || words().enrol_store}</span>
                <div class="choices" role="group" aria-labelledby="enrol-store">
                    <Rows each=move || managed.get() key=|store| store.id children=choice />
                </div>
            </div>
            <TextField name="enrol-name" label=i18n::text(|| i18n::door().enrol_name) value=name />
            <Show when=move || is_read.get() && managed.with(Vec::is_empty)>
                <p class="field__error" role="status"><Icon name="lock" />{move || words().enrol_not_allowed}</p>
            </Show>
            <Show when=move || { unsent.get() > 0 }>
                <p class="field__error" role="status"><Icon name="cloud-off" />{move || (words().enrol_unsent)(unsent.get())}</p>
            </Show>
            <ApiProblem problem />
            <button
                class="button button--primary button--large"
                type="submit"
                disabled=is_incomplete
                aria-busy=move || is_busy.get().to_string()
            >
                {move || words().enrol}
            </button>
        </form>
    }
}

fn managed_stores(bench: Workbench) -> Vec<Store> {
    let session = bench.replica.session();
    let manages = |store: &Store| session.as_ref().is_some_and(|session| session.actor().may(Permission::ManageStore, store.id));
    bench.stores().into_iter().filter(manages).collect()
}
