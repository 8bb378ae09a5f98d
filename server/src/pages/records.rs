//! The records behind the entries of a feed, joined with the live tables. How much of a record its reader sees, the record says itself.

use std::collections::BTreeMap;

use shared::busy_day::BusyDay;
use shared::id::{ResourceId, StoreId};
use shared::member::{Member, Numbers};
use shared::noun::{Newest, Noun, RecordKey};
use shared::record::{Catalogue, Record, WireRecord};
use shared::scope::Scope;
use shared::time::{DAY, TimeRange, Timestamp};
use sqlx::PgConnection;

use crate::db::feed::Entry;
use crate::db::{occupancy, stored};
use crate::openings::busy_days;
use crate::sealed::Sealer;

/// Where records come from, and for whom.
pub(super) struct Source<'a> {
    pub sealer: &'a Sealer,
    pub catalogue: &'a Catalogue,
    /// Whether they are read by somebody who works here.
    pub for_staff: bool,
    /// The newest versions that the reader's program knows.
    pub reads: &'a [Newest],
}

/// What of a feed a program can be told.
pub(super) struct Told {
    pub records: Vec<WireRecord>,
    /// One of them cannot be said in the version that the program reads.
    pub outdated: bool,
}

/// The records of entries, in their order. What is no longer there is gone; kinds that the program does not know are left out.
pub(super) async fn of(connection: &mut PgConnection, source: &Source<'_>, scope: Scope, entries: &[Entry]) -> sqlx::Result<Told> {
    let known = |entry: &&Entry| Newest::find(source.reads, entry.key.kind).is_some();
    let keys: Vec<RecordKey> = entries.iter().filter(known).filter(|entry| !entry.deleted).map(|entry| entry.key).collect();
    let found = if keys.is_empty() { Vec::new() } else { fetch(connection, source, scope, &keys).await? };
    let shown = found.into_iter().filter_map(|record| record.shown_in(scope, source.for_staff));
    let found: BTreeMap<RecordKey, Record> = shown.map(|record| (record.key(), record)).collect();
    let mut told = Told { records: Vec::with_capacity(entries.len()), outdated: false };
    for entry in entries {
        let Some(newest) = Newest::find(source.reads, entry.key.kind) else { continue };
        let packed = match found.get(&entry.key) {
            Some(record) => WireRecord::pack(record, newest),
            None => Some(WireRecord::gone(entry.key)),
        };
        told.outdated |= packed.is_none();
        told.records.extend(packed);
    }
    Ok(told)
}

async fn fetch(connection: &mut PgConnection, source: &Source<'_>, scope: Scope, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    match scope {
        Scope::BrandPublic | Scope::BrandInternal => Ok(keys.iter().filter_map(|key| source.catalogue.get(key)).collect()),
        Scope::Desk(store) => stored::by_keys(connection, source.sealer, Some(store), keys).await,
        Scope::Members(_) => stored::by_keys(connection, source.sealer, None, keys).await,
        Scope::Contacts(store) => of_contacts(connection, source, store, keys).await,
        Scope::Busy(store) => of_busy(connection, store, keys).await,
        Scope::User(account) => stored::of_account(connection, source.sealer, account, keys).await,
    }
}

/// Numbers are a part of their member.
async fn of_contacts(connection: &mut PgConnection, source: &Source<'_>, store: StoreId, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    let members: Vec<RecordKey> = keys.iter().filter_map(RecordKey::id_of::<Numbers>).map(Member::key_of).collect();
    let found = stored::by_keys(connection, source.sealer, None, &members).await?;
    let known = found.iter().filter_map(Record::of::<Member>).filter(|member| member.is_known_at(store));
    Ok(known.map(|member| member.numbers().into()).collect())
}

async fn of_busy(connection: &mut PgConnection, store: StoreId, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    let days: Vec<(ResourceId, i32)> = keys.iter().filter_map(RecordKey::id_of::<BusyDay>).collect();
    let (first, last) = (days.iter().map(|(_, day)| *day).min().unwrap_or(0), days.iter().map(|(_, day)| *day).max().unwrap_or(0));
    let range = TimeRange { start: Timestamp(i64::from(first) * DAY), end: Timestamp((i64::from(last) + 1) * DAY) };
    let taken = occupancy::between(connection, store, range).await?;
    Ok(busy_days(store, &days, &taken, range).into_iter().map(Record::from).collect())
}
