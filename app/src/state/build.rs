//! From records to a [`View`]. Pure.

use std::sync::Arc;

use shared::id::{AttentionId, BlockId, BookingId, GrantId, MemberId, ResourceId, ServiceId, ShiftId, StaffId, StoreId};
use shared::member::{Contact, Member};
use shared::role::Principal;
use shared::session::Session;
use shared::sync::{Cursor, Page, Record, RecordKey, RecordKind, Scope};
use shared::view::{Catalogue, View};

/// A view of everything that is cached.
pub(super) fn whole(records: Vec<(Scope, Record)>, session: Option<&Session>) -> View {
    let mut view = View::default();
    let (contacts, others): (Vec<_>, Vec<_>) = records.into_iter().partition(|(_, record)| matches!(record, Record::Contact(..)));
    for (_, record) in others {
        put(&mut view, record);
    }
    if shows_numbers(&view, session) {
        contacts.into_iter().for_each(|(_, record)| put(&mut view, record));
    }
    view
}

/// Whether whoever is at the device sees whole numbers. On a tablet, which has them for the reception, somebody who serves guests sees by
/// PIN what their own login would show: masks.
fn shows_numbers(view: &View, session: Option<&Session>) -> bool {
    let claimed = session.filter(|session| matches!(session.principal, Principal::Device(_))).and_then(|session| session.staff);
    let person = claimed.and_then(|staff| view.catalogue.staff.get(&staff));
    person.is_none_or(|person| person.skills.is_empty())
}

/// Whether pages can be put on top of a view. Where not (a scope starts anew, a member leaves one of several scopes), the view
/// is built again from the cache.
pub(super) fn is_incremental(pages: &[Page], gone: &[Scope]) -> bool {
    let leaves = |record: &Record| matches!(record, Record::Gone(RecordKey { kind: RecordKind::Member | RecordKind::Contact, .. }));
    gone.is_empty() && pages.iter().all(|page| !page.fresh && !page.records.iter().any(leaves))
}

/// Puts pages on top; contacts last, because they belong to members.
pub(super) fn put_pages(view: &mut View, pages: &[Page], session: Option<&Session>) {
    let records = || pages.iter().flat_map(|page| page.records.iter());
    for record in records().filter(|record| !matches!(record, Record::Contact(..))) {
        put(view, record.clone());
    }
    if !shows_numbers(view, session) {
        return;
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

#[cfg(test)]
mod tests {
    use shared::id::DeviceId;
    use shared::member::{Contact, Group, Numbers, Profile};
    use shared::name::{Language, Name};
    use shared::phone::Phone;
    use shared::region::Region;
    use shared::role::Channel;
    use shared::staff::Staff;
    use shared::time::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn person(number: u128, skills: Vec<ServiceId>) -> Staff {
        Staff {
            id: StaffId(Uuid::from_u128(number)),
            name: Name::only("阿杰"),
            level: 1,
            title: Name::default(),
            gender: None,
            stores: Vec::new(),
            skills,
            online: true,
            active: true,
            written: None,
        }
    }

    fn tablet(staff: StaffId) -> Session {
        Session {
            principal: Principal::Device(DeviceId(Uuid::nil())),
            account: None,
            staff: Some(staff),
            name: String::new(),
            grants: Vec::new(),
            scopes: Vec::new(),
            store: None,
            language: Language::Chinese,
            phone_masked: None,
        }
    }

    #[test]
    fn a_stylist_sees_by_pin_the_masks_that_their_own_login_would_show() {
        let (stylist, reception) = (person(1, vec![ServiceId(Uuid::nil())]), person(2, Vec::new()));
        let (stylist_id, reception_id) = (stylist.id, reception.id);
        let contact = Contact::of(Phone::parse("13800138000", Region::Cn).ok());
        let member = Member {
            id: MemberId(Uuid::from_u128(3)),
            account: None,
            name: Group::new("林小满".to_owned()),
            contact: Group::new(contact.without_number()),
            verified: None,
            profile: Group::new(Profile::default()),
            notes: Group::new(String::new()),
            allergies: Group::new(String::new()),
            tags: Group::new(Vec::new()),
            tier: 0,
            stores: Vec::new(),
            introduced: Vec::new(),
            registered_at: Timestamp(0),
            channel: Channel::Desk,
            consent: None,
            alias_of: None,
        };
        let id = member.id;
        let records = [
            Record::Contact(id, Numbers { typed: contact, verified: None }),
            Record::Staff(stylist),
            Record::Staff(reception),
            Record::Member(member),
        ];
        let records: Vec<_> = records.into_iter().map(|record| (Scope::BrandPublic, record)).collect();
        let number = |session: Option<&Session>| whole(records.clone(), session).members[&id].contact.value.phone.is_some();
        assert!(!number(Some(&tablet(stylist_id))));
        assert!(number(Some(&tablet(reception_id))));
        assert!(number(None));
    }
}
