//! `/api/users`: staff logins. A manager lists, makes, changes, closes and reopens those below their own role, within their own stores;
//! the rule is [`shared::role::Actor::may_manage`].

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use shared::api::logins::{AuditAction, ChangedLogin, LoginInList, NewLogin};
use shared::id::{StaffId, UserId};
use shared::login::is_login_name;
use shared::name::Language;
use shared::record::Catalogue;
use shared::refusal::Refusal;
use shared::role::{Actor, Grant, Permission, Principal, Role};

use super::invitations::{Invitation, made};
use super::managing::{acting, managed};
use crate::audit::{self, Act, By};
use crate::db;
use crate::db::users::{Login, NewUser};
use crate::error::problem::Problem;
use crate::error::{JsonBody, PathText, Result};
use crate::identity::Identity;
use crate::routes::logins::{about, checked_name, chosen, must_be_signed_in, store_of};
use crate::state::AppState;

/// `GET /api/users`: one's own login, and those one may manage; an auditor sees all.
pub async fn list(State(state): State<AppState>, identity: Identity) -> Result<Json<Vec<LoginInList>>> {
    must_be_signed_in(&identity)?;
    let sees_all = identity.actor.may_everywhere(Permission::SeeAudit);
    let own = |login: &Login| identity.actor.principal == Principal::User(login.id);
    let logins = db::users::list(&state.pool, None).await?.into_iter();
    let shown = logins.filter(|login| sees_all || own(login) || identity.actor.may_manage(&login.grants)).map(|login| LoginInList {
        may_change: identity.actor.may_manage(&login.grants) && !own(&login),
        id: login.id,
        name: login.name,
        display_name: login.display_name,
        grants: login.grants,
        staff: login.staff,
        is_open: login.is_open,
        has_password: login.password_hash.is_some(),
        seen_at: login.seen_at,
    });
    Ok(Json(shown.collect()))
}

/// `POST /api/users`: with a password, or with an invitation that is answered once.
pub async fn create(State(state): State<AppState>, identity: Identity, JsonBody(asked): JsonBody<NewLogin>) -> Result<Response> {
    must_be_signed_in(&identity)?;
    let grant = Grant { role: asked.role, store: asked.store };
    let catalogue = state.catalogue().await?;
    may_give(&identity.actor, grant)?;
    check_grant(&catalogue, grant, asked.staff)?;
    let name = checked_name(&asked.name)?;
    if !is_login_name(&name) {
        return Err(Problem::LOGIN_NAME.into());
    }
    let name = name.as_str();
    let display_name = asked.staff.and_then(|staff| catalogue.staff.get(&staff)).map_or(name, |staff| staff.name.get(Language::Chinese));
    let hash = match &asked.password {
        Some(password) => Some(chosen(password, &[name, display_name]).await?),
        None => None,
    };
    let new = NewUser {
        id: UserId(state.clock.fresh_id()),
        grant_id: state.clock.fresh_id(),
        name: name.to_owned(),
        display_name: display_name.to_owned(),
        password_hash: hash,
        grant,
        staff: asked.staff,
    };
    let (id, now, by) = (new.id, state.clock.now(), By::of(&identity));
    let act = Act { detail: db::users::role_name(grant.role).to_owned(), ..about(AuditAction::LoginMade, id, grant.store) };
    let entry = audit::entry(&state, &by, act);
    let invitation = new.password_hash.is_none().then(|| Invitation::new(&state, &by, id, grant.store));
    let kept = invitation.as_ref().map(|invitation| invitation.row.clone());
    let made_now = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            may_give(&actor, grant)?;
            let is_new = db::users::insert(connection, &new, now).await?;
            if is_new {
                db::audit::record(&mut *connection, &entry).await?;
                if let Some((row, entry)) = &kept {
                    db::invitations::put(connection, row).await?;
                    db::audit::record(connection, entry).await?;
                }
            }
            Ok(is_new)
        })
    });
    if made_now.await? { Ok(made(id, invitation)) } else { Err(Refusal::AlreadyExists.into()) }
}

/// `PUT /api/users/{id}`: role, store, name and staff member. Its streams end, so that every device asks anew what it may read.
pub async fn change(
    State(state): State<AppState>,
    identity: Identity,
    PathText(id): PathText,
    JsonBody(asked): JsonBody<ChangedLogin>,
) -> Result<StatusCode> {
    must_be_signed_in(&identity)?;
    let grant = Grant { role: asked.role, store: asked.store };
    let display_name = checked_name(&asked.display_name)?;
    let (own, by, catalogue) = (state.clone(), By::of(&identity), state.catalogue().await?);
    let changed = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            let login = managed(connection, &actor, &id).await?;
            may_give(&actor, grant)?;
            check_grant(&catalogue, grant, asked.staff)?;
            if !is_owner(&[grant]) {
                keep_an_owner(connection, &login).await?;
            }
            let (fresh, now) = (own.clock.fresh_id(), own.clock.now());
            db::users::change(connection, login.id, &display_name, asked.staff, grant, fresh, now).await?;
            let act =
                Act { detail: db::users::role_name(grant.role).to_owned(), ..about(AuditAction::LoginChanged, login.id, grant.store) };
            db::audit::record(&mut *connection, &audit::entry(&own, &by, act)).await?;
            Ok(db::session_ends::ids_of_user(connection, login.id).await?)
        })
    });
    changed.await?.into_iter().for_each(|session| state.live.revoke(session));
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/users/{id}/close`: signed out everywhere at once; what was prepared stays, so that it can be opened again.
pub async fn close(State(state): State<AppState>, identity: Identity, PathText(id): PathText) -> Result<StatusCode> {
    must_be_signed_in(&identity)?;
    let (own, by) = (state.clone(), By::of(&identity));
    let closed = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            let login = managed(connection, &actor, &id).await?;
            keep_an_owner(connection, &login).await?;
            if db::users::set_open(&mut *connection, login.id, false).await? {
                let entry = audit::entry(&own, &by, about(AuditAction::LoginClosed, login.id, store_of(&login)));
                db::audit::record(&mut *connection, &entry).await?;
            }
            db::invitations::remove_of(&mut *connection, login.id).await?;
            Ok(db::session_ends::end_of_user(connection, login.id, None, own.clock.now()).await?)
        })
    });
    closed.await?.into_iter().for_each(|session| state.live.revoke(session));
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/users/{id}/open`: with the password it had.
pub async fn open(State(state): State<AppState>, identity: Identity, PathText(id): PathText) -> Result<StatusCode> {
    must_be_signed_in(&identity)?;
    let (own, by) = (state.clone(), By::of(&identity));
    let opened = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            let login = managed(connection, &actor, &id).await?;
            if db::users::set_open(&mut *connection, login.id, true).await? {
                let entry = audit::entry(&own, &by, about(AuditAction::LoginReopened, login.id, store_of(&login)));
                db::audit::record(connection, &entry).await?;
            }
            Ok(())
        })
    });
    opened.await?;
    Ok(StatusCode::NO_CONTENT)
}

fn may_give(actor: &Actor, grant: Grant) -> Result<()> {
    if actor.may_give(grant) { Ok(()) } else { Err(Problem::NOT_ALLOWED.into()) }
}

/// The store of a role exists, and the staff member works where it is for.
fn check_grant(catalogue: &Catalogue, grant: Grant, staff: Option<StaffId>) -> Result<()> {
    if grant.store.is_some_and(|store| !catalogue.stores.contains_key(&store)) {
        return Err(Problem::INVALID.detail("store"));
    }
    let works_there = |id| {
        let stores = catalogue.staff.get(&id).map(|staff| staff.stores.as_slice());
        stores.is_some_and(|stores| grant.store.is_none_or(|store| stores.contains(&store)))
    };
    if staff.is_some_and(|id| !works_there(id)) { Err(Problem::INVALID.detail("staff")) } else { Ok(()) }
}

fn is_owner(grants: &[Grant]) -> bool {
    grants.iter().any(|grant| grant.role == Role::Owner && grant.store.is_none())
}

/// Somebody must be left who can give every right.
async fn keep_an_owner(connection: &mut sqlx::PgConnection, login: &Login) -> Result<()> {
    if !is_owner(&login.grants) {
        return Ok(());
    }
    let others = db::users::other_owners(connection, login.id).await?;
    if others == 0 { Err(Problem::LAST_OWNER.into()) } else { Ok(()) }
}
