//! Who is signed in, as the apps see it.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, GrantId, StaffId, StoreId};
use crate::name::Language;
use crate::role::{Actor, Grant, Principal};
use crate::sync::Scope;

/// The answer of `GET /api/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Whose session it is.
    pub principal: Principal,
    /// The account, for members.
    pub account: Option<AccountId>,
    /// The staff member: of the login, or named by PIN on a tablet.
    pub staff: Option<StaffId>,
    /// Name to greet them by.
    pub name: String,
    /// Roles.
    pub grants: Vec<Grant>,
    /// Scopes this session may read, each with its grant.
    pub scopes: Vec<(Scope, GrantId)>,
    /// The store an enrolled tablet stands in.
    pub store: Option<StoreId>,
    /// Preferred language.
    pub language: Language,
    /// The account's own number, masked.
    pub phone_masked: Option<String>,
}

impl Session {
    /// The actor that predictions are decided for.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { principal: self.principal, grants: self.grants.clone(), staff: self.staff }
    }
}
