//! `/api/sessions`: where somebody is signed in, and signing out there. One's own, and those of the logins one may manage.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::login::{AuditAction, ChangePassword, SessionInList};
use shared::role::Principal;
use uuid::Uuid;

use super::users::{about, chosen, managed, must_be_signed_in, store_of};
use crate::audit::{self, Act, By};
use crate::auth::browser::Browser;
use crate::auth::peer::Address;
use crate::auth::{attempts, password};
use crate::db;
use crate::db::session_ends::OpenSession;
use crate::error::{Error, JsonBody, PathText, Problem, Result};
use crate::identity::{Identity, principal_name};
use crate::state::AppState;

/// `GET /api/sessions`: one's own.
pub async fn own(State(state): State<AppState>, identity: Identity) -> Result<Json<Vec<SessionInList>>> {
    must_be_signed_in(&identity)?;
    shown(&state, &identity, identity.actor.principal).await
}

/// `GET /api/users/{id}/sessions`
pub async fn of_login(State(state): State<AppState>, identity: Identity, PathText(id): PathText) -> Result<Json<Vec<SessionInList>>> {
    let login = managed(&state, &identity, &id).await?;
    shown(&state, &identity, Principal::User(login.id)).await
}

async fn shown(state: &AppState, identity: &Identity, principal: Principal) -> Result<Json<Vec<SessionInList>>> {
    let sessions = db::session_ends::open_of(&state.pool, principal, state.clock.now()).await?;
    let shown = |session: OpenSession| SessionInList {
        is_this: identity.session == Some(session.id),
        id: session.id,
        device_label: session.device_label,
        signed_in_at: session.created_at,
        seen_at: session.seen_at,
    };
    Ok(Json(sessions.into_iter().map(shown).collect()))
}

/// `DELETE /api/sessions/{id}`: signs out there, at once.
pub async fn end(State(state): State<AppState>, identity: Identity, PathText(id): PathText) -> Result<StatusCode> {
    must_be_signed_in(&identity)?;
    let session: Uuid = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    let owner = db::session_ends::owner(&state.pool, session).await?.ok_or(Problem::NOT_FOUND)?;
    let store = match owner {
        own if own == identity.actor.principal => None,
        Principal::User(user) => store_of(&managed(&state, &identity, &user.to_string()).await?),
        _ => return Err(Problem::NOT_FOUND.into()),
    };
    let entry = audit::entry(&state, &By::of(&identity), Act::new(AuditAction::SessionEnded, principal_name(owner), store));
    let now = state.clock.now();
    let ended = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::session_ends::end(&mut *connection, session, now).await?;
            db::audit::record(connection, &entry).await
        })
    });
    ended.await?;
    state.live.revoke(session);
    Ok(StatusCode::NO_CONTENT)
}

/// `PUT /api/session/password`: a new password for oneself. All other sessions of the login end.
pub async fn change_password(
    State(state): State<AppState>,
    identity: Identity,
    browser: Browser,
    Address(address): Address,
    JsonBody(wish): JsonBody<ChangePassword>,
) -> Result<StatusCode> {
    must_be_signed_in(&identity)?;
    let Principal::User(user) = identity.actor.principal else { return Err(Problem::NOT_ALLOWED.into()) };
    let login = db::users::list(&state.pool, Some(user)).await?.into_iter().next().ok_or(Problem::NOT_FOUND)?;
    let tries = attempts::password(&state, &browser, &login.name.to_lowercase(), &address);
    attempts::record(&state, &tries).await?;
    let fits = password::fits(&wish.old, login.password_hash.clone()).await.map_err(|error| Error::Fault(error.to_string()))?;
    if !fits {
        return Err(Problem::WRONG_PASSWORD.into());
    }
    attempts::forgive(&state, &tries).await?;
    let hash = chosen(&wish.new, &[&login.name, &login.display_name]).await?;
    let entry = audit::entry(&state, &By::of(&identity), about(AuditAction::PasswordSet, user, store_of(&login)));
    let (this, now) = (identity.session, state.clock.now());
    let changed = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::users::set_password(&mut *connection, user, &hash).await?;
            db::invitations::remove_of(&mut *connection, user).await?;
            db::audit::record(&mut *connection, &entry).await?;
            db::session_ends::end_of_user(connection, user, this, now).await
        })
    });
    changed.await?.into_iter().for_each(|session| state.live.revoke(session));
    Ok(StatusCode::NO_CONTENT)
}
