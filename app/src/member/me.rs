//! Me: name, language, appearance, this device, privacy.

mod device;
mod devices;
mod privacy;
mod profile;
mod settings;

use leptos::prelude::*;

use super::frame::Page;
use super::paths;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::member_app::MemberApp;

use device::Device;
use profile::Profile;
use settings::{Appearance, LanguageChoice};

pub use devices::DevicesPage;
pub use privacy::PrivacyPage;

/// The last tab.
#[component]
pub fn MePage() -> impl IntoView {
    let app = MemberApp::expect();
    let words = i18n::person;
    view! {
        <Page title=Signal::derive(|| i18n::member().frame.me.to_owned())>
            <Show when=move || app.replica.session().is_some() fallback=SignedOut>
                <Profile />
            </Show>
            <section class="section" aria-labelledby="language">
                <h2 id="language">{move || words().language}</h2>
                <LanguageChoice />
            </section>
            <section class="section" aria-labelledby="appearance">
                <h2 id="appearance">{move || words().appearance}</h2>
                <Appearance />
            </section>
            <Device />
        </Page>
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    let words = i18n::person;
    view! {
        <section class="section">
            <div class="page-head">
                <h2>{move || words().sign_in_title}</h2>
                <p class="page-head__note">{move || words().sign_in_text}</p>
            </div>
            <a class="button button--primary button--large button--wide" href=paths::SIGN_IN>
                <Icon name="phone" />
                {move || i18n::common().actions.sign_in}
            </a>
        </section>
    }
}
