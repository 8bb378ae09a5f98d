//! Where I am signed in, and signing out there: a phone that was lost, a browser that was borrowed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::logins::SessionInList;
use uuid::Uuid;

use crate::components::icon::Icon;
use crate::components::sessions::Sessions;
use crate::member::frame::{Page, Waiting};
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::reactive::Busy;
use crate::{api, i18n};

/// `/m/me/devices`
#[component]
pub fn DevicesPage() -> impl IntoView {
    let app = MemberApp::expect();
    if !app.is_signed_in() {
        return app.way.elsewhere(paths::ME);
    }
    let sessions = RwSignal::new(None::<Vec<SessionInList>>);
    let error = RwSignal::new(None::<String>);
    let busy = Busy::default();
    let load = move || {
        spawn_local(async move {
            match api::logins::sessions(None).await {
                Ok(list) => drop(sessions.try_set(Some(list))),
                Err(problem) => drop(error.try_set(Some((i18n::refusals().api)(&problem)))),
            }
        });
    };
    load();
    let end = Callback::new(move |session: Uuid| {
        if !busy.begin() {
            return;
        }
        error.set(None);
        spawn_local(async move {
            match api::logins::sign_out_there(session).await {
                Ok(()) => {
                    app.say("check", i18n::common().sessions.signed_out_there.to_owned());
                    load();
                }
                Err(problem) => drop(error.try_set(Some((i18n::refusals().api)(&problem)))),
            }
            busy.end();
        });
    });
    let is_waiting = move || sessions.with(Option::is_none) && error.with(Option::is_none);
    view! {
        <Page title=Signal::derive(|| i18n::common().sessions.title.to_owned()) back=paths::ME>
            <p class="note">{move || i18n::common().sessions.text}</p>
            {move || error.get().map(|text| view! { <p class="field__error" role="alert"><Icon name="attention" />{text}</p> })}
            <Show when=is_waiting><Waiting /></Show>
            <Sessions sessions on_end=end />
        </Page>
    }
    .into_any()
}
