//! `GET /api/catalogue`: stores, services and staff for everybody, cacheable.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::resource_type::ResourceType;
use shared::service::Service;
use shared::staff::Staff;
use shared::store::{StaffOrder, Store};

use crate::error::{Error, Result};
use crate::state::AppState;

/// What everybody may read: without who wrote it, and on which device.
#[derive(Serialize)]
struct Document {
    stores: Vec<Store>,
    services: Vec<Service>,
    staff: Vec<Staff>,
    resource_types: Vec<ResourceType>,
}

/// The catalogue; 304 when the reader has it.
///
/// # Errors
/// 503 while the database is gone.
pub async fn read(State(state): State<AppState>, headers: HeaderMap) -> Result<Response> {
    let catalogue = state.catalogue().await?;
    let store = |store: &Store| {
        let staff_order = StaffOrder { written: None, ..store.staff_order.clone() };
        Store { written: None, rules_written: None, staff_order, ..store.clone() }
    };
    let document = Document {
        stores: catalogue.stores.values().map(store).collect(),
        services: catalogue.services.values().filter(|it| it.active).map(|it| Service { written: None, ..it.clone() }).collect(),
        staff: catalogue.staff.values().filter(|it| it.active).map(|it| Staff { written: None, ..it.clone() }).collect(),
        resource_types: catalogue.resource_types.values().map(|it| ResourceType { written: None, ..it.clone() }).collect(),
    };
    cached(&headers, 30, &document)
}

/// A document under a tag that says nothing but what is in it: a counter would tell how often a store changes. 304 when the reader has it.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn cached(headers: &HeaderMap, seconds: u32, document: &impl Serialize) -> Result<Response> {
    let body = serde_json::to_vec(document).map_err(|error| Error::Fault(error.to_string()))?;
    let digest = Sha256::digest(&body);
    let tag = format!("\"{:032x}\"", u128::from_be_bytes(std::array::from_fn(|index| digest[index])));
    let known = |value: &HeaderValue| value.to_str().is_ok_and(|tags| tags.split(',').any(|known| weak(known) == tag));
    let mut response = if headers.get_all(IF_NONE_MATCH).iter().any(known) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, "application/json")], body).into_response()
    };
    let headers = response.headers_mut();
    if let (Ok(tag), Ok(control)) = (tag.parse(), format!("public, max-age={seconds}").parse()) {
        headers.insert(ETAG, tag);
        headers.insert(CACHE_CONTROL, control);
    }
    Ok(response)
}

/// Compression on the way makes tags weak; they still name the same.
fn weak(tag: &str) -> &str {
    tag.trim().trim_start_matches("W/")
}
