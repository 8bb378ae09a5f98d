//! The audit: who signed in, whose rights changed, which tablets came and went; newest first.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::logins::AuditEntry;
use shared::role::Role;
use uuid::Uuid;

use crate::api::{self, ApiError};
use crate::components::rows::Rows;
use crate::desk::api_problem::ApiProblem;
use crate::desk::pin::role_word;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// Entries in one answer of the server: fewer mean that there are no more.
const PAGE: usize = 100;

/// `/desk/set-up/audit`
#[component]
pub(super) fn Audit() -> impl IntoView {
    let entries = RwSignal::new(Vec::<AuditEntry>::new());
    let (problem, has_more) = (RwSignal::new(None::<ApiError>), RwSignal::new(false));
    let is_empty = RwSignal::new(false);
    let load = move |before: Option<Uuid>| {
        spawn_local(async move {
            match api::logins::audit(before).await {
                Ok(page) => {
                    has_more.try_set(page.len() >= PAGE);
                    is_empty.try_set(before.is_none() && page.is_empty());
                    entries.try_update(|entries| entries.extend(page));
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    load(None);
    let more = move |_| load(entries.with_untracked(|entries| entries.last().map(|entry| entry.id)));
    view! {
        <div class="desk__page" style:--page-width="52rem">
            <p class="muted">{move || i18n::logins().audit_note}</p>
            <ApiProblem problem />
            <Show when=move || is_empty.get()><p>{move || i18n::logins().nothing_yet}</p></Show>
            <ul class="list">
                <Rows each=move || entries.get() key=|entry| entry.id children=|entry| view! { <EntryRow entry /> } />
            </ul>
            <Show when=move || has_more.get()>
                <div><button class="button" type="button" on:click=more>{move || i18n::logins().earlier}</button></div>
            </Show>
        </div>
    }
}

#[component]
fn EntryRow(entry: AuditEntry) -> impl IntoView {
    let bench = Workbench::expect();
    let AuditEntry { at, action, by, by_staff, about, detail, .. } = entry;
    let staff = move || {
        let view = bench.replica.view();
        by_staff.and_then(|id| view.catalogue.staff.get(&id).map(|staff| i18n::name(&staff.name)))
    };
    let note = move || {
        let words = i18n::logins();
        let mut parts = vec![(words.actor)(&by)];
        parts.extend(staff());
        if about != by {
            parts.push(format!("→ {}", (words.actor)(&about)));
        }
        parts.extend((!detail.is_empty()).then(|| detail_words(&detail)));
        parts.join(" · ")
    };
    view! {
        <li class="list__item">
            <span class="list__text">
                <span class="list__title">{move || (i18n::logins().action)(action)}</span>
                <span class="list__note">{note}</span>
            </span>
            <span class="list__value">{move || format::device_time(at)}</span>
        </li>
    }
}

/// A role in words; anything else as it is.
fn detail_words(detail: &str) -> String {
    const ROLES: [(&str, Role); 7] = [
        ("technician", Role::Technician),
        ("receptionist", Role::Receptionist),
        ("store_manager", Role::StoreManager),
        ("region_manager", Role::RegionManager),
        ("brand_manager", Role::BrandManager),
        ("owner", Role::Owner),
        ("auditor", Role::Auditor),
    ];
    ROLES.iter().find(|(name, _)| *name == detail).map_or_else(|| detail.to_owned(), |(_, role)| role_word(*role).to_owned())
}
