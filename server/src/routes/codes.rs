//! `POST /api/codes`: sends a one-time code to a phone. The answer is the same whether anybody knows the number.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::api::sign_in::AskCode;

use crate::auth::browser::Browser;
use crate::auth::code::{self, Carried};
use crate::auth::{self, attempts, countries};
use crate::error::{JsonBody, Result};
use crate::peer::{Address, Edge};
use crate::state::AppState;
use crate::{db, phones};

/// A new code for this browser alone: the one it asked for before stays good, and so does whatever others asked for. Code and message
/// are written together.
pub async fn ask(
    State(state): State<AppState>,
    edge: Edge,
    mut browser: Browser,
    Address(address): Address,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<AskCode>,
) -> Result<Response> {
    let catalogue = state.catalogue().await?;
    let phone = phones::read(&catalogue, &asked.phone)?;
    countries::check(&state, &catalogue, &phone)?;
    let phone_index = state.sealer.phone_index(&phone);
    let (browser_id, new_cookie) = browser.make_known(&state.sealer, edge.secure);
    attempts::record(&state, &attempts::ask(&state, &browser, &phone_index, &address)).await?;
    let (now, id, code) = (state.clock.now(), state.clock.fresh_id(), code::new_code());
    let hash = state.sealer.code_hash(&phone, &code);
    let language = asked.language.unwrap_or_else(|| auth::language_of(&headers));
    let message = Carried { phone: &phone, code: &code, language, store: None }.message(id, &state.sealer, now);
    let expires_at = now.plus_minutes(code::GOOD_FOR_MINUTES);
    let written = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            let kept = db::codes::NewCode { id, browser: &browser_id, phone_index: &phone_index, hash: &hash, made_at: now, expires_at };
            db::codes::put(&mut *connection, kept).await?;
            db::messages::put(connection, &[message], now, u32::MAX).await
        })
    });
    written.await?;
    edge.outbox.notify_one();
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().extend(new_cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}
