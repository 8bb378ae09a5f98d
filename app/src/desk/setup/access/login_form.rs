//! A new login: name, role, and either an invitation or a first password.

use leptos::prelude::*;
use shared::api::logins::NewLogin;
use shared::id::StaffId;
use shared::login::SHORTEST_PASSWORD;
use shared::role::Role;

use super::invitation::{self, Invitation, InvitationLink};
use super::role_choice::{RoleChoice, grant_of};
use crate::api::{self, ApiError};
use crate::components::text_field::{TextField, TextKind};
use crate::desk::api_problem::ApiProblem;
use crate::desk::busy::once;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// What is typed. `Copy`.
#[derive(Clone, Copy)]
struct LoginFields {
    name: RwSignal<String>,
    password: RwSignal<String>,
    with_password: RwSignal<bool>,
    role: RwSignal<Role>,
}

impl LoginFields {
    fn new() -> Self {
        LoginFields {
            name: RwSignal::new(String::new()),
            password: RwSignal::new(String::new()),
            with_password: RwSignal::new(false),
            role: RwSignal::new(Role::Receptionist),
        }
    }

    fn is_incomplete(self) -> bool {
        let short = || self.password.with(|password| password.chars().count() < SHORTEST_PASSWORD);
        self.name.with(|name| name.trim().is_empty()) || self.with_password.get() && short()
    }

    fn login(self, bench: Workbench, staff: Option<StaffId>) -> NewLogin {
        let grant = grant_of(bench, self.role.get_untracked(), None);
        let password = self.with_password.get_untracked().then(|| self.password.get_untracked());
        NewLogin { name: self.name.get_untracked().trim().to_owned(), password, role: grant.role, store: grant.store, staff }
    }
}

/// A login for a person, or for nobody in particular.
#[component]
pub(in super::super) fn LoginForm(
    /// Whose.
    staff: Option<StaffId>,
    /// It is made.
    #[prop(optional)]
    on_made: Option<Callback<()>>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let draft = LoginFields::new();
    let (problem, made) = (RwSignal::new(None::<ApiError>), RwSignal::new(None::<Invitation>));
    let is_busy = RwSignal::new(false);
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        let login = draft.login(bench, staff);
        once(is_busy, async move {
            match api::logins::create(&login).await {
                Ok(answer) => {
                    bench.say("check", (i18n::set_up().login_made)(&login.name), None);
                    // What was typed meanwhile is about somebody else.
                    if draft.name.try_get_untracked().is_some_and(|typed| typed.trim() == login.name) {
                        draft.name.set(String::new());
                        draft.password.set(String::new());
                    }
                    made.try_set(invitation::of(answer));
                    if let Some(on_made) = on_made {
                        on_made.try_run(());
                    }
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    let button = move || if draft.with_password.get() { i18n::set_up().make_login } else { i18n::logins().make_and_invite };
    view! {
        {move || made.get().map(|invitation| view! { <InvitationLink invitation /> })}
        <form class="surface stack" on:submit=create>
            <TextField name="login-name" label=i18n::text(|| i18n::door().name) value=draft.name />
            <RoleChoice role=draft.role />
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=draft.with_password
                    on:change=move |event| draft.with_password.set(event_target_checked(&event))
                />
                <span class="check__text">{move || i18n::logins().set_password_now}</span>
            </label>
            <Show when=move || draft.with_password.get()>
                <TextField
                    name="login-password"
                    label=i18n::text(|| i18n::door().password)
                    value=draft.password
                    kind=TextKind::NewPassword
                    note=i18n::text(|| i18n::logins().password_note)
                />
            </Show>
            <ApiProblem problem />
            <div>
                <button
                    class="button button--soft"
                    type="submit"
                    disabled=move || draft.is_incomplete()
                    aria-busy=move || is_busy.get().to_string()
                >
                    {button}
                </button>
            </div>
        </form>
    }
}
