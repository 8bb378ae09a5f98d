//! The desk app: the store's day on a tablet, with or without network.

mod absent;
mod account;
pub(crate) mod api_problem;
mod ask_first;
mod asked;
mod attention;
mod block_form;
mod block_panel;
mod board;
mod booking_form;
mod business_day;
mod busy;
pub(crate) mod call_link;
mod change_back;
pub mod chunks;
mod columns;
mod command_words;
pub(crate) mod contact_text;
mod date_picker;
mod day;
mod display;
mod display_sheet;
mod done;
mod enrol;
pub(crate) mod fetching;
#[cfg(test)]
pub(crate) mod fixtures;
mod free_now;
mod gender_choice;
mod give;
mod go;
mod invited;
mod member_card;
mod member_code;
mod members;
mod new_member;
pub(crate) mod page_bar;
mod panel;
mod pin;
mod places;
mod price_text;
pub(crate) mod problem;
mod proposed;
mod reason_dialog;
mod rotation;
mod same_time;
mod seating;
mod setup;
mod sheet;
pub(crate) mod sheet_frame;
mod shell;
mod sign_in;
mod staff_order;
mod still_free;
pub(crate) mod store_switch;
mod sync_page;
pub(crate) mod sync_state;
pub(crate) mod unverified;
pub(crate) mod version_line;
mod waitlist;
mod walk_in;
mod walk_in_turn;
mod words;
mod workbench;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;
use shared::command::CommandSet;
use shared::record::RecordSet;

use crate::local_db::reads::set_reads;
use crate::state::Replica;
use crate::{App, browser, i18n};

use board::BoardPage;
use pin::AutoLock;
use places::{ACCOUNT, ENROL, SYNC, WHO, place};
use setup::FirstRun;
use shell::Shell;
use sign_in::{SignIn, SignInAgain};
use workbench::Workbench;

pub use crate::desk::chunks::Chunks;
pub use board::board_parts;
pub use places::{attention_pages, device_pages, form_sheets, member_pages, record_sheets, rotation_sheets, set_up_pages, waitlist_sheets};
pub use setup::{access_pages, guided_pages, services_pages, team_pages};

/// Starts the desk app.
pub fn start(chunks: Chunks) {
    console_error_panic_hook::set_once();
    crate::theme::show();
    i18n::show();
    crate::components::fresh::start();
    set_reads(RecordSet::ALL);
    mount_to_body(move || {
        provide_context(App::Desk);
        provide_context(chunks);
        let replica = Replica::provide(App::Desk, CommandSet::DESK, chunks.rules);
        crate::pwa::start(App::Desk);
        Workbench::provide(replica);
        view! { <Desk chunks /> }
    });
    if let Some(boot) = browser::document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// The door for who is not signed in; the places of the desk for who is.
#[component]
fn Desk(chunks: Chunks) -> impl IntoView {
    let replica = Replica::expect();
    let is_inside = Memo::new(move |_| replica.session().is_some());
    Effect::new(move |_| {
        if is_inside.get() {
            // What lies over the board comes behind it: no tap waits for it.
            spawn_local(async move {
                let _ = (chunks.sheets.fetch)().await;
                let _ = (chunks.forms.fetch)().await;
                let _ = (chunks.waitlist.fetch)().await;
            });
        }
    });
    view! {
        <Show when=move || is_inside.get() fallback=SignIn>
            <Router base="/desk">
                <FirstRun />
                <Routes fallback=Shell>
                    <ParentRoute path=path!("") view=Shell>
                        <Route path=path!("/") view=BoardPage />
                        <Route path=path!("/members/*any") view=move || place(chunks.members, "") />
                        <Route path=path!("/attention") view=move || place(chunks.attention, "") />
                        <Route path=path!("/sync") view=move || place(chunks.device, SYNC) />
                        <Route path=path!("/who") view=move || place(chunks.device, WHO) />
                        <Route path=path!("/enrol") view=move || place(chunks.device, ENROL) />
                        <Route path=path!("/account") view=move || place(chunks.set_up, ACCOUNT) />
                        <Route path=path!("/set-up/*any") view=move || place(chunks.set_up, "") />
                        <Route path=path!("/*any") view=BoardPage />
                    </ParentRoute>
                </Routes>
            </Router>
            <AutoLock />
            <SignInAgain />
        </Show>
    }
}
