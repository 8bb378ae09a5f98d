//! The live connection: the server pokes, the loop fetches. Held only by the leading tab.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventSource;

use shared::sync::Scope;

use crate::App;

/// An open stream of pokes; dropping it closes.
#[derive(Debug)]
pub(super) struct Live {
    source: EventSource,
    scopes: Vec<Scope>,
    _poked: Closure<dyn FnMut()>,
}

impl Live {
    /// Opens the stream; `poked` is called for every poke, when it opens (something may have been missed) and when it breaks (a
    /// sync will tell why).
    pub(super) fn open(app: App, scopes: Vec<Scope>, poked: impl Fn() + 'static) -> Option<Self> {
        let list: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        // The browser cannot send a header here, so the app is named in the query.
        let source = EventSource::new(&format!("/api/live?app={}&scopes={}", app.name(), list.join(","))).ok()?;
        let closure = Closure::<dyn FnMut()>::new(poked);
        let function = closure.as_ref().unchecked_ref();
        source.set_onmessage(Some(function));
        source.set_onopen(Some(function));
        source.set_onerror(Some(function));
        Some(Live { source, scopes, _poked: closure })
    }

    /// Whether the stream serves these scopes and has not been given up by the browser.
    pub(super) fn serves(&self, scopes: &[Scope]) -> bool {
        self.source.ready_state() != EventSource::CLOSED && self.scopes == scopes
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
