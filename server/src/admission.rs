//! Who may work on the database now: whoever is signed in always, everybody else on a share of the connections. A crowd of strangers
//! then waits for each other, never a desk for them; and signing in has a part of that share of its own.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Problem, Result, body};
use crate::identity::Identity;
use crate::limits::Limits;
use crate::state::AppState;

/// When somebody who found no place may come back.
const COME_BACK_SECONDS: u64 = 2;

/// Signing in waits so many times longer than reading: a password takes its time, and at nine o'clock everybody signs in.
const SIGN_IN_PATIENCE: u32 = 5;

/// The share of people who have not signed in.
#[derive(Debug)]
pub struct Admission {
    readers: Arc<Semaphore>,
    sign_ins: Arc<Semaphore>,
    patience: Duration,
}

impl Admission {
    /// Shares out so many connections to the database.
    #[must_use]
    pub fn new(limits: &Limits, connections: u32) -> Self {
        let share = (connections.saturating_mul(limits.anonymous_percent.min(100)) / 100).max(2);
        let sign_ins = (share / 4).max(1);
        let places = |count: u32| Arc::new(Semaphore::new(usize::try_from(count).unwrap_or(1)));
        Admission {
            readers: places(share - sign_ins),
            sign_ins: places(sign_ins),
            patience: Duration::from_secs(limits.anonymous_wait_seconds.into()),
        }
    }

    async fn place(&self, path: &str) -> Option<OwnedSemaphorePermit> {
        let signs_in = path.starts_with("/api/session") || path.starts_with("/api/codes");
        let (lane, patience) = if signs_in { (&self.sign_ins, self.patience * SIGN_IN_PATIENCE) } else { (&self.readers, self.patience) };
        tokio::time::timeout(patience, Arc::clone(lane).acquire_owned()).await.ok()?.ok()
    }
}

/// Lets a request in when it is its turn, and then runs it to its end, whatever becomes of its client.
pub async fn admit(State(state): State<AppState>, identity: Identity, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let (request, place) = if identity.is_signed_in() {
        (request, None)
    } else {
        match wait(&state, request).await {
            Ok((request, place)) => (request, Some(place)),
            Err(error) => return error.into_response(),
        }
    };
    let work = async move {
        let _place = place;
        next.run(request).await
    };
    state.tasks.to_the_end(work).await
}

/// The body is read first: who sends slowly must not hold what others wait for.
async fn wait(state: &AppState, request: Request) -> Result<(Request, OwnedSemaphorePermit)> {
    let (parts, unread) = request.into_parts();
    let bytes = body(Request::from_parts(parts.clone(), unread), state).await?;
    let place = state.admission.place(parts.uri.path()).await;
    let place = place.ok_or_else(|| state.refuse("anonymous_percent", Problem::BUSY, COME_BACK_SECONDS))?;
    Ok((Request::from_parts(parts, Body::from(bytes)), place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_crowd_of_strangers_has_half_of_the_connections_and_keeps_nobody_from_signing_in() {
        let admission = Admission::new(&Limits { anonymous_wait_seconds: 0, ..Limits::default() }, 16);
        let mut readers = Vec::new();
        while let Some(place) = admission.place("/api/openings").await {
            readers.push(place);
        }
        assert_eq!(readers.len(), 6);
        let (first, second) = (admission.place("/api/session/member").await, admission.place("/api/codes").await);
        assert!(first.is_some() && second.is_some() && admission.place("/api/codes").await.is_none());
        drop(first);
        assert!(admission.place("/api/codes").await.is_some());
    }
}
