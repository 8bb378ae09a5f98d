//! Where in the app we are: the address bar, links and the way back, for a flat table of pages.
//!
//! The desk has nested routes and uses `leptos_router`; this app has fifteen flat pages and a budget, and the router would be a
//! twentieth of its download.

use std::time::Duration;

use leptos::prelude::*;
use leptos::{ev, task};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent};

use super::paths;
use crate::browser::window;
use crate::components::fresh;

/// The address, as pages see it. `Copy`.
#[derive(Clone, Copy)]
pub struct Way {
    path: RwSignal<String>,
}

impl Way {
    /// Reads the address bar and follows it: links within the app, back and forward. Call once, at the root.
    pub fn open() -> Self {
        if current_path() == "/" {
            // The service worker answers only below its own place: a reload without network must find the app there.
            leave_root();
        }
        let way = Way { path: RwSignal::new(current_path()) };
        // One root for as long as the page lives: nobody ever stops listening.
        let _kept = window_event_listener(ev::click, move |event| way.follow(&event));
        let _kept = window_event_listener(ev::popstate, move |_| way.show());
        way
    }

    /// Tracked: the path, `/m/bookings`.
    pub fn path(self) -> String {
        self.path.get()
    }

    /// A new entry in the history, at the top of the page.
    pub fn go(self, address: &str) {
        self.enter(address, false);
    }

    /// In the place of the current entry: the way back does not lead through what is over.
    pub fn replace(self, address: &str) {
        self.enter(address, true);
    }

    /// In the place of a page that makes no sense now: nothing, and the other page.
    pub fn elsewhere(self, address: &str) -> AnyView {
        self.replace(address);
        ().into_any()
    }

    fn enter(self, address: &str, replace: bool) {
        let Ok(history) = window().history() else { return };
        let known = address == current_address();
        let entered = match replace {
            true => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
            false if known => Ok(()),
            false => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
        };
        if entered.is_err() {
            return;
        }
        self.show();
        // After the new page is there.
        task::spawn_local(async { window().scroll_to_with_x_and_y(0.0, 0.0) });
    }

    fn show(self) {
        let path = current_path();
        // Also while the page is still on its way.
        fresh::begin();
        if self.path.with_untracked(|shown| *shown != path) {
            self.path.set(path);
        }
    }

    /// A plain click on a link into the app stays in the page; everything else is the browser's.
    fn follow(self, event: &MouseEvent) {
        let modified = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let clicked = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = clicked.and_then(|element| element.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        if is_within_app(&link) {
            event.prevent_default();
            let address = format!("{}{}{}", link.pathname(), link.search(), link.hash());
            // What the link itself does on a click comes first: the page it leads to may depend on it.
            set_timeout(move || self.go(&address), Duration::ZERO);
        }
    }
}

/// Whether a link leads to another page of this app, and not to a place on this one, a file or a new window.
fn is_within_app(link: &HtmlAnchorElement) -> bool {
    let origin = window().location().origin().unwrap_or_default();
    let path = link.pathname();
    link.origin() == origin
        && (path == "/m" || path.starts_with(paths::HOME))
        && link.target().is_empty()
        && !link.has_attribute("download")
        && !link.rel().split(' ').any(|word| word == "external")
        && !link.get_attribute("href").unwrap_or_default().starts_with('#')
}

/// Whether the address has a word after its `?`: `/m/bookings/1?cancel`.
pub fn is_asked(word: &str) -> bool {
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').split('&').any(|asked| asked.split('=').next() == Some(word))
}

fn leave_root() {
    let address = current_address().replacen('/', paths::HOME, 1);
    // Where it fails, everything but that reload works.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}

fn current_path() -> String {
    window().location().pathname().unwrap_or_default()
}

fn current_address() -> String {
    let location = window().location();
    format!("{}{}{}", current_path(), location.search().unwrap_or_default(), location.hash().unwrap_or_default())
}
