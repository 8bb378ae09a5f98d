//! `POST /api/sync`: commands up, outcomes and changes down.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use shared::id::{ReplicaId, StoreId};
use shared::role::Permission;
use shared::scope::Scope;
use shared::sync::{MAX_COMMANDS, PROTOCOL, ReplicaState, SyncReply, SyncRequest};
use uuid::Uuid;

use crate::apply::{self, Received};
use crate::db::desk;
use crate::db::desk_reads::{self, DeskRead, Shown};
use crate::error::problem::Problem;
use crate::error::{Error, Postcard, Result, body};
use crate::identity::{App, Identity, principal_name};
use crate::pages;
use crate::state::AppState;

/// Most scopes in one request.
const MOST_CURSORS: usize = 400;

/// Most kinds of records that a program can announce.
const MOST_KINDS: usize = 400;

/// A request of a version this program speaks.
#[derive(Debug)]
pub struct Exchange(SyncRequest);

impl<S: Send + Sync> FromRequest<S> for Exchange {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        parse(&body(request, state).await?).map(Exchange)
    }
}

fn parse(bytes: &Bytes) -> Result<SyncRequest> {
    match postcard::take_from_bytes::<SyncRequest>(bytes) {
        Ok((request, _)) if request.protocol != PROTOCOL => Err(Problem::PROTOCOL.into()),
        Ok((request, [])) => Ok(request),
        // A later version may well look different, but it begins with its number.
        _ => match postcard::take_from_bytes::<u16>(bytes) {
            Ok((version, _)) if version != PROTOCOL && version < 50 => Err(Problem::PROTOCOL.into()),
            _ => Err(Problem::MALFORMED.detail("not a sync request")),
        },
    }
}

fn check(request: &SyncRequest, identity: &Identity) -> Result<()> {
    if request.replica.is_some() && !identity.is_signed_in() {
        return Err(Problem::NOT_SIGNED_IN.into());
    }
    if request.replica.is_some_and(|replica| replica.0.is_nil()) {
        // So the product itself is called.
        return Err(Problem::MALFORMED.detail("a replica has an id of its own"));
    }
    if request.replica.is_none() && !request.commands.is_empty() {
        return Err(Problem::MALFORMED.detail("commands need a replica"));
    }
    if request.commands.len() > MAX_COMMANDS || request.cursors.len() > MOST_CURSORS {
        return Err(Problem::MALFORMED.detail("too many commands or cursors"));
    }
    if request.reads.len() > MOST_KINDS {
        return Err(Problem::MALFORMED.detail("too many kinds of records"));
    }
    let scopes: BTreeSet<Scope> = request.cursors.iter().map(|cursor| cursor.scope).collect();
    if scopes.len() < request.cursors.len() {
        return Err(Problem::MALFORMED.detail("one cursor per scope"));
    }
    if request.commands.iter().any(|envelope| envelope.number == 0) {
        return Err(Problem::MALFORMED.detail("numbers begin with 1"));
    }
    Ok(())
}

/// Takes the commands, then reads what changed: its own effects come back at once.
///
/// # Errors
/// 400, 401, 413, 426; 503 while the database is gone.
pub async fn exchange(State(state): State<AppState>, identity: Identity, Exchange(request): Exchange) -> Result<Postcard<SyncReply>> {
    check(&request, &identity)?;
    let now = state.clock.now();
    hear_desks(&state, &identity, request.cursors.iter().map(|cursor| cursor.scope)).await?;
    let received = match request.replica {
        Some(replica) => {
            let offset = now.0.saturating_sub(request.sent_at.0);
            apply::numbered(&state, &identity, replica, offset, &request.commands).await?
        }
        None => Received { replica: ReplicaState::None, answers: Vec::new() },
    };
    let read = pages::read(&state, &identity, request.cursors, request.reads).await?;
    if let Some(replica) = request.replica {
        // A device sends all that waits, as far as it fits. A queue with a hole in it is given up by its device, and hides nothing.
        let more_waits = request.commands.len() >= MAX_COMMANDS && received.answers.len() == request.commands.len();
        note_reads(&state, &identity, replica, &read.desk_reads, !more_waits).await?;
    }
    Ok(Postcard(SyncReply {
        now: state.clock.now(),
        epoch: read.epoch,
        replica: received.replica,
        outcomes: received.answers,
        pages: read.pages,
        scopes: read.scopes,
        gone: read.gone,
        outdated: read.outdated,
    }))
}

/// Remembers how far somebody who works here has read.
async fn note_reads(state: &AppState, identity: &Identity, replica: ReplicaId, reads: &[DeskRead], emptied: bool) -> Result<()> {
    if identity.actor.grants.is_empty() {
        return Ok(());
    }
    let shown = Shown { principal: &principal_name(identity.actor.principal), replica, reads, emptied };
    Ok(desk_reads::note(&mut *state.pool.acquire().await?, &shown, state.clock.now()).await?)
}

/// A desk that asks is a desk that is there.
pub(super) async fn hear_desks(state: &AppState, identity: &Identity, scopes: impl Iterator<Item = Scope>) -> Result<()> {
    let works_at = |scope| match scope {
        Scope::Desk(store) if identity.app == App::Desk && identity.actor.may(Permission::WorkBoard, store) => Some(store),
        _ => None,
    };
    let stores: Vec<Uuid> = scopes.filter_map(works_at).map(|store: StoreId| store.0).collect();
    if !stores.is_empty() {
        let mut connection = state.pool.acquire().await?;
        desk::heard(&mut connection, &stores, state.clock.now()).await?;
    }
    Ok(())
}
