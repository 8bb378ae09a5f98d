//! Home: what needs a decision, the next visit, once again, stores.

mod again;
mod displaced;
mod install;
mod lost;
mod moved;
mod next;
mod refused;
mod unfinished;

use leptos::prelude::*;

use super::book::StoreList;
use super::frame::{MemberApp, Page, Waiting};
use super::paths;
use crate::components::icon::Icon;
use crate::i18n;
use again::Again;
use displaced::DisplacedCards;
use install::InstallCard;
use lost::LostCards;
use moved::MovedCards;
use next::{NextVisit, next_visit};
use unfinished::Unfinished;

pub use again::again;
pub use displaced::{DisplacedCard, is_on_its_card};
pub use moved::Told;
pub use refused::{RefusedCards, refused_booking};

/// The first page.
#[component]
pub fn HomePage() -> impl IntoView {
    let app = MemberApp::expect();
    view! {
        <Page title=String::new()>
            <Show when=move || app.replica.is_ready() fallback=Waiting>
                <DisplacedCards />
                <RefusedCards />
                <LostCards />
                <MovedCards />
                <Unfinished />
                <Show when=move || next_visit(app).is_some() fallback=Welcome>
                    <NextVisit />
                </Show>
                <Again />
                <InstallCard />
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
