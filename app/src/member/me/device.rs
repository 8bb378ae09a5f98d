//! This device: how it stands with the server, privacy, signing out without losing anything unnoticed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::i18n::{self, format};
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::reactive::Busy;
use crate::state::SignOutError;

/// Rows that lead somewhere.
#[component]
pub fn Device() -> impl IntoView {
    let app = MemberApp::expect();
    let (unsent, busy) = (RwSignal::new(None::<usize>), Busy::default());
    let words = i18n::person;
    let synced = move || match app.replica.last_sync() {
        Some(at) => (words().synced)(&format::device_time(at)),
        None => words().never_synced.to_owned(),
    };
    let waiting = move || match app.replica.waiting().len() {
        0 => (i18n::common().device.link)(app.replica.link()).to_owned(),
        count => (i18n::member().frame.unsent)(count),
    };
    view! {
        <section class="section" aria-labelledby="device">
            <h2 id="device">{move || words().device}</h2>
            <ul class="list">
                <li>
                    <button class="list__item" type="button" on:click=move |_| app.replica.sync_now()>
                        <Icon name="sync" />
                        <span class="list__text">
                            <span class="list__title">{move || words().sync}</span>
                            <span class="list__note">{synced}</span>
                        </span>
                        <span class="list__value">{waiting}</span>
                    </button>
                </li>
                <li>
                    <a class="list__item" href=paths::PRIVACY>
                        <Icon name="shield" />
                        <span class="list__text">
                            <span class="list__title">{move || words().privacy}</span>
                            <span class="list__note">{move || words().notice_title}</span>
                        </span>
                        <Icon name="forward" />
                    </a>
                </li>
                <Show when=move || app.replica.session().is_some()>
                    <li>
                        <a class="list__item" href=paths::DEVICES>
                            <Icon name="lock" />
                            <span class="list__text"><span class="list__title">{move || i18n::common().sessions.title}</span></span>
                            <Icon name="forward" />
                        </a>
                    </li>
                    <li>
                        <button class="list__item" type="button" on:click=move |_| sign_out(app, false, unsent, busy)>
                            <Icon name="sign-out" />
                            <span class="list__text">
                                <span class="list__title">{move || i18n::common().actions.sign_out}</span>
                                <span class="list__note">{move || words().sign_out_note}</span>
                            </span>
                        </button>
                    </li>
                </Show>
            </ul>
        </section>
        <UnsentDialog unsent busy />
    }
}

fn sign_out(app: MemberApp, force: bool, unsent: RwSignal<Option<usize>>, busy: Busy) {
    if !busy.begin() {
        return;
    }
    spawn_local(async move {
        match app.replica.sign_out(force).await {
            Ok(()) => {
                app.draft.clear();
                unsent.set(None);
            }
            Err(SignOutError::Unsent(count)) => unsent.set(Some(count)),
        }
        busy.end();
    });
}

/// Something has not been sent: keep it, or lose it knowingly.
#[component]
fn UnsentDialog(unsent: RwSignal<Option<usize>>, busy: Busy) -> impl IntoView {
    let app = MemberApp::expect();
    let close = Callback::new(move |()| unsent.set(None));
    let text = move || unsent.get().map(|count| (i18n::common().device.unsent_on_sign_out)(count));
    let words = i18n::person;
    view! {
        <Show when=move || unsent.get().is_some()>
            <Dialog title=Signal::derive(move || words().unsent_title.to_owned()) on_close=close>
                <p>{text}</p>
                <div class="dialog__actions">
                    <button class="button button--primary button--wide" type="button" autofocus on:click=move |_| close.run(())>
                        {move || words().keep}
                    </button>
                    <button class="button button--danger button--wide" type="button" on:click=move |_| sign_out(app, true, unsent, busy)>
                        {move || words().force}
                    </button>
                </div>
            </Dialog>
        </Show>
    }
}
