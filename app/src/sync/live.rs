//! The live connection: the server pokes, the loop fetches. Held only by the leading tab.

use std::cell::Cell;
use std::rc::Rc;

use shared::scope::Scope;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventSource;

use crate::App;

/// A stream of pokes; dropping it closes.
#[derive(Debug)]
pub(super) struct Live {
    source: EventSource,
    scopes: Vec<Scope>,
    _callbacks: [Closure<dyn FnMut()>; 3],
}

impl Live {
    /// Opens the stream; `poked` is called for every poke, when it opens (something may have been missed) and when it breaks (a
    /// sync will tell why). A stream that never opens is silent: asking at once again would not help.
    pub(super) fn open(app: App, scopes: Vec<Scope>, poked: impl Fn() + Clone + 'static) -> Option<Self> {
        let list: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        // The browser cannot send a header here, so the app is named in the query.
        let source = EventSource::new(&format!("/api/live?app={}&scopes={}", app.name(), list.join(","))).ok()?;
        let is_open = Rc::new(Cell::new(false));
        let (opened, opening, breaking) = (poked.clone(), Rc::clone(&is_open), poked.clone());
        let callbacks = [
            Closure::<dyn FnMut()>::new(poked),
            Closure::<dyn FnMut()>::new(move || {
                opening.set(true);
                opened();
            }),
            Closure::<dyn FnMut()>::new(move || {
                if is_open.replace(false) {
                    breaking();
                }
            }),
        ];
        source.set_onmessage(Some(callbacks[0].as_ref().unchecked_ref()));
        source.set_onopen(Some(callbacks[1].as_ref().unchecked_ref()));
        source.set_onerror(Some(callbacks[2].as_ref().unchecked_ref()));
        Some(Live { source, scopes, _callbacks: callbacks })
    }

    /// Whether the stream serves these scopes and has not been given up by the browser.
    pub(super) fn serves(&self, scopes: &[Scope]) -> bool {
        self.source.ready_state() != EventSource::CLOSED && self.scopes == scopes
    }

    /// Whether pokes arrive.
    pub(super) fn is_open(&self) -> bool {
        self.source.ready_state() == EventSource::OPEN
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}
