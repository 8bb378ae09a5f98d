//! The audit: every sign-in, every change of a right, every act about a device, in the words of [`shared::api::logins::AuditAction`].

use shared::api::logins::AuditAction;
use shared::id::{StaffId, StoreId};

use crate::db::audit::Entry;
use crate::identity::{Identity, principal_name};
use crate::state::AppState;

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// See [`principal_name`].
    pub principal: String,
    /// The staff member who claimed a tablet.
    pub staff: Option<StaffId>,
}

impl By {
    /// Whoever is signed in.
    #[must_use]
    pub fn of(identity: &Identity) -> Self {
        By { principal: principal_name(identity.actor.principal), staff: identity.actor.staff }
    }

    /// The program: a command on the server's own terminal.
    #[must_use]
    pub fn program() -> Self {
        By { principal: "system".to_owned(), staff: None }
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub action: AuditAction,
    /// To whom or what, written like a principal: `user:<id>`, `device:<id>`, `staff:<id>`.
    pub about: String,
    /// In which store, where it is about one.
    pub store: Option<StoreId>,
    /// A role or a device in a few words; nothing about a person.
    pub detail: String,
}

impl Act {
    /// An act without more to say.
    #[must_use]
    pub fn new(action: AuditAction, about: String, store: Option<StoreId>) -> Self {
        Act { action, about, store, detail: String::new() }
    }
}

/// The entry to write in the transaction of the act.
#[must_use]
pub fn entry(state: &AppState, by: &By, act: Act) -> Entry {
    let Act { action, about, store, detail } = act;
    let (by, by_staff) = (by.principal.clone(), by.staff);
    Entry { id: state.clock.fresh_id(), at: state.clock.now(), action, by, by_staff, about, store, detail }
}
