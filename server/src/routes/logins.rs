//! What the doors about logins share.

use shared::api::logins::AuditAction;
use shared::id::{StoreId, UserId};
use shared::login::LONGEST_NAME;
use shared::role::Principal;
use shared::text::Limit;

use crate::audit::Act;
use crate::auth::password;
use crate::db::users::Login;
use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::identity::{Identity, principal_name};
use crate::text;

/// The hash of a password that may be chosen by, or for, somebody called so.
pub(crate) async fn chosen(password: &str, about: &[&str]) -> Result<String> {
    if !password::is_acceptable(password, about) {
        return Err(Problem::WEAK_PASSWORD.into());
    }
    password::hash(password).await.map_err(|error| Error::Fault(error.to_string()))
}

/// An audit act about a login.
pub(crate) fn about(action: AuditAction, user: UserId, store: Option<StoreId>) -> Act {
    Act::new(action, principal_name(Principal::User(user)), store)
}

/// The store a login belongs to, where it is one.
pub(crate) fn store_of(login: &Login) -> Option<StoreId> {
    login.grants.first().and_then(|grant| grant.store)
}

pub(crate) fn must_be_signed_in(identity: &Identity) -> Result<()> {
    if identity.is_signed_in() { Ok(()) } else { Err(Problem::NOT_SIGNED_IN.into()) }
}

/// A name on one line, cleaned like every text.
pub(crate) fn checked_name(name: &str) -> Result<String> {
    let name = text::taken("name", Limit::Line(LONGEST_NAME), name)?;
    if name.is_empty() { Err(Problem::INVALID.detail("name")) } else { Ok(name) }
}
