//! When the browser ends the database under our feet (no room, cleared, a fault of its own): it is opened again and gets back what only
//! this page still knows. Where it does not open, what waits is sent out of memory. Nobody has to load the page anew.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ReplicaId;
use shared::sync::Envelope;

use super::core::Core;
use super::session;
use super::work::Storage;
use crate::browser;
use crate::store::{Draft, Loaded, Store, StoreError, Work};

/// So often without a success in between; then the database is given up.
const TRIES: u8 = 3;

impl Core {
    /// Stores a command. Where the database has ended it is opened again first.
    ///
    /// # Errors
    /// `Absent` where there is no database (any more), else what the disk says.
    pub(super) async fn enqueue(self: &Rc<Self>, store: Rc<Store>, draft: Draft) -> Result<Envelope, StoreError> {
        match store.enqueue(draft.clone()).await {
            Err(StoreError::Lost | StoreError::Failed(_)) => {}
            stored => return stored,
        }
        let Some(store) = reopen(self, &store).await else { return Err(StoreError::Lost) };
        // It may have been written before the end.
        match self.waiting_envelope(draft.uuid) {
            Some(envelope) => Ok(envelope),
            None => store.enqueue(draft).await,
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
}

/// A store in the place of one that has ended: opened here, or by somebody else meanwhile. `None` when the session has changed.
async fn reopen(core: &Rc<Core>, ended: &Rc<Store>) -> Option<Rc<Store>> {
    let is_still = |core: &Core| core.current_store().is_some_and(|store| Rc::ptr_eq(&store, ended));
    if !is_still(core) {
        return core.current_store();
    }
    let tries = core.reopened.get();
    core.reopened.set(tries.saturating_add(1));
    let replica = ReplicaId(browser::new_uuid());
    let opened = if tries < TRIES { open_again(ended.name(), core.work(), replica).await } else { Err(StoreError::Lost) };
    if !is_still(core) {
        if let Ok((store, _)) = opened {
            store.close();
        }
        return core.current_store();
    }
    ended.close();
    let (store, loaded, storage) = opened.map_or_else(
        |error| in_memory(ended.name(), core.work(), replica, &error),
        |(store, loaded)| (store, Some(loaded), Storage::Durable),
    );
    let store = Rc::new(store);
    core.sync.take();
    core.epoch.set(core.epoch.get() + 1);
    core.store.replace(Some(Rc::clone(&store)));
    core.signals.storage.set(storage);
    match loaded {
        // Emptied, or memory: what is on the screen stays until it has been read again.
        Some(loaded) if loaded.cursors.is_empty() => core.take_work(loaded.outbox, loaded.answered, loaded.meta),
        Some(loaded) => core.take(loaded),
        None => {}
    }
    session::keep(core.app, core.signals.session.get_untracked().as_ref());
    session::restart_sync(core);
    Some(store)
}

async fn open_again(name: &str, work: Work, replica: ReplicaId) -> Result<(Store, Loaded), StoreError> {
    let store = Store::open(name).await?;
    store.restore(work, replica).await?;
    let loaded = store.load(replica).await?;
    Ok((store, loaded))
}

fn in_memory(name: &str, work: Work, replica: ReplicaId, error: &StoreError) -> (Store, Option<Loaded>, Storage) {
    let unsent = work.outbox.len();
    let store = Store::in_memory_with(name, work, replica);
    let storage = match error {
        StoreError::Newer => Storage::Newer,
        _ => Storage::Ended { unsent },
    };
    (store, None, storage)
}
