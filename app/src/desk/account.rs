//! One's own login: a new password, and where one is signed in.

use leptos::prelude::*;
use shared::api::logins::ChangePassword;
use shared::login::SHORTEST_PASSWORD;
use shared::role::Principal;

use super::busy::once;
use super::setup::SessionList;
use super::workbench::Workbench;
use crate::api::{self, ApiError};
use crate::components::text_field::{TextField, TextKind};
use crate::desk::api_problem::ApiProblem;
use crate::desk::page_bar::PageBar;
use crate::i18n;

/// `/desk/account`
#[component]
pub fn Account() -> impl IntoView {
    let bench = Workbench::expect();
    let is_login = move || bench.replica.session().is_some_and(|session| matches!(session.principal, Principal::User(_)));
    view! {
        <PageBar title=i18n::text(|| i18n::logins().own) />
        <main class="desk__content" id="main">
            <div class="desk__page" style:--page-width="36rem">
                <Show when=is_login><PasswordForm /></Show>
                <section class="section" aria-labelledby="own-sessions">
                    <h2 id="own-sessions">{move || i18n::common().sessions.title}</h2>
                    <SessionList of=None />
                </section>
            </div>
        </main>
    }
}

#[component]
fn PasswordForm() -> impl IntoView {
    let bench = Workbench::expect();
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);
    let change = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        let asked = ChangePassword { old: old.get_untracked(), new: new.get_untracked() };
        once(is_busy, async move {
            match api::logins::change_password(&asked).await {
                Ok(()) => {
                    old.try_set(String::new());
                    new.try_set(String::new());
                    bench.say("check", i18n::logins().password_changed.to_owned(), None);
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    let is_incomplete = move || old.with(String::is_empty) || new.with(|new| new.chars().count() < SHORTEST_PASSWORD);
    view! {
        <section class="section" aria-labelledby="own-password">
            <h2 id="own-password">{move || i18n::logins().change_password}</h2>
            <form class="surface stack" on:submit=change>
                <TextField name="old-password" label=i18n::text(|| i18n::logins().old_password) value=old kind=TextKind::Password />
                <TextField
                    name="new-password"
                    label=i18n::text(|| i18n::logins().new_password)
                    value=new
                    kind=TextKind::NewPassword
                    note=i18n::text(|| i18n::logins().password_note)
                />
                <ApiProblem problem />
                <div>
                    <button class="button button--soft" type="submit" disabled=is_incomplete>
                        {move || i18n::logins().change_password}
                    </button>
                </div>
            </form>
        </section>
    }
}
