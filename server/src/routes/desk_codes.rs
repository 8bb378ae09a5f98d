//! `POST /api/desk-codes`: sends a code to a phone whose owner stands at the desk. It names the store and what it is for, and signs nobody
//! in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use shared::api::sign_in::AskDeskCode;
use shared::role::Permission;

use crate::auth::code::{self, Carried, GOOD_FOR_MINUTES};
use crate::auth::{self, attempts, countries};
use crate::db::desk_codes::NewDeskCode;
use crate::error::problem::Problem;
use crate::error::{JsonBody, Result};
use crate::identity::Identity;
use crate::peer::Edge;
use crate::state::AppState;
use crate::{db, phones};

/// The answer is the same whether anybody knows the number.
pub async fn ask(
    State(state): State<AppState>,
    identity: Identity,
    edge: Edge,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<AskDeskCode>,
) -> Result<StatusCode> {
    if !identity.is_signed_in() {
        return Err(Problem::NOT_SIGNED_IN.into());
    }
    if !identity.actor.may(Permission::EditMembers, asked.store) {
        return Err(Problem::NOT_ALLOWED.into());
    }
    let catalogue = state.catalogue().await?;
    let store = catalogue.stores.get(&asked.store).ok_or(Problem::NOT_FOUND)?;
    let phone = phones::read(&catalogue, &asked.phone)?;
    countries::check(&state, &catalogue, &phone)?;
    let (now, code, phone_index) = (state.clock.now(), code::new_code(), state.sealer.phone_index(&phone));
    let (code_hash, expires_at) = (state.sealer.desk_code_hash(asked.store, &phone, &code), now.plus_minutes(GOOD_FOR_MINUTES));
    let carried = Carried { phone: &phone, code: &code, language: auth::language_of(&headers), store: Some(store) };
    let message = carried.message(state.clock.fresh_id(), &state.sealer, now);
    attempts::record(&state, &attempts::desk_code(asked.store, &phone_index)).await?;
    let written = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            let kept = NewDeskCode { store: asked.store, phone_index: &phone_index, code_hash: &code_hash, expires_at };
            db::desk_codes::put(&mut *connection, kept).await?;
            db::messages::put(connection, &[message], now, u32::MAX).await
        })
    });
    written.await?;
    edge.outbox.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
