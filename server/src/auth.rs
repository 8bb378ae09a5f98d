//! Who is there: sessions, codes, passwords, PINs, and how often one may try.
//!
//! A session is an opaque random token in a cookie; the database knows its hash only. Each request's session is looked up once, by
//! [`identify`], and everything else reads the [`Identity`]. Ending a session deletes it and closes its live streams at once.

pub mod attempts;
pub mod browser;
pub mod client;
pub mod code;
pub mod cookie;
pub mod countries;
pub mod host_cookies;
pub mod lifetime;
pub mod password;
pub mod tablet;
pub mod token;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shared::api::logins::AuditAction;
use shared::api::sign_in::Session;
use shared::name::Language;
use shared::phone::Phone;
use shared::role::{Actor, Principal};
use uuid::Uuid;

use crate::audit::{self, Act, By};
use crate::db;
use crate::db::sessions::{ActiveSession, Found, NewSession};
use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::identity::{App, Identity, principal_name};
use crate::state::AppState;

use client::Client;

/// Finds out whose request it is and hands it on with an [`Identity`]. Without a cookie the database is not asked. Where a session was
/// ended by somebody, "please sign in" becomes "your access has ended": the device then forgets what only that session could read.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    crate::peer::watch_for_proxy(request.extensions(), request.headers());
    let app = cookie::app_of(request.headers(), request.uri());
    let (identity, is_ended) = match identity(&state, request.headers(), app).await {
        Ok(found) => found,
        Err(error) => return Error::from(error).into_response(),
    };
    request.extensions_mut().insert(identity);
    let response = next.run(request).await;
    if is_ended && response.status() == StatusCode::UNAUTHORIZED { Error::from(Problem::ACCESS_ENDED).into_response() } else { response }
}

/// Whose request it is, and whether its session was ended by somebody.
async fn identity(state: &AppState, headers: &HeaderMap, app: App) -> sqlx::Result<(Identity, bool)> {
    let active = match find(state, headers, app).await? {
        Some(Found::Active(active)) => active,
        Some(Found::Ended) => return Ok((Identity::anonymous(app), true)),
        Some(Found::RanOut) | None => return Ok((Identity::anonymous(app), false)),
    };
    let now = state.clock.now();
    if now.0.saturating_sub(active.seen_at.0) >= lifetime::NOTE_USE_EVERY {
        let idle_until = lifetime::of(active.principal).idle_until(now);
        db::sessions::note_use(&state.pool, active.id, now, idle_until).await?;
    }
    Ok((identity_of(&active, app), false))
}

/// `None` when there is no cookie.
async fn find(state: &AppState, headers: &HeaderMap, app: App) -> sqlx::Result<Option<Found>> {
    match cookie::token(headers, app) {
        Some(token) => db::sessions::find(&state.pool, &token::hash(token), state.clock.now()).await.map(Some),
        None => Ok(None),
    }
}

fn identity_of(active: &ActiveSession, app: App) -> Identity {
    Identity { actor: actor_of(active), session: Some(active.id), given: active.given.clone(), app }
}

fn actor_of(active: &ActiveSession) -> Actor {
    Actor { principal: active.principal, grants: active.given.iter().map(|given| given.grant).collect(), staff: active.staff }
}

/// Whether a session that opened a stream is still there with the same rights. Whoever ends one in this process closes its streams at
/// once; another server or `huiyue create-user` is noticed by asking now and then.
///
/// # Errors
/// Of the database.
pub async fn is_unchanged(state: &AppState, identity: &Identity) -> sqlx::Result<bool> {
    let Some(session) = identity.session else { return Ok(true) };
    let Some(token_hash) = db::sessions::token_hash(&state.pool, session).await? else { return Ok(false) };
    match db::sessions::find(&state.pool, &token_hash, state.clock.now()).await? {
        Found::Active(active) => Ok(active.given == identity.given),
        Found::RanOut | Found::Ended => Ok(false),
    }
}

/// The actor of a request as they are now, in the transaction of what they do; `None` when their session has ended meanwhile.
///
/// # Errors
/// Of the database.
pub(crate) async fn actor_now(state: &AppState, connection: &mut sqlx::PgConnection, identity: &Identity) -> sqlx::Result<Option<Actor>> {
    let Some(session) = identity.session else { return Ok(None) };
    let Some(token_hash) = db::sessions::token_hash(&mut *connection, session).await? else { return Ok(None) };
    match db::sessions::find(connection, &token_hash, state.clock.now()).await? {
        Found::Active(active) => Ok(Some(actor_of(&active))),
        Found::RanOut | Found::Ended => Ok(None),
    }
}

/// The session of a request as its app sees it; `None` when nobody is signed in.
///
/// # Errors
/// Of the database, or when the account's number does not open.
pub async fn session(state: &AppState, headers: &HeaderMap, app: App) -> Result<Option<Session>> {
    match find(state, headers, app).await? {
        Some(Found::Active(active)) => Ok(Some(describe(state, *active, app).await?)),
        Some(Found::RanOut | Found::Ended) | None => Ok(None),
    }
}

async fn describe(state: &AppState, active: ActiveSession, app: App) -> Result<Session> {
    let identity = identity_of(&active, app);
    let (epoch, catalogue) = state.surroundings().await?;
    // The very list that an exchange answers: an app renews its session where the two differ.
    let scopes = identity.scopes(epoch, &catalogue);
    let actor = identity.actor;
    let phone = match (actor.account_id(), &active.phone_sealed) {
        (Some(account), Some(sealed)) => Some(open_phone(state, account.0, sealed)?),
        _ => None,
    };
    let phone_masked = phone.as_ref().map(Phone::masked);
    let name = match actor.account_id() {
        Some(account) => db::members::name_of_account(&mut *state.pool.acquire().await?, &state.sealer, account).await?,
        None => active.name,
    };
    Ok(Session {
        principal: active.principal,
        account: actor.account_id(),
        staff: active.staff,
        name: name.or_else(|| phone_masked.clone()).unwrap_or_default(),
        scopes,
        grants: actor.grants,
        store: active.store,
        language: active.language,
        phone_masked,
    })
}

/// Opens a number that was sealed for the record `owner`.
///
/// # Errors
/// When it does not open or is none.
pub fn open_phone(state: &AppState, owner: Uuid, sealed: &[u8]) -> Result<Phone> {
    let plain = state.sealer.open(owner, sealed)?;
    let text = String::from_utf8(plain).map_err(|_| crate::sealed::SealError::Broken)?;
    Ok(Phone::from_e164(&text).map_err(|_| crate::sealed::SealError::Broken)?)
}

/// Begins a session for `principal` in place of the one the request has, if any; the session, and the cookie to give.
///
/// # Errors
/// Of the database.
pub async fn begin(state: &AppState, before: &Identity, principal: Principal, client: &Client) -> Result<(Session, HeaderValue)> {
    let (now, token, life) = (state.clock.now(), token::new_token(), lifetime::of(principal));
    let new = NewSession {
        token_hash: token::hash(&token).to_vec(),
        id: state.clock.fresh_id(),
        principal,
        now,
        idle_until: life.idle_until(now),
        expires_at: life.expires_at(now),
        device_label: client.device_label.clone(),
    };
    let who = principal_name(principal);
    let act = Act { detail: client.device_label.clone(), ..Act::new(AuditAction::SignedIn, who.clone(), None) };
    let entry = audit::entry(state, &By { principal: who, staff: None }, act);
    let session = describe(state, replace_session(state, before.session, new, entry).await?, before.app).await?;
    Ok((session, cookie::give(before.app, &token, life.absolute / 1000, client.secure)))
}

/// The new session begins when the old one ends, or neither does; both are audited.
async fn replace_session(state: &AppState, old: Option<Uuid>, new: NewSession, mut entry: db::audit::Entry) -> Result<ActiveSession> {
    let replaced = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::sessions::insert(&mut *connection, &new).await?;
            if let Some(old) = old {
                db::session_ends::remove(&mut *connection, old).await?;
            }
            let Found::Active(active) = db::sessions::find(&mut *connection, &new.token_hash, new.now).await? else {
                return Err(Error::Fault("a session that has just begun is not there".to_owned()));
            };
            entry.store = active.store;
            db::audit::record(connection, &entry).await?;
            Ok(*active)
        })
    });
    let active = replaced.await?;
    if let Some(old) = old {
        state.live.revoke(old);
    }
    Ok(active)
}

/// Ends a session where it is, and its live streams; or neither that nor its entry in the audit happens.
///
/// # Errors
/// Of the database.
pub async fn end(state: &AppState, session: Uuid, entry: db::audit::Entry) -> Result<()> {
    let ended = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::session_ends::remove(&mut *connection, session).await?;
            db::audit::record(connection, &entry).await
        })
    });
    ended.await?;
    state.live.revoke(session);
    Ok(())
}

/// The language a browser asks for: English when it comes before any Chinese, else Chinese.
#[must_use]
pub fn language_of(headers: &HeaderMap) -> Language {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = asked.split(',').map(|item| item.trim().to_ascii_lowercase()).find(|item| item.starts_with("zh") || item.starts_with("en"));
    if first.is_some_and(|item| item.starts_with("en")) { Language::English } else { Language::Chinese }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_asks_for_english_first_gets_it() {
        let language = |text: &'static str| language_of(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text))]));
        assert_eq!(language("en-US,en;q=0.9,zh;q=0.8"), Language::English);
        assert_eq!(language("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(language("fr"), Language::Chinese);
        assert_eq!(language_of(&HeaderMap::new()), Language::Chinese);
    }
}
