//! One change of a store's special days.

use leptos::prelude::*;
use shared::command::{Command, PutStore};
use shared::store::Store;

use crate::desk::setup::of_store::the_store;
use crate::desk::setup::save::{Saving, save};
use crate::desk::workbench::Workbench;
use crate::state::CommandStatus;

/// Puts the store with one change, on top of what is there.
pub(super) fn change(bench: Workbench, saving: Saving, of: impl FnOnce(&mut Store), saved: Callback<CommandStatus>) {
    let Some(store) = untrack(|| the_store(bench)) else { return };
    let base = store.written.map_or(0, |written| written.version);
    let mut store = (*store).clone();
    of(&mut store);
    save(bench, vec![Command::PutStore(PutStore::of(store, base))], saving, saved);
}
