//! `POST /api/desk-codes`: sends a code to a phone whose owner stands at the desk. It names the store and what it is for, and signs nobody
//! in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use shared::id::StoreId;
use shared::role::Permission;

use crate::auth::code::{self, GOOD_FOR_MINUTES};
use crate::auth::peer::Edge;
use crate::auth::{self, attempts, countries, token};
use crate::db::desk_codes::{self, NewDeskCode};
use crate::error::{JsonBody, Problem, Result};
use crate::identity::Identity;
use crate::phones;
use crate::state::AppState;

/// Where to send the code, and which desk will hear it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskDeskCode {
    store: StoreId,
    /// As it was typed.
    phone: String,
}

/// The answer is the same whether anybody knows the number.
pub async fn ask(
    State(state): State<AppState>,
    identity: Identity,
    edge: Edge,
    headers: HeaderMap,
    JsonBody(wish): JsonBody<AskDeskCode>,
) -> Result<StatusCode> {
    if !identity.is_signed_in() {
        return Err(Problem::NOT_SIGNED_IN.into());
    }
    if !identity.actor.may(Permission::EditMembers, wish.store) {
        return Err(Problem::NOT_ALLOWED.into());
    }
    let catalogue = state.catalogue().await?;
    let store = catalogue.stores.get(&wish.store).ok_or(Problem::NOT_FOUND)?;
    let phone = phones::read(&catalogue, &wish.phone)?;
    countries::check(&state, &catalogue, &phone)?;
    let (now, message, code) = (state.clock.now(), state.clock.fresh_id(), code::new_code());
    let new = NewDeskCode {
        store: wish.store,
        phone_index: &state.sealer.phone_index(&phone),
        code_hash: &state.sealer.desk_code_hash(wish.store, &phone, &code),
        expires_at: now.plus_minutes(GOOD_FOR_MINUTES),
        message,
        phone_sealed: &state.sealer.seal(message, phone.as_str().as_bytes()),
        payload: &json!({ "code": token::hex(&state.sealer.seal(message, code.as_bytes())), "store": store.name }),
        language: auth::language_of(&headers),
    };
    attempts::record(&state, &attempts::desk_code(wish.store, new.phone_index)).await?;
    desk_codes::put(&state.pool, new, now).await?;
    edge.outbox.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
