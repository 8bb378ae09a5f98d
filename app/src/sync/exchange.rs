//! One request and what its answer changes here. Pages wait in memory until every scope is complete; then pages, cursors,
//! outcomes and the outbox change in one transaction.

use shared::envelope::Envelope;
use shared::id::{EpochId, GrantId, ReplicaId};
use shared::role::Principal;
use shared::scope::Scope;
use shared::sort;
use shared::sync::client::{self, Next};
use shared::sync::{Answer, Cursor, Page, SyncReply, SyncRequest};
use shared::time::Timestamp;

use crate::api::{self, ApiError};
use crate::local_db::error::StoreError;
use crate::local_db::{Answered, Applied, Meta, is_older};
use crate::sync::setup::{Event, Exchanged, Setup};
use crate::{App, browser};

/// Where the device stands.
pub(super) struct Exchange {
    /// One per scope.
    cursors: Vec<Cursor>,
    meta: Meta,
    granted: Vec<(Scope, GrantId)>,
    /// The life of the database that what is staged comes from.
    epoch: Option<EpochId>,
    staged: Staged,
    changed: bool,
    /// The server has something to say that this program cannot read.
    is_outdated: bool,
}

/// Read, but not yet complete.
#[derive(Default)]
struct Staged {
    /// One per scope.
    pages: Vec<Page>,
    gone: Vec<Scope>,
    answered: Vec<Answered>,
}

/// How far a round came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// Nothing is left to send or read.
    Done,
    /// Ask again at once.
    More,
    /// Something is left, but this answer brought none of it: ask again later.
    Stuck,
}

/// Why a round failed.
pub(super) enum Failure {
    Offline,
    SignedOut,
    AccessEnded,
    Outdated,
    Storage(StoreError),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::SignedOut => Failure::SignedOut,
            ApiError::AccessEnded => Failure::AccessEnded,
            ApiError::Outdated => Failure::Outdated,
            // A server in trouble is as good as none; it is asked again, ever more rarely.
            ApiError::Offline | ApiError::Problem(_) | ApiError::Unreadable => Failure::Offline,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Storage(error)
    }
}

impl Exchange {
    pub(super) async fn begin(setup: &Setup) -> Result<Self, StoreError> {
        let (cursors, meta) = setup.store.position().await?;
        let granted = setup.session.as_ref().map(|session| session.scopes.clone()).unwrap_or_default();
        Ok(Exchange { cursors, meta, granted, epoch: None, staged: Staged::default(), changed: false, is_outdated: false })
    }

    /// The scopes this app follows: public, granted, watched before, and whatever is still cached (to hear that it is gone).
    pub(super) fn scopes(&self) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = self.cursors.iter().map(|cursor| cursor.scope).chain(self.granted()).collect();
        scopes.push(Scope::BrandPublic);
        sort::sort_and_dedup(&mut scopes);
        scopes
    }

    /// Everybody may read the taken time of every store; only visited ones are followed.
    fn granted(&self) -> impl Iterator<Item = Scope> + '_ {
        self.granted.iter().map(|(scope, _)| *scope).filter(|scope| !matches!(scope, Scope::Busy(_)))
    }

    /// Whether the server has something to say that this program cannot read.
    pub(super) fn is_outdated(&self) -> bool {
        self.is_outdated
    }

    /// Whether the database has changed since last asked.
    pub(super) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// The session was ended elsewhere: what only it could read is forgotten with it. What was not sent stays for whoever signs in again.
    /// A staff login that ran out by itself keeps its records: that happens after days, in the middle of work. One that somebody closed
    /// or signed out (`on_purpose`) keeps nothing.
    pub(super) async fn forget_private(&mut self, setup: &Setup, on_purpose: bool) -> Result<(), StoreError> {
        let principal = setup.session.as_ref().map(|session| session.principal);
        if !on_purpose && !matches!(principal, Some(Principal::Device(_) | Principal::Account(_))) {
            return Ok(());
        }
        let gone: Vec<Scope> = self.scopes().into_iter().filter(|scope| !matches!(scope, Scope::BrandPublic | Scope::Busy(_))).collect();
        self.staged = Staged::default();
        self.cursors.retain(|cursor| !gone.contains(&cursor.scope));
        setup.store.apply(Applied { gone, ..Applied::default() }).await?;
        self.changed = true;
        (setup.tell)(Event::Reload);
        Ok(())
    }

    /// One request, one answer.
    pub(super) async fn round(&mut self, setup: &Setup) -> Result<Progress, Failure> {
        let outbox = if setup.session.is_some() { setup.store.take_outbox(client::batch).await? } else { Vec::new() };
        let sent_at = browser::wall_clock();
        let replica = setup.session.as_ref().map(|_| self.meta.replica);
        let request = SyncRequest::new(replica, sent_at, self.wanted(setup), client::batch(&outbox));
        let reply = api::sync(&request).await?;
        let received_at = browser::wall_clock();
        self.meta.clock_offset = offset(sent_at, received_at, reply.now);
        self.take_reply(setup, reply, outbox, received_at).await
    }

    fn wanted(&self, setup: &Setup) -> Vec<Cursor> {
        let mut scopes = self.scopes();
        scopes.extend(setup.watched.borrow().iter().map(|store| Scope::Busy(*store)));
        if setup.app == App::Desk {
            // The desk sees the bookings themselves.
            scopes.retain(|scope| !matches!(scope, Scope::Busy(_)));
        }
        sort::sort_and_dedup(&mut scopes);
        scopes.into_iter().map(|scope| self.cursor(scope)).collect()
    }

    /// The cursor to go on from: after what is staged, what is stored, or nothing.
    fn cursor(&self, scope: Scope) -> Cursor {
        if let Some(page) = self.staged.pages.iter().find(|page| page.scope == scope) {
            return Cursor { scope, grant: page.grant, seq: page.seq };
        }
        let nothing = Cursor { scope, grant: GrantId(uuid::Uuid::nil()), seq: 0 };
        self.stored(scope).cloned().unwrap_or(nothing)
    }

    fn stored(&self, scope: Scope) -> Option<&Cursor> {
        self.cursors.iter().find(|cursor| cursor.scope == scope)
    }

    async fn take_reply(
        &mut self,
        setup: &Setup,
        reply: SyncReply,
        outbox: Vec<Envelope>,
        received_at: Timestamp,
    ) -> Result<Progress, Failure> {
        self.is_outdated = reply.outdated;
        let next = client::after(&outbox, &reply.outcomes, &reply.replica);
        let moved = !reply.outcomes.is_empty() || !reply.pages.iter().all(|page| page.complete && self.is_nothing_new(page));
        if self.epoch.replace(reply.epoch).is_some_and(|before| before != reply.epoch) {
            // Restored in between: pages of two lives are never put together.
            self.staged.pages.clear();
        }
        self.staged.answered.extend(answered(&outbox, reply.outcomes, received_at));
        self.staged.gone.extend(reply.gone);
        for page in reply.pages {
            self.stage(page);
        }
        if setup.session.is_some() && reply.scopes != self.granted {
            self.granted.clone_from(&reply.scopes);
            (setup.tell)(Event::Scopes(reply.scopes));
        }
        let complete = self.staged.pages.iter().all(|page| page.complete);
        if complete {
            self.store_staged(setup, reply.now).await?;
        }
        if let Next::Renumber { .. } = next {
            let replica = ReplicaId(browser::new_uuid());
            setup.store.renumber(replica).await?;
            self.meta = setup.store.position().await?.1;
            (setup.tell)(Event::Reload);
        }
        let unread = self.granted().any(|scope| self.stored(scope).is_none());
        let done = complete && !unread && matches!(next, Next::Idle { .. });
        let moved = moved || matches!(next, Next::Renumber { .. });
        Ok(if done {
            Progress::Done
        } else if moved {
            Progress::More
        } else {
            Progress::Stuck
        })
    }

    /// Puts a page behind what is staged of its scope.
    fn stage(&mut self, page: Page) {
        match self.staged.pages.iter_mut().find(|staged| staged.scope == page.scope) {
            Some(staged) if page.fresh => *staged = page,
            Some(staged) => {
                staged.records.extend(page.records);
                (staged.seq, staged.grant, staged.complete) = (page.seq, page.grant, page.complete);
            }
            None => self.staged.pages.push(page),
        }
    }

    async fn store_staged(&mut self, setup: &Setup, now: Timestamp) -> Result<(), Failure> {
        let Staged { mut pages, mut gone, answered } = std::mem::take(&mut self.staged);
        pages.retain(|page| !self.is_nothing_new(page));
        // A server that begins anew below what was read before has been set back: its word counts, not what is kept.
        gone.extend(pages.iter().filter(|page| page.fresh && self.is_behind(page)).map(|page| page.scope));
        sort::sort_by_key(&mut pages, |page| page.scope);
        let clock = Some((self.meta.clock_offset, now));
        self.changed |= !pages.is_empty() || !gone.is_empty() || !answered.is_empty();
        let applied = Applied { pages: pages.clone(), gone: gone.clone(), answered: answered.clone(), clock };
        setup.store.apply(applied).await?;
        (self.cursors, self.meta) = setup.store.position().await?;
        // Without locks another tab may lead too and have read further: then the database is right.
        if pages.iter().any(|page| self.is_behind(page)) {
            (setup.tell)(Event::Reload);
            return Ok(());
        }
        let cursors = self.cursors.clone();
        (setup.tell)(Event::Exchanged(Exchanged { pages, gone, answered, cursors, meta: self.meta.clone() }));
        Ok(())
    }

    fn is_behind(&self, page: &Page) -> bool {
        self.stored(page.scope).is_some_and(|cursor| is_older(page, cursor))
    }

    fn is_nothing_new(&self, page: &Page) -> bool {
        let known = self.stored(page.scope);
        page.records.is_empty() && !page.fresh && known.is_some_and(|cursor| cursor.seq == page.seq && cursor.grant == page.grant)
    }
}

/// Server clock minus device clock, measured in the middle of the exchange.
fn offset(sent_at: Timestamp, received_at: Timestamp, server: Timestamp) -> i64 {
    let middle = sent_at.0.saturating_add(received_at.0.saturating_sub(sent_at.0) / 2);
    server.0.saturating_sub(middle)
}

fn answered(outbox: &[Envelope], answers: Vec<Answer>, at: Timestamp) -> Vec<Answered> {
    let pair = |answer: Answer| {
        let envelope = outbox.iter().find(|envelope| envelope.uuid == answer.uuid)?.clone();
        Some(Answered { envelope, outcome: answer.outcome, at, dismissed: false })
    };
    answers.into_iter().filter_map(pair).collect()
}
