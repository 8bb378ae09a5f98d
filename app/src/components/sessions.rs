//! Where somebody is signed in: a row for each device, and signing out there. Told by whoever asks the server.

use leptos::prelude::*;
use shared::api::logins::SessionInList;
use uuid::Uuid;

use super::icon::Icon;
use super::rows::Rows;
use crate::i18n::{self, format};

/// The rows; nothing while they are not known.
#[component]
pub fn Sessions(
    /// As the server lists them.
    sessions: RwSignal<Option<Vec<SessionInList>>>,
    /// Signs out there.
    on_end: Callback<Uuid>,
) -> impl IntoView {
    let is_empty = move || sessions.with(|sessions| sessions.as_ref().is_some_and(Vec::is_empty));
    let list = move || sessions.get().unwrap_or_default();
    view! {
        <Show when=is_empty><p class="muted">{move || i18n::common().sessions.none}</p></Show>
        <ul class="list">
            <Rows each=list key=|session| session.id children=move |session| view! { <SessionRow session on_end /> } />
        </ul>
    }
}

#[component]
fn SessionRow(session: SessionInList, on_end: Callback<Uuid>) -> impl IntoView {
    let SessionInList { id, device_label, signed_in_at, seen_at, is_this } = session;
    let words = || &i18n::common().sessions;
    let title = move || if device_label.is_empty() { words().unknown_device.to_owned() } else { device_label.clone() };
    let note = move || (words().signed_in)(&format::device_time(signed_in_at), &format::device_time(seen_at));
    view! {
        <li class="list__item">
            <Icon name="lock" />
            <span class="list__text"><span class="list__title">{title}</span><span class="list__note">{note}</span></span>
            <Show when=move || !is_this fallback=move || view! { <span class="list__value">{move || words().this_device}</span> }>
                <button class="button button--danger button--small" type="button" on:click=move |_| on_end.run(id)>
                    {move || words().sign_out_there}
                </button>
            </Show>
        </li>
    }
}
