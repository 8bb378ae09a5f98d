//! Who is signed in: opening their database, changing to somebody else's, signing out.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::sign_in::Session;
use shared::id::ReplicaId;
use shared::role::Principal;

use super::Replica;
use super::core::Core;
use super::work::{Link, Storage};
use crate::local_db::{Loaded, LocalDb, StoreError};
use crate::sync::{self, Setup};
use crate::{App, api, browser};

/// Why nobody was signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOutError {
    /// So many commands have not been sent; they would be lost. Ask, then force.
    Unsent(usize),
}

impl Replica {
    /// A session began (sign-in, enrolment) or changed (PIN): its database is opened and synced.
    pub async fn use_session(self, session: Session) {
        let core = self.core();
        let before = self.signals.session.get_untracked();
        let same = before.as_ref().is_some_and(|before| before.principal == session.principal);
        // Somebody signs in on a tablet: its own session and its records wait behind theirs. One that was revoked has nothing to come back
        // to.
        let was_tablet = before.is_some_and(|before| matches!(before.principal, Principal::Device(_)));
        if was_tablet && !same && self.signals.link.get_untracked() != Link::SignedOut {
            note_tablet(core.app, true);
        } else if matches!(session.principal, Principal::Device(_)) {
            note_tablet(core.app, false);
        }
        keep(core.app, Some(&session));
        browser::set_preference(&ended_preference(core.app), None);
        self.signals.session.set(Some(session));
        if same && core.current_store().is_some() {
            restart_sync(&core);
            core.reload();
        } else {
            open(&core).await;
        }
    }

    /// Signs out and deletes what this device keeps of the session.
    ///
    /// # Errors
    /// `Unsent` when commands are waiting and `force` is not set.
    pub async fn sign_out(self, force: bool) -> Result<(), SignOutError> {
        let core = self.core();
        // Before the database has been read, or another tab has told, only what is noted beside it is known.
        let noted = unsent(&database_name(&core)) as usize;
        let unsent = core.waiting_count().max(noted);
        if unsent > 0 && !force {
            return Err(SignOutError::Unsent(unsent));
        }
        core.sync.take();
        if api::end_session().await.is_err() {
            // The cookie is out of reach; the server is told at the next start.
            browser::set_preference(&ended_preference(core.app), Some("1"));
        }
        core.store.take().into_iter().for_each(delete);
        if let Some(tablet) = tablet_behind(core.app).await {
            self.use_session(tablet).await;
            return Ok(());
        }
        keep(core.app, None);
        self.signals.session.set(None);
        open(&core).await;
        Ok(())
    }

    /// Whether somebody is signed in with an account on an enrolled tablet: signing out gives it back.
    #[must_use]
    pub fn is_on_tablet(self) -> bool {
        browser::preference(&tablet_preference(self.core().app)).is_some()
    }
}

/// The session of the tablet that the one that has just ended lay upon.
async fn tablet_behind(app: App) -> Option<Session> {
    browser::preference(&tablet_preference(app))?;
    let session = api::session().await.ok().flatten();
    session.filter(|session| matches!(session.principal, Principal::Device(_)))
}

fn delete(store: Rc<LocalDb>) {
    if !store.is_durable() {
        return;
    }
    let name = store.name().to_owned();
    note_unsent(&name, 0);
    store.close();
    // Another tab may hold it open a moment longer; the deletion then happens when that closes.
    spawn_local(async move { drop(LocalDb::delete(&name).await) });
}

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
async fn open(core: &Rc<Core>) {
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
fn database_name(core: &Core) -> String {
    let app = core.app.name();
    let principal = core.signals.session.get_untracked().map(|session| session.principal);
    match principal {
        Some(Principal::Account(id)) => format!("huiyue-{app}-account-{id}"),
        Some(Principal::User(id)) => format!("huiyue-{app}-user-{id}"),
        Some(Principal::Device(id)) => format!("huiyue-{app}-device-{id}"),
        Some(Principal::Anonymous | Principal::System) | None => format!("huiyue-{app}-anonymous"),
    }
}

/// Keeps who is signed in, for starts without network. The right itself is the cookie, out of our reach.
pub(super) fn keep(app: App, session: Option<&Session>) {
    let text = session.and_then(|session| api::to_json(session).ok());
    browser::set_preference(&session_preference(app), text.as_deref());
}

fn kept(app: App) -> Option<Session> {
    let text = browser::preference(&session_preference(app))?;
    api::from_json(text).ok()
}

fn session_preference(app: App) -> String {
    format!("huiyue-{}-session", app.name())
}

fn tablet_preference(app: App) -> String {
    format!("huiyue-{}-tablet", app.name())
}

fn note_tablet(app: App, waits: bool) {
    browser::set_preference(&tablet_preference(app), waits.then_some("1"));
}

fn ended_preference(app: App) -> String {
    format!("huiyue-{}-ended", app.name())
}

/// Remembers beside the database how many commands it holds.
pub(super) fn note_unsent(name: &str, count: usize) {
    let count = (count > 0).then(|| count.to_string());
    browser::set_preference(&format!("{name}-unsent"), count.as_deref());
}

fn unsent(name: &str) -> u32 {
    browser::preference(&format!("{name}-unsent")).and_then(|count| count.parse().ok()).unwrap_or(0)
}
