//! `GET /api/calendar/{booking}`: one's own booking as a calendar file. An address, not data in a link: installed apps on iPhones open
//! nothing else.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use shared::id::BookingId;

use crate::db::bookings;
use crate::error::problem::Problem;
use crate::error::{PathText, Result};
use crate::identity::Identity;
use crate::state::AppState;
use crate::{auth, calendar};

/// The file; it is never kept, because the next one has a higher sequence.
///
/// # Errors
/// 401; 404 for bookings of others.
pub async fn show(State(state): State<AppState>, identity: Identity, headers: HeaderMap, PathText(id): PathText) -> Result<Response> {
    let account = identity.actor.account_id().ok_or(Problem::NOT_SIGNED_IN)?;
    let id: BookingId = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    let mut connection = state.pool.acquire().await?;
    let found = bookings::of_account(&mut connection, &state.sealer, account, &[id.0]).await?;
    let booking = found.into_iter().next().ok_or(Problem::NOT_FOUND)?;
    let (_, catalogue) = state.catalogue_in(&mut connection).await?;
    let text = calendar::file(&booking, &catalogue, auth::language_of(&headers));
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "inline; filename=\"huiyue.ics\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
