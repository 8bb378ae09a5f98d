//! The whole URL table.

pub mod catalogue;
pub mod direct;
pub mod health;
pub mod live;
pub mod openings;
pub mod sync;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Request;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;

use crate::auth;
use crate::error::{Error, Problem};
use crate::state::AppState;

/// The largest body that is read.
pub const MOST_BYTES: usize = 1 << 20;

/// All routes.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/api/sync", post(sync::exchange))
        .route("/api/direct", post(direct::give))
        .route("/api/live", get(live::stream))
        .route("/api/catalogue", get(catalogue::read))
        .route("/api/openings", get(openings::find))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .method_not_allowed_fallback(async || Error::from(Problem::METHOD))
        .fallback(async || Error::from(Problem::NOT_FOUND))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(from_fn_with_state(state.clone(), auth::identify))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(state)
}

/// Method and path only: queries and bodies may say something about a person.
fn span<B>(request: &Request<B>) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}

fn panicked(_cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    Error::Fault("a handler panicked".to_owned()).into_response()
}
