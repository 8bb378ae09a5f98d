//! `/livez` and `/readyz`: for whoever supervises the server.

use std::time::Duration;

use axum::extract::State;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::state::AppState;

/// The process runs.
pub async fn livez() -> &'static str {
    "ok\n"
}

/// When the database last answered whoever asked whether it does.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<Instant>>);

/// Anybody may ask, and a crowd asks once.
const KEPT: Duration = Duration::from_secs(1);

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
