//! What surrounds every route: the apps' files, protection against other sites, security headers, compression.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::assets::{self, Place};
use crate::auth::host_cookies;
use crate::config::Serve;
use crate::error::Error;
use crate::error::problem::Problem;
use crate::failed::Failed;
use crate::peer::Edge;

/// A request that has no answer after this time is told to come back.
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

/// The routes with everything around them. Requests from pages of the public address are ours.
///
/// # Errors
/// When the public address is no origin.
pub fn around(routes: Router, edge: Edge, options: &Serve) -> Result<Router, Failed> {
    let public_url = options.public_url.as_deref();
    let mut csrf = CsrfLayer::new();
    if let Some(origin) = public_url {
        csrf = csrf.add_trusted_origin(origin).map_err(|error| Failed(format!("HUIYUE_PUBLIC_URL: {error}")))?;
    }
    let mut router = routes.merge(assets::router(Place::new(options.assets.clone())));
    if edge.secure {
        router = router.layer(middleware::from_fn(host_cookies::translate));
    }
    router = router
        .layer(Extension(edge))
        .layer(csrf.with_rejection_response(cross_site))
        .layer(middleware::from_fn_with_state(LONGEST_REQUEST, in_time))
        .layer(CompressionLayer::new());
    for (name, value) in HEADERS {
        router = router.layer(header(name, value));
    }
    // Not for our own certificate: a browser that does not trust it yet must be able to go on.
    if !options.tls_self_signed && public_url.is_some_and(|url| url.starts_with("https://")) {
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

async fn in_time(State(longest): State<Duration>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    tokio::time::timeout(longest, next.run(request)).await.unwrap_or_else(|_| {
        tracing::warn!(path, "a request took too long");
        Error::from(Problem::UNAVAILABLE).into_response()
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::routing::get;
    use clap::Parser;
    use tower::ServiceExt;

    use super::*;
    use crate::config::{Arguments, Command};

    async fn answer(router: Router) -> Response {
        router.oneshot(Request::get("/").body(Body::empty()).expect("a request")).await.expect("an answer")
    }

    #[tokio::test]
    async fn a_request_that_takes_too_long_is_told_when_to_come_back() {
        let never = Router::new().route("/", get(std::future::pending::<()>));
        let told = answer(never.layer(middleware::from_fn_with_state(Duration::ZERO, in_time))).await;
        assert_eq!(told.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(told.headers()["content-type"], "application/problem+json");
        assert_eq!(told.headers()["retry-after"], "2");
    }

    #[tokio::test]
    async fn only_a_certificate_that_browsers_trust_is_insisted_on() {
        let insists = async |more: &[&str]| {
            let given = ["huiyue", "serve", "--public-url", "https://book.example.com"].iter().chain(more);
            let Command::Serve(options) = Arguments::parse_from(given).command else { panic!("it is serve") };
            let router = around(Router::new(), Edge::default(), &options).expect("an origin");
            answer(router).await.headers().contains_key("strict-transport-security")
        };
        assert!(insists(&[]).await);
        assert!(!insists(&["--tls-self-signed"]).await);
    }
}
