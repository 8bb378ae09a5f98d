//! The two apps as files: built into the program in release, from a directory in development.
//!
//! `/` and `/m/…` are the members' app, `/desk/…` the desk's; addresses without a file behind them get the app's shell, which knows
//! its own pages. Files with a hash in their name never change and may be kept for ever; the shell and the service worker are
//! asked for every time. Nothing inline runs except the start script of the shell, whose hash stands in the policy.

mod place;
mod policy;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;

use crate::error::problem::Problem;
use crate::error::{Error, PathText};

pub use place::Place;

/// The address space of both apps.
pub fn router<S: Clone + Send + Sync + 'static>(place: Place) -> Router<S> {
    Router::new()
        .route("/", get(member_shell))
        .route("/m", get(member_shell))
        .route("/m/", get(member_shell))
        .route("/m/{*path}", get(member_file))
        .route("/desk", get(desk_shell))
        .route("/desk/", get(desk_shell))
        .route("/desk/{*path}", get(desk_file))
        .method_not_allowed_fallback(async || Error::from(Problem::METHOD))
        .with_state(place)
}

async fn member_shell(State(place): State<Place>, headers: HeaderMap) -> Response<Body> {
    answer(&place, "m", "", &headers)
}

async fn desk_shell(State(place): State<Place>, headers: HeaderMap) -> Response<Body> {
    answer(&place, "desk", "", &headers)
}

async fn member_file(State(place): State<Place>, PathText(path): PathText, headers: HeaderMap) -> Response<Body> {
    answer(&place, "m", &path, &headers)
}

async fn desk_file(State(place): State<Place>, PathText(path): PathText, headers: HeaderMap) -> Response<Body> {
    answer(&place, "desk", &path, &headers)
}

fn answer(place: &Place, app: &str, path: &str, headers: &HeaderMap) -> Response<Body> {
    if path.split('/').any(|segment| segment == "..") || path.contains('\\') {
        return Error::from(Problem::NOT_FOUND).into_response();
    }
    let named = (!path.is_empty()).then(|| format!("{app}/{path}"));
    if let Some(name) = named.filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
        && let Some(response) = file(place, &name, headers)
    {
        return response;
    }
    if is_page(path) { shell(place, app, headers) } else { Error::from(Problem::NOT_FOUND).into_response() }
}

/// Whether an address is a page of the app rather than a missing file: its last part has no dot.
fn is_page(path: &str) -> bool {
    !path.rsplit('/').next().unwrap_or_default().contains('.')
}

fn shell(place: &Place, app: &str, headers: &HeaderMap) -> Response<Body> {
    file(place, &format!("{app}/index.html"), headers).unwrap_or_else(|| {
        let text = "The apps are not part of this build. Build them with: cargo xtask build-apps\n此版本不含应用界面。\n";
        (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
    })
}

fn file(place: &Place, name: &str, headers: &HeaderMap) -> Option<Response<Body>> {
    let found = place.find(name)?;
    let tag = HeaderValue::from_str(&found.tag).ok()?;
    let mut response = Response::new(Body::empty());
    let fresh = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag);
    let answer = response.headers_mut();
    answer.insert(header::ETAG, tag);
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(name)));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if name.ends_with(".html") {
        answer.insert(header::CONTENT_SECURITY_POLICY, policy::for_shell(&found.bytes)?);
    } else if name.ends_with("/sw.js") {
        answer.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy::FOR_WORKER));
    }
    if fresh {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Some(response);
    }
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    let packed = ["br", "gzip"].into_iter().find_map(|coding| {
        let ending = if coding == "br" { "br" } else { "gz" };
        accepts(headers, coding).then(|| place.find(&format!("{name}.{ending}"))).flatten().map(|packed| (coding, packed))
    });
    let bytes = match packed {
        Some((coding, packed)) => {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            packed.bytes
        }
        None => found.bytes,
    };
    *response.body_mut() = Body::from(bytes);
    Some(response)
}

fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let listed = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    listed
        .split(',')
        .any(|item| item.split(';').next().unwrap_or_default().trim() == coding && !item.contains("q=0,") && !item.ends_with("q=0"))
}

/// Trunk names a file by its content: `desk-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.split(['-', '_', '.']).any(|part| part.len() >= 15 && part.bytes().all(|letter| letter.is_ascii_hexdigit()))
}

fn caching(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else if name.ends_with(".html") || name.ends_with("sw.js") {
        "no-cache"
    } else {
        "public, max-age=3600"
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
#[path = "assets/assets_tests.rs"]
mod tests;
