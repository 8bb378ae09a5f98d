//! Down: what changed in the scopes of a session, from one snapshot, as the session may see it.

mod records;

use std::collections::BTreeMap;

use shared::id::{EpochId, GrantId};
use shared::noun::{KEPT_DAYS, Newest};
use shared::scope::Scope;
use shared::sync::{Cursor, Page};
use shared::time::{DAY, Timestamp};
use sqlx::PgConnection;

use crate::db;
use crate::db::desk_reads::DeskRead;
use crate::db::feed::{self, Entry};
use crate::error::Result;
use crate::identity::Identity;
use crate::state::AppState;

/// Most records in one page.
const PAGE: usize = 500;
/// Most records in one answer; scopes behind them wait for the next.
const ANSWER: usize = 2000;
/// Desks are told of visits that ended so many days ago; the whole history stays here.
const TOLD_DAYS: i64 = KEPT_DAYS as i64 + 1;

/// The pages of one exchange.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The life of the database.
    pub epoch: EpochId,
    /// Changed records.
    pub pages: Vec<Page>,
    /// All scopes of the session.
    pub scopes: Vec<(Scope, GrantId)>,
    /// Scopes asked for that may not be read.
    pub gone: Vec<Scope>,
    /// How far the reader had read the desk feeds of stores.
    pub desk_reads: Vec<DeskRead>,
    /// Something cannot be said in a version that the reader's program knows.
    pub outdated: bool,
}

/// Reads what changed after the cursors.
///
/// # Errors
/// Of the database.
pub async fn read(state: &AppState, identity: &Identity, cursors: Vec<Cursor>, reads: Vec<Newest>) -> Result<Pages> {
    if cursors.is_empty() {
        let (epoch, catalogue) = state.surroundings().await?;
        let scopes = identity.scopes(epoch, &catalogue);
        return Ok(Pages { epoch, pages: Vec::new(), scopes, gone: Vec::new(), desk_reads: Vec::new(), outdated: false });
    }
    let (own, identity) = (state.clone(), identity.clone());
    db::snapshot(&state.pool, move |connection| Box::pin(async move { read_in(&own, connection, &identity, &cursors, &reads).await })).await
}

async fn read_in(
    state: &AppState,
    connection: &mut PgConnection,
    identity: &Identity,
    cursors: &[Cursor],
    reads: &[Newest],
) -> Result<Pages> {
    let catalogue = state.catalogue_in(connection).await?.1;
    let epoch = state.epoch_in(connection).await?;
    let scopes = identity.scopes(epoch, &catalogue);
    let granted: BTreeMap<Scope, GrantId> = scopes.iter().copied().collect();
    let wanted: Vec<Scope> = cursors.iter().map(|cursor| cursor.scope).filter(|scope| granted.contains_key(scope)).collect();
    let heads = feed::heads(connection, &wanted).await?;
    let (mut pages, mut gone, mut desk_reads) = (Vec::new(), Vec::new(), Vec::new());
    let mut budget = ANSWER;
    let for_staff = !identity.actor.grants.is_empty();
    let source = records::Source { sealer: &state.sealer, catalogue: &catalogue, for_staff, reads };
    let mut outdated = false;
    for cursor in cursors {
        let Some(grant) = granted.get(&cursor.scope) else {
            gone.push(cursor.scope);
            continue;
        };
        let start = Start::of(cursor, *grant, heads.get(&cursor.scope).copied().unwrap_or(0));
        let page = match budget {
            0 => start.unread(),
            _ => {
                let (page, is_outdated) = page(connection, &source, &start, budget.min(PAGE), state.clock.now()).await?;
                outdated |= is_outdated;
                page
            }
        };
        budget = budget.saturating_sub(page.records.len());
        if let Scope::Desk(store) = page.scope {
            desk_reads.push(DeskRead { store, read: if page.fresh { page.seq } else { cursor.seq }, given: page.seq });
        }
        pages.push(page);
    }
    Ok(Pages { epoch, pages, scopes, gone, desk_reads, outdated })
}

/// Where a page begins.
struct Start {
    scope: Scope,
    grant: GrantId,
    head: u64,
    fresh: bool,
    from: u64,
}

impl Start {
    fn of(cursor: &Cursor, grant: GrantId, head: u64) -> Self {
        // Another right, or a sequence this database never gave: what the device has is of no use.
        let fresh = cursor.grant != grant || cursor.seq > head;
        Start { scope: cursor.scope, grant, head, fresh, from: if fresh { 0 } else { cursor.seq } }
    }

    /// The answer is full: what changed in this scope is read by the next exchange.
    fn unread(&self) -> Page {
        let complete = self.from == self.head;
        Page { scope: self.scope, grant: self.grant, fresh: self.fresh, seq: self.from, complete, records: Vec::new() }
    }
}

/// A page, and whether something in it cannot be said in a version that the reader's program knows.
async fn page(
    connection: &mut PgConnection,
    source: &records::Source<'_>,
    start: &Start,
    most: usize,
    now: Timestamp,
) -> Result<(Page, bool)> {
    let Start { scope, grant, head, fresh, from } = *start;
    let mut entries = if from == head { Vec::new() } else { entries(connection, scope, from, most, now).await? };
    let complete = entries.len() <= most;
    entries.truncate(most);
    let seq = if complete { head } else { entries.last().map_or(from, |entry| entry.seq) };
    if from == 0 {
        entries.retain(|entry| !entry.deleted);
    }
    let told = records::of(connection, source, scope, &entries).await?;
    Ok((Page { scope, grant, fresh, seq, complete, records: told.records }, told.outdated))
}

/// One more than `most`, so that it shows whether there are more.
async fn entries(connection: &mut PgConnection, scope: Scope, from: u64, most: usize, now: Timestamp) -> sqlx::Result<Vec<Entry>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    match scope {
        Scope::Desk(store) => feed::after_at_desk(connection, store, from, Timestamp(now.0 - TOLD_DAYS * DAY), most).await,
        Scope::Busy(store) => feed::after_in_busy(connection, store, from, now.utc_day() - 1, most).await,
        _ => feed::after(connection, scope, from, most).await,
    }
}

#[cfg(test)]
mod tests {
    use shared::id::AccountId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_full_answer_leaves_a_scope_where_the_device_stands_and_says_that_there_is_more() {
        let (grant, other) = (GrantId(Uuid::from_u128(1)), GrantId(Uuid::from_u128(2)));
        let scope = Scope::User(AccountId(Uuid::from_u128(3)));
        let unread = |grant, seq| Start::of(&Cursor { scope, grant, seq }, GrantId(Uuid::from_u128(1)), 10).unread();
        assert_eq!(unread(grant, 4), Page { scope, grant, fresh: false, seq: 4, complete: false, records: Vec::new() });
        assert!(unread(grant, 10).complete, "nothing is left out");
        assert_eq!(unread(other, 4), Page { scope, grant, fresh: true, seq: 0, complete: false, records: Vec::new() });
    }
}
