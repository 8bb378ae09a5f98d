//! `GET /api/catalogue`: stores, services and staff for everybody, cacheable.

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::service::Service;
use shared::staff::Staff;
use shared::store::Store;

use crate::error::Result;
use crate::state::AppState;

#[derive(Serialize)]
struct Document<'a> {
    stores: Vec<&'a Store>,
    services: Vec<&'a Service>,
    staff: Vec<&'a Staff>,
}

/// The catalogue; 304 when the reader has it.
///
/// # Errors
/// 503 while the database is gone.
pub async fn read(State(state): State<AppState>, headers: HeaderMap) -> Result<Response> {
    let (version, catalogue) = state.catalogue_in(&mut *state.pool.acquire().await?).await?;
    let document = Document {
        stores: catalogue.stores.values().collect(),
        services: catalogue.services.values().filter(|service| service.active).collect(),
        staff: catalogue.staff.values().filter(|staff| staff.active).collect(),
    };
    Ok(cached(&headers, &format!("\"c{version}\""), 30, || Json(document).into_response()))
}

/// An answer under its tag: 304 when the reader has it already.
pub(super) fn cached(headers: &HeaderMap, tag: &str, seconds: u32, make: impl FnOnce() -> Response) -> Response {
    let known = |value: &axum::http::HeaderValue| value.to_str().is_ok_and(|tags| tags.split(',').any(|known| weak(known) == weak(tag)));
    let mut response = if headers.get_all(IF_NONE_MATCH).iter().any(known) { StatusCode::NOT_MODIFIED.into_response() } else { make() };
    let headers = response.headers_mut();
    if let (Ok(tag), Ok(control)) = (tag.parse(), format!("public, max-age={seconds}").parse()) {
        headers.insert(ETAG, tag);
        headers.insert(CACHE_CONTROL, control);
    }
    response
}

/// Compression on the way makes tags weak; they still name the same.
fn weak(tag: &str) -> &str {
    tag.trim().trim_start_matches("W/")
}
