//! `GET /api/live?scopes=a,b`: a stream of pokes. It says where something changed, never what.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream, StreamExt};
use serde::Deserialize;
use shared::scope::Scope;

use super::sync::hear_desks;
use crate::auth;
use crate::error::Result;
use crate::error::problem::Problem;
use crate::identity::Identity;
use crate::live::Listener;
use crate::live::streams::OpenStream;
use crate::peer::Address;
use crate::state::AppState;

/// While a desk listens it is there: that is noted so often, and whether the session still has its rights is looked at. What is ended
/// in this process ends the stream at once.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// When a client whose stream was one too many may try again.
const COME_BACK_SECONDS: u64 = 60;

/// The query.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    scopes: String,
    /// Which app asks: streams cannot send headers. Read by `auth`.
    #[serde(rename = "app")]
    _app: Option<String>,
}

struct Pokes {
    state: AppState,
    identity: Identity,
    listener: Listener,
    scopes: Vec<Scope>,
    /// Counts until the client is gone.
    _open: OpenStream,
}

/// Opens a stream. Scopes the session may not read are left out.
///
/// # Errors
/// 400 for what names no scope, 403 when none is left, 429 when too many are open.
pub async fn stream(
    State(state): State<AppState>,
    identity: Identity,
    address: Address,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let Query(wanted) = wanted.map_err(|_| Problem::MALFORMED.detail("scopes are missing"))?;
    let named: Result<Vec<Scope>, _> = wanted.scopes.split(',').filter(|name| !name.is_empty()).map(str::parse).collect();
    let named = named.map_err(|_| Problem::MALFORMED.detail("not a scope"))?;
    let (epoch, catalogue) = state.surroundings().await?;
    let granted = identity.scopes(epoch, &catalogue);
    let scopes: Vec<Scope> = granted.into_iter().map(|(scope, _)| scope).filter(|scope| named.contains(scope)).collect();
    if scopes.is_empty() {
        return Err(Problem::NOT_ALLOWED.into());
    }
    let open = state.streams.open(identity.session, address, &state.limits);
    let open = open.map_err(|limit| state.refuse(limit, Problem::TOO_MANY_STREAMS, COME_BACK_SECONDS))?;
    let listener = state.live.listen(identity.session, scopes.clone());
    let pokes = stream::unfold(Pokes { state, identity, listener, scopes, _open: open }, next).flat_map(stream::iter);
    let opened = stream::once(async { Ok(Event::default().comment("open")) });
    Ok(Sse::new(opened.chain(pokes)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

async fn next(mut stream: Pokes) -> Option<(Vec<Result<Event, Infallible>>, Pokes)> {
    loop {
        tokio::select! {
            changed = stream.listener.next() => {
                let events = changed?.into_iter().map(|scope| Ok(Event::default().data(scope.to_string()))).collect();
                return Some((events, stream));
            }
            () = tokio::time::sleep(LOOK_EVERY) => {
                // A database that is gone does not end the stream.
                if matches!(auth::is_unchanged(&stream.state, &stream.identity).await, Ok(false)) {
                    return None;
                }
                let _later = hear_desks(&stream.state, &stream.identity, stream.scopes.iter().copied()).await;
            }
        }
    }
}
