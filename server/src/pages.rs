//! Down: what changed in the scopes of a session, from one snapshot, as the session may see it.

mod records;

use shared::id::{EpochId, GrantId};
use shared::sync::{Cursor, Page, Record, Scope};
use shared::time::{DAY, Timestamp};
use sqlx::PgConnection;
use std::collections::BTreeMap;

use crate::db;
use crate::db::feed::{self, Entry};
use crate::error::Result;
use crate::identity::Identity;
use crate::state::AppState;

/// Most records in one page.
const PAGE: usize = 500;
/// Most records in one answer; scopes behind them wait for the next.
const ANSWER: usize = 2000;
/// Devices keep visits that ended so many days ago; the whole history stays here.
const KEPT_DAYS: i64 = 35;

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
}

/// Reads what changed after the cursors.
///
/// # Errors
/// Of the database.
pub async fn read(state: &AppState, identity: &Identity, cursors: &[Cursor]) -> Result<Pages> {
    let mut transaction = db::snapshot(&state.pool).await?;
    let catalogue = state.catalogue_in(&mut transaction).await?.1;
    let epoch = state.epoch_in(&mut transaction).await?;
    let scopes = identity.scopes(epoch, &catalogue);
    let granted: BTreeMap<Scope, GrantId> = scopes.iter().copied().collect();
    let (mut pages, mut gone) = (Vec::new(), Vec::new());
    let mut budget = ANSWER;
    let for_staff = !identity.actor.grants.is_empty();
    let source = records::Source { sealer: &state.sealer, catalogue: &catalogue, for_staff };
    for cursor in cursors {
        match granted.get(&cursor.scope) {
            Some(grant) => {
                let page = page(&mut transaction, &source, cursor, *grant, budget.min(PAGE), state.clock.now()).await?;
                budget = budget.saturating_sub(page.records.len());
                pages.push(page);
            }
            None => gone.push(cursor.scope),
        }
    }
    transaction.commit().await?;
    Ok(Pages { epoch, pages, scopes, gone })
}

async fn page(
    connection: &mut PgConnection,
    source: &records::Source<'_>,
    cursor: &Cursor,
    grant: GrantId,
    most: usize,
    now: Timestamp,
) -> Result<Page> {
    let head = feed::head(connection, cursor.scope).await?;
    // Another right, or a sequence this database never gave: what the device has is of no use.
    let fresh = cursor.grant != grant || cursor.seq > head;
    let from = if fresh { 0 } else { cursor.seq };
    let mut entries = if from == head { Vec::new() } else { entries(connection, cursor.scope, from, most, now).await? };
    let complete = entries.len() <= most;
    entries.truncate(most);
    let seq = if complete { head } else { entries.last().map_or(from, |entry| entry.seq) };
    if from == 0 {
        entries.retain(|entry| !entry.deleted);
    }
    let records: Vec<Record> = records::of(connection, source, cursor.scope, &entries).await?;
    Ok(Page { scope: cursor.scope, grant, fresh, seq, complete, records })
}

/// One more than `most`, so that it shows whether there are more.
async fn entries(connection: &mut PgConnection, scope: Scope, from: u64, most: usize, now: Timestamp) -> sqlx::Result<Vec<Entry>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    match scope {
        Scope::Desk(store) => feed::after_at_desk(connection, store, from, Timestamp(now.0 - KEPT_DAYS * DAY), most).await,
        Scope::Busy(store) => feed::after_in_busy(connection, store, from, now.utc_day() - 1, most).await,
        _ => feed::after(connection, scope, from, most).await,
    }
}
