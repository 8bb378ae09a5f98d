//! Home: what needs a decision, the next visit, once again, stores.

mod again;
mod install;
mod lost;
mod next;
mod unfinished;

use leptos::prelude::*;

use super::book::StoreList;
use super::frame::{Page, Waiting};
use super::parts::displaced::DisplacedCards;
use super::parts::moved::MovedCards;
use super::parts::refused::RefusedCards;
use super::parts::waiting::OfferCards;
use super::paths;
use crate::chunk::Stand;
use crate::components::icon::Icon;
use crate::components::not_fetched::NotFetched;
use crate::i18n;
use crate::member::chunks::Chunks;
use crate::member::member_app::MemberApp;
use crate::reactive::memo;

use lost::LostCards;
use next::{NextVisit, next_visit};
use unfinished::Unfinished;

pub use again::{Again, again};
pub use install::InstallCard;

/// The first page.
#[component]
pub fn HomePage() -> impl IntoView {
    let app = MemberApp::expect();
    view! {
        <Page title=String::new()>
            <Show when=move || app.replica.is_ready() fallback=Waiting>
                <Cards part=NEWS />
                <Unfinished />
                <Show when=move || next_visit(app).is_some() fallback=Welcome>
                    <NextVisit />
                </Show>
                <Cards part=AGAIN />
                <Cards part=INSTALL />
                <section class="section" aria-labelledby="stores">
                    <div class="section__head">
                        <h2 id="stores">{move || i18n::member().home.stores}</h2>
                    </div>
                    <StoreList />
                </section>
            </Show>
        </Page>
    }
}

/// The part of the cards that says what has happened to visits.
const NEWS: &str = "news";
/// The part that offers to come again.
pub const AGAIN: &str = "again";
/// The part that offers to install the app: never before the first booking.
pub const INSTALL: &str = "install";

/// Cards that only somebody with visits has: they come in a file of their own, which nobody else fetches.
#[component]
fn Cards(part: &'static str) -> impl IntoView {
    let app = MemberApp::expect();
    let has_visits =
        memo(move || app.visits.with(|visits| !visits.is_empty()) || !app.replica.refused().is_empty() || !app.view().waitlist.is_empty());
    let cards = expect_context::<Chunks>().cards;
    let stand = Stand { waiting: || ().into_any(), missing: |again| view! { <NotFetched again /> }.into_any() };
    view! { <Show when=move || has_visits.get()>{cards.view(part.to_owned(), stand)}</Show> }
}

/// What stores did with visits, and what they could not take.
#[component]
pub fn News() -> impl IntoView {
    view! {
        <OfferCards />
        <DisplacedCards />
        <RefusedCards />
        <LostCards />
        <MovedCards />
    }
}

/// Nothing is booked.
#[component]
fn Welcome() -> impl IntoView {
    let words = || &i18n::member().home;
    view! {
        <section class="section" aria-labelledby="welcome">
            <div class="page-head">
                <h2 id="welcome">{move || words().empty_title}</h2>
                <p class="page-head__note">{move || words().empty_text}</p>
            </div>
            <a class="button button--primary button--large button--wide" href=paths::STORES>
                <Icon name="calendar" />
                {move || i18n::member().visits.book}
            </a>
        </section>
    }
}
