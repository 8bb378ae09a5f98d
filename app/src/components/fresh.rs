//! What has just come onto the screen takes no tap for a moment: the second half of a double tap, and a key that is still held down, were
//! meant for what was there before.

use std::cell::Cell;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::browser;

/// As long as a slow double tap, and shorter than anybody needs to read.
const MOMENT_MILLISECONDS: u32 = 350;

/// On `<html>` while it lasts; the style sheet takes pointers away then.
const MARK: &str = "data-fresh";

thread_local! {
    static FRESH: Cell<u32> = const { Cell::new(0) };
}

/// Something new is on the screen: a page, a question, the next step of a form.
pub fn begin() {
    set(FRESH.get() + 1);
    spawn_local(async {
        browser::sleep(MOMENT_MILLISECONDS).await;
        set(FRESH.get().saturating_sub(1));
    });
}

/// Listens before anything else does. Call once, at the root.
pub fn start() {
    browser::listen_first("click", |event| {
        if FRESH.get() > 0 {
            swallow(&event);
        }
    });
    browser::listen_first("keydown", |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        // A key that is held acts once, on the page where it went down.
        if acts(key) && (key.repeat() || FRESH.get() > 0) {
            swallow(&event);
        }
    });
}

fn set(count: u32) {
    let before = FRESH.replace(count);
    // Neither fails for a valid name.
    let _ = match (before, count) {
        (0, 1..) => browser::html().set_attribute(MARK, ""),
        (1.., 0) => browser::html().remove_attribute(MARK),
        _ => Ok(()),
    };
}

fn swallow(event: &Event) {
    event.prevent_default();
    event.stop_immediate_propagation();
}

/// Enter and the space bar press buttons; in text they are text, and Enter sends a form of one line.
fn acts(key: &KeyboardEvent) -> bool {
    let within = key.target().and_then(|target| target.dyn_into::<Element>().ok()).map(|element| element.tag_name()).unwrap_or_default();
    match key.key().as_str() {
        "Enter" => within != "TEXTAREA",
        " " => within != "TEXTAREA" && within != "INPUT",
        _ => false,
    }
}
