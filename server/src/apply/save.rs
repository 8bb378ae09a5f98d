//! Writes what a transaction decided: the feeds first, which number everything, then records, time, messages and the log, each in one
//! statement.

use std::collections::BTreeMap;

use shared::booking::Booking;
use shared::id::StoreId;
use shared::noun::RecordKey;
use shared::record::Record;
use shared::scope::Scope;
use sqlx::PgConnection;

use super::batch::Batch;
use super::elsewhere;
use super::fall_due::falling_due;
use super::fan_out::{Feeds, fan_out};
use super::notify::notify;
use super::serve_waitlist;
use crate::apply::numbered::Numbered;
use crate::changes::Changes;
use crate::db::feed::{self, NewEntry};
use crate::db::occupancy::{self, Holding};
use crate::db::{catalogue, jobs, stored, visit_lines};

/// What was written.
#[derive(Debug, Default)]
pub(crate) struct Saved {
    /// Scopes to poke after the commit.
    pub touched: Vec<Scope>,
    /// The new head of the desk feed, if it has moved.
    pub desk_head: Option<u64>,
}

/// Writes everything.
pub(crate) async fn save(connection: &mut PgConnection, batch: &mut Batch<'_>) -> sqlx::Result<Saved> {
    if batch.changes.records.is_empty() {
        return Ok(Saved::default());
    }
    elsewhere::spread(connection, batch).await?;
    // Nobody may hear of it yet: a person whom no store and no account knows is kept all the same.
    let feeds = fan_out(&batch.changes);
    let heads = if feeds.is_empty() { BTreeMap::new() } else { feed::append(connection, &entries_of(&feeds)).await? };
    let desk_heads = numbered(&feeds, &heads);
    place(&mut batch.changes, &desk_heads);
    records(connection, batch).await?;
    times(connection, &batch.changes).await?;
    notify(connection, batch.state, &batch.view, &batch.changes, &desk_heads, batch.now).await?;
    let mut due = falling_due(&batch.changes, batch.now);
    due.extend(serve_waitlist::falling_due(connection, &batch.view.catalogue, &batch.changes, &desk_heads, batch.now).await?);
    jobs::put(connection, &due).await?;
    let own = desk_heads.iter().filter(|((store, _), _)| Some(*store) == batch.store);
    let desk_head = own.map(|(_, seq)| *seq).max();
    Ok(Saved { touched: feeds.into_keys().collect(), desk_head })
}

fn entries_of(feeds: &Feeds) -> Vec<NewEntry> {
    let of_scope = |(scope, keys): (&Scope, &BTreeMap<RecordKey, bool>)| {
        let (scope, last) = (scope.to_string(), keys.len().saturating_sub(1));
        let entry = |(index, (key, deleted)): (usize, (&RecordKey, &bool))| NewEntry {
            scope: scope.clone(),
            key: *key,
            deleted: *deleted,
            followed_by: u64::try_from(last - index).unwrap_or(0),
        };
        keys.iter().enumerate().map(entry).collect::<Vec<_>>()
    };
    feeds.iter().flat_map(of_scope).collect()
}

fn numbered(feeds: &Feeds, heads: &BTreeMap<String, u64>) -> Numbered {
    let of_scope = |(scope, keys): (&Scope, &BTreeMap<RecordKey, bool>)| {
        let Scope::Desk(store) = *scope else { return Vec::new() };
        let head = heads.get(&scope.to_string()).copied().unwrap_or(0);
        keys.keys().rev().zip(0u64..).map(|(key, after)| ((store, *key), head.saturating_sub(after))).collect()
    };
    feeds.iter().flat_map(of_scope).collect()
}

/// What was placed by these decisions gets the sequence at which the desk hears of it.
fn place(changes: &mut Changes, entries: &Numbered) {
    for ((store, key), touched) in &mut changes.records {
        let seq = store.and_then(|store| entries.get(&(store, *key))).copied().unwrap_or(0);
        touched.after = touched.after.take().map(|record| record.placed(seq));
    }
}

async fn records(connection: &mut PgConnection, batch: &Batch<'_>) -> sqlx::Result<()> {
    let (changes, sealer) = (&batch.changes, &batch.state.sealer);
    let kept: Vec<&Record> = changes.records.values().filter_map(|touched| touched.after.as_ref()).collect();
    let lines = visit_lines::rows_to_write(connection, &batch.view.catalogue, visits(changes)).await?;
    stored::save(connection, sealer, &kept, &lines).await?;
    let removed = changes.records.iter().filter(|(_, touched)| touched.after.is_none());
    let removed: Vec<(StoreId, RecordKey)> = removed.filter_map(|((store, key), _)| Some(((*store)?, *key))).collect();
    stored::remove(connection, &removed).await?;
    if changes.touch_catalogue() { catalogue::next_version(connection).await } else { Ok(()) }
}

/// The visits that changed, with the number of lines they had.
fn visits(changes: &Changes) -> impl Iterator<Item = (&Booking, usize)> {
    changes.records.values().filter_map(|touched| {
        let had = touched.before.as_ref().and_then(Record::of).map_or(0, |before: &Booking| before.lines.len());
        Some((touched.after.as_ref()?.of::<Booking>()?, had))
    })
}

/// Rewrites the time of those whose time changed, and of those alone.
async fn times(connection: &mut PgConnection, changes: &Changes) -> sqlx::Result<()> {
    let mut holdings = Vec::new();
    for ((store, key), touched) in &changes.records {
        let held = |record: &Option<Record>| {
            let record = record.as_ref();
            (record.map(Record::occupancy).unwrap_or_default(), record.and_then(Record::held_until))
        };
        let (before, after) = (held(&touched.before), held(&touched.after));
        if let Some(store) = store.filter(|_| before != after) {
            let (had_any, (times, held_until)) = (!before.0.is_empty(), after);
            holdings.push(Holding { store, holder: *key, held_until, had_any, times });
        }
    }
    if holdings.is_empty() { Ok(()) } else { occupancy::replace(connection, &holdings).await }
}
