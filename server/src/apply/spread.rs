//! Which feeds a change appears in: one place that says who hears of what.

use std::collections::{BTreeMap, BTreeSet};

use shared::block::Block;
use shared::booking::Booking;
use shared::id::{AccountId, ResourceId, StoreId};
use shared::member::Member;
use shared::openings::Taken;
use shared::sync::{RecordKey, RecordKind, Scope};
use uuid::Uuid;

use super::changes::{Changes, Touched};
use crate::openings::days_of;

/// Entries by scope; the value says whether the record is gone from there.
pub(crate) type Spread = BTreeMap<Scope, BTreeMap<RecordKey, bool>>;

/// Where the changes must be heard.
pub(crate) fn spread(changes: &Changes) -> Spread {
    let mut spread = Spread::new();
    catalogue(&mut spread, changes);
    for ((store, id), touched) in &changes.bookings {
        booking(&mut spread, *store, id.0, touched);
    }
    for ((store, id), touched) in &changes.blocks {
        put(&mut spread, Scope::Desk(*store), key(RecordKind::Block, id.0), touched.after.is_none());
        busy(&mut spread, *store, touched, |block: &Block| vec![Taken::by_block(block)]);
    }
    for (store, id) in changes.attention.keys() {
        put(&mut spread, Scope::Desk(*store), key(RecordKind::Attention, id.0), false);
    }
    for (id, touched) in &changes.members {
        member(&mut spread, id.0, touched);
    }
    spread
}

fn catalogue(spread: &mut Spread, changes: &Changes) {
    let stores = changes.stores.keys().map(|id| key(RecordKind::Store, id.0));
    let services = changes.services.keys().map(|id| key(RecordKind::Service, id.0));
    let staff = changes.staff.keys().map(|id| key(RecordKind::Staff, id.0));
    let shifts: Vec<RecordKey> = changes.shifts.keys().map(|id| key(RecordKind::Shift, id.0)).collect();
    let all: Vec<RecordKey> = stores.chain(services).chain(staff).chain(shifts.iter().copied()).collect();
    all.into_iter().for_each(|key| put(spread, Scope::BrandPublic, key, false));
    // Phones need the roster to know what is open; the internal feed has it for who may see more of it later.
    shifts.into_iter().for_each(|key| put(spread, Scope::BrandInternal, key, false));
}

fn booking(spread: &mut Spread, store: StoreId, id: Uuid, touched: &Touched<Booking>) {
    let key = key(RecordKind::Booking, id);
    put(spread, Scope::Desk(store), key, touched.after.is_none());
    owners(spread, key, touched, |booking| booking.account);
    busy(spread, store, touched, |booking| Taken::by_booking(booking).collect());
}

fn member(spread: &mut Spread, id: Uuid, touched: &Touched<Member>) {
    // Stores that have only found them by their number see less, but hear of it, too.
    let found = |member: &Member| member.stores.iter().chain(&member.introduced).copied().collect::<Vec<StoreId>>();
    everywhere(spread, Scope::Members, key(RecordKind::Member, id), touched, found);
    everywhere(spread, Scope::Contacts, key(RecordKind::Contact, id), touched, |member| member.stores.clone());
    owners(spread, key(RecordKind::Member, id), touched, |member| member.account);
}

/// The stores that a member is seen in hear of it; those where it was seen before hear that it is gone.
fn everywhere(
    spread: &mut Spread,
    scope: fn(StoreId) -> Scope,
    key: RecordKey,
    touched: &Touched<Member>,
    stores: impl Fn(&Member) -> Vec<StoreId>,
) {
    let of = |member: &Option<Member>| member.iter().flat_map(&stores).collect::<BTreeSet<StoreId>>();
    let after = of(&touched.after);
    for store in of(&touched.before).union(&after) {
        put(spread, scope(*store), key, !after.contains(store));
    }
}

/// The account a record belongs to hears of it; the one it belonged to before hears that it is gone.
fn owners<T>(spread: &mut Spread, key: RecordKey, touched: &Touched<T>, account: fn(&T) -> Option<AccountId>) {
    let (before, after) = (touched.before.as_ref().and_then(account), touched.after.as_ref().and_then(account));
    if let Some(account) = before.filter(|before| Some(*before) != after) {
        put(spread, Scope::User(account), key, true);
    }
    if let Some(account) = after {
        put(spread, Scope::User(account), key, false);
    }
}

/// The days whose masks a change touches: where the time was and where it is. Unchanged time is not told again.
fn busy<T>(spread: &mut Spread, store: StoreId, touched: &Touched<T>, taken: impl Fn(&T) -> Vec<Taken>) {
    let before = touched.before.as_ref().map(&taken).unwrap_or_default();
    let after = touched.after.as_ref().map(&taken).unwrap_or_default();
    let (kept_before, kept_after) = (&before, &after);
    let gone = before.iter().filter(|taken| !kept_after.contains(taken));
    let new = after.iter().filter(|taken| !kept_before.contains(taken));
    let days: BTreeSet<(ResourceId, i32)> =
        gone.chain(new).flat_map(|taken| days_of(taken.range).map(|day| (taken.staff.into(), day))).collect();
    for (resource, day) in days {
        put(spread, Scope::Busy(store), RecordKey { kind: RecordKind::Busy, id: resource.0, day }, false);
    }
}

fn key(kind: RecordKind, id: Uuid) -> RecordKey {
    RecordKey { kind, id, day: 0 }
}

fn put(spread: &mut Spread, scope: Scope, key: RecordKey, gone: bool) {
    spread.entry(scope).or_default().insert(key, gone);
}
