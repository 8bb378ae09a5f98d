//! Who is signed in: opening their database, changing to somebody else's, signing out.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::select;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::sign_in::Session;
use shared::id::ReplicaId;
use shared::role::Principal;

use super::core::Core;
use super::work::Storage;
use crate::local_db::LocalDb;
use crate::local_db::error::StoreError;
use crate::local_db::loaded::Loaded;
use crate::state::noted::{keep, kept, session_preference, unsent};
use crate::sync::link::Link;
use crate::sync::setup::Setup;
use crate::{App, api, browser, sync};

/// So long the rules are waited for before the board is shown without what waits.
const RULES_MILLISECONDS: u32 = 1000;

/// Opens what was there last time, shows it, then asks the server who we are.
pub(super) fn start(core: &Rc<Core>) {
    core.signals.session.set(kept(core.app));
    tick(core);
    follow_other_tabs(core);
    let core = Rc::clone(core);
    spawn_local(async move {
        // Somebody may have signed in before this task came to run.
        if core.epoch.get() == 0 {
            open(&core).await;
        }
        verify(&core).await;
    });
}

/// Whoever signs in or out in one tab does so in all of them: what only the former could see leaves every screen.
fn follow_other_tabs(core: &Rc<Core>) {
    let core = Rc::downgrade(core);
    browser::on_window_event("storage", move |event| {
        let Some(core) = core.upgrade().filter(|core| browser::is_about(&event, &session_preference(core.app))) else { return };
        let (now, before) = (kept(core.app), core.signals.session.get_untracked());
        let principal = |session: &Option<Session>| session.as_ref().map(|session| session.principal);
        if principal(&now) != principal(&before) {
            core.signals.session.set(now);
            spawn_local(async move { open(&core).await });
        }
    });
}

/// Asks the server anew who is signed in and what they may do.
pub(super) fn renew(core: &Rc<Core>) {
    let core = Rc::clone(core);
    spawn_local(async move { verify(&core).await });
}

/// The server knows better who is signed in.
async fn verify(core: &Rc<Core>) {
    if browser::preference(&ended_preference(core.app)).is_some() {
        if api::end_session().await.is_err() {
            return;
        }
        // Behind it a tablet's own session may have waited.
        browser::set_preference(&ended_preference(core.app), None);
    }
    let before = core.signals.session.get_untracked();
    let answer = api::session().await;
    if core.signals.session.get_untracked() != before {
        return;
    }
    match (answer, before) {
        (Ok(Some(session)), before) if before.as_ref() != Some(&session) => {
            let same = before.is_some_and(|before| before.principal == session.principal);
            if matches!(session.principal, Principal::Device(_)) {
                note_tablet(core.app, false);
            }
            keep(core.app, Some(&session));
            core.signals.session.set(Some(session));
            if same { restart_sync(core) } else { open(core).await }
        }
        // Over: the work stays, the person signs in again on top.
        (Ok(None), Some(_)) => core.signals.link.set(Link::SignedOut),
        // Nothing new, or offline: what is cached counts.
        _ => {}
    }
}

/// Opens the database of the current session (or of nobody), loads it and starts the sync.
pub(crate) async fn open(core: &Rc<Core>) {
    core.sync.take();
    let epoch = core.epoch.get() + 1;
    core.epoch.set(epoch);
    if let Some(before) = core.store.take() {
        before.close();
    }
    // What somebody else could see is gone at once, and "in step" is said only of what this session has read itself.
    core.signals.ready.set(false);
    core.take(Loaded::default());
    let (store, loaded, storage) = open_store(&database_name(core)).await;
    if core.epoch.get() != epoch {
        store.close();
        return;
    }
    core.keep_in(store);
    core.signals.storage.set(storage);
    core.bring_rules();
    if !loaded.outbox.is_empty() {
        // The board is shown at once as what waits would make it, where the rules come soon.
        select(pin!(core.fetch_rules()), pin!(browser::sleep(RULES_MILLISECONDS))).await;
        if core.epoch.get() != epoch {
            return;
        }
    }
    core.take(loaded);
    core.signals.ready.set(true);
    restart_sync(core);
    core.reload_if_moved().await;
}

async fn open_store(name: &str) -> (LocalDb, Loaded, Storage) {
    match open_durable(name).await {
        Ok((store, loaded)) => {
            let lost = unsent(name);
            let evicted = loaded.meta.next_number == 1 && loaded.outbox.is_empty() && lost > 0;
            let storage = if evicted { Storage::Evicted { lost } } else { Storage::Durable };
            (store, loaded, storage)
        }
        Err(error) => {
            let replica = ReplicaId(browser::new_uuid());
            let loaded = Loaded { meta: crate::local_db::Meta::new(replica), ..Loaded::default() };
            (LocalDb::in_memory(replica), loaded, Storage::of(&error))
        }
    }
}

async fn open_durable(name: &str) -> Result<(LocalDb, Loaded), StoreError> {
    let store = match LocalDb::open(name).await {
        // Browsers that fail once often open it the second time.
        Err(StoreError::Lost | StoreError::Failed(_)) => LocalDb::open(name).await?,
        opened => opened?,
    };
    let loaded = store.load(ReplicaId(browser::new_uuid())).await?;
    // Old outcomes are only clutter: a failure to forget them is not worth a word.
    let _ = store.forget_old(browser::wall_clock()).await;
    Ok((store, loaded))
}

/// The loop reads session and stores afresh.
pub(super) fn restart_sync(core: &Rc<Core>) {
    core.sync.take();
    let Some(store) = core.current_store() else { return };
    if core.signals.link.get_untracked() == Link::SignedOut {
        // That was about the session before.
        core.signals.link.set(Link::Syncing);
    }
    let listener = Rc::downgrade(core);
    let epoch = core.epoch.get();
    let setup = Setup {
        app: core.app,
        name: database_name(core),
        store,
        session: core.signals.session.get_untracked(),
        watched: Rc::clone(&core.watched),
        tell: Rc::new(move |event| {
            if let Some(core) = listener.upgrade().filter(|core| core.epoch.get() == epoch) {
                core.hear(event);
            }
        }),
    };
    core.sync.replace(Some(sync::start(setup)));
}

/// The corrected clock, every second while somebody looks.
fn tick(core: &Rc<Core>) {
    let core = Rc::clone(core);
    spawn_local(async move {
        loop {
            if browser::is_visible() {
                core.signals.now.set(core.clock());
            }
            browser::sleep(1000).await;
        }
    });
}

/// `huiyue-desk-device-0198…`: one database per app and principal.
pub(crate) fn database_name(core: &Core) -> String {
    let app = core.app.name();
    let principal = core.signals.session.get_untracked().map(|session| session.principal);
    match principal {
        Some(Principal::Account(id)) => format!("huiyue-{app}-account-{id}"),
        Some(Principal::User(id)) => format!("huiyue-{app}-user-{id}"),
        Some(Principal::Device(id)) => format!("huiyue-{app}-device-{id}"),
        Some(Principal::Anonymous | Principal::System) | None => format!("huiyue-{app}-anonymous"),
    }
}

pub(crate) fn tablet_preference(app: App) -> String {
    format!("huiyue-{}-tablet", app.name())
}

pub(crate) fn note_tablet(app: App, waits: bool) {
    browser::set_preference(&tablet_preference(app), waits.then_some("1"));
}

pub(crate) fn ended_preference(app: App) -> String {
    format!("huiyue-{}-ended", app.name())
}
