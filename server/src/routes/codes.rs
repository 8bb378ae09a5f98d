//! `POST /api/codes`: sends a one-time code to a phone. The answer is the same whether anybody knows the number.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use shared::name::Language;

use crate::auth::peer::{Address, Edge};
use crate::auth::tries::Door;
use crate::auth::{self, code, token};
use crate::db;
use crate::db::messages::NewCode;
use crate::error::{JsonBody, Result};
use crate::phones;
use crate::state::AppState;

/// Where to send the code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskCode {
    /// As it was typed.
    phone: String,
    /// Language of the message; that of the browser when absent.
    #[serde(default)]
    language: Option<Language>,
}

/// A new code replaces the one before. Code and message are written together.
pub async fn ask(
    State(state): State<AppState>,
    edge: Edge,
    Address(address): Address,
    headers: HeaderMap,
    JsonBody(wish): JsonBody<AskCode>,
) -> Result<StatusCode> {
    let phone = phones::read(state.catalogue().await?.as_ref(), &wish.phone)?;
    let phone_index = state.sealer.phone_index(&phone);
    auth::count_try(&state, &[(Door::AskCode, phone_index.clone()), (Door::AskAddress, address)]).await?;
    let (now, id, code) = (state.clock.now(), state.clock.fresh_id(), code::new_code());
    let hash = state.sealer.code_hash(&phone, &code);
    let phone_sealed = state.sealer.seal(id, phone.as_str().as_bytes());
    let code_sealed = token::hex(&state.sealer.seal(id, code.as_bytes()));
    let language = wish.language.unwrap_or_else(|| auth::language_of(&headers));
    let written = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            let new = NewCode { id, phone_sealed: &phone_sealed, code_sealed: &code_sealed, language };
            db::codes::put(&mut *connection, &phone_index, &hash, now.plus_minutes(code::GOOD_FOR_MINUTES)).await?;
            db::messages::put_code(connection, new, now).await
        })
    });
    written.await?;
    edge.outbox.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
