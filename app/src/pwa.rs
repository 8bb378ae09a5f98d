//! The app as an installed thing: service worker, a new version that waits, the kept install prompt, storage that stays.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use crate::state::{Link, Replica, Storage};
use crate::{App, browser};

/// Between two looks for a new version: a desk stays open for weeks.
const LOOK_MILLISECONDS: u32 = 60 * 60 * 1000;

thread_local! {
    /// The person in this tab has asked for the new version: only then may the page load anew.
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
    static PROMPT: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    /// The form somebody typed in last.
    static TYPED_IN: RefCell<Option<web_sys::Element>> = const { RefCell::new(None) };
    static REGISTRATION: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
}

/// What pages may offer. A copyable handle, in context after [`start`].
#[derive(Clone, Copy, Debug)]
pub struct Pwa {
    new_version: RwSignal<bool>,
    can_install: RwSignal<bool>,
}

impl Pwa {
    /// Tracked: there is a newer version than the one this tab runs; offer [`Pwa::use_new_version`].
    #[must_use]
    pub fn is_outdated(&self, replica: Replica) -> bool {
        self.new_version.get() || replica.link() == Link::Outdated || replica.storage() == Storage::Newer
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

    /// Activates the new version and loads it; this page reloads when it has taken over, other tabs are only offered it.
    pub fn use_new_version(&self) {
        IS_ASKED.set(true);
        let Some(registration) = REGISTRATION.with(|kept| kept.borrow().clone()) else { return reload() };
        if !activate(&registration) {
            spawn_local(async move {
                // Known from elsewhere (a newer server, another tab): without this the old worker would bring the old version back.
                if !is_coming(&registration).await {
                    reload();
                }
            });
        }
    }
}

/// Tells the waiting worker to take over; whether there is one.
fn activate(registration: &ServiceWorkerRegistration) -> bool {
    let Some(worker) = registration.waiting() else { return false };
    let message = js_sys::Object::new();
    // Neither fails: a fresh object, and a message that can be cloned.
    let _ = Reflect::set(&message, &"type".into(), &"activate".into());
    let _ = worker.post_message(&message);
    true
}

/// Asks the server for a newer worker; whether one is on its way and will be heard of.
async fn is_coming(registration: &ServiceWorkerRegistration) -> bool {
    let Ok(asked) = registration.update() else { return false };
    JsFuture::from(asked).await.is_ok() && (activate(registration) || registration.installing().is_some())
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
fn reload() {
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
    follow_changes(&workers, pwa);
    // A path relative to the app's base keeps the scope that goes with it.
    let promise = workers.register(&format!("{}sw.js", app.base()));
    let registration: ServiceWorkerRegistration = JsFuture::from(promise).await?.dyn_into()?;
    REGISTRATION.with(|kept| kept.replace(Some(registration.clone())));
    if registration.waiting().is_some() {
        offer(&registration, pwa);
    }
    let watched = registration.clone();
    browser::listen(&registration, "updatefound", move |_| watch_installing(&watched, pwa));
    let checked = registration.clone();
    browser::on_visibility(move |visible| {
        if visible {
            look_for_new_version(&checked);
        }
    });
    loop {
        browser::sleep(LOOK_MILLISECONDS).await;
        look_for_new_version(&registration);
    }
}

fn look_for_new_version(registration: &ServiceWorkerRegistration) {
    // Offline: the next time.
    let _ = registration.update();
}

/// Another worker has taken over. The first one of an installation only begins its work; a replacement means that a person took the new
/// version, here or in another tab. Only here may the page go: in another tab somebody may be filling a form.
fn follow_changes(workers: &ServiceWorkerContainer, pwa: Pwa) {
    let is_controlled = Cell::new(workers.controller().is_some());
    browser::listen(workers, "controllerchange", move |_| {
        if !is_controlled.replace(true) {
            return;
        }
        if IS_ASKED.get() {
            reload();
        } else {
            pwa.new_version.set(true);
        }
    });
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
    pwa.new_version.set(true);
    if IS_ASKED.get() {
        activate(registration);
    }
}
