//! `/api/sessions`: where somebody is signed in, and signing out there. One's own, and those of the logins one may manage.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::logins::{AuditAction, ChangePassword, SessionInList};
use shared::role::Principal;
use uuid::Uuid;

use super::managing::{acting, managed};
use crate::audit::{self, Act, By};
use crate::auth::browser::Browser;
use crate::auth::{attempts, password};
use crate::db;
use crate::db::session_ends::OpenSession;
use crate::error::problem::Problem;
use crate::error::{Error, JsonBody, PathText, Result};
use crate::identity::{Identity, principal_name};
use crate::peer::Address;
use crate::routes::logins::{about, chosen, must_be_signed_in, store_of};
use crate::state::AppState;

/// `GET /api/sessions`: one's own.
pub async fn own(State(state): State<AppState>, identity: Identity) -> Result<Json<Vec<SessionInList>>> {
    must_be_signed_in(&identity)?;
    shown(&state, &identity, identity.actor.principal).await
}

/// `GET /api/users/{id}/sessions`
pub async fn of_login(State(state): State<AppState>, identity: Identity, PathText(id): PathText) -> Result<Json<Vec<SessionInList>>> {
    must_be_signed_in(&identity)?;
    let login = managed(&mut *state.pool.acquire().await?, &identity.actor, &id).await?;
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
    let (own, by) = (state.clone(), By::of(&identity));
    let ended = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            let owner = db::session_ends::owner(&mut *connection, session).await?.ok_or(Problem::NOT_FOUND)?;
            let store = match owner {
                own if own == actor.principal => None,
                Principal::User(user) => store_of(&managed(connection, &actor, &user.to_string()).await?),
                _ => return Err(Problem::NOT_FOUND.into()),
            };
            db::session_ends::end(&mut *connection, session, own.clock.now()).await?;
            let entry = audit::entry(&own, &by, Act::new(AuditAction::SessionEnded, principal_name(owner), store));
            Ok(db::audit::record(connection, &entry).await?)
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
    JsonBody(asked): JsonBody<ChangePassword>,
) -> Result<StatusCode> {
    must_be_signed_in(&identity)?;
    let Principal::User(user) = identity.actor.principal else { return Err(Problem::NOT_ALLOWED.into()) };
    let login = db::users::list(&state.pool, Some(user)).await?.into_iter().next().ok_or(Problem::NOT_FOUND)?;
    let tries = attempts::password(&state, &browser, &login.name.to_lowercase(), &address);
    attempts::record(&state, &tries).await?;
    let fits = password::fits(&asked.old, login.password_hash.clone()).await.map_err(|error| Error::Fault(error.to_string()))?;
    if !fits {
        return Err(Problem::WRONG_PASSWORD.into());
    }
    attempts::forgive(&state, &tries).await?;
    let hash = chosen(&asked.new, &[&login.name, &login.display_name]).await?;
    let entry = audit::entry(&state, &By::of(&identity), about(AuditAction::PasswordSet, user, store_of(&login)));
    let (this, now) = (identity.session, state.clock.now());
    let proved = login.password_hash;
    let changed = acting(&state, &identity, move |connection, _| {
        Box::pin(async move {
            // What was proved was another password, if somebody has set one meanwhile.
            let login = db::users::list(&mut *connection, Some(user)).await?.into_iter().next();
            if login.is_none_or(|login| login.password_hash != proved) {
                return Err(Problem::WRONG_PASSWORD.into());
            }
            db::users::set_password(&mut *connection, user, &hash).await?;
            db::invitations::remove_of(&mut *connection, user).await?;
            db::audit::record(&mut *connection, &entry).await?;
            Ok(db::session_ends::end_of_user(connection, user, this, now).await?)
        })
    });
    changed.await?.into_iter().for_each(|session| state.live.revoke(session));
    Ok(StatusCode::NO_CONTENT)
}
