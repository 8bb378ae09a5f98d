//! `/livez` and `/readyz`: for whoever supervises the server.

use std::time::Duration;

use axum::extract::State;

use crate::error::{Problem, Result};
use crate::state::AppState;

/// The process runs.
pub async fn livez() -> &'static str {
    "ok\n"
}

/// The database answers.
///
/// # Errors
/// 503 while it does not.
pub async fn readyz(State(state): State<AppState>) -> Result<&'static str> {
    let asked = tokio::time::timeout(Duration::from_secs(2), state.catalogue()).await;
    asked.map_err(|_| Problem::UNAVAILABLE)??;
    Ok("ready\n")
}
