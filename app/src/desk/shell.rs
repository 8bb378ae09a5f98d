//! The frame of the desk: the rail of places, what lies over them, the last message.

mod appearance;
mod rail;
mod top_bar;

use leptos::ev;
use leptos::prelude::*;
use leptos_router::components::Outlet;

use super::ask_first::QuestionDialog;
use super::reason_dialog::ReasonDialog;
use super::sheet::OpenSheet;
use super::version_line::VersionLine;
use super::workbench::Workbench;
use crate::components::toast::ToastStack;
use crate::{browser, i18n};

use rail::Rail;

pub use top_bar::TopBar;

/// Around every page of somebody who is signed in.
#[component]
pub fn Shell() -> impl IntoView {
    let bench = Workbench::expect();
    let handle = window_event_listener(ev::keydown, move |event| {
        // Of what lies over everything, Esc is its own.
        if event.key() == "Escape" && !event.is_composing() && !browser::has_dialog() {
            bench.close();
        }
    });
    on_cleanup(move || handle.remove());
    view! {
        <div class="desk">
            <a class="skip-link" href="#main">{move || i18n::desk().shell.skip}</a>
            <Rail />
            <div class="desk__main">
                <VersionLine />
                <Outlet />
                <OpenSheet />
            </div>
            <ReasonDialog />
            <QuestionDialog />
            <ToastStack toast=bench.toast now=Signal::derive(move || bench.replica.now()) />
        </div>
    }
}
