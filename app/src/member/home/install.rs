//! Installing, offered once there is something worth having at hand: never before the first booking.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::member::member_app::MemberApp;
use crate::pwa::Pwa;
use crate::reactive::memo;
use crate::{browser, i18n};

const DECLINED: &str = "huiyue-install-declined";

/// The card, where the browser can install or a person can.
#[component]
pub fn InstallCard() -> impl IntoView {
    let app = MemberApp::expect();
    let pwa = expect_context::<Pwa>();
    let declined = RwSignal::new(browser::preference(DECLINED).is_some());
    let by_hand = browser::is_ios() && !browser::is_wechat();
    let shown = memo(move || {
        let has_booked = app.visits.with(|visits| !visits.is_empty());
        let possible = pwa.can_install() || by_hand || browser::is_wechat();
        has_booked && possible && !declined.get() && !browser::is_installed()
    });
    let decline = move |_| {
        browser::set_preference(DECLINED, Some("1"));
        declined.set(true);
    };
    let note = move || {
        let words = &i18n::member().home;
        if browser::is_wechat() {
            words.wechat
        } else if by_hand {
            words.install_ios
        } else {
            words.install_text
        }
    };
    view! {
        <Show when=move || shown.get()>
            <section class="notice" aria-labelledby="install">
                <Icon name="download" />
                <div class="notice__text">
                    <h2 class="notice__title" id="install">{move || i18n::member().home.install_title}</h2>
                    <p class="notice__note">{note}</p>
                </div>
                <button class="button button--icon" type="button" aria-label=move || i18n::common().actions.dismiss on:click=decline>
                    <Icon name="close" />
                </button>
                <Show when=move || pwa.can_install()>
                    <div class="notice__actions">
                        <button class="button button--primary" type="button" on:click=move |_| pwa.install()>
                            {move || i18n::member().home.install}
                        </button>
                    </div>
                </Show>
            </section>
        </Show>
    }
}
