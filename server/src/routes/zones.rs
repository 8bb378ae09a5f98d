//! `GET /api/zones/{name}`: the table of a time zone, for setting up a store.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use crate::error::problem::Problem;
use crate::error::{PathText, Result};
use crate::state::AppState;
use crate::zones::zone_around;

/// The zone's table; the name is percent-encoded, `Asia%2FShanghai`.
pub async fn show(State(state): State<AppState>, PathText(name): PathText) -> Result<impl IntoResponse> {
    let zone = zone_around(&name, state.clock.now()).ok_or(Problem::NOT_FOUND)?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=86400")], Json(zone)))
}
