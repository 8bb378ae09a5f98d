//! Records of any kind, by name: where each kind is kept. Bookings and members have tables of their own, with an index of their own.

use std::collections::BTreeMap;

use shared::booking::Booking;
use shared::id::{AccountId, StoreId};
use shared::member::Member;
use shared::noun::{Kind, RecordKey};
use shared::record::Record;
use shared::time::TimeRange;
use sqlx::PgConnection;
use uuid::Uuid;

use super::visit_lines::Row as Line;
use super::{bookings, members, records};
use crate::sealed::Sealer;

/// Names by the table they are in.
#[derive(Default)]
struct ByTable {
    bookings: Vec<Uuid>,
    members: Vec<Uuid>,
    records: Vec<RecordKey>,
}

impl ByTable {
    fn of(keys: &[RecordKey]) -> Self {
        let mut sorted = ByTable::default();
        for key in keys {
            match key.kind {
                Booking::KIND => sorted.bookings.push(key.id),
                Member::KIND => sorted.members.push(key.id),
                _ => sorted.records.push(*key),
            }
        }
        sorted
    }
}

/// Records by name, of a store or the brand, in no order.
pub async fn by_keys(
    connection: &mut PgConnection,
    sealer: &Sealer,
    store: Option<StoreId>,
    keys: &[RecordKey],
) -> sqlx::Result<Vec<Record>> {
    let ByTable { bookings, members, records } = ByTable::of(keys);
    let mut found = Vec::with_capacity(keys.len());
    if let (Some(store), false) = (store, bookings.is_empty()) {
        found.extend(bookings::by_ids(connection, sealer, store, &bookings).await?.into_iter().map(Record::from));
    }
    if !members.is_empty() {
        found.extend(members::by_ids(connection, sealer, &members).await?.into_iter().map(Record::from));
    }
    if !records.is_empty() {
        found.extend(records::by_keys(connection, sealer, store, &records).await?);
    }
    Ok(found)
}

/// Records of an account by name, in all stores, in no order.
pub async fn of_account(
    connection: &mut PgConnection,
    sealer: &Sealer,
    account: AccountId,
    keys: &[RecordKey],
) -> sqlx::Result<Vec<Record>> {
    let ByTable { bookings, members, records } = ByTable::of(keys);
    let mut found = Vec::with_capacity(keys.len());
    if !bookings.is_empty() {
        found.extend(bookings::of_account(connection, sealer, account, &bookings).await?.into_iter().map(Record::from));
    }
    if !members.is_empty() {
        found.extend(members::by_ids(connection, sealer, &members).await?.into_iter().map(Record::from));
    }
    if !records.is_empty() {
        found.extend(records::of_owner(connection, sealer, account.0, &records).await?);
    }
    Ok(found)
}

/// What takes time in a store: by name, and all that touches one of some ranges; one may come more than once.
pub async fn touching(
    connection: &mut PgConnection,
    sealer: &Sealer,
    store: StoreId,
    keys: &[RecordKey],
    ranges: &[TimeRange],
) -> sqlx::Result<Vec<Record>> {
    if ranges.is_empty() {
        return by_keys(connection, sealer, Some(store), keys).await;
    }
    let ByTable { bookings, records, .. } = ByTable::of(keys);
    let mut found: Vec<Record> =
        bookings::touching(connection, sealer, store, &bookings, ranges).await?.into_iter().map(Record::from).collect();
    found.extend(records::touching(connection, sealer, store, &records, ranges).await?);
    Ok(found)
}

/// Inserts or replaces records, without the time they take, and the lines that reports read of visits among them.
pub(crate) async fn save(connection: &mut PgConnection, sealer: &Sealer, kept: &[&Record], lines: &[Line]) -> sqlx::Result<()> {
    let (mut own_bookings, mut own_members, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for record in kept {
        match record {
            Record::Booking(booking) => own_bookings.push(booking.as_ref()),
            Record::Member(member) => own_members.push(member.as_ref()),
            other => others.push(*other),
        }
    }
    if !own_members.is_empty() {
        members::save(connection, sealer, &own_members).await?;
    }
    if !own_bookings.is_empty() {
        bookings::save(connection, sealer, &own_bookings, lines).await?;
    }
    if !others.is_empty() {
        records::save(connection, sealer, &others).await?;
    }
    Ok(())
}

/// Removes records of stores, without the time they take.
pub(crate) async fn remove(connection: &mut PgConnection, removed: &[(StoreId, RecordKey)]) -> sqlx::Result<()> {
    let mut of_stores: BTreeMap<StoreId, Vec<RecordKey>> = BTreeMap::new();
    for (store, key) in removed {
        of_stores.entry(*store).or_default().push(*key);
    }
    for (store, keys) in of_stores {
        records::remove(connection, store, &keys).await?;
    }
    Ok(())
}
