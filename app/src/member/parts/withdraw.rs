//! Taking back a booking that waits to be sent.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command};
use shared::id::{BookingId, CommandId};

use crate::local_db::loaded::Withdrawal;
use crate::member::member_app::MemberApp;
use crate::member::visit::Visit;
use crate::reactive::Busy;
use crate::{browser, i18n};

/// The id of the last one that was taken back in this tab: there is no record of it any more.
const TAKEN_BACK: &str = "huiyue-member-taken-back";

/// Whether it was taken back here before it became a booking.
pub fn was_taken_back(id: BookingId) -> bool {
    browser::of_tab(TAKEN_BACK).is_some_and(|taken_back| taken_back == id.to_string())
}

/// The button, for a visit that is not booked yet.
#[component]
pub fn Withdraw(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let busy = Busy::default();
    let take_back = move |_| {
        let makes_it = |command: &Command| matches!(command, Command::Book(book) if book.booking == visit.id);
        let waiting = untrack(|| app.replica.waiting());
        let uuid = waiting.iter().find(|waiting| makes_it(&waiting.command)).map(|waiting| waiting.uuid);
        let Some(uuid) = uuid.filter(|_| busy.begin()) else { return };
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
    // A booking that was faster is cancelled behind it.
    let cancel = Command::Cancel(Cancel { store: visit.store, booking: visit.id, by: CancelledBy::Member, reason: "".into() });
    // Before it goes: the page that shows it looks for the reason in that moment.
    browser::set_of_tab(TAKEN_BACK, Some(&visit.id.to_string()));
    let taken_back = app.replica.withdraw(uuid, Some(cancel)).await;
    if !matches!(taken_back, Ok(Withdrawal::Done | Withdrawal::Asked)) {
        browser::set_of_tab(TAKEN_BACK, None);
    }
    match taken_back {
        Ok(Withdrawal::Done) => app.say("check", words.withdrawn.to_owned()),
        Ok(Withdrawal::Asked) => app.say("hourglass", words.withdraw_waits.to_owned()),
        Ok(Withdrawal::TooLate) => app.say("attention", words.withdraw_late.to_owned()),
        Err(error) => app.say("attention", (i18n::refusals().store)(&error).to_owned()),
    }
}
