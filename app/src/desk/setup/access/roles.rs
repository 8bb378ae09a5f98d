//! Roles in words.

use shared::role::{Grant, Role};

use crate::desk::pin::role_word;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// `店长 · 玉门里发型`
pub(crate) fn grant_words(bench: Workbench, grant: Grant) -> String {
    let role = role_word(grant.role);
    let store = match grant.store {
        Some(id) => bench.replica.view().catalogue.stores.get(&id).map(|store| i18n::name(&store.name)).unwrap_or_default(),
        None => i18n::logins().all_stores.to_owned(),
    };
    if store.is_empty() { role.to_owned() } else { format!("{role} · {store}") }
}

/// Whether a role is for every store.
pub(crate) fn is_of_the_brand(role: Role) -> bool {
    matches!(role, Role::RegionManager | Role::BrandManager | Role::Owner | Role::Auditor)
}
