//! A booking that is not shown, and why: it was taken back before it was one, it is still being read, nobody is signed in, or there is
//! none.

use leptos::prelude::*;
use shared::id::BookingId;

use crate::components::empty_state::EmptyState;
use crate::i18n;
use crate::member::frame::Waiting;
use crate::member::member_app::MemberApp;
use crate::member::parts::withdraw;
use crate::member::paths;
use crate::member::sign_in::SignIn;
use crate::reactive::memo;
use crate::state::Link;

/// Stands where the booking would. Whoever signs in here sees it as soon as it has been read.
#[component]
pub fn NoVisit(id: Option<BookingId>) -> impl IntoView {
    let app = MemberApp::expect();
    if id.is_some_and(withdraw::was_taken_back) {
        return view! { <TakenBack /> }.into_any();
    }
    let is_signed_out = memo(move || !app.is_signed_in());
    let is_reading = memo(move || {
        let is_new = app.replica.last_sync().is_none() && !app.is_offline();
        !app.replica.is_ready() || is_new || app.replica.link() == Link::Syncing
    });
    view! {
        {move || match (is_signed_out.get(), is_reading.get()) {
            (true, _) => view! { <SignInFirst /> }.into_any(),
            (false, true) => view! { <Waiting /> }.into_any(),
            (false, false) => view! { <Missing /> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn TakenBack() -> impl IntoView {
    view! {
        <EmptyState
            icon="ticket"
            title=Signal::derive(|| i18n::member().visits.taken_back_short.to_owned())
            text=Signal::derive(|| i18n::member().visits.taken_back_text.to_owned())
        >
            <a class="button button--primary" href=paths::STORES>{move || i18n::member().visits.book}</a>
        </EmptyState>
    }
}

#[component]
fn SignInFirst() -> impl IntoView {
    view! {
        <section class="section">
            <div class="page-head">
                <h2>{move || i18n::member().visits.sign_in_first}</h2>
                <p class="page-head__note">{move || i18n::member().visits.sign_in_first_text}</p>
            </div>
            <SignIn on_done=Callback::new(|()| ()) />
        </section>
    }
}

#[component]
fn Missing() -> impl IntoView {
    view! {
        <EmptyState
            icon="ticket"
            title=Signal::derive(|| i18n::member().visits.missing.to_owned())
            text=Signal::derive(|| i18n::member().visits.missing_text.to_owned())
        >
            <a class="button" href=paths::BOOKINGS>{move || i18n::member().frame.bookings}</a>
        </EmptyState>
    }
}
