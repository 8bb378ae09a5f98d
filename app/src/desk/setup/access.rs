//! Who may sign in, and which tablets are enrolled. Asks the server; nothing of it is kept here.

mod devices;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::StaffId;
use shared::role::{Permission, Role};

use super::the_store;
use crate::api::{self, ApiError, NewUser};
use crate::components::rows::Rows;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::pin::role_word;
use crate::desk::sign_in::ApiProblem;
use crate::desk::workbench::Workbench;
use crate::i18n;

pub(super) use devices::Devices;

/// `/desk/set-up/logins`
#[component]
pub(super) fn Logins() -> impl IntoView {
    view! {
        <div class="desk__page" style:--page-width="36rem">
            <p class="muted">{move || i18n::set_up().logins_note}</p>
            <LoginForm staff=None />
        </div>
    }
}

/// A login with name, password and role; for a person, or for nobody in particular.
#[component]
pub(super) fn LoginForm(staff: Option<StaffId>) -> impl IntoView {
    let bench = Workbench::expect();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let role = RwSignal::new(Role::Receptionist);
    let problem = RwSignal::new(None::<ApiError>);
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        let whole_brand = matches!(role.get_untracked(), Role::BrandManager | Role::Owner);
        let store = untrack(|| the_store(bench)).map(|store| store.id).filter(|_| !whole_brand);
        if store.is_none() && !whole_brand {
            // Without a store the role would be for all of them.
            return;
        }
        let user = NewUser {
            name: name.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            role: role.get_untracked(),
            store,
            staff,
        };
        spawn_local(async move {
            match api::create_user(&user).await {
                Ok(()) => {
                    bench.say("check", (i18n::set_up().login_made)(&user.name), None);
                    name.try_set(String::new());
                    password.try_set(String::new());
                }
                Err(error) => {
                    problem.try_set(Some(error));
                }
            }
        });
    };
    let is_incomplete = move || name.with(|name| name.trim().is_empty()) || password.with(|password| password.chars().count() < 8);
    view! {
        <form class="surface stack" on:submit=create>
            <TextField name="login-name" label=i18n::text(|| i18n::door().name) value=name />
            <TextField
                name="login-password"
                label=i18n::text(|| i18n::door().password)
                value=password
                kind=TextKind::NewPassword
                note=i18n::text(|| i18n::set_up().password_note)
            />
            <RoleChoice role />
            <ApiProblem problem />
            <div><button class="button button--soft" type="submit" disabled=is_incomplete>{move || i18n::set_up().make_login}</button></div>
        </form>
    }
}

/// Roles somebody may give: not above their own.
#[component]
fn RoleChoice(role: RwSignal<Role>) -> impl IntoView {
    let bench = Workbench::expect();
    const ROLES: [Role; 5] = [Role::Technician, Role::Receptionist, Role::StoreManager, Role::BrandManager, Role::Owner];
    let may_brand =
        Memo::new(move |_| bench.replica.session().is_some_and(|session| session.actor().may_everywhere(Permission::ManageBrand)));
    let offered = move || ROLES.into_iter().filter(|role| may_brand.get() || *role <= Role::StoreManager).collect::<Vec<_>>();
    let option = move |choice: Role| {
        view! {
            <button class="choice" type="button" aria-pressed=move || (role.get() == choice).to_string() on:click=move |_| role.set(choice)>
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
