//! The places of the desk.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::desk::attention;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Left of the work in landscape, below it in portrait.
#[component]
pub fn Rail() -> impl IntoView {
    let words = || &i18n::desk().shell;
    view! {
        <nav class="rail" aria-label=move || words().navigation>
            <span class="rail__mark"><img class="mark" src="/desk/mark.svg" alt=move || words().mark width="32" height="32" /></span>
            <RailItem href="/desk/" icon="calendar">{move || words().today}</RailItem>
            <RailItem href="/desk/members" icon="people">{move || words().members}</RailItem>
            <RailItem href="/desk/attention" icon="attention">{move || words().attention}<AttentionBadge /></RailItem>
            <RailItem href="/desk/sync" icon="sync">{move || words().sync}</RailItem>
            <RailItem href="/desk/set-up" icon="settings">{move || words().set_up}</RailItem>
            <WhoItem />
        </nav>
    }
}

#[component]
fn RailItem(href: &'static str, icon: &'static str, children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let is_here = move || path.with(|path| if href == HOME { path.trim_end_matches('/') == "/desk" } else { path.starts_with(href) });
    view! {
        <a class="rail__item" href=href aria-current=move || is_here().then_some("page")>
            <Icon name=icon />
            {children()}
        </a>
    }
}

const HOME: &str = "/desk/";

/// How much waits for a person: open entries of the store's inbox, and what the server refused.
#[component]
fn AttentionBadge() -> impl IntoView {
    let bench = Workbench::expect();
    let count = Memo::new(move |_| attention::count(bench));
    view! {
        <Show when=move || { count.get() > 0 }>
            <span class="badge">{count}<span class="visually-hidden">{move || i18n::desk().shell.open_entries}</span></span>
        </Show>
    }
}

/// Who is at the desk now; leads to the change of person.
#[component]
fn WhoItem() -> impl IntoView {
    let bench = Workbench::expect();
    let staff = Memo::new(move |_| bench.replica.session().and_then(|session| session.staff));
    let name = Signal::derive(move || {
        let view = bench.replica.view();
        let own = staff.get().and_then(|id| view.catalogue.staff.get(&id).map(|staff| i18n::name(&staff.name)));
        own.or_else(|| bench.replica.session().map(|session| session.name)).unwrap_or_default()
    });
    view! {
        <a class="rail__item rail__who" href="/desk/who">
            {move || view! { <Avatar name hue=staff.get().map_or(40, |id| hue_of(id.0)) size="small" /> }}
            <span class="truncate">{name}</span>
            <span class="visually-hidden">{move || i18n::desk().shell.change_person}</span>
        </a>
    }
}
