//! The server's doors, typed. One function per route; every answer is data, every failure an [`ApiError`].

pub(crate) mod error;
mod http;
mod json;
pub mod logins;
mod this_app;

use serde::Serialize;
use shared::api::devices::{EnrolDevice, EnrolledDevice};
use shared::api::sign_in::{AskCode, AskDeskCode, ClaimStaff, Session, SetPin, SignInMember, SignInStaff};
use shared::envelope::Envelope;
use shared::id::{DeviceId, ReplicaId, StaffId, StoreId};
use shared::name::Language;
use shared::phone::Phone;
use shared::sync::{Outcome, SyncReply, SyncRequest};
use shared::zone::Zone;

use http::{Body, Method};

pub use error::ApiError;
pub use this_app::{app, set_app};

/// `POST /api/sync`.
///
/// # Errors
/// See [`ApiError`]; `SignedOut` when the session is over, `Outdated` when the server speaks another protocol.
pub async fn sync(request: &SyncRequest) -> Result<SyncReply, ApiError> {
    http::postcard("/api/sync", request, None).await
}

/// `POST /api/direct`: a command that must not wait.
///
/// # Errors
/// See [`ApiError`]. A refusal is not an error but an [`Outcome`].
pub async fn direct(envelope: &Envelope, replica: ReplicaId) -> Result<Outcome, ApiError> {
    http::postcard("/api/direct", envelope, Some(replica)).await
}

/// `GET /api/session`: who is signed in; `None` when nobody is.
///
/// # Errors
/// See [`ApiError`].
pub async fn session() -> Result<Option<Session>, ApiError> {
    match http::send(Method::Get, "/api/session", Body::None, None).await {
        Ok(bytes) if bytes.is_empty() => Ok(None),
        Ok(bytes) => json::read(bytes).map(Some),
        Err(ApiError::SignedOut | ApiError::AccessEnded) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `POST /api/codes`: sends a code to a phone, in words of a language.
///
/// # Errors
/// See [`ApiError`].
pub async fn ask_code(phone: &Phone, language: Language) -> Result<(), ApiError> {
    post("/api/codes", &AskCode { phone: phone.as_str().to_owned(), language: Some(language) }).await.map(|_| ())
}

/// `POST /api/desk-codes`: sends a code that the guest says at the desk of a store.
///
/// # Errors
/// See [`ApiError`].
pub async fn ask_desk_code(store: StoreId, phone: &Phone) -> Result<(), ApiError> {
    post("/api/desk-codes", &AskDeskCode { store, phone: phone.as_str().to_owned() }).await.map(|_| ())
}

/// `POST /api/session/member`: signs a member in with the code.
///
/// # Errors
/// See [`ApiError`]; a wrong code is a `Problem`.
pub async fn sign_in_member(phone: &Phone, code: &str, language: Language) -> Result<Session, ApiError> {
    json::read(
        post("/api/session/member", &SignInMember { phone: phone.as_str().to_owned(), code: code.to_owned(), language: Some(language) })
            .await?,
    )
}

/// `POST /api/session/staff`: signs a staff login in.
///
/// # Errors
/// See [`ApiError`]; a wrong password is a `Problem`.
pub async fn sign_in_staff(name: &str, password: &str) -> Result<Session, ApiError> {
    json::read(post("/api/session/staff", &SignInStaff { name: name.to_owned(), password: password.to_owned() }).await?)
}

/// `POST /api/devices`: turns this installation into an enrolled tablet of a store.
///
/// # Errors
/// See [`ApiError`].
pub async fn enrol_device(store: StoreId, name: &str) -> Result<Session, ApiError> {
    json::read(post("/api/devices", &EnrolDevice { store, name: name.to_owned() }).await?)
}

/// `GET /api/devices`: the enrolled tablets of a store.
///
/// # Errors
/// See [`ApiError`].
pub async fn devices(store: StoreId) -> Result<Vec<EnrolledDevice>, ApiError> {
    json::read(http::send(Method::Get, &format!("/api/devices?store={store}"), Body::None, None).await?)
}

/// `DELETE /api/devices/{id}`: signs a tablet out, wherever it is.
///
/// # Errors
/// See [`ApiError`].
pub async fn revoke_device(device: DeviceId) -> Result<(), ApiError> {
    http::send(Method::Delete, &format!("/api/devices/{device}"), Body::None, None).await.map(|_| ())
}

/// `POST /api/session/pin`: who is at the desk now.
///
/// # Errors
/// See [`ApiError`]; a wrong PIN is a `Problem`.
pub async fn claim_staff(staff: StaffId, pin: &str) -> Result<Session, ApiError> {
    json::read(post("/api/session/pin", &ClaimStaff { staff, pin: pin.to_owned() }).await?)
}

/// `PUT /api/staff/{id}/pin`: a manager sets a PIN of 4 to 6 digits.
///
/// # Errors
/// See [`ApiError`].
pub async fn set_pin(staff: StaffId, pin: &str) -> Result<(), ApiError> {
    let body = Body::Json(json::write(&SetPin { pin: pin.to_owned() })?);
    http::send(Method::Put, &format!("/api/staff/{staff}/pin"), body, None).await.map(|_| ())
}

/// `DELETE /api/session`: signs out.
///
/// # Errors
/// See [`ApiError`].
pub async fn end_session() -> Result<(), ApiError> {
    http::send(Method::Delete, "/api/session", Body::None, None).await.map(|_| ())
}

/// `GET /api/zones/{name}`: the table of a time zone, for a new store.
///
/// # Errors
/// See [`ApiError`].
pub async fn zone(name: &str) -> Result<Zone, ApiError> {
    let name = String::from(js_sys::encode_uri_component(name));
    json::read(http::send(Method::Get, &format!("/api/zones/{name}"), Body::None, None).await?)
}

async fn post<T: Serialize>(path: &str, body: &T) -> Result<Vec<u8>, ApiError> {
    http::send(Method::Post, path, Body::Json(json::write(body)?), None).await
}

/// JSON for a preference of this device.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, ApiError> {
    json::write(value)
}

/// Reads such a preference.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: String) -> Result<T, ApiError> {
    json::read(text.into_bytes())
}
