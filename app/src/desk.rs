//! The desk app: the store's day on a tablet, with or without network.

mod block_form;
mod block_panel;
mod board;
mod booking_form;
mod day;
mod give;
mod panel;
mod reason_dialog;
mod sheet;
mod shell;
mod walk_in;
mod words;
mod workbench;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::App;
use crate::browser;
use crate::i18n;
use crate::state::Replica;
use board::BoardPage;
use shell::{PageBar, Shell};
use workbench::Workbench;

/// Starts the desk app.
pub fn start() {
    console_error_panic_hook::set_once();
    crate::theme::show();
    i18n::show();
    mount_to_body(|| {
        provide_context(App::Desk);
        let replica = Replica::provide(App::Desk);
        crate::pwa::start(App::Desk);
        Workbench::provide(replica);
        view! { <Desk /> }
    });
    if let Some(boot) = browser::document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// The places of the desk.
#[component]
fn Desk() -> impl IntoView {
    view! {
        <Router base="/desk">
            <Routes fallback=Shell>
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("/") view=BoardPage />
                    <Route path=path!("/*any") view=Coming />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

#[component]
fn Coming() -> impl IntoView {
    view! {
        <PageBar title=Signal::derive(|| i18n::desk().title.to_owned()) />
        <main class="desk__content" id="main"></main>
    }
}
