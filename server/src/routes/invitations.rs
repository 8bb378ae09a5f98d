//! Invitations: `POST /api/users/{id}/invitation` makes a link, `POST /api/invitations` sets the password with it. So nobody but the
//! person themselves ever knows it. The secret stands behind the `#` of the link: no server or proxy writes it down.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use shared::api::logins::{AcceptInvitation, AuditAction, MadeLogin};
use shared::id::{StoreId, UserId};
use shared::role::Principal;
use shared::time::{DAY, Timestamp};

use super::managing::{acting, managed};
use super::session::signed_in_as;
use crate::audit::{self, By};
use crate::auth::browser::Browser;
use crate::auth::client::Client;
use crate::auth::token;
use crate::db;
use crate::db::audit::Entry;
use crate::db::invitations::NewInvitation;
use crate::error::problem::Problem;
use crate::error::{Error, JsonBody, PathText, Result};
use crate::identity::{Identity, principal_name};
use crate::routes::logins::{about, chosen, must_be_signed_in, store_of};
use crate::state::AppState;

/// How long a link is good.
const GOOD_FOR: i64 = 7 * DAY;

/// A link that was just made.
pub(super) struct Invitation {
    secret: String,
    /// To be written in the transaction of its cause, with its audit entry.
    pub(super) row: (NewInvitation, Entry),
}

impl Invitation {
    /// A link for a login.
    pub(super) fn new(state: &AppState, by: &By, user: UserId, store: Option<StoreId>) -> Self {
        let (secret, made_at) = (token::new_token(), state.clock.now());
        let expires_at = Timestamp(made_at.0.saturating_add(GOOD_FOR));
        let token_hash = token::hash(&secret).to_vec();
        let row = NewInvitation { token_hash, user, made_by: by.principal.clone(), made_at, expires_at };
        Invitation { secret, row: (row, audit::entry(state, by, about(AuditAction::Invited, user, store))) }
    }
}

/// The answer about a login that was made or invited.
pub(super) fn made(id: UserId, invitation: Option<Invitation>) -> Response {
    let (invitation, invitation_ends_at) = invitation.map(|made| (made.secret, made.row.0.expires_at)).unzip();
    (StatusCode::CREATED, Json(MadeLogin { id, invitation, invitation_ends_at })).into_response()
}

/// `POST /api/users/{id}/invitation`: for a password that was forgotten, or a link that was lost. Earlier links are no longer good.
pub async fn renew(State(state): State<AppState>, identity: Identity, PathText(id): PathText) -> Result<Response> {
    must_be_signed_in(&identity)?;
    let (own, by) = (state.clone(), By::of(&identity));
    let renewed = acting(&state, &identity, move |connection, actor| {
        Box::pin(async move {
            let login = managed(connection, &actor, &id).await?;
            if !login.is_open {
                return Err(Problem::INVALID.detail("the login is closed"));
            }
            let invitation = Invitation::new(&own, &by, login.id, store_of(&login));
            let (row, entry) = &invitation.row;
            db::invitations::put(connection, row).await?;
            db::audit::record(connection, entry).await?;
            Ok((login.id, invitation))
        })
    });
    let (id, invitation) = renewed.await?;
    Ok(made(id, Some(invitation)))
}

/// `POST /api/invitations`: sets the password and signs in. Whoever was signed in with an earlier password no longer is.
pub async fn accept(
    State(state): State<AppState>,
    identity: Identity,
    client: Client,
    browser: Browser,
    JsonBody(asked): JsonBody<AcceptInvitation>,
) -> Result<Response> {
    let (token_hash, now) = (token::hash(&asked.invitation), state.clock.now());
    let Some((user, name)) = db::invitations::find(&state.pool, &token_hash, now).await? else {
        return Err(Problem::INVITATION_ENDED.into());
    };
    let hash = chosen(&asked.password, &[&name]).await?;
    let by = By { principal: principal_name(Principal::User(user)), staff: None };
    let entry = audit::entry(&state, &by, about(AuditAction::PasswordSet, user, None));
    let accepted = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::users::lock_all(connection).await?;
            // The login may have been closed since it was found.
            let is_good = db::invitations::find(&mut *connection, &token_hash, now).await?.is_some();
            if !is_good || !db::invitations::take(&mut *connection, &token_hash, now).await? {
                return Err(Error::from(Problem::INVITATION_ENDED));
            }
            db::users::set_password(&mut *connection, user, &hash).await?;
            db::audit::record(&mut *connection, &entry).await?;
            Ok(db::session_ends::end_of_user(connection, user, None, now).await?)
        })
    });
    accepted.await?.into_iter().for_each(|session| state.live.revoke(session));
    signed_in_as(&state, &identity, Principal::User(user), name.to_lowercase().as_bytes(), &client, browser).await
}
