//! What is wrong right now, in one line each: offline, stale, a new version, a session that is over, storage.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::new_version::NewVersion;
use crate::i18n::{self, format};
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::pwa::Pwa;
use crate::reactive::memo;
use crate::state::{Link, Storage};

/// From this age on a person should check.
const STALE_MINUTES: i64 = 24 * 60;

/// All banners that apply.
#[component]
pub fn Banners() -> impl IntoView {
    view! {
        <VersionLine />
        <SessionOver />
        <Offline />
        <StorageTrouble />
    }
}

#[component]
fn VersionLine() -> impl IntoView {
    let pwa = expect_context::<Pwa>();
    let replica = MemberApp::expect().replica;
    let is_ready = memo(move || pwa.is_outdated(replica));
    view! { <NewVersion is_ready on_take=Callback::new(move |()| pwa.use_new_version()) /> }
}

#[component]
fn SessionOver() -> impl IntoView {
    let app = MemberApp::expect();
    view! {
        <Show when=move || app.replica.link() == Link::SignedOut && app.replica.session().is_some()>
            <div class="banner banner--decide" role="alert">
                <Icon name="lock" />
                <span class="banner__text">{move || i18n::common().device.session_over}</span>
                <a class="banner__action" href=paths::SIGN_IN>{move || i18n::common().actions.sign_in}</a>
            </div>
        </Show>
    }
}

#[component]
fn Offline() -> impl IntoView {
    let app = MemberApp::expect();
    let age = memo(move || app.replica.last_sync().map(|at| app.minute.get().minutes_since(at)));
    let is_stale = memo(move || age.get().is_some_and(|age| age >= STALE_MINUTES));
    let text = move || {
        let words = &i18n::member().frame;
        let seen = match app.replica.last_sync() {
            Some(at) if is_stale.get() => (words.stale)(&format::ago(at, app.minute.get())),
            Some(at) => (words.offline_since)(&format::device_time(at)),
            None => words.offline.to_owned(),
        };
        match app.replica.waiting().len() {
            0 => seen,
            count => format!("{seen} · {}", (words.unsent)(count)),
        }
    };
    view! {
        <Show when=move || app.is_offline()>
            <div class="banner" class=("banner--stale", move || is_stale.get()) role="status">
                <Icon name="cloud-off" />
                <span class="banner__text">{text}</span>
                <button class="banner__action" type="button" on:click=move |_| app.replica.sync_now()>
                    {move || i18n::common().actions.retry}
                </button>
            </div>
        </Show>
    }
}

#[component]
fn StorageTrouble() -> impl IntoView {
    let app = MemberApp::expect();
    let trouble = memo(move || match app.replica.storage() {
        Storage::Newer => None,
        // Without a database everything works as long as there is a network.
        Storage::Absent | Storage::Ended { unsent: 0 } if !app.is_offline() => None,
        storage => Some((i18n::common().device.storage)(storage)).filter(|text| !text.is_empty()),
    });
    view! {
        <Show when=move || trouble.with(Option::is_some)>
            <div class="banner banner--decide" role="alert">
                <Icon name="attention" />
                <span class="banner__text">{move || trouble.get()}</span>
                <Show when=move || matches!(app.replica.storage(), Storage::Evicted { .. })>
                    <button class="banner__action" type="button" on:click=move |_| app.replica.dismiss_loss()>
                        {move || i18n::common().actions.dismiss}
                    </button>
                </Show>
            </div>
        </Show>
    }
}
