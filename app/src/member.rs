//! The member app's pages. It opens at home; browsing needs no sign-in; every page works offline with what is cached.

mod book;
mod bookings;
pub mod chunks;
mod days;
mod draft;
mod find;
mod frame;
mod home;
mod labels;
mod me;
pub(crate) mod member_app;
mod moved;
mod parts;
mod paths;
mod plan;
mod sign_in;
pub(crate) mod submit;
pub(crate) mod told;
mod visit;
mod waiting;
mod way;

use std::future::ready;

use leptos::prelude::*;
use shared::command::{CommandSet, RuleSet};

use crate::chunk::{Chunk, RulesFile, Stand};
use crate::member::chunks::Chunks;
use crate::member::member_app::MemberApp;
use crate::reactive::lasting;
use crate::state::Replica;
use crate::{App, browser, i18n, pwa, theme};

use frame::{Lost, Missing, Page, Waiting};

/// Starts the member app.
pub fn start(chunks: Chunks) {
    console_error_panic_hook::set_once();
    i18n::show();
    theme::show();
    mount_to_body(move || {
        provide_context(App::Member);
        provide_context(chunks);
        let replica = Replica::provide(App::Member, CommandSet::MEMBER, RulesFile { fetch: || Box::pin(ready(Ok(RuleSet::MEMBER))) });
        pwa::start(App::Member);
        MemberApp::provide(replica);
        view! { <Pages chunks /> }
    });
    if let Some(boot) = browser::document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// The page of the address.
#[component]
fn Pages(chunks: Chunks) -> impl IntoView {
    let app = MemberApp::expect();
    let is_known = is_known(app);
    view! {
        {move || {
            let path = app.way.path();
            if begins_with_what_is_known(&path) && !is_known.get() {
                return fetching();
            }
            untrack(|| page(app, chunks, &path))
        }}
    }
}

/// Becomes true once and stays: something has been read to begin with, from the cache or from the server; or nobody can be asked.
fn is_known(app: MemberApp) -> Memo<bool> {
    lasting(move |was_known| was_known || app.replica.is_ready() && (app.view().known.catalogue || app.is_offline()))
}

/// Pages that decide as they open what they are about: whether a time is free, which booking to move.
fn begins_with_what_is_known(path: &str) -> bool {
    path == paths::CONFIRM || path.ends_with("/move")
}

/// The whole table of addresses.
fn page(app: MemberApp, chunks: Chunks, path: &str) -> AnyView {
    let from = |chunk: Chunk| chunk.view(path.to_owned(), Stand { waiting: fetching, missing });
    match steps(path).as_slice() {
        [] | ["m"] => view! { <home::HomePage /> }.into_any(),
        ["m", "book"] => view! { <book::StoresPage /> }.into_any(),
        ["m", "book", ..] => from(chunks.booking),
        ["m", "bookings", ..] => from(chunks.visits),
        ["m", "card"] => app.way.elsewhere(paths::ME),
        ["m", "me", ..] | ["m", "sign-in"] => from(chunks.person),
        _ => view! { <Lost /> }.into_any(),
    }
}

/// The steps of a booking after the store.
pub fn booking_pages(path: &str) -> AnyView {
    match steps(path).as_slice() {
        ["m", "book", "services"] => view! { <book::ServicesPage /> }.into_any(),
        ["m", "book", "staff"] => view! { <book::StaffPage /> }.into_any(),
        ["m", "book", "time"] => view! { <book::TimePage /> }.into_any(),
        ["m", "book", "confirm"] => view! { <book::ConfirmPage /> }.into_any(),
        ["m", "book", "done", id] => view! { <book::DonePage id=id.parse().ok() /> }.into_any(),
        _ => view! { <Lost /> }.into_any(),
    }
}

/// My bookings, one of them, moving it.
pub fn visit_pages(path: &str) -> AnyView {
    match steps(path).as_slice() {
        ["m", "bookings"] => view! { <bookings::BookingsPage /> }.into_any(),
        ["m", "bookings", id] => view! { <bookings::VisitPage id=id.parse().ok() /> }.into_any(),
        ["m", "bookings", id, "move"] => view! { <bookings::MovePage id=id.parse().ok() /> }.into_any(),
        _ => view! { <Lost /> }.into_any(),
    }
}

/// Who I am: signing in, my settings, what is kept about me.
pub fn person_pages(path: &str) -> AnyView {
    match steps(path).as_slice() {
        ["m", "me"] => view! { <me::MePage /> }.into_any(),
        ["m", "me", "devices"] => view! { <me::DevicesPage /> }.into_any(),
        ["m", "me", "privacy"] => view! { <me::PrivacyPage /> }.into_any(),
        ["m", "sign-in"] => view! { <sign_in::SignInPage /> }.into_any(),
        _ => view! { <Lost /> }.into_any(),
    }
}

/// What the first page tells and offers somebody who has visits.
pub fn home_cards(part: &str) -> AnyView {
    match part {
        home::AGAIN => view! { <home::Again /> }.into_any(),
        home::INSTALL => view! { <home::InstallCard /> }.into_any(),
        _ => view! { <home::News /> }.into_any(),
    }
}

fn steps(path: &str) -> Vec<&str> {
    path.split('/').filter(|step| !step.is_empty()).collect()
}

fn fetching() -> AnyView {
    view! { <Page title=Signal::stored(String::new())><Waiting /></Page> }.into_any()
}

fn missing(again: Callback<()>) -> AnyView {
    view! { <Missing again /> }.into_any()
}
