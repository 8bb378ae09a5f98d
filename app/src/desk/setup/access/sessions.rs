//! Where a login is signed in, and signing out there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::logins::SessionInList;
use shared::id::UserId;
use uuid::Uuid;

use crate::api::{self, ApiError};
use crate::components::sessions::Sessions;
use crate::desk::api_problem::ApiProblem;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// The sessions of a login, or one's own.
#[component]
pub fn SessionList(
    /// Whose; one's own without.
    of: Option<UserId>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let sessions = RwSignal::new(None::<Vec<SessionInList>>);
    let problem = RwSignal::new(None::<ApiError>);
    let load = move || {
        spawn_local(async move {
            match api::logins::sessions(of).await {
                Ok(list) => drop(sessions.try_set(Some(list))),
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    load();
    let end = Callback::new(move |session: Uuid| {
        spawn_local(async move {
            match api::logins::sign_out_there(session).await {
                Ok(()) => {
                    bench.say("check", i18n::common().sessions.signed_out_there.to_owned(), None);
                    load();
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    });
    view! {
        <ApiProblem problem />
        <Sessions sessions on_end=end />
    }
}
