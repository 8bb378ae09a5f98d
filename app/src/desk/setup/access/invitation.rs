//! The link with which somebody sets the password of their login: shown once, copied with one tap.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::logins::MadeLogin;
use shared::time::Timestamp;

use crate::components::icon::Icon;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::{api, browser};

/// A link to show: its secret and its end.
pub(super) type Invitation = (String, Timestamp);

/// The invitation in an answer, if it has one.
pub(super) fn of(made: MadeLogin) -> Option<Invitation> {
    made.invitation.zip(made.invitation_ends_at)
}

#[component]
pub(super) fn InvitationLink(invitation: Invitation) -> impl IntoView {
    let bench = Workbench::expect();
    let (secret, ends_at) = invitation;
    let link = api::logins::link(&secret);
    let copied = link.clone();
    let copy = move |_| {
        let link = copied.clone();
        spawn_local(async move {
            if browser::copy(&link).await {
                bench.say("check", i18n::logins().copied.to_owned(), None);
            }
        });
    };
    let select = move |event: web_sys::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <section class="notice" aria-labelledby="invitation">
            <Icon name="send" />
            <div class="notice__text">
                <h3 class="notice__title" id="invitation">{move || i18n::logins().invitation}</h3>
                <p class="notice__note">{move || (i18n::logins().invitation_text)(&format::device_time(ends_at))}</p>
                <input class="input" readonly aria-labelledby="invitation" value=link on:focus=select />
            </div>
            <div class="notice__actions">
                <button class="button button--primary" type="button" on:click=copy>{move || i18n::logins().copy}</button>
            </div>
        </section>
    }
}
