//! `POST /api/direct`: one command that does not wait in an outbox. Holds, and apps without a database of their own.

use axum::extract::State;
use axum::http::HeaderMap;
use shared::command::Command;
use shared::envelope::Envelope;
use shared::id::ReplicaId;
use shared::sync::Outcome;
use uuid::Uuid;

use crate::apply;
use crate::auth::attempts;
use crate::db::replicas;
use crate::error::problem::Problem;
use crate::error::{Postcard, PostcardBody, Result};
use crate::identity::{Identity, principal_name};
use crate::state::AppState;

/// Header with the id of the replica, so that a device is told apart from others of the same person.
pub const REPLICA_HEADER: &str = "x-huiyue-replica";

/// Decides one command now. Sent twice it is decided once.
///
/// # Errors
/// 400, 401, 403 for a replica of somebody else, 413, 429 for too many looks at members of other stores; 503 while the database is gone.
pub async fn give(
    State(state): State<AppState>,
    identity: Identity,
    headers: HeaderMap,
    PostcardBody(envelope): PostcardBody<Envelope>,
) -> Result<Postcard<Outcome>> {
    if !identity.is_signed_in() {
        return Err(Problem::NOT_SIGNED_IN.into());
    }
    if envelope.number != 0 {
        return Err(Problem::MALFORMED.detail("a direct command has number 0"));
    }
    let replica = match headers.get(REPLICA_HEADER) {
        Some(value) => {
            let named = parse_replica(value.as_bytes()).ok_or_else(|| Problem::MALFORMED.detail("not a replica id"))?;
            Some(own_replica(&state, &identity, named).await?)
        }
        None => None,
    };
    if matches!(envelope.open(), Ok(Command::FindMember(_))) {
        attempts::record(&state, &attempts::find_member(identity.actor.principal)).await?;
    }
    Ok(Postcard(apply::direct(&state, &identity, replica, &envelope).await?))
}

fn parse_replica(value: &[u8]) -> Option<ReplicaId> {
    std::str::from_utf8(value).ok()?.parse().ok()
}

/// The replica as it may be used: one's own. One that was never heard could be anybody's, so it is known under another id, of this
/// principal only.
async fn own_replica(state: &AppState, identity: &Identity, named: ReplicaId) -> Result<ReplicaId> {
    let principal = principal_name(identity.actor.principal);
    match replicas::standing(&mut *state.pool.acquire().await?, named).await? {
        Some(standing) if standing.principal == principal => Ok(named),
        Some(_) => Err(Problem::NOT_ALLOWED.detail("the replica of somebody else")),
        None => Ok(ReplicaId(Uuid::new_v5(&named.0, principal.as_bytes()))),
    }
}
