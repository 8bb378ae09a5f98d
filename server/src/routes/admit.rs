//! Who has not signed in waits for those like them.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use crate::admission::{COME_BACK_SECONDS, STREAM};
use crate::error::problem::Problem;
use crate::error::{Result, body};
use crate::identity::Identity;
use crate::state::AppState;

/// Lets a request in when it is its turn, and then runs it to its end, whatever becomes of its client.
pub async fn admit(State(state): State<AppState>, identity: Identity, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let of_member = identity.actor.account_id().map(|account| account.0);
    // A stream is no work: it has limits of its own.
    let is_stream = request.uri().path() == STREAM;
    let (request, place) = if identity.is_signed_in() && (of_member.is_none() || is_stream) {
        (request, None)
    } else {
        match wait(&state, request, of_member).await {
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
pub(crate) async fn wait(state: &AppState, request: Request, member: Option<Uuid>) -> Result<(Request, OwnedSemaphorePermit)> {
    let (parts, unread) = request.into_parts();
    let bytes = body(Request::from_parts(parts.clone(), unread), state).await?;
    let (place, limit) = match member {
        Some(account) => (state.admission.place_of_member(account).await, "requests_at_once"),
        None => (state.admission.place(parts.uri.path()).await, "anonymous_percent"),
    };
    let place = place.ok_or_else(|| state.refuse(limit, Problem::BUSY, COME_BACK_SECONDS))?;
    Ok((Request::from_parts(parts, Body::from(bytes)), place))
}
