//! `/api/devices`: desk tablets. A manager who is signed in on a tablet enrols it; from then on the tablet is a principal of its
//! own, bound to the store, and the manager is no longer signed in there.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use shared::api::devices::{EnrolDevice, EnrolledDevice};
use shared::api::logins::AuditAction;
use shared::id::{DeviceId, StoreId};
use shared::role::{Permission, Principal};

use super::managing::acting;
use super::session::signed_in;
use crate::audit::{self, Act, By};
use crate::auth::client::Client;
use crate::auth::{self, tablet};
use crate::db;
use crate::error::problem::Problem;
use crate::error::{JsonBody, PathText, Result};
use crate::identity::{Identity, principal_name};
use crate::routes::logins::checked_name;
use crate::state::AppState;

/// `POST /api/devices`
pub async fn enrol(
    State(state): State<AppState>,
    identity: Identity,
    client: Client,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<EnrolDevice>,
) -> Result<Response> {
    let Principal::User(user) = identity.actor.principal else {
        return Err(if identity.is_signed_in() { Problem::NOT_ALLOWED } else { Problem::NOT_SIGNED_IN }.into());
    };
    must_manage(&state, &identity, asked.store).await?;
    let name = checked_name(&asked.name)?;
    let device = DeviceId(state.clock.fresh_id());
    let act = Act::new(AuditAction::TabletEnrolled, principal_name(Principal::Device(device)), Some(asked.store));
    let (entry, now) = (audit::entry(&state, &By::of(&identity), act), state.clock.now());
    let enrolled = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            if !actor.may(Permission::ManageStore, asked.store) {
                return Err(Problem::NOT_ALLOWED.into());
            }
            db::devices::insert(&mut *connection, device, asked.store, &name, user, now).await?;
            Ok(db::audit::record(connection, &entry).await?)
        })
    });
    enrolled.await?;
    let (session, cookie) = auth::begin(&state, &identity, Principal::Device(device), &client).await?;
    let mut response = signed_in(session, cookie);
    tablet::forget(&headers, client.secure, &mut response);
    Ok(response)
}

/// Which store's tablets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfStore {
    store: StoreId,
}

/// `GET /api/devices?store=`
pub async fn list(
    State(state): State<AppState>,
    identity: Identity,
    asked: Result<Query<OfStore>, QueryRejection>,
) -> Result<Json<Vec<EnrolledDevice>>> {
    let Query(asked) = asked.map_err(|_| Problem::MALFORMED.detail("store"))?;
    must_manage(&state, &identity, asked.store).await?;
    let devices = db::devices::of_store(&state.pool, asked.store).await?;
    let shown = devices.into_iter().map(|device| EnrolledDevice { id: device.id, name: device.name, enrolled_at: device.enrolled_at });
    Ok(Json(shown.collect()))
}

/// `DELETE /api/devices/{id}`: the tablet is signed out wherever it is, and its streams end.
pub async fn revoke(State(state): State<AppState>, identity: Identity, PathText(device): PathText) -> Result<StatusCode> {
    let device: DeviceId = device.parse().map_err(|_| Problem::NOT_FOUND)?;
    let store = db::devices::store_of(&state.pool, device).await?;
    let Some(store) = store.filter(|store| identity.actor.may(Permission::ManageStore, *store)) else {
        return Err(if identity.is_signed_in() { Problem::NOT_FOUND } else { Problem::NOT_SIGNED_IN }.into());
    };
    tracing::info!(%device, %store, "a tablet is revoked");
    let act = Act::new(AuditAction::TabletRevoked, principal_name(Principal::Device(device)), Some(store));
    let (entry, now) = (audit::entry(&state, &By::of(&identity), act), state.clock.now());
    let revoked = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            if !actor.may(Permission::ManageStore, store) {
                return Err(Problem::NOT_FOUND.into());
            }
            db::devices::revoke(&mut *connection, device, now).await?;
            db::audit::record(&mut *connection, &entry).await?;
            Ok(db::session_ends::end_of_device(connection, device, now).await?)
        })
    });
    revoked.await?.into_iter().for_each(|session| state.live.revoke(session));
    Ok(StatusCode::NO_CONTENT)
}

async fn must_manage(state: &AppState, identity: &Identity, store: StoreId) -> Result<()> {
    if !identity.is_signed_in() {
        return Err(Problem::NOT_SIGNED_IN.into());
    }
    if !identity.actor.may(Permission::ManageStore, store) {
        return Err(Problem::NOT_ALLOWED.into());
    }
    if !state.catalogue().await?.stores.contains_key(&store) {
        return Err(Problem::NOT_FOUND.detail("store"));
    }
    Ok(())
}
