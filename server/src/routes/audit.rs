//! `GET /api/audit?before=`: who signed in, who got or lost which right, which tablet came and went. For owners and auditors, of the
//! stores they may see.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use shared::api::logins::AuditEntry;
use shared::role::Permission;
use uuid::Uuid;

use crate::db;
use crate::error::Result;
use crate::error::problem::Problem;
use crate::identity::Identity;
use crate::routes::logins::must_be_signed_in;
use crate::state::AppState;

/// Entries in one answer.
const PAGE: i64 = 100;

/// The query.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    before: Option<Uuid>,
}

/// Newest first.
pub async fn list(
    State(state): State<AppState>,
    identity: Identity,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Vec<AuditEntry>>> {
    must_be_signed_in(&identity)?;
    let Query(asked) = asked.map_err(|_| Problem::MALFORMED.detail("before"))?;
    let stores = if identity.actor.may_everywhere(Permission::SeeAudit) {
        None
    } else {
        let catalogue = state.catalogue().await?;
        let seen = catalogue.stores.keys().filter(|store| identity.actor.may(Permission::SeeAudit, **store)).map(|store| store.0);
        Some(seen.collect::<Vec<_>>())
    };
    if stores.as_ref().is_some_and(Vec::is_empty) {
        return Err(Problem::NOT_ALLOWED.into());
    }
    Ok(Json(db::audit::before(&state.pool, asked.before, stores.as_deref(), PAGE).await?))
}
