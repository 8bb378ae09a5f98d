//! The store that is set up, and who may do so.

use std::sync::Arc;

use shared::role::Permission;
use shared::store::Store;

use crate::desk::workbench::Workbench;

/// Whether the person manages the store in use, or the brand. Tracked.
pub(crate) fn may_manage(bench: Workbench) -> bool {
    let Some(session) = bench.replica.session() else { return false };
    let actor = session.actor();
    actor.may_everywhere(Permission::ManageBrand) || the_store(bench).is_some_and(|store| actor.may(Permission::ManageStore, store.id))
}

/// The store that is being set up: the one in use, or a new one that the server has not confirmed yet. Tracked.
pub(crate) fn the_store(bench: Workbench) -> Option<Arc<Store>> {
    bench.store().or_else(|| {
        let view = bench.replica.view();
        view.catalogue.stores.values().next_back().cloned().map(Arc::new)
    })
}

/// Whether the person may see who did what: owners and auditors. Tracked.
pub(crate) fn may_see_audit(bench: Workbench) -> bool {
    let Some(session) = bench.replica.session() else { return false };
    let actor = session.actor();
    actor.may_everywhere(Permission::SeeAudit) || the_store(bench).is_some_and(|store| actor.may(Permission::SeeAudit, store.id))
}
