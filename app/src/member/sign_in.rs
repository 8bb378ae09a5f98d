//! Signing in by phone and one-time code, on top of whatever a person was doing; the name and the consent only once.

mod code;
pub(crate) mod field;
mod name;
mod phone;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::phone::Phone;

use super::frame::{Page, Waiting};
use super::paths;
use crate::components::fresh;
use crate::member::member_app::MemberApp;
use crate::state::Link;
use crate::{browser, i18n};

use code::CodeForm;
use name::NameForm;
use phone::PhoneForm;

pub use name::what_is_missing;

/// A sign-in and the first exchange may overlap by so much.
const MOMENT_MILLISECONDS: i64 = 2_000;
/// After so long without the account's own records a person may ask again.
const PATIENCE_STEPS: u32 = 40;
const STEP_MILLISECONDS: u32 = 250;

/// Where the conversation stands.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Phone,
    Code(Phone),
    Finding,
    Slow,
    Name,
}

/// Signing in for its own sake.
#[component]
pub fn SignInPage() -> impl IntoView {
    let app = MemberApp::expect();
    let on_done = Callback::new(move |()| app.way.replace(paths::ME));
    view! {
        <Page title=Signal::derive(|| i18n::common().actions.sign_in.to_owned()) back=paths::ME>
            <section class="section"><SignIn on_done /></section>
        </Page>
    }
}

/// Phone, code, and for somebody new a name. `on_done` when a signed-in person with a name is there.
#[component]
pub fn SignIn(
    /// Everything is known.
    on_done: Callback<()>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let stage = RwSignal::new(Stage::Phone);
    if untrack(|| app.is_signed_in()) {
        find(app, stage, on_done);
    }
    let on_phone = Callback::new(move |phone| stage.set(Stage::Code(phone)));
    let on_session = Callback::new(move |()| {
        phone::forget();
        find(app, stage, on_done);
    });
    view! {
        {move || {
            fresh::begin();
            match stage.get() {
                Stage::Phone => view! { <PhoneForm on_phone /> }.into_any(),
                Stage::Code(phone) => view! {
                    <CodeForm phone on_session on_back=Callback::new(move |()| stage.set(Stage::Phone)) />
                }.into_any(),
                Stage::Finding => view! { <Waiting /> }.into_any(),
                Stage::Slow => view! { <Slow /> }.into_any(),
                Stage::Name => view! { <NameForm on_done /> }.into_any(),
            }
        }}
    }
}

/// Signed in, but the account's records do not come.
#[component]
fn Slow() -> impl IntoView {
    let app = MemberApp::expect();
    view! {
        <p role="status">{move || i18n::common().device.unreachable}</p>
        <button class="button button--wide" type="button" on:click=move |_| app.replica.sync_now()>
            {move || i18n::common().actions.retry}
        </button>
    }
}

/// Waits until the account's records have been read: only then is it known whether the person is new. Asking for a name before would
/// register somebody twice.
fn find(app: MemberApp, stage: RwSignal<Stage>, on_done: Callback<()>) {
    stage.set(Stage::Finding);
    // What the device kept from an earlier session says nothing about this one.
    let since = app.replica.clock().0.saturating_sub(MOMENT_MILLISECONDS);
    app.replica.sync_now();
    spawn_local(async move {
        let mut steps = 0;
        // For as long as somebody waits here.
        while stage.try_get_untracked().is_some() {
            if !untrack(|| app.members()).is_empty() {
                on_done.try_run(());
                return;
            }
            let (last, link) = untrack(|| (app.replica.last_sync(), app.replica.link()));
            if link == Link::SignedOut {
                stage.set(Stage::Phone);
                return;
            }
            // Where another tab leads, an exchange without news is not heard of here.
            let is_quiet = steps > PATIENCE_STEPS && last.is_some() && link == Link::Online;
            if last.is_some_and(|last| last.0 >= since) || is_quiet {
                stage.set(Stage::Name);
                return;
            }
            steps += 1;
            if steps == PATIENCE_STEPS {
                stage.set(Stage::Slow);
            }
            browser::sleep(STEP_MILLISECONDS).await;
        }
    });
}
