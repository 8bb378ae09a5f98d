//! The privacy notice, and when a person agreed to it.

use leptos::prelude::*;
use shared::member::PRIVACY_VERSION;

use crate::i18n::{self, format};
use crate::member::frame::Page;
use crate::member::member_app::MemberApp;
use crate::member::paths;

/// The notice in plain words.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let app = MemberApp::expect();
    let words = i18n::person;
    let agreed = move || {
        let consent = app.members().first().and_then(|member| member.consent)?;
        Some((words().agreed)(consent.version, &format::date_with_year(format::device_local(consent.at).0)))
    };
    let parts = move || {
        words()
            .notice
            .iter()
            .map(|(heading, text)| view! { <section class="stack stack--tight"><h2>{*heading}</h2><p>{*text}</p></section> })
            .collect_view()
    };
    view! {
        <Page title=Signal::derive(move || words().notice_title.to_owned()) back=paths::ME>
            <p class="note">{move || agreed().unwrap_or_else(|| (words().notice_version)(PRIVACY_VERSION))}</p>
            {parts}
        </Page>
    }
}
