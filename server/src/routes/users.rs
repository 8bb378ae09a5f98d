//! `/api/users` and `/api/staff/{id}/pin`: a manager gives staff their logins and PINs, never more than the manager's own role.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use shared::id::{StaffId, StoreId, UserId};
use shared::refusal::Refusal;
use shared::role::{Actor, Grant, Permission, Role};
use shared::staff::Staff;

use crate::auth::password;
use crate::db;
use crate::db::users::NewUser;
use crate::error::{Error, JsonBody, PathText, Problem, Result};
use crate::identity::Identity;
use crate::state::AppState;

/// A login to create.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    name: String,
    password: String,
    role: Role,
    #[serde(default)]
    store: Option<StoreId>,
    #[serde(default)]
    staff: Option<StaffId>,
}

/// `POST /api/users`
pub async fn create(State(state): State<AppState>, identity: Identity, JsonBody(wish): JsonBody<CreateUser>) -> Result<StatusCode> {
    if !identity.is_signed_in() {
        return Err(Problem::NOT_SIGNED_IN.into());
    }
    let grant = Grant { role: wish.role, store: wish.store };
    if !may_give(&identity.actor, grant) {
        return Err(Problem::NOT_ALLOWED.into());
    }
    let name = wish.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Problem::INVALID.detail("name"));
    }
    if !password::is_acceptable(&wish.password) {
        return Err(Problem::INVALID.detail("password"));
    }
    let catalogue = state.catalogue().await?;
    if wish.store.is_some_and(|store| !catalogue.stores.contains_key(&store)) {
        return Err(Problem::INVALID.detail("store"));
    }
    let staff = wish.staff.map(|id| catalogue.staff.get(&id).ok_or(Problem::INVALID.detail("staff"))).transpose()?;
    if staff.is_some_and(|staff| !may_be_given(&identity.actor, staff, wish.store)) {
        return Err(Problem::NOT_ALLOWED.detail("staff"));
    }
    let new = NewUser {
        id: UserId(state.clock.fresh_id()),
        grant_id: state.clock.fresh_id(),
        name: name.to_owned(),
        display_name: staff.map_or(name, |staff| staff.name.get(shared::name::Language::Chinese)).to_owned(),
        password_hash: hashed(&wish.password).await?,
        grant,
        staff: wish.staff,
    };
    let now = state.clock.now();
    let is_new = db::transaction(&state.pool, move |connection| Box::pin(async move { db::users::insert(connection, &new, now).await }));
    if is_new.await? { Ok(StatusCode::CREATED) } else { Err(Refusal::AlreadyExists.into()) }
}

/// A PIN of four to six digits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPin {
    pin: String,
}

/// `PUT /api/staff/{id}/pin`
pub async fn set_pin(
    State(state): State<AppState>,
    identity: Identity,
    PathText(staff): PathText,
    JsonBody(wish): JsonBody<SetPin>,
) -> Result<StatusCode> {
    if !identity.is_signed_in() {
        return Err(Problem::NOT_SIGNED_IN.into());
    }
    let staff: StaffId = staff.parse().map_err(|_| Problem::NOT_FOUND)?;
    let catalogue = state.catalogue().await?;
    let found = catalogue.staff.get(&staff);
    let managed = found.is_some_and(|staff| staff.stores.iter().any(|store| identity.actor.may(Permission::ManageStore, *store)));
    if !managed {
        return Err(if found.is_some() { Problem::NOT_ALLOWED } else { Problem::NOT_FOUND }.into());
    }
    if !password::is_pin(&wish.pin) {
        return Err(Problem::INVALID.detail("pin"));
    }
    let hash = hashed(&wish.pin).await?;
    db::users::set_pin(&state.pool, staff, &hash, state.clock.now()).await?;
    db::pin_claims::forget(&state.pool, staff).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn hashed(secret: &str) -> Result<String> {
    password::hash(secret).await.map_err(|error| Error::Fault(error.to_string()))
}

/// Whether a login may be somebody's: they work in the store that it is for, and in one that the giver manages.
fn may_be_given(giver: &Actor, staff: &Staff, store: Option<StoreId>) -> bool {
    store.is_none_or(|store| staff.stores.contains(&store)) && staff.stores.iter().any(|store| giver.may(Permission::ManageStore, *store))
}

/// Whether somebody may give a role: one of their own covers its store and is at least as high. Auditors see everything, so only
/// owners make them.
fn may_give(giver: &Actor, wanted: Grant) -> bool {
    let height = |role: Role| if role == Role::Auditor { Role::Owner } else { role };
    wanted.role != Role::Member
        && giver.grants.iter().any(|own| {
            own.role.may(Permission::ManageStore)
                && height(wanted.role) <= own.role
                && (own.store.is_none() || own.store == wanted.store && wanted.store.is_some())
        })
}

#[cfg(test)]
mod tests {
    use shared::role::Principal;
    use uuid::Uuid;

    use super::*;

    fn actor(role: Role, store: Option<StoreId>) -> Actor {
        Actor { principal: Principal::User(UserId(Uuid::nil())), grants: vec![Grant { role, store }], staff: None }
    }

    #[test]
    fn nobody_gives_more_than_they_have() {
        let (here, there) = (Some(StoreId(Uuid::from_u128(1))), Some(StoreId(Uuid::from_u128(2))));
        let manager = actor(Role::StoreManager, here);
        assert!(may_give(&manager, Grant { role: Role::Receptionist, store: here }));
        assert!(!may_give(&manager, Grant { role: Role::Receptionist, store: there }));
        assert!(!may_give(&manager, Grant { role: Role::Receptionist, store: None }));
        assert!(!may_give(&manager, Grant { role: Role::Owner, store: here }));
        assert!(!may_give(&manager, Grant { role: Role::Auditor, store: here }));
        let owner = actor(Role::Owner, None);
        assert!(may_give(&owner, Grant { role: Role::Owner, store: None }) && may_give(&owner, Grant { role: Role::Auditor, store: None }));
        assert!(!may_give(&actor(Role::Receptionist, here), Grant { role: Role::Technician, store: here }));
        assert!(!may_give(&owner, Grant { role: Role::Member, store: None }));
    }
}
