//! The app as an installed thing: service worker, a new version that waits, the kept install prompt, storage that stays.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use crate::{App, browser};

thread_local! {
    static PROMPT: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    static WAITING: RefCell<Option<web_sys::ServiceWorker>> = const { RefCell::new(None) };
    /// The new version was asked for in this tab.
    static ASKED: Cell<bool> = const { Cell::new(false) };
    /// Where somebody typed last.
    static TYPED_IN: RefCell<Option<web_sys::Element>> = const { RefCell::new(None) };
}

/// What pages may offer. A copyable handle, in context after [`start`].
#[derive(Clone, Copy, Debug)]
pub struct Pwa {
    new_version: RwSignal<bool>,
    can_install: RwSignal<bool>,
}

impl Pwa {
    /// Tracked: a new version is ready; offer [`Pwa::use_new_version`].
    #[must_use]
    pub fn new_version(&self) -> bool {
        self.new_version.get()
    }

    /// Tracked: the browser offers installing; show the card after the first booking, never on load.
    #[must_use]
    pub fn can_install(&self) -> bool {
        self.can_install.get()
    }

    /// Shows the browser's own install question, which it kept for this moment.
    pub fn install(&self) {
        let prompt = PROMPT.with(RefCell::take);
        self.can_install.set(false);
        let Some(event) = prompt else { return };
        let ask = Reflect::get(&event, &"prompt".into()).ok().and_then(|ask| ask.dyn_into::<Function>().ok());
        if let Some(ask) = ask {
            // The answer comes as `appinstalled`; a refusal needs no words.
            let _ = ask.call0(&event);
        }
    }

    /// Activates the new version and loads it; the page reloads when it has taken over. Other tabs go on as they are, and offer it too.
    pub fn use_new_version(&self) {
        ASKED.set(true);
        match WAITING.with(|waiting| waiting.borrow().clone()) {
            Some(worker) => {
                let message = js_sys::Object::new();
                // Neither fails: a fresh object, and a message that can be cloned.
                let _ = Reflect::set(&message, &"type".into(), &"activate".into());
                let _ = worker.post_message(&message);
            }
            None => reload(),
        }
    }

    /// A new version is known from elsewhere (426).
    pub fn note_new_version(&self) {
        self.new_version.set(true);
    }
}

/// Whether something is typed into a form that is still on the page: a reload would lose it.
#[must_use]
pub fn is_form_filled() -> bool {
    TYPED_IN.with_borrow(|field| field.as_ref().is_some_and(|form| form.is_connected()))
}

/// Remembers where somebody types, as long as the form is there; what was sent is typed no more.
fn watch_forms() {
    let form_of = |event: &web_sys::Event| {
        let field = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        field.closest("form").ok().flatten()
    };
    browser::on_window_event("input", move |event| {
        if let Some(form) = form_of(&event) {
            TYPED_IN.set(Some(form));
        }
    });
    browser::on_window_event("submit", |_| TYPED_IN.set(None));
}

/// Reloads the page.
pub fn reload() {
    // Fails only in a document that is going away.
    let _ = browser::window().location().reload();
}

/// After the first booking: asks the browser to keep what is stored.
pub fn keep_storage() {
    spawn_local(async {
        // Refused on some browsers until the app is installed; nothing to do then.
        let _ = browser::persist_storage().await;
    });
}

/// Registers the service worker of this app, keeps the install prompt and provides [`Pwa`] in context.
pub fn start(app: App) -> Pwa {
    let pwa = Pwa { new_version: RwSignal::new(false), can_install: RwSignal::new(false) };
    provide_context(pwa);
    browser::on_window_event("beforeinstallprompt", move |event| {
        event.prevent_default();
        PROMPT.with(|prompt| prompt.replace(Some(event.into())));
        pwa.can_install.set(true);
    });
    browser::on_window_event("appinstalled", move |_| pwa.can_install.set(false));
    watch_forms();
    if let Some(workers) = workers() {
        spawn_local(async move {
            // Without a worker (private windows, in-app browsers) everything still works online.
            let _ = register(app, workers, pwa).await;
        });
    }
    pwa
}

fn workers() -> Option<ServiceWorkerContainer> {
    let navigator = browser::window().navigator();
    let present = Reflect::get(&navigator, &"serviceWorker".into()).is_ok_and(|workers| workers.is_object());
    present.then(|| navigator.service_worker())
}

async fn register(app: App, workers: ServiceWorkerContainer, pwa: Pwa) -> Result<(), JsValue> {
    let controlled = workers.controller().is_some();
    if controlled {
        // The first worker of an installation claims its page too; only a replacement needs a reload.
        browser::listen(&workers, "controllerchange", move |_| {
            if ASKED.get() {
                reload();
            } else {
                // Taken in another tab. This one may hold a form that is half filled in: it is asked.
                WAITING.set(None);
                pwa.note_new_version();
            }
        });
    }
    // A path relative to the app's base keeps the scope that goes with it.
    let promise = workers.register(&format!("{}sw.js", app.base()));
    let registration: ServiceWorkerRegistration = JsFuture::from(promise).await?.dyn_into()?;
    if registration.waiting().is_some() {
        offer(&registration, pwa);
    }
    let watched = registration.clone();
    browser::listen(&registration, "updatefound", move |_| watch_installing(&watched, pwa));
    let checked = registration.clone();
    browser::on_visibility(move |visible| {
        if visible {
            // Offline: the next time.
            let _ = checked.update();
        }
    });
    Ok(())
}

fn watch_installing(registration: &ServiceWorkerRegistration, pwa: Pwa) {
    let Some(worker) = registration.installing() else { return };
    let registration = registration.clone();
    let installing = worker.clone();
    browser::listen(&worker, "statechange", move |_| {
        let replaces = workers().is_some_and(|workers| workers.controller().is_some());
        if installing.state() == ServiceWorkerState::Installed && replaces {
            offer(&registration, pwa);
        }
    });
}

fn offer(registration: &ServiceWorkerRegistration, pwa: Pwa) {
    WAITING.with(|waiting| waiting.replace(registration.waiting()));
    pwa.new_version.set(true);
}
