//! `/metrics`, on an address of its own.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

use crate::state::AppState;

/// `/metrics`, for a listener of its own.
pub fn router(state: AppState) -> Router {
    let answer = move || {
        let (pool, counters) = (&state.pool, &state.counters);
        let connections = [("idle", pool.num_idle()), ("open", usize::try_from(pool.size()).unwrap_or(0))];
        let gauges: String =
            connections.iter().map(|(kind, count)| format!("huiyue_database_connections{{state=\"{kind}\"}} {count}\n")).collect();
        let text = format!("{}# TYPE huiyue_database_connections gauge\n{gauges}", counters.text());
        std::future::ready(([(CONTENT_TYPE, "text/plain; version=0.0.4")], text))
    };
    Router::new().route("/metrics", get(answer))
}
