//! What surrounds every route: the apps' files, protection against other sites, security headers, compression.

use std::path::PathBuf;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::Failed;
use crate::assets::{self, Place};
use crate::auth::peer::Edge;
use crate::error::{Error, Problem};

/// A request that has no answer after this time gets none.
const LONGEST_REQUEST: Duration = Duration::from_secs(60);

/// Headers of every answer that does not set its own. `connect-src` and the rest are for pages only; data needs nothing.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// The routes with everything around them. `public_url` is the address people use; requests from its pages are ours.
///
/// # Errors
/// When `public_url` is no origin.
pub fn around(routes: Router, edge: Edge, assets_directory: Option<PathBuf>, public_url: Option<&str>) -> Result<Router, Failed> {
    let mut csrf = CsrfLayer::new();
    if let Some(origin) = public_url {
        csrf = csrf.add_trusted_origin(origin).map_err(|error| Failed(format!("HUIYUE_PUBLIC_URL: {error}")))?;
    }
    let mut router = routes
        .merge(assets::router(Place::new(assets_directory)))
        .layer(Extension(edge))
        .layer(csrf.with_rejection_response(cross_site))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(CompressionLayer::new());
    for (name, value) in HEADERS {
        router = router.layer(header(name, value));
    }
    // Not for our own certificate: a browser that does not trust it yet must be able to go on.
    if public_url.is_some_and(|url| url.starts_with("https://")) {
        router = router.layer(header("strict-transport-security", "max-age=31536000"));
    }
    Ok(router)
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}

fn cross_site(_why: ProtectionError) -> Response {
    Error::from(Problem::CROSS_SITE).into_response()
}
