//! Who is there: sessions, codes, passwords, PINs, and how often one may try.
//!
//! A session is an opaque random token in a cookie; the database knows its hash only. Each request's session is looked up once, by
//! [`identify`], and everything else reads the [`Identity`]. Ending a session deletes it and closes its live streams at once.

pub mod code;
pub mod cookie;
pub mod grants;
pub mod lifetime;
pub mod password;
pub mod peer;
pub mod tidy;
pub mod token;
pub mod tries;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shared::name::Language;
use shared::phone::Phone;
use shared::role::{Actor, Principal};
use shared::session::Session;
use uuid::Uuid;

use crate::db;
use crate::db::sessions::{Living, NewSession};
use crate::error::{Error, Result};
use crate::identity::{App, Identity};
use crate::state::AppState;

use tries::Door;

/// Finds out whose request it is and hands it on with an [`Identity`]. Without a cookie the database is not asked.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let app = cookie::app_of(request.headers(), request.uri());
    match identity(&state, request.headers(), app).await {
        Ok(identity) => {
            request.extensions_mut().insert(identity);
            next.run(request).await
        }
        Err(error) => Error::from(error).into_response(),
    }
}

async fn identity(state: &AppState, headers: &HeaderMap, app: App) -> sqlx::Result<Identity> {
    let Some(living) = living(state, headers, app).await? else { return Ok(Identity::anonymous(app)) };
    let now = state.clock.now();
    if now.0.saturating_sub(living.seen_at.0) >= lifetime::NOTE_USE_EVERY {
        let idle_until = lifetime::of(living.principal).idle_until(now);
        db::sessions::note_use(&state.pool, living.id, now, idle_until).await?;
    }
    Ok(Identity { actor: actor(&living), session: Some(living.id), given: living.given, app })
}

async fn living(state: &AppState, headers: &HeaderMap, app: App) -> sqlx::Result<Option<Living>> {
    match cookie::token(headers, app) {
        Some(token) => db::sessions::living(&state.pool, &token::hash(token), state.clock.now()).await,
        None => Ok(None),
    }
}

fn actor(living: &Living) -> Actor {
    Actor { principal: living.principal, grants: living.given.iter().map(|given| given.grant).collect(), staff: living.staff }
}

/// The session of a request as its app sees it; `None` when nobody is signed in.
///
/// # Errors
/// Of the database, or when the account's number does not open.
pub async fn session(state: &AppState, headers: &HeaderMap, app: App) -> Result<Option<Session>> {
    match living(state, headers, app).await? {
        Some(living) => Ok(Some(describe(state, living).await?)),
        None => Ok(None),
    }
}

async fn describe(state: &AppState, living: Living) -> Result<Session> {
    let actor = actor(&living);
    let (epoch, catalogue) = state.surroundings().await?;
    let stores: Vec<_> = catalogue.stores.keys().copied().collect();
    let phone = match (actor.account_id(), &living.phone_sealed) {
        (Some(account), Some(sealed)) => Some(open_phone(state, account.0, sealed)?),
        _ => None,
    };
    let phone_masked = phone.as_ref().map(Phone::masked);
    Ok(Session {
        principal: living.principal,
        account: actor.account_id(),
        staff: living.staff,
        name: living.name.or_else(|| phone_masked.clone()).unwrap_or_default(),
        scopes: grants::scopes(epoch, living.principal, &living.given, &stores),
        grants: actor.grants,
        store: living.store,
        language: living.language,
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
pub async fn begin(state: &AppState, before: &Identity, principal: Principal, secure: bool) -> Result<(Session, HeaderValue)> {
    let (now, token, life) = (state.clock.now(), token::new_token(), lifetime::of(principal));
    let token_hash = token::hash(&token);
    let new = NewSession {
        token_hash: token_hash.to_vec(),
        id: state.clock.fresh_id(),
        principal,
        now,
        idle_until: life.idle_until(now),
        expires_at: life.expires_at(now),
    };
    let living = replace_session(state, before.session, new).await?;
    let living = living.ok_or_else(|| Error::Fault("a session that has just begun is not there".to_owned()))?;
    let session = describe(state, living).await?;
    Ok((session, cookie::give(before.app, &token, life.absolute / 1000, secure)))
}

/// The new session begins when the old one ends, or neither does.
async fn replace_session(state: &AppState, old: Option<Uuid>, new: NewSession) -> Result<Option<Living>> {
    let replaced = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::sessions::insert(&mut *connection, &new).await?;
            if let Some(old) = old {
                db::sessions::end(&mut *connection, old).await?;
            }
            db::sessions::living(connection, &new.token_hash, new.now).await
        })
    });
    let living = replaced.await?;
    if let Some(old) = old {
        state.live.revoke(old);
    }
    Ok(living)
}

/// Ends a session and its live streams.
///
/// # Errors
/// Of the database.
pub async fn end(state: &AppState, session: Uuid) -> Result<()> {
    db::sessions::end(&state.pool, session).await?;
    state.live.revoke(session);
    Ok(())
}

/// Counts one more try at each door, before what was tried is looked at: so many at once change nothing.
///
/// # Errors
/// `TooMany` when one of them has had enough, and then none is counted.
pub async fn count_try(state: &AppState, doors: &[(Door, Vec<u8>)]) -> Result<()> {
    let (now, doors) = (state.clock.now(), doors.to_vec());
    let counted = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            for (door, subject) in &doors {
                db::tries::count(connection, *door, subject, now).await?.map_err(Error::TooMany)?;
            }
            Ok(())
        })
    });
    counted.await
}

/// What was tried was right: it does not count against the address, and the subject starts anew.
///
/// # Errors
/// Of the database.
pub async fn forgive(state: &AppState, doors: &[(Door, Vec<u8>)]) -> Result<()> {
    for (door, subject) in doors {
        match door {
            Door::CodeAddress | Door::PasswordAddress => db::tries::forgive_last(&state.pool, *door, subject).await?,
            _ => db::tries::forgive_all(&state.pool, *door, subject).await?,
        }
    }
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
