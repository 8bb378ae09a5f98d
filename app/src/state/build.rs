//! From records to a [`View`]. Pure.

use std::sync::Arc;

use shared::id::{AttentionId, BlockId, BookingId, GrantId, MemberId, ResourceId, ServiceId, ShiftId, StaffId, StoreId};
use shared::member::{Contact, Member};
use shared::sync::{Cursor, Page, Record, RecordKey, RecordKind, Scope};
use shared::view::{Catalogue, View};

/// A view of everything that is cached.
pub(super) fn whole(records: Vec<(Scope, Record)>) -> View {
    let mut view = View::default();
    let (contacts, others): (Vec<_>, Vec<_>) = records.into_iter().partition(|(_, record)| matches!(record, Record::Contact(..)));
    for (_, record) in others.into_iter().chain(contacts) {
        put(&mut view, record);
    }
    view
}

/// Whether pages can be put on top of a view. Where not (a scope starts anew, a member leaves one of several scopes), the view
/// is built again from the cache.
pub(super) fn is_incremental(pages: &[Page], gone: &[Scope]) -> bool {
    let leaves = |record: &Record| matches!(record, Record::Gone(RecordKey { kind: RecordKind::Member | RecordKind::Contact, .. }));
    gone.is_empty() && pages.iter().all(|page| !page.fresh && !page.records.iter().any(leaves))
}

/// Puts pages on top; contacts last, because they belong to members.
pub(super) fn put_pages(view: &mut View, pages: &[Page]) {
    let records = || pages.iter().flat_map(|page| page.records.iter());
    for record in records().filter(|record| !matches!(record, Record::Contact(..))) {
        put(view, record.clone());
    }
    for record in records().filter(|record| matches!(record, Record::Contact(..))) {
        put(view, record.clone());
    }
}

/// What is complete: the catalogue once its scopes are, a store once its desk scope is.
pub(super) fn mark_known(view: &mut View, cursors: &[Cursor], granted: &[(Scope, GrantId)]) {
    let is_read = |wanted: Scope| cursors.iter().any(|cursor| cursor.scope == wanted);
    let internal_wanted = granted.iter().any(|(scope, _)| *scope == Scope::BrandInternal);
    view.known.catalogue = is_read(Scope::BrandPublic) && (!internal_wanted || is_read(Scope::BrandInternal));
    view.known.all_of.clear();
    view.known.all_of.extend(cursors.iter().filter_map(|cursor| match cursor.scope {
        Scope::Desk(store) => Some(store),
        _ => None,
    }));
}

/// Puts what everybody may read of an earlier view under one that has not read it yet.
pub(super) fn keep_public(view: &mut View, before: &View, cursors: &[Cursor]) {
    if !view.known.catalogue {
        view.catalogue = Arc::clone(&before.catalogue);
    }
    if !cursors.iter().any(|cursor| matches!(cursor.scope, Scope::Busy(_))) {
        view.busy = before.busy.clone();
    }
}

fn catalogue(view: &mut View) -> &mut Catalogue {
    Arc::make_mut(&mut view.catalogue)
}

fn put(view: &mut View, record: Record) {
    match record {
        Record::Store(store) => catalogue(view).stores.insert(store.id, store),
        Record::Service(service) => catalogue(view).services.insert(service.id, service),
        Record::Staff(staff) => catalogue(view).staff.insert(staff.id, staff),
        Record::Shift(shift) => catalogue(view).shifts.insert(shift.id, shift),
        Record::Booking(booking) => view.bookings.insert(booking.id, booking),
        Record::Block(block) => view.blocks.insert(block.id, block),
        Record::Member(member) => put_member(view, member),
        Record::Contact(member, numbers) => {
            if let Some(member) = view.members.get_mut(&member) {
                member.contact.value = numbers.typed;
                member.verified = numbers.verified;
            }
        }
        Record::Attention(attention) => view.attention.insert(attention.id, attention),
        Record::Busy(busy) => view.busy.insert((busy.resource, busy.day), busy),
        Record::Gone(key) => remove(view, key),
    }
}

/// A masked record must not hide the numbers that another scope brought, nor a glimpse what another store knows.
fn put_member(view: &mut View, mut member: Member) {
    if let Some(known) = view.members.get_mut(&member.id) {
        if member.stores.is_empty() && !known.stores.is_empty() {
            known.introduced = member.introduced;
            return;
        }
        let is_masked = |new: &Contact, old: &Contact| new.phone.is_none() && new.masked == old.masked;
        if is_masked(&member.contact.value, &known.contact.value) {
            member.contact.value = known.contact.value.clone();
        }
        if let (Some(new), Some(old)) = (&mut member.verified, &known.verified)
            && is_masked(new, old)
        {
            *new = old.clone();
        }
    }
    view.members.insert(member.id, member);
}

fn remove(view: &mut View, RecordKey { kind, id, day }: RecordKey) {
    match kind {
        RecordKind::Store => catalogue(view).stores.remove(&StoreId(id)),
        RecordKind::Service => catalogue(view).services.remove(&ServiceId(id)),
        RecordKind::Staff => catalogue(view).staff.remove(&StaffId(id)),
        RecordKind::Shift => catalogue(view).shifts.remove(&ShiftId(id)),
        RecordKind::Booking => view.bookings.remove(&BookingId(id)),
        RecordKind::Block => view.blocks.remove(&BlockId(id)),
        RecordKind::Member | RecordKind::Contact => view.members.remove(&MemberId(id)),
        RecordKind::Attention => view.attention.remove(&AttentionId(id)),
        RecordKind::Busy => view.busy.remove(&(ResourceId(id), day)),
    }
}
