//! The roles somebody may give: below their own, within their own stores.

use leptos::prelude::*;
use shared::id::StoreId;
use shared::role::{Grant, Role};

use crate::components::rows::Rows;
use crate::desk::pin::role_word;
use crate::desk::setup::access::roles::is_of_the_brand;
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::Workbench;
use crate::i18n;

const ROLES: [Role; 7] =
    [Role::Technician, Role::Receptionist, Role::StoreManager, Role::RegionManager, Role::BrandManager, Role::Owner, Role::Auditor];

/// The grant that choosing a role means: for the store in use, or for all.
pub(super) fn grant_of(bench: Workbench, role: Role, store: Option<StoreId>) -> Grant {
    let store = store.or_else(|| untrack(|| the_store(bench)).map(|store| store.id));
    Grant { role, store: store.filter(|_| !is_of_the_brand(role)) }
}

#[component]
pub(super) fn RoleChoice(
    /// The choice.
    role: RwSignal<Role>,
    /// The store the login is for already; the one in use otherwise.
    #[prop(optional_no_strip)]
    store: Option<StoreId>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let offered = move || {
        let actor = bench.replica.session().map(|session| session.actor());
        let may = |role: &Role| actor.as_ref().is_some_and(|actor| actor.may_give(grant_of(bench, *role, store)));
        ROLES.into_iter().filter(may).collect::<Vec<_>>()
    };
    let option = move |choice: Role| {
        let is_chosen = move || (role.get() == choice).to_string();
        view! {
            <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| role.set(choice)>
                {move || role_word(choice)}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label" id="login-role">{move || i18n::inbox().roles}</span>
            <div class="choices" role="group" aria-labelledby="login-role"><Rows each=offered key=|role| *role children=option /></div>
        </div>
    }
}
