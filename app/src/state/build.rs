//! From records to a [`View`]. Pure.

use std::sync::Arc;

use shared::api::sign_in::Session;
use shared::id::GrantId;
use shared::record::{Received, Record, told_in_several_feeds};
use shared::role::Principal;
use shared::scope::Scope;
use shared::sync::{Cursor, Page};
use shared::view::View;

use crate::local_db::reads::reads;

/// A view of everything that is cached.
pub(super) fn whole(records: Vec<(Scope, Record)>, session: Option<&Session>) -> View {
    let mut view = View::default();
    let (contacts, others): (Vec<_>, Vec<_>) = records.into_iter().partition(|(scope, _)| matches!(scope, Scope::Contacts(_)));
    others.into_iter().for_each(|(_, record)| view.put(record));
    if shows_numbers(&view, session) {
        contacts.into_iter().for_each(|(_, record)| view.put(record));
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

/// Whether pages can be put on top of a view. Where not (a scope starts anew, a record leaves one of several scopes), the view is built
/// again from the cache.
pub(super) fn is_incremental(pages: &[Page], gone: &[Scope]) -> bool {
    let leaves = |page: &Page| page.records.iter().any(|record| record.is_gone() && told_in_several_feeds(record.key.kind));
    gone.is_empty() && pages.iter().all(|page| !page.fresh && !leaves(page))
}

/// Puts pages on top; contacts last, because who works here says whether they are shown.
pub(super) fn put_pages(view: &mut View, pages: &[Page], session: Option<&Session>) {
    let (contacts, others): (Vec<&Page>, Vec<&Page>) = pages.iter().partition(|page| matches!(page.scope, Scope::Contacts(_)));
    others.into_iter().for_each(|page| put_page(view, page));
    if shows_numbers(view, session) {
        contacts.into_iter().for_each(|page| put_page(view, page));
    }
}

fn put_page(view: &mut View, page: &Page) {
    for received in page.received_by(reads()) {
        match received {
            Received::Record(record) => view.put(record),
            Received::Gone(key) => view.remove(&key),
            Received::Unknown => {}
        }
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

#[cfg(test)]
mod tests {
    use shared::id::{DeviceId, MemberId, ServiceId, StaffId, StoreId};
    use shared::member::{Contact, Group, Numbers, Profile};
    use shared::name::{Language, Name};
    use shared::phone::Phone;
    use shared::region::Region;
    use shared::role::Channel;
    use shared::staff::Staff;
    use shared::time::Timestamp;
    use uuid::Uuid;

    use shared::member::Member;

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
        let store = StoreId(Uuid::nil());
        let records: Vec<(Scope, Record)> = vec![
            (Scope::Contacts(store), Numbers { member: id, typed: contact.into(), verified: None }.into()),
            (Scope::BrandPublic, stylist.into()),
            (Scope::BrandPublic, reception.into()),
            (Scope::Members(store), member.into()),
        ];
        let number = |session: Option<&Session>| whole(records.clone(), session).members[&id].contact.value.phone.is_some();
        assert!(!number(Some(&tablet(stylist_id))));
        assert!(number(Some(&tablet(reception_id))));
        assert!(number(None));
    }
}
