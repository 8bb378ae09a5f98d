//! Taking back what waits to be sent.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command};
use shared::id::CommandId;

use crate::i18n;
use crate::member::frame::MemberApp;
use crate::member::give::{Given, give};
use crate::member::visit::{Pending, Visit, is_about};
use crate::reactive::Busy;
use crate::state::Withdrawal;

/// The button, for a visit with something on its way.
#[component]
pub fn Withdraw(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let busy = Busy::default();
    let take_back = move |_| {
        let last =
            untrack(|| app.replica.waiting()).iter().rev().find(|waiting| is_about(&waiting.command, visit.id)).map(|waiting| waiting.uuid);
        let Some(uuid) = last.filter(|_| busy.begin()) else { return };
        let visit = visit.clone();
        spawn_local(async move {
            withdraw(app, uuid, &visit).await;
            busy.end();
        });
    };
    view! {
        <button class="button button--wide" type="button" disabled=move || busy.get() on:click=take_back>
            {move || i18n::member().visits.withdraw}
        </button>
    }
}

async fn withdraw(app: MemberApp, uuid: CommandId, visit: &Visit) {
    let words = &i18n::member().visits;
    match app.replica.withdraw(uuid).await {
        Withdrawal::Done => app.say("check", words.withdrawn.to_owned()),
        // It may have arrived: a booking can still be cancelled, whatever came first.
        Withdrawal::Sent if visit.pending == Some(Pending::Booking) => {
            let cancel = Cancel { store: visit.store, booking: visit.id, by: CancelledBy::Member, reason: String::new() };
            match give(app, Command::Cancel(cancel)).await {
                Given::Done => app.say("check", words.cancelled.to_owned()),
                Given::Waiting => app.say("cloud-off", words.cancel_waits.to_owned()),
                Given::Refused { why, .. } | Given::Failed(why) => app.say("attention", why),
                Given::SignedOut => app.say("lock", i18n::common().device.session_over.to_owned()),
            }
        }
        Withdrawal::Sent => app.say("hourglass", words.already_sent.to_owned()),
        Withdrawal::Failed(error) => app.say("attention", (i18n::refusals().store)(&error).to_owned()),
    }
}
