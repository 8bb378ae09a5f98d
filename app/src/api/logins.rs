//! The doors about logins: who may sign in, where somebody is signed in, and what the audit tells.

use shared::api::logins::{AcceptInvitation, AuditEntry, ChangePassword, ChangedLogin, LoginInList, MadeLogin, NewLogin, SessionInList};
use shared::api::sign_in::Session;
use shared::id::UserId;
use uuid::Uuid;

use super::http::{self, Body, Method};
use super::{ApiError, json, post};

/// `GET /api/users`: one's own login and those one may manage.
///
/// # Errors
/// See [`ApiError`].
pub async fn list() -> Result<Vec<LoginInList>, ApiError> {
    get("/api/users").await
}

/// `POST /api/users`: makes a login; without a password the answer has an invitation.
///
/// # Errors
/// See [`ApiError`].
pub async fn create(login: &NewLogin) -> Result<MadeLogin, ApiError> {
    json::read(post("/api/users", login).await?)
}

/// `PUT /api/users/{id}`: what a login is from now on.
///
/// # Errors
/// See [`ApiError`].
pub async fn change(id: UserId, login: &ChangedLogin) -> Result<(), ApiError> {
    put(&format!("/api/users/{id}"), Body::Json(json::write(login)?)).await
}

/// `POST /api/users/{id}/close` or `…/open`.
///
/// # Errors
/// See [`ApiError`].
pub async fn set_open(id: UserId, is_open: bool) -> Result<(), ApiError> {
    let act = if is_open { "open" } else { "close" };
    http::send(Method::Post, &format!("/api/users/{id}/{act}"), Body::None, None).await.map(drop)
}

/// `POST /api/users/{id}/invitation`: a new link to set a password.
///
/// # Errors
/// See [`ApiError`].
pub async fn invite(id: UserId) -> Result<MadeLogin, ApiError> {
    json::read(http::send(Method::Post, &format!("/api/users/{id}/invitation"), Body::None, None).await?)
}

/// The link of an invitation: its secret stands behind the `#`, where no server or proxy writes it down.
#[must_use]
pub fn link(invitation: &str) -> String {
    let origin = crate::browser::window().location().origin().unwrap_or_default();
    format!("{origin}/desk/#{INVITED}{invitation}")
}

/// Begins the part of an address that holds an invitation.
pub const INVITED: &str = "invited=";

/// `POST /api/invitations`: sets the password of an invitation and signs in.
///
/// # Errors
/// See [`ApiError`].
pub async fn accept(invitation: &AcceptInvitation) -> Result<Session, ApiError> {
    json::read(post("/api/invitations", invitation).await?)
}

/// `PUT /api/session/password`: a new password for oneself.
///
/// # Errors
/// See [`ApiError`].
pub async fn change_password(change: &ChangePassword) -> Result<(), ApiError> {
    put("/api/session/password", Body::Json(json::write(change)?)).await
}

/// `GET /api/users/{id}/sessions`, or one's own without an id.
///
/// # Errors
/// See [`ApiError`].
pub async fn sessions(of: Option<UserId>) -> Result<Vec<SessionInList>, ApiError> {
    match of {
        Some(id) => get(&format!("/api/users/{id}/sessions")).await,
        None => get("/api/sessions").await,
    }
}

/// `DELETE /api/sessions/{id}`: signs out there.
///
/// # Errors
/// See [`ApiError`].
pub async fn sign_out_there(session: Uuid) -> Result<(), ApiError> {
    http::send(Method::Delete, &format!("/api/sessions/{session}"), Body::None, None).await.map(drop)
}

/// `GET /api/audit`: the newest entries, or those before one.
///
/// # Errors
/// See [`ApiError`].
pub async fn audit(before: Option<Uuid>) -> Result<Vec<AuditEntry>, ApiError> {
    match before {
        Some(id) => get(&format!("/api/audit?before={id}")).await,
        None => get("/api/audit").await,
    }
}

async fn get<A: serde::de::DeserializeOwned>(path: &str) -> Result<A, ApiError> {
    json::read(http::send(Method::Get, path, Body::None, None).await?)
}

async fn put(path: &str, body: Body) -> Result<(), ApiError> {
    http::send(Method::Put, path, body, None).await.map(drop)
}
