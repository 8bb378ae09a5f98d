//! Cancelling: what it means is said before the tap.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command};

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::member::submit::{SubmitResult, show, submit_and_wait};
use crate::member::visit::Visit;
use crate::reactive::Busy;

/// The question.
#[component]
pub fn CancelDialog(visit: Visit, on_close: Callback<()>) -> impl IntoView {
    let app = MemberApp::expect();
    let busy = Busy::default();
    let error = RwSignal::new(None::<String>);
    let is_request = visit.is_only_asked();
    let command = Command::Cancel(Cancel { store: visit.store, booking: visit.id, by: CancelledBy::Member, reason: "".into() });
    let cancel = move |_| {
        if !busy.begin() {
            return;
        }
        let command = command.clone();
        spawn_local(async move {
            let words = &i18n::member().visits;
            match submit_and_wait(app, command).await {
                SubmitResult::Done => app.say("check", if is_request { words.taken_back } else { words.cancelled }.to_owned()),
                SubmitResult::Waiting => app.say("cloud-off", words.cancel_waits.to_owned()),
                SubmitResult::Refused { why, .. } | SubmitResult::Failed(why) => return failed(app, busy, error, why),
                SubmitResult::SignedOut => return failed(app, busy, error, i18n::common().device.session_over.to_owned()),
            }
            on_close.try_run(());
        });
    };
    let text = move || {
        let words = &i18n::member().visits;
        if is_request {
            return words.take_back_free.to_owned();
        }
        let until = labels::date_time(&app.view(), visit.store, visit.free_until).unwrap_or_default();
        if visit.is_late(app.minute.get()) { (words.cancel_late)(&until) } else { (words.cancel_free)(&until) }
    };
    let words = || &i18n::member().visits;
    let title = Signal::derive(move || if is_request { words().take_back_title } else { words().cancel_title }.to_owned());
    view! {
        <Dialog title on_close>
            <p>{text}</p>
            {move || error.get().map(|text| view! { <p class="field__error" role="alert"><Icon name="attention" />{text}</p> })}
            <div class="dialog__actions">
                <button class="button button--primary button--wide" type="button" autofocus on:click=move |_| on_close.run(())>
                    {move || i18n::member().visits.cancel_keep}
                </button>
                <button
                    class="button button--danger button--wide"
                    type="button"
                    disabled=move || busy.get()
                    aria-busy=move || busy.get().to_string()
                    on:click=cancel
                >
                    {move || if is_request { words().take_back_do } else { words().cancel_do }}
                </button>
            </div>
        </Dialog>
    }
}

fn failed(app: MemberApp, busy: Busy, error: RwSignal<Option<String>>, why: String) {
    busy.end();
    show(app, error, why);
}
