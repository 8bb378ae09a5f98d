//! `PUT /api/staff/{id}/pin`: a manager sets the PIN with which somebody says on a tablet who they are.

use axum::extract::State;
use axum::http::StatusCode;
use shared::api::logins::AuditAction;
use shared::api::sign_in::SetPin;
use shared::id::StaffId;
use shared::login::is_guessable_pin;
use shared::role::Permission;

use super::managing::acting;
use crate::audit::{self, Act, By};
use crate::auth::password;
use crate::db;
use crate::error::problem::Problem;
use crate::error::{Error, JsonBody, PathText, Result};
use crate::identity::Identity;
use crate::routes::logins::must_be_signed_in;
use crate::state::AppState;

/// `PUT /api/staff/{id}/pin`: whoever stands at a tablet with the old one has to say the new one.
pub async fn set(
    State(state): State<AppState>,
    identity: Identity,
    PathText(staff): PathText,
    JsonBody(asked): JsonBody<SetPin>,
) -> Result<StatusCode> {
    must_be_signed_in(&identity)?;
    let staff: StaffId = staff.parse().map_err(|_| Problem::NOT_FOUND)?;
    let catalogue = state.catalogue().await?;
    let found = catalogue.staff.get(&staff);
    let managed = |store: &&shared::id::StoreId| identity.actor.may(Permission::ManageStore, **store);
    let Some(store) = found.and_then(|staff| staff.stores.iter().find(managed).copied()) else {
        return Err(if found.is_some() { Problem::NOT_ALLOWED } else { Problem::NOT_FOUND }.into());
    };
    if !password::is_pin(&asked.pin) || is_guessable_pin(&asked.pin) {
        return Err(Problem::INVALID.detail("pin"));
    }
    let hash = password::hash(&asked.pin).await.map_err(|error| Error::Fault(error.to_string()))?;
    let act = Act::new(AuditAction::PinSet, format!("staff:{staff}"), Some(store));
    let (entry, now) = (audit::entry(&state, &By::of(&identity), act), state.clock.now());
    let set = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            if !actor.may(Permission::ManageStore, store) {
                return Err(Problem::NOT_ALLOWED.into());
            }
            db::pins::set(&mut *connection, staff, &hash, now).await?;
            db::pin_claims::forget(&mut *connection, staff).await?;
            db::audit::record(&mut *connection, &entry).await?;
            Ok(db::session_ends::forget_claims(connection, staff).await?)
        })
    });
    set.await?.into_iter().for_each(|session| state.live.revoke(session));
    Ok(StatusCode::NO_CONTENT)
}
