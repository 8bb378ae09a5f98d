//! Who a request comes from. Made by `auth` from the session cookie; everything else only reads it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use shared::id::{EpochId, GrantId};
use shared::record::Catalogue;
use shared::role::{Actor, Principal};
use shared::scope::Scope;
use uuid::Uuid;

use crate::grants::{self, GivenGrant};

/// Header that names the app a request comes from: `member` or `desk`.
pub const APP_HEADER: &str = "x-huiyue-app";

/// The two apps; each has a session of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum App {
    /// Members, on phones.
    #[default]
    Member,
    /// Desks and managers.
    Desk,
}

impl App {
    /// The app named by the header; the member app when it is absent.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        match headers.get(APP_HEADER).map(|value| value.as_bytes()) {
            Some(b"desk") => App::Desk,
            _ => App::Member,
        }
    }
}

/// Who a request comes from.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Principal, roles, and the staff member of the session.
    pub actor: Actor,
    /// The session; its end closes the live streams opened under it.
    pub session: Option<Uuid>,
    /// The roles as they were given: the ids of scopes follow from them.
    pub given: Vec<GivenGrant>,
    /// The app.
    pub app: App,
}

impl Identity {
    /// Somebody who has not signed in.
    #[must_use]
    pub fn anonymous(app: App) -> Self {
        let actor = Actor { principal: Principal::Anonymous, grants: Vec::new(), staff: None };
        Identity { actor, session: None, given: Vec::new(), app }
    }

    /// Whether there is a session.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.actor.principal != Principal::Anonymous
    }

    /// The scopes that may be read, each with the grant it is read by.
    #[must_use]
    pub fn scopes(&self, epoch: EpochId, catalogue: &Catalogue) -> Vec<(Scope, GrantId)> {
        let stores: Vec<_> = catalogue.stores.keys().copied().collect();
        grants::scopes(epoch, self.actor.principal, &self.given, &stores)
    }
}

/// The principal as it is stored: `account:<id>`, `user:<id>`, `device:<id>`, `system`, `anonymous`.
#[must_use]
pub fn principal_name(principal: Principal) -> String {
    match principal {
        Principal::Anonymous => "anonymous".to_owned(),
        Principal::Account(id) => format!("account:{id}"),
        Principal::User(id) => format!("user:{id}"),
        Principal::Device(id) => format!("device:{id}"),
        Principal::System => "system".to_owned(),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Identity {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let found = parts.extensions.get::<Identity>().cloned();
        Ok(found.unwrap_or_else(|| Identity::anonymous(App::of(&parts.headers))))
    }
}
