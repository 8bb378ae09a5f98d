//! When the browser ends the database under our feet (no room, cleared, a fault of its own): it is opened again and gets back what only
//! this page still knows. Where it does not open, what waits is sent out of memory, and opening is tried again later. Nobody has to load
//! the page anew.

use std::rc::Rc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::envelope::Envelope;
use shared::id::ReplicaId;

use super::core::Core;
use super::session;
use super::work::Storage;
use crate::browser;
use crate::local_db::error::StoreError;
use crate::local_db::loaded::Loaded;
use crate::local_db::{LocalDb, UnnumberedCommand, Work};

/// So often without a success in between; then the database is given up for a while.
const TRIES: u8 = 3;
/// Before each try to open. While the browser clears a database, opening it fails; a moment later it works.
const WAITS_MILLISECONDS: [u32; 4] = [0, 50, 250, 1000];
/// After it was given up.
const LATER_MILLISECONDS: u32 = 30_000;

impl Core {
    /// Stores a command. Where the database has ended it is opened again first.
    ///
    /// # Errors
    /// `Absent` where there is no database (any more), else what the disk says.
    pub(super) async fn enqueue(self: &Rc<Self>, store: Rc<LocalDb>, draft: UnnumberedCommand) -> Result<Envelope, StoreError> {
        let store = if store.is_lost() { reopen(self, &store).await.unwrap_or(store) } else { store };
        self.with_store(store, async |store| match self.waiting_envelope(draft.uuid) {
            // Written before the end.
            Some(envelope) => Ok(envelope),
            None => store.enqueue(draft.clone()).await,
        })
        .await
    }

    /// Does something with the database; once more where it has ended and opens again.
    ///
    /// # Errors
    /// What the disk says.
    pub(super) async fn with_store<T>(
        self: &Rc<Self>,
        store: Rc<LocalDb>,
        act: impl AsyncFn(&LocalDb) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match act(&store).await {
            Err(StoreError::Lost | StoreError::Failed(_)) => {}
            done => return done,
        }
        match reopen(self, &store).await {
            Some(store) => act(&store).await,
            None => Err(StoreError::Lost),
        }
    }

    /// The same for whoever only reads, or can wait.
    pub(super) fn reopen_soon(self: &Rc<Self>) {
        let Some(ended) = self.current_store().filter(|store| store.is_durable()) else { return };
        let core = Rc::clone(self);
        spawn_local(async move {
            reopen(&core, &ended).await;
        });
    }

    /// From now on this is where things are kept; when the browser ends it, it is opened again before anybody taps.
    pub(super) fn keep_in(self: &Rc<Self>, store: LocalDb) {
        let ended = store.ended();
        self.store.replace(Some(Rc::new(store)));
        let core = Rc::downgrade(self);
        spawn_local(async move {
            if ended.await.is_ok()
                && let Some(core) = core.upgrade()
            {
                core.reopen_soon();
            }
        });
    }
}

fn is_still(core: &Core, ended: &Rc<LocalDb>) -> bool {
    core.current_store().is_some_and(|store| Rc::ptr_eq(&store, ended))
}

/// A store in the place of one that has ended. Whoever asks meanwhile waits for the same one. `None` when nobody is signed in any more.
async fn reopen(core: &Rc<Core>, ended: &Rc<LocalDb>) -> Option<Rc<LocalDb>> {
    if !is_still(core, ended) {
        return core.current_store();
    }
    let (sender, opened) = oneshot::channel();
    let is_under_way = core.reopening.borrow().is_some();
    core.reopening.borrow_mut().get_or_insert_default().push(sender);
    if !is_under_way {
        let (core, ended) = (Rc::clone(core), Rc::clone(ended));
        spawn_local(async move {
            replace(&core, &ended).await;
            // Dropped: whoever waits goes on.
            core.reopening.take();
        });
    }
    // Only ever dropped.
    let _ = opened.await;
    core.current_store()
}

async fn replace(core: &Rc<Core>, ended: &Rc<LocalDb>) {
    let tries = core.reopened.get();
    core.reopened.set(tries.saturating_add(1));
    let replica = ReplicaId(browser::new_uuid());
    let opened = if ended.is_lost() {
        open_once(core, ended, replica).await
    } else if tries < TRIES {
        open_again(core, ended, replica).await
    } else {
        Err(StoreError::Lost)
    };
    if !is_still(core, ended) {
        if let Ok((store, _)) = opened {
            store.close();
        }
        return;
    }
    let (store, loaded) = match opened {
        Ok((store, loaded)) => (store, Some(loaded)),
        Err(_) if ended.is_lost() => return,
        Err(error) => {
            core.signals.storage.set(lost(&error, core.waiting_count()));
            (LocalDb::in_memory_with(ended.name(), core.work(), replica), None)
        }
    };
    ended.close();
    core.sync.take();
    core.epoch.set(core.epoch.get() + 1);
    core.keep_in(store);
    match loaded {
        None => core.current_store().iter().for_each(|store| try_later(core, store)),
        Some(loaded) => {
            core.signals.storage.set(Storage::Durable);
            if loaded.cursors.is_empty() {
                // Emptied: what is on the screen stays until it has been read again.
                core.take_work(loaded.outbox, loaded.answered, loaded.meta);
            } else {
                core.take(loaded);
            }
        }
    }
    super::noted::keep(core.app, core.signals.session.get_untracked().as_ref());
    session::restart_sync(core);
}

async fn open_again(core: &Rc<Core>, ended: &Rc<LocalDb>, replica: ReplicaId) -> Result<(LocalDb, Loaded), StoreError> {
    let mut last = StoreError::Lost;
    for wait in WAITS_MILLISECONDS {
        browser::sleep(wait).await;
        match open_once(core, ended, replica).await {
            Err(error @ (StoreError::Lost | StoreError::Failed(_))) if is_still(core, ended) => last = error,
            opened => return opened,
        }
    }
    Err(last)
}

async fn open_once(core: &Rc<Core>, ended: &Rc<LocalDb>, replica: ReplicaId) -> Result<(LocalDb, Loaded), StoreError> {
    let store = LocalDb::open(ended.name()).await?;
    if !is_still(core, ended) {
        // Somebody else is signed in: what this page knows now is theirs.
        return Err(StoreError::Lost);
    }
    let work: Work = core.work();
    store.restore(work, replica).await?;
    let loaded = store.load(replica).await?;
    Ok((store, loaded))
}

/// What a browser cannot do now it can perhaps do in a while. One try each time: it may open, and fail with the first thing written.
fn try_later(core: &Rc<Core>, lost: &Rc<LocalDb>) {
    let (core, lost) = (Rc::downgrade(core), Rc::downgrade(lost));
    spawn_local(async move {
        loop {
            browser::sleep(LATER_MILLISECONDS).await;
            let (Some(core), Some(lost)) = (core.upgrade(), lost.upgrade()) else { return };
            if !is_still(&core, &lost) {
                return;
            }
            core.reopened.set(TRIES - 1);
            reopen(&core, &lost).await;
        }
    });
}

fn lost(error: &StoreError, unsent: usize) -> Storage {
    match error {
        StoreError::Newer => Storage::Newer,
        _ => Storage::Ended { unsent },
    }
}
