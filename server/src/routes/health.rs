//! `/livez` and `/readyz`: for whoever supervises the server.

use std::time::Duration;

use axum::extract::State;
use tokio::time::Instant;

use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::readiness::KEPT;
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
    let asked = async {
        let mut last = state.readiness.0.lock().await;
        if last.is_none_or(|at| at.elapsed() > KEPT) {
            *last = None;
            state.catalogue().await?;
            *last = Some(Instant::now());
        }
        Ok::<(), Error>(())
    };
    tokio::time::timeout(Duration::from_secs(2), asked).await.map_err(|_| Problem::UNAVAILABLE)??;
    Ok("ready\n")
}
