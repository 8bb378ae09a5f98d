//! The records behind the entries of a feed, joined with the live tables, and masked as the scope demands.

use std::collections::BTreeMap;

use shared::booking::{Booking, LaneReason};
use shared::id::{AccountId, MemberId, ReplicaId, ServiceId, ShiftId, StaffId, StoreId};
use shared::member::{Contact, Group, Member, Superseded};
use shared::role::Principal;
use shared::stamp::Written;
use shared::sync::{Record, RecordKey, RecordKind, Scope};
use shared::time::{DAY, TimeRange, Timestamp};
use shared::view::Catalogue;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::feed::Entry;
use crate::db::{attention, blocks, bookings, members, occupancy};
use crate::openings::busy_days;
use crate::sealed::Sealer;

/// Where records come from.
pub(super) struct Source<'a> {
    pub sealer: &'a Sealer,
    pub catalogue: &'a Catalogue,
    /// Whether they are read by somebody who works here.
    pub for_staff: bool,
}

/// The records of entries, in their order. What is no longer there is gone.
pub(super) async fn of(connection: &mut PgConnection, source: &Source<'_>, scope: Scope, entries: &[Entry]) -> sqlx::Result<Vec<Record>> {
    let keys: Vec<RecordKey> = entries.iter().filter(|entry| !entry.deleted).map(|entry| entry.key).collect();
    let found = if keys.is_empty() { Vec::new() } else { fetch(connection, source, scope, &keys).await? };
    let mut found: BTreeMap<RecordKey, Record> = found.into_iter().map(|record| (record.key(), record)).collect();
    Ok(entries.iter().map(|entry| found.remove(&entry.key).unwrap_or(Record::Gone(entry.key))).collect())
}

async fn fetch(connection: &mut PgConnection, source: &Source<'_>, scope: Scope, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    let ids = |kind: RecordKind| keys.iter().filter(|key| key.kind == kind).map(|key| key.id).collect::<Vec<Uuid>>();
    match scope {
        Scope::BrandPublic | Scope::BrandInternal => {
            let found = keys.iter().filter_map(|key| of_catalogue(source.catalogue, key));
            Ok(if source.for_staff { found.collect() } else { found.map(for_everybody).collect() })
        }
        Scope::Desk(store) => of_desk(connection, source, store, ids).await,
        Scope::Members(store) => {
            let members = members::by_ids(connection, source.sealer, &ids(RecordKind::Member)).await?;
            Ok(members.into_iter().filter_map(|member| at_desk(member, store)).map(Record::Member).collect())
        }
        Scope::Contacts(store) => {
            let members = members::by_ids(connection, source.sealer, &ids(RecordKind::Contact)).await?;
            let known = members.into_iter().filter(|member| member.is_known_at(store));
            Ok(known.map(|member| Record::Contact(member.id, member.numbers())).collect())
        }
        Scope::Busy(store) => of_busy(connection, store, keys).await,
        Scope::User(account) => of_user(connection, source, account, ids).await,
    }
}

fn of_catalogue(catalogue: &Catalogue, key: &RecordKey) -> Option<Record> {
    match key.kind {
        RecordKind::Store => catalogue.stores.get(&StoreId(key.id)).cloned().map(Record::Store),
        RecordKind::Service => catalogue.services.get(&ServiceId(key.id)).cloned().map(Record::Service),
        RecordKind::Staff => catalogue.staff.get(&StaffId(key.id)).cloned().map(Record::Staff),
        RecordKind::Shift => catalogue.shifts.get(&ShiftId(key.id)).cloned().map(Record::Shift),
        _ => None,
    }
}

/// Who wrote it, when, and on which device is for those who work here.
fn for_everybody(mut record: Record) -> Record {
    let written = match &mut record {
        Record::Store(store) => {
            store.rules_written = store.rules_written.map(Written::version_only);
            store.staff_order.written = store.staff_order.written.map(Written::version_only);
            &mut store.written
        }
        Record::Service(service) => &mut service.written,
        Record::Staff(staff) => &mut staff.written,
        Record::Shift(shift) => &mut shift.written,
        _ => return record,
    };
    *written = written.map(Written::version_only);
    record
}

async fn of_desk(
    connection: &mut PgConnection,
    source: &Source<'_>,
    store: StoreId,
    ids: impl Fn(RecordKind) -> Vec<Uuid>,
) -> sqlx::Result<Vec<Record>> {
    let mut records = Vec::new();
    let wanted = ids(RecordKind::Booking);
    if !wanted.is_empty() {
        records.extend(bookings::by_ids(connection, source.sealer, store, &wanted).await?.into_iter().map(Record::Booking));
    }
    let wanted = ids(RecordKind::Block);
    if !wanted.is_empty() {
        records.extend(blocks::by_ids(connection, store, &wanted).await?.into_iter().map(Record::Block));
    }
    let wanted = ids(RecordKind::Attention);
    if !wanted.is_empty() {
        records.extend(attention::by_ids(connection, store, &wanted).await?.into_iter().map(Record::Attention));
    }
    Ok(records)
}

async fn of_busy(connection: &mut PgConnection, store: StoreId, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    let (first, last) = (keys.iter().map(|key| key.day).min().unwrap_or(0), keys.iter().map(|key| key.day).max().unwrap_or(0));
    let range = TimeRange { start: Timestamp(i64::from(first) * DAY), end: Timestamp((i64::from(last) + 1) * DAY) };
    let taken = occupancy::between(connection, store, range).await?;
    let wanted: Vec<(StaffId, i32)> = keys.iter().map(|key| (StaffId(key.id), key.day)).collect();
    Ok(busy_days(store, &wanted, &taken, range).into_iter().map(Record::Busy).collect())
}

async fn of_user(
    connection: &mut PgConnection,
    source: &Source<'_>,
    account: AccountId,
    ids: impl Fn(RecordKind) -> Vec<Uuid>,
) -> sqlx::Result<Vec<Record>> {
    let mut records = Vec::new();
    let wanted = ids(RecordKind::Booking);
    if !wanted.is_empty() {
        let own = bookings::of_account(connection, source.sealer, account, &wanted).await?;
        records.extend(own.into_iter().map(|booking| for_the_guest(account, booking)).map(Record::Booking));
    }
    let wanted: Vec<MemberId> = ids(RecordKind::Member).into_iter().map(MemberId).collect();
    if !wanted.is_empty() {
        let wanted: Vec<Uuid> = wanted.iter().map(|id| id.0).collect();
        let own = members::by_ids(connection, source.sealer, &wanted).await?;
        records.extend(own.into_iter().filter(|member| member.account == Some(account)).map(for_the_person).map(Record::Member));
    }
    Ok(records)
}

/// As the desk of a store sees them: all but the number of those it knows, next to nothing of those it has only found.
fn at_desk(member: Member, store: StoreId) -> Option<Member> {
    match (member.is_known_at(store), member.is_bookable_at(store)) {
        (true, _) => Some(masked(member)),
        (false, true) => Some(member.glimpse(store)),
        (false, false) => None,
    }
}

/// For desks: without the number.
fn masked(mut member: Member) -> Member {
    let lost = |lost: Superseded<Contact>| Superseded { value: lost.value.without_number(), ..lost };
    member.contact.value = member.contact.value.without_number();
    member.contact.superseded = member.contact.superseded.into_iter().map(lost).collect();
    member.verified = member.verified.as_ref().map(Contact::without_number);
    member
}

/// For the person: notes and tags of the staff stay with the staff, and so does who wrote on which device, and which other record they take
/// for the same person.
fn for_the_person(mut member: Member) -> Member {
    member.name = member.name.without_writers();
    member.contact = member.contact.without_writers();
    member.profile = member.profile.without_writers();
    member.allergies = member.allergies.without_writers();
    member.notes = Group::new(String::new());
    member.tags = Group::new(Vec::new());
    member.alias_of = None;
    member
}

/// For the guest: without the words the desk wrote to itself, without who worked at which device, and without the place in the desk's
/// feed, which counts what happens in the store.
fn for_the_guest(account: AccountId, mut booking: Booking) -> Booking {
    for held in &mut booking.occupancy {
        if let Some(LaneReason::Squeeze(words)) = &mut held.reason {
            words.clear();
        }
    }
    let of_the_guest = |by: Principal| by == Principal::Account(account);
    if !of_the_guest(booking.entered_by) {
        booking.entered_by = Principal::System;
    }
    for step in booking.history.iter_mut().filter(|step| !of_the_guest(step.by)) {
        (step.by, step.staff, step.reason) = (Principal::System, None, String::new());
    }
    (booking.placed_seq, booking.placed_by) = (0, ReplicaId(Uuid::nil()));
    booking.facts = booking.facts.without_writers();
    booking
}
