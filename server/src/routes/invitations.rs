//! Invitations: `POST /api/users/{id}/invitation` makes a link, `POST /api/invitations` sets the password with it. So nobody but the
//! person themselves ever knows it. The secret stands behind the `#` of the link: no server or proxy writes it down.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use shared::id::{StoreId, UserId};
use shared::login::{AcceptInvitation, AuditAction, MadeLogin};
use shared::role::Principal;
use shared::time::{DAY, Timestamp};
use sqlx::PgConnection;

use super::session::signed_in_as;
use super::users::{about, chosen, managed, store_of};
use crate::audit::{self, By};
use crate::auth::browser::Browser;
use crate::auth::client::Client;
use crate::auth::token;
use crate::db;
use crate::error::{JsonBody, PathText, Problem, Result};
use crate::identity::{Identity, principal_name};
use crate::state::AppState;

/// How long a link is good.
const GOOD_FOR: i64 = 7 * DAY;

/// A link that was just made: its secret and its end.
pub(super) type Invitation = (String, Timestamp);

/// Makes the link of a login, in the transaction of its cause.
pub(super) async fn invite(
    state: &AppState,
    connection: &mut PgConnection,
    by: &By,
    user: UserId,
    store: Option<StoreId>,
) -> Result<Invitation> {
    let (secret, now) = (token::new_token(), state.clock.now());
    let expires_at = Timestamp(now.0.saturating_add(GOOD_FOR));
    db::invitations::put(connection, &token::hash(&secret), user, &by.principal, now, expires_at).await?;
    audit::record(connection, state, by, about(AuditAction::Invited, user, store)).await?;
    Ok((secret, expires_at))
}

/// The answer about a login that was made or invited.
pub(super) fn made(id: UserId, invitation: Option<Invitation>) -> Response {
    let (invitation, invitation_ends_at) = invitation.unzip();
    Json(MadeLogin { id, invitation, invitation_ends_at }).into_response()
}

/// `POST /api/users/{id}/invitation`: for a password that was forgotten, or a link that was lost. Earlier links are no longer good.
pub async fn renew(State(state): State<AppState>, identity: Identity, PathText(id): PathText) -> Result<Response> {
    let login = managed(&state, &identity, &id).await?;
    if !login.is_open {
        return Err(Problem::INVALID.detail("the login is closed"));
    }
    let mut transaction = state.pool.begin().await?;
    let invitation = invite(&state, &mut transaction, &By::of(&identity), login.id, store_of(&login)).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, made(login.id, Some(invitation))).into_response())
}

/// `POST /api/invitations`: sets the password and signs in. Whoever was signed in with an earlier password no longer is.
pub async fn accept(
    State(state): State<AppState>,
    identity: Identity,
    client: Client,
    browser: Browser,
    JsonBody(wish): JsonBody<AcceptInvitation>,
) -> Result<Response> {
    let (token_hash, now) = (token::hash(&wish.invitation), state.clock.now());
    let Some((user, name)) = db::invitations::find(&state.pool, &token_hash, now).await? else {
        return Err(Problem::INVITATION_ENDED.into());
    };
    let hash = chosen(&wish.password, &[&name]).await?;
    let by = By { principal: principal_name(Principal::User(user)), staff: None };
    let mut transaction = state.pool.begin().await?;
    if !db::invitations::take(&mut *transaction, &token_hash, now).await? {
        return Err(Problem::INVITATION_ENDED.into());
    }
    db::users::set_password(&mut *transaction, user, &hash).await?;
    let ended = db::session_ends::end_of_user(&mut *transaction, user, None, now).await?;
    audit::record(&mut *transaction, &state, &by, about(AuditAction::PasswordSet, user, None)).await?;
    transaction.commit().await?;
    ended.into_iter().for_each(|session| state.live.revoke(session));
    signed_in_as(&state, &identity, Principal::User(user), name.to_lowercase().as_bytes(), &client, browser).await
}
