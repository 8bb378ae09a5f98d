//! Where a login is signed in, and signing out there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::UserId;
use shared::login::SessionInList;
use uuid::Uuid;

use crate::api::{self, ApiError};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::sign_in::ApiProblem;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

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
                    bench.say("check", i18n::logins().signed_out_there.to_owned(), None);
                    load();
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    });
    let is_empty = move || sessions.with(|sessions| sessions.as_ref().is_some_and(Vec::is_empty));
    let list = move || sessions.get().unwrap_or_default();
    view! {
        <ApiProblem problem />
        <Show when=is_empty><p class="muted">{move || i18n::logins().no_sessions}</p></Show>
        <ul class="list">
            <Rows each=list key=|session| session.id children=move |session| view! { <SessionRow session on_end=end /> } />
        </ul>
    }
}

#[component]
fn SessionRow(session: SessionInList, on_end: Callback<Uuid>) -> impl IntoView {
    let SessionInList { id, device_label, signed_in_at, seen_at, is_this } = session;
    let title = move || if device_label.is_empty() { i18n::logins().unknown_device.to_owned() } else { device_label.clone() };
    let note = move || (i18n::logins().signed_in)(&format::device_time(signed_in_at), &format::device_time(seen_at));
    view! {
        <li class="list__item">
            <Icon name="lock" />
            <span class="list__text"><span class="list__title">{title}</span><span class="list__note">{note}</span></span>
            <Show
                when=move || !is_this
                fallback=|| view! { <span class="list__value">{move || i18n::logins().this_device}</span> }
            >
                <button class="button button--danger button--small" type="button" on:click=move |_| on_end.run(id)>
                    {move || i18n::logins().sign_out_there}
                </button>
            </Show>
        </li>
    }
}
