//! Who may sign in, and which tablets are enrolled. Asks the server; nothing of it is kept here.

mod devices;
mod invitation;
mod login_form;
mod login_list;
mod login_page;
mod role_choice;
pub(in super::super) mod sessions;

use leptos::prelude::*;
use shared::id::UserId;
use shared::role::{Grant, Role};

use crate::desk::pin::role_word;
use crate::desk::workbench::Workbench;
use crate::i18n;

pub(super) use devices::Devices;
pub(super) use login_form::LoginForm;
use login_list::LoginList;
use login_page::LoginPage;

/// `/desk/set-up/logins`, and `/desk/set-up/logins/{id}` for one of them.
#[component]
pub(super) fn Logins(chosen: Option<UserId>) -> impl IntoView {
    let round = RwSignal::new(0u32);
    let made = Callback::new(move |()| round.update(|round| *round += 1));
    match chosen {
        Some(id) => view! { <LoginPage id /> }.into_any(),
        None => view! {
            <div class="desk__page" style:--page-width="40rem">
                <p class="muted">{move || i18n::set_up().logins_note}</p>
                <LoginList round />
                <section class="section" aria-labelledby="new-login">
                    <h2 id="new-login">{move || i18n::logins().new_login}</h2>
                    <p class="muted">{move || i18n::logins().new_login_note}</p>
                    <LoginForm staff=None on_made=made />
                </section>
            </div>
        }
        .into_any(),
    }
}

/// `店长 · 玉门里发型`
fn grant_words(bench: Workbench, grant: Grant) -> String {
    let role = role_word(grant.role);
    let store = match grant.store {
        Some(id) => bench.replica.view().catalogue.stores.get(&id).map(|store| i18n::name(&store.name)).unwrap_or_default(),
        None => i18n::logins().all_stores.to_owned(),
    };
    if store.is_empty() { role.to_owned() } else { format!("{role} · {store}") }
}

/// Whether a role is for every store.
fn is_of_the_brand(role: Role) -> bool {
    matches!(role, Role::RegionManager | Role::BrandManager | Role::Owner | Role::Auditor)
}
