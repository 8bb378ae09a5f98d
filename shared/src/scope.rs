//! Scopes: the feeds a session may read.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, StoreId};
use crate::role::{Actor, Permission, Principal};

/// A feed of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// `brand/public`: stores, services, staff, rules. Anonymous.
    BrandPublic,
    /// `brand/internal`: the roster.
    BrandInternal,
    /// `store/{id}/desk`: bookings, blocks, attention.
    Desk(StoreId),
    /// `store/{id}/members`: members with masked contact.
    Members(StoreId),
    /// `store/{id}/contacts`: full contact data, by role.
    Contacts(StoreId),
    /// `store/{id}/busy`: taken time without ids. Anonymous.
    Busy(StoreId),
    /// `user/{id}`: an account's own members and bookings.
    User(AccountId),
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Scope::BrandPublic => f.write_str("brand/public"),
            Scope::BrandInternal => f.write_str("brand/internal"),
            Scope::Desk(store) => write!(f, "store/{store}/desk"),
            Scope::Members(store) => write!(f, "store/{store}/members"),
            Scope::Contacts(store) => write!(f, "store/{store}/contacts"),
            Scope::Busy(store) => write!(f, "store/{store}/busy"),
            Scope::User(account) => write!(f, "user/{account}"),
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        let fields: Vec<&str> = text.split('/').collect();
        match fields.as_slice() {
            ["brand", "public"] => Ok(Scope::BrandPublic),
            ["brand", "internal"] => Ok(Scope::BrandInternal),
            ["user", id] => id.parse().map(Scope::User).map_err(|_| NotAScope),
            ["store", id, what] => {
                let store = id.parse().map_err(|_| NotAScope)?;
                match *what {
                    "desk" => Ok(Scope::Desk(store)),
                    "members" => Ok(Scope::Members(store)),
                    "contacts" => Ok(Scope::Contacts(store)),
                    "busy" => Ok(Scope::Busy(store)),
                    _ => Err(NotAScope),
                }
            }
            _ => Err(NotAScope),
        }
    }
}

/// The text names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a scope")]
pub struct NotAScope;

/// Whether a session may read a scope.
#[must_use]
pub fn may_read(actor: &Actor, scope: Scope) -> bool {
    match scope {
        Scope::BrandPublic | Scope::Busy(_) => true,
        Scope::BrandInternal => !actor.grants.is_empty() || actor.principal == Principal::System,
        Scope::Desk(store) => actor.may(Permission::SeeBoard, store),
        Scope::Members(store) => actor.may(Permission::SeeMembers, store),
        Scope::Contacts(store) => actor.may(Permission::SeeContacts, store),
        Scope::User(account) => actor.account_id() == Some(account),
    }
}
