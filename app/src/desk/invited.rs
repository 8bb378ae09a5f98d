//! The door for somebody who was invited: they set the password of their login, and are inside. The secret stands behind the `#` of the
//! link and leaves the address at once.

use leptos::prelude::*;
use shared::api::logins::AcceptInvitation;
use shared::login::SHORTEST_PASSWORD;

use super::busy::once;
use crate::api::{self, ApiError};
use crate::components::text_field::{TextField, TextKind};
use crate::desk::api_problem::ApiProblem;
use crate::i18n;
use crate::state::Replica;

/// Sets a first password.
#[component]
pub fn InvitedForm(
    /// The secret of the link.
    invitation: String,
) -> impl IntoView {
    let replica = Replica::expect();
    let password = RwSignal::new(String::new());
    let (is_busy, problem) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let accept = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        let asked = AcceptInvitation { invitation: invitation.clone(), password: password.get_untracked() };
        once(is_busy, async move {
            match api::logins::accept(&asked).await {
                Ok(session) => replica.use_session(session).await,
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    let is_incomplete = move || password.with(|password| password.chars().count() < SHORTEST_PASSWORD);
    view! {
        <form class="form" on:submit=accept>
            <TextField
                name="invited-password"
                label=i18n::text(|| i18n::logins().new_password)
                value=password
                kind=TextKind::NewPassword
                note=i18n::text(|| i18n::logins().password_note)
            />
            <ApiProblem problem />
            <button
                class="button button--primary button--large button--wide"
                type="submit"
                disabled=is_incomplete
                aria-busy=move || is_busy.get().to_string()
            >
                {move || i18n::logins().set_and_enter}
            </button>
        </form>
    }
}
