//! My bookings: upcoming and past, one of them, moving and cancelling.

mod cancel;
mod card;
mod change;
mod detail;
pub(crate) mod state_chip;

use leptos::prelude::*;

use super::frame::{Page, Waiting};
use super::parts::refused::RefusedCards;
use super::parts::waiting::{WaitList, waits};
use super::paths;
use super::visit::Visit;
use crate::components::empty_state::EmptyState;
use crate::i18n;
use crate::member::member_app::MemberApp;
use crate::reactive::memo;

use card::VisitCard;

pub use change::MovePage;
pub use detail::VisitPage;

/// The list.
#[component]
pub fn BookingsPage() -> impl IntoView {
    let app = MemberApp::expect();
    let part = move |upcoming: bool| {
        let now = app.minute.get();
        app.visits.with(|visits| visits.iter().filter(|visit| visit.is_upcoming(now) == upcoming).cloned().collect::<Vec<Visit>>())
    };
    let upcoming = memo(move || part(true));
    let past = memo(move || {
        let mut past = part(false);
        past.reverse();
        past
    });
    let waits = memo(move || waits(app).len());
    let is_empty = move || upcoming.with(Vec::is_empty) && past.with(Vec::is_empty) && waits.get() == 0;
    view! {
        <Page title=Signal::derive(|| i18n::member().frame.bookings.to_owned())>
            <Show when=move || app.replica.is_ready() fallback=Waiting>
                <RefusedCards />
                <WaitList />
                <Show when=move || !is_empty() fallback=NoVisits>
                    <VisitList visits=upcoming word=Signal::derive(|| i18n::member().visits.upcoming) is_past=false />
                    <VisitList visits=past word=Signal::derive(|| i18n::member().visits.past) is_past=true />
                </Show>
            </Show>
        </Page>
    }
}

#[component]
fn VisitList(visits: Memo<Vec<Visit>>, word: Signal<&'static str>, is_past: bool) -> impl IntoView {
    let app = MemberApp::expect();
    view! {
        <Show when=move || !visits.with(Vec::is_empty)>
            <section class="section">
                <div class="section__head"><h2>{word}</h2></div>
                <div class="stack stack--tight">
                    {move || {
                        app.follow_names();
                        visits.get().into_iter().map(|visit| view! { <VisitCard visit is_past /> }).collect_view()
                    }}
                </div>
            </section>
        </Show>
    }
}

#[component]
fn NoVisits() -> impl IntoView {
    let app = MemberApp::expect();
    let words = || &i18n::member().visits;
    view! {
        <EmptyState
            icon="ticket"
            title=Signal::derive(move || words().empty_title.to_owned())
            text=Signal::derive(move || words().empty_text.to_owned())
        >
            <a class="button button--primary" href=paths::STORES>{move || words().book}</a>
            <Show when=move || !app.is_signed_in()>
                <a class="button button--quiet" href=paths::SIGN_IN>{move || i18n::common().actions.sign_in}</a>
            </Show>
        </EmptyState>
    }
}
