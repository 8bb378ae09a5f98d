//! The whole URL table.

pub(crate) mod admit;
pub mod audit;
pub mod calendar;
pub mod catalogue;
pub mod codes;
pub mod desk_codes;
pub mod devices;
pub mod direct;
pub mod health;
pub mod invitations;
pub mod live;
pub(crate) mod logins;
mod managing;
pub mod metrics;
pub mod openings;
pub mod pins;
pub mod session;
pub mod sessions;
pub mod sync;
pub mod users;
pub mod zones;

use axum::extract::DefaultBodyLimit;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

use crate::error::Error;
use crate::error::problem::Problem;
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
        .route("/api/calendar/{booking}", get(calendar::show))
        .route("/api/session", get(session::show).delete(session::sign_out))
        .route("/api/session/member", post(session::sign_in_member))
        .route("/api/session/staff", post(session::sign_in_staff))
        .route("/api/session/pin", post(session::claim_staff))
        .route("/api/session/password", put(sessions::change_password))
        .route("/api/sessions", get(sessions::own))
        .route("/api/sessions/{session}", delete(sessions::end))
        .route("/api/codes", post(codes::ask))
        .route("/api/desk-codes", post(desk_codes::ask))
        .route("/api/devices", get(devices::list).post(devices::enrol))
        .route("/api/devices/{device}", delete(devices::revoke))
        .route("/api/staff/{staff}/pin", put(pins::set))
        .route("/api/users", get(users::list).post(users::create))
        .route("/api/users/{user}", put(users::change))
        .route("/api/users/{user}/close", post(users::close))
        .route("/api/users/{user}/open", post(users::open))
        .route("/api/users/{user}/invitation", post(invitations::renew))
        .route("/api/users/{user}/sessions", get(sessions::of_login))
        .route("/api/invitations", post(invitations::accept))
        .route("/api/audit", get(audit::list))
        .route("/api/zones/{name}", get(zones::show))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .method_not_allowed_fallback(async || Error::from(Problem::METHOD))
        .fallback(async || Error::from(Problem::NOT_FOUND))
        .layer(middleware::from_fn_with_state(state.clone(), crate::routes::admit::admit))
        .layer(middleware::from_fn_with_state(state.clone(), crate::auth::identify))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        // What may be kept says so itself; the rest is somebody's own.
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .with_state(state)
}

/// Method and path only: queries and bodies may say something about a person.
fn span<B>(request: &Request<B>) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}

fn panicked(_cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    Error::Fault("a handler panicked".to_owned()).into_response()
}
