//! Set-up, for managers: the guided first run from an empty database to the first booking, and later the same editors as pages.

mod access;
mod assignment;
mod audit;
mod clock_text;
mod done;
pub(crate) mod flag;
mod guided;
mod home;
pub(crate) mod of_store;
mod presets;
mod promises;
mod resources;
mod rules;
pub(crate) mod save;
mod services;
pub(crate) mod shifts;
mod spans;
mod special_days;
mod staff;
mod store;
pub(crate) mod unsaved;
mod waits;
mod why_not;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::role::Permission;

use super::go::use_go;
use super::workbench::Workbench;
use crate::chunk::{Chunk, Stand};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::desk::chunks::Chunks;
use crate::desk::fetching::{missing_part, skeleton};
use crate::desk::page_bar::PageBar;
use crate::desk::setup::of_store::{may_manage, may_see_audit};
use crate::desk::store_switch::StoreSwitch;
use crate::i18n;

use access::{Devices, Logins};
use assignment::AssignmentPage;
use audit::Audit;
use guided::Guided;
use home::Home;
use resources::Resources;
use rules::RulesPage;
use services::Services;
use shifts::ShiftsPage;
use special_days::SpecialDays;
use staff::People;
use store::StorePage;
use waits::{OfStore, OnceHere};
use why_not::WhyNotPage;

pub use access::sessions::SessionList;
pub use staff::PinForm;

/// Whether there is nothing yet and the person may begin: then the desk has nothing to show but set-up. Tracked.
fn is_needed(bench: Workbench) -> bool {
    let may = bench.replica.session().is_some_and(|session| session.actor().may_everywhere(Permission::ManageBrand));
    let view = bench.replica.view();
    may && bench.replica.is_ready() && view.known.catalogue && view.catalogue.stores.is_empty()
}

/// Leads whoever may begin from an empty board to the first run. Shows nothing.
#[component]
pub fn FirstRun() -> impl IntoView {
    let bench = Workbench::expect();
    let go = use_go();
    let path = use_location().pathname;
    Effect::new(move |_| {
        if is_needed(bench) && path.with_untracked(|path| path.trim_end_matches('/') == "/desk") {
            go("/desk/set-up");
        }
    });
}

/// Where in set-up somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Home,
    Guided(Option<usize>),
    Store,
    SpecialDays,
    Services(String),
    Staff(String),
    Shifts,
    Resources,
    Rules,
    Assignment,
    WhyNot,
    Logins(String),
    Devices,
    Audit,
}

fn place_of(path: &str) -> Place {
    let rest = path.split("/set-up").nth(1).unwrap_or_default().trim_matches('/');
    let (first, second) = rest.split_once('/').unwrap_or((rest, ""));
    match first {
        "start" => Place::Guided(second.parse().ok()),
        "store" => Place::Store,
        "days" => Place::SpecialDays,
        "services" => Place::Services(second.to_owned()),
        "staff" => Place::Staff(second.to_owned()),
        "shifts" => Place::Shifts,
        "resources" => Place::Resources,
        "rules" => Place::Rules,
        "assignment" => Place::Assignment,
        "why-not" => Place::WhyNot,
        "logins" => Place::Logins(second.to_owned()),
        "audit" => Place::Audit,
        "devices" => Place::Devices,
        _ => Place::Home,
    }
}

/// `/desk/set-up` and everything below it.
#[component]
pub fn SetUp() -> impl IntoView {
    let bench = Workbench::expect();
    let path = use_location().pathname;
    let place = Memo::new(move |_| {
        let place = path.with(|path| place_of(path));
        if place == Place::Home && is_needed(bench) { Place::Guided(None) } else { place }
    });
    let may = Memo::new(move |_| may_manage(bench) || matches!(place.get(), Place::Home | Place::Audit) && may_see_audit(bench));
    let title = Signal::derive(move || place.with(title_of).to_owned());
    let is_below = move || place.with(|place| !matches!(place, Place::Home | Place::Guided(_)));
    view! {
        <PageBar title>
            <Show when=is_below>
                <StoreSwitch />
                <a class="button" href="/desk/set-up"><Icon name="back" size="small" />{move || i18n::set_up().title}</a>
            </Show>
        </PageBar>
        <main class="desk__content" id="main">
            <Show when=move || may.get() fallback=|| view! { <OnceHere><NotAllowed /></OnceHere> }>{move || page(place.get(), path)}</Show>
        </main>
    }
}

/// A page, the larger ones from files of their own.
fn page(place: Place, path: Memo<String>) -> AnyView {
    let parts = expect_context::<Chunks>();
    let from = |chunk: Chunk| chunk.view(path.get_untracked(), Stand { waiting: skeleton, missing: missing_part });
    match place {
        Place::Home => view! { <Home /> }.into_any(),
        Place::Guided(_) => from(parts.guided),
        Place::Services(_) => from(parts.services),
        Place::Staff(_) | Place::Shifts | Place::WhyNot => from(parts.team),
        Place::Resources => view! { <OfStore page=|store| view! { <Resources store /> }.into_any() /> }.into_any(),
        Place::Store => view! { <StorePage /> }.into_any(),
        Place::SpecialDays => view! { <OfStore page=|_| view! { <SpecialDays /> }.into_any() /> }.into_any(),
        Place::Rules => view! { <RulesPage /> }.into_any(),
        Place::Assignment => {
            view! { <OfStore page=|store| view! { <OnceHere><AssignmentPage store /></OnceHere> }.into_any() /> }.into_any()
        }
        Place::Logins(_) | Place::Audit | Place::Devices => from(parts.access),
    }
}

/// Who may do what, from where, and what they did: logins, tablets, the audit.
pub fn access_pages(path: &str) -> AnyView {
    match place_of(path) {
        Place::Logins(chosen) => {
            let chosen = chosen.parse().ok();
            view! { <OfStore page=move |_| view! { <Logins chosen /> }.into_any() /> }.into_any()
        }
        Place::Audit => view! { <OnceHere><Audit /></OnceHere> }.into_any(),
        _ => view! { <OfStore page=|_| view! { <Devices /> }.into_any() /> }.into_any(),
    }
}

/// What is done: as a page, or as a step of the first run.
pub fn services_pages(path: &str) -> AnyView {
    let Place::Services(chosen) = place_of(path) else { return view! { <Services chosen=None /> }.into_any() };
    let chosen = chosen.parse().ok();
    view! { <div class="desk__page" style:--page-width="48rem"><OnceHere><Services chosen /></OnceHere></div> }.into_any()
}

/// Who does it and when: people, shifts.
pub fn team_pages(path: &str) -> AnyView {
    match place_of(path) {
        Place::Staff(chosen) => {
            let chosen = chosen.parse().ok();
            view! {
                <div class="desk__page" style:--page-width="48rem"><OfStore page=move |_| view! { <People chosen /> }.into_any() /></div>
            }
            .into_any()
        }
        Place::WhyNot => view! { <OfStore page=|_| view! { <WhyNotPage /> }.into_any() /> }.into_any(),
        _ => view! { <OfStore page=|_| view! { <ShiftsPage /> }.into_any() /> }.into_any(),
    }
}

/// The first run: all editors, one after another.
pub fn guided_pages(path: &str) -> AnyView {
    let step = if let Place::Guided(step) = place_of(path) { step } else { None };
    view! { <Guided step /> }.into_any()
}

fn title_of(place: &Place) -> &'static str {
    let words = i18n::set_up();
    match place {
        Place::Home | Place::Guided(_) => words.title,
        Place::Store => words.store,
        Place::SpecialDays => words.special_days,
        Place::Services(_) => words.services,
        Place::Staff(_) => words.staff,
        Place::Shifts => words.shifts,
        Place::Resources => words.resources.title,
        Place::Rules => words.rules,
        Place::Assignment => words.assignment.title,
        Place::WhyNot => words.why_not.title,
        Place::Logins(_) => words.logins,
        Place::Audit => i18n::logins().audit,
        Place::Devices => words.devices,
    }
}

#[component]
fn NotAllowed() -> impl IntoView {
    view! { <EmptyState icon="lock" title=i18n::text(|| i18n::set_up().not_allowed) text=i18n::text(|| i18n::set_up().not_allowed_text) /> }
}
