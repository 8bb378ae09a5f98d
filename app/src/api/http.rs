//! One request: the app's header, a timeout, and what an answer means.

use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::problem::Problem;
use shared::id::ReplicaId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, Request, RequestInit, Response};

use super::json;
use crate::api::error::ApiError;
use crate::browser;

/// After so long a request counts as lost; a phone in a lift must not wait for ever.
const TIMEOUT_MILLISECONDS: i32 = 20_000;

/// Methods in use.
#[derive(Clone, Copy)]
pub(super) enum Method {
    Get,
    Post,
    Put,
    Delete,
}

/// Bodies in use.
pub(super) enum Body {
    None,
    Json(String),
    Postcard(Vec<u8>),
}

/// Sends postcard and reads postcard.
pub(super) async fn postcard<T: Serialize, A: DeserializeOwned>(path: &str, body: &T, replica: Option<ReplicaId>) -> Result<A, ApiError> {
    let body = ::postcard::to_allocvec(body).map_err(|_| ApiError::Unreadable)?;
    let answer = send(Method::Post, path, Body::Postcard(body), replica).await?;
    ::postcard::from_bytes(&answer).map_err(|_| ApiError::Unreadable)
}

/// Sends a request and returns the body of a good answer.
pub(super) async fn send(method: Method, path: &str, body: Body, replica: Option<ReplicaId>) -> Result<Vec<u8>, ApiError> {
    let abort = AbortController::new().map_err(|_| ApiError::Unreadable)?;
    let request = request(method, path, body, replica, &abort).map_err(|_| ApiError::Unreadable)?;
    let timer = start_timer(&abort);
    let answered = fetch(&request).await;
    if let Some(timer) = timer {
        browser::window().clear_timeout_with_handle(timer);
    }
    let (status, bytes, retry_after_seconds) = answered.map_err(|_| ApiError::Offline)?;
    match status {
        200..=299 => Ok(bytes),
        401 if !has_problem(&bytes) => Err(ApiError::SignedOut),
        401 => Err(signed_out_or_problem(bytes)),
        426 => Err(ApiError::Outdated),
        // A gateway in front of a server that is down.
        502..=504 => Err(ApiError::Offline),
        _ => Err(ApiError::Problem(Problem { retry_after_seconds, ..problem(status, bytes) })),
    }
}

fn request(method: Method, path: &str, body: Body, replica: Option<ReplicaId>, abort: &AbortController) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    headers.set("x-huiyue-app", super::this_app::app().name())?;
    if let Some(replica) = replica {
        headers.set("x-huiyue-replica", &replica.to_string())?;
    }
    let init = RequestInit::new();
    init.set_method(match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    });
    match body {
        Body::None => {}
        Body::Json(text) => {
            headers.set("content-type", "application/json")?;
            init.set_body(&text.into());
        }
        Body::Postcard(bytes) => {
            headers.set("content-type", "application/octet-stream")?;
            init.set_body(&Uint8Array::from(bytes.as_slice()).into());
        }
    }
    init.set_headers(&headers);
    init.set_signal(Some(&abort.signal()));
    Request::new_with_str_and_init(path, &init)
}

fn start_timer(abort: &AbortController) -> Option<i32> {
    let abort = abort.clone();
    let callback = wasm_bindgen::closure::Closure::once_into_js(move || abort.abort());
    let timeout = browser::window().set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), TIMEOUT_MILLISECONDS);
    timeout.ok()
}

/// Status, body, and after how many seconds to try again.
async fn fetch(request: &Request) -> Result<(u16, Vec<u8>, Option<u32>), JsValue> {
    let response: Response = JsFuture::from(browser::window().fetch_with_request(request)).await?.dyn_into()?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    let retry_after = response.headers().get("retry-after")?.and_then(|seconds| seconds.parse().ok());
    Ok((response.status(), Uint8Array::new(&buffer).to_vec(), retry_after))
}

fn has_problem(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{")
}

/// A wrong code or password is a 401 too, but says so.
fn signed_out_or_problem(bytes: Vec<u8>) -> ApiError {
    let problem = problem(401, bytes);
    match problem.code() {
        "access_ended" => ApiError::AccessEnded,
        "" | "signed_out" | "unauthorized" | "not_signed_in" | "no_session" => ApiError::SignedOut,
        _ => ApiError::Problem(problem),
    }
}

fn problem(status: u16, bytes: Vec<u8>) -> Problem {
    json::read(bytes).unwrap_or_else(|_| Problem { status, ..Problem::default() })
}
