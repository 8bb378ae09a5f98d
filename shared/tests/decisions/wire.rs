//! What devices and server say to each other: names of feeds, numbers of records, who may read what, and what an answer means.

use std::collections::BTreeSet;

use shared::attention::Attention;
use shared::block::Block;
use shared::booking::Booking;
use shared::busy_day::BusyDay;
use shared::elsewhere::Elsewhere;
use shared::envelope::Envelope;
use shared::id::{CommandId, StoreId};
use shared::member::{Member, Numbers};
use shared::noun::{Kind, RecordKind};
use shared::record::{KINDS, Received, Record, RecordSet, WireRecord};
use shared::resource::Resource;
use shared::resource_type::ResourceType;
use shared::role::{Actor, Principal, Role};
use shared::roster::Shift;
use shared::rotation::Rotation;
use shared::scope::{Scope, may_read};
use shared::service::Service;
use shared::staff::Staff;
use shared::staff_assignment::StaffAssignment;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::Store;
use shared::sync::client::{Next, after};
use shared::sync::{Answer, Outcome, ReplicaState};
use shared::waitlist_entry::WaitlistEntry;
use uuid::Uuid;

use super::salon::*;

fn scopes() -> [(Scope, String); 7] {
    let id = |number: u128| Uuid::from_u128(number).to_string();
    [
        (Scope::BrandPublic, "brand/public".into()),
        (Scope::BrandInternal, "brand/internal".into()),
        (Scope::Desk(STORE), format!("store/{}/desk", id(1))),
        (Scope::Members(STORE), format!("store/{}/members", id(1))),
        (Scope::Contacts(STORE), format!("store/{}/contacts", id(1))),
        (Scope::Busy(STORE), format!("store/{}/busy", id(1))),
        (Scope::User(XIAOMAN), format!("user/{}", id(301))),
    ]
}

#[test]
fn a_feed_is_written_as_its_address_and_read_back() {
    for (scope, text) in scopes() {
        assert_eq!((scope.to_string(), text.parse()), (text, Ok(scope)));
    }
    for text in ["", "brand", "brand/secret", "brand/public/desk", "store/1/desk", "user/me", "shop/public"] {
        assert!(text.parse::<Scope>().is_err(), "{text}");
    }
    let unknown = format!("store/{}/chairs", Uuid::from_u128(1));
    assert!(unknown.parse::<Scope>().is_err());
}

fn readable(actor: &Actor) -> Vec<Scope> {
    scopes().into_iter().map(|(scope, _)| scope).filter(|scope| may_read(actor, *scope)).collect()
}

#[test]
fn everybody_reads_the_menu_and_the_busy_times_and_the_rest_is_for_those_it_concerns() {
    let anonymous = Actor { principal: Principal::Anonymous, grants: Vec::new(), staff: None };
    let public = [Scope::BrandPublic, Scope::Busy(STORE)];
    assert_eq!(readable(&anonymous), public);
    assert_eq!(readable(&phone_of(XIAOMAN).actor), [Scope::BrandPublic, Scope::Busy(STORE), Scope::User(XIAOMAN)]);
    assert_eq!(readable(&phone_of(CHEN_MO).actor), public);
    let internal = [Scope::BrandPublic, Scope::BrandInternal, Scope::Busy(STORE)];
    assert_eq!(readable(&other_reception().actor), internal, "another store's reception");
    let house: Vec<Scope> = scopes().into_iter().map(|(scope, _)| scope).filter(|scope| *scope != Scope::User(XIAOMAN)).collect();
    assert_eq!(readable(&owner().actor), house);
    assert_eq!(readable(&staff_with(Role::StoreManager).actor), house);
    assert!(may_read(&system().actor, Scope::BrandInternal));
}

#[test]
fn every_kind_of_record_keeps_its_number_and_no_two_share_one() {
    let numbered = [
        (Store::KIND, 1),
        (Service::KIND, 2),
        (Staff::KIND, 3),
        (Shift::KIND, 4),
        (ResourceType::KIND, 11),
        (Resource::KIND, 12),
        (StaffAssignment::KIND, 16),
        (Booking::KIND, 5),
        (Block::KIND, 6),
        (Elsewhere::KIND, 13),
        (Member::KIND, 7),
        (Numbers::KIND, 8),
        (Attention::KIND, 9),
        (BusyDay::KIND, 10),
        (WaitlistEntry::KIND, 14),
        (Rotation::KIND, 15),
    ];
    for (kind, number) in numbered {
        assert_eq!((kind.number(), RecordKind::of_number(number)), (number, kind));
    }
    assert_eq!(numbered.map(|(kind, _)| kind), KINDS);
}

#[test]
fn phones_read_every_kind_that_comes_in_their_feeds_and_no_other() {
    for record in super::golden::records() {
        let wired = WireRecord::from(record.clone());
        let is_theirs = |scope: &Scope| matches!(scope, Scope::BrandPublic | Scope::Busy(_) | Scope::User(_));
        let mut feeds = record.feeds();
        if let Record::Booking(booking) = &record {
            feeds = Record::from(Booking { account: Some(XIAOMAN), ..booking.as_ref().clone() }).feeds();
        }
        // What an account is told of people comes with their account.
        let is_read = feeds.iter().any(|(scope, _)| is_theirs(scope)) || matches!(record, Record::Member(_) | Record::Numbers(_));
        let expected = if is_read { Received::Record(record.clone()) } else { Received::Unknown };
        assert_eq!(RecordSet::MEMBER.open(&wired), expected);
        assert_eq!(RecordSet::ALL.open(&wired), Received::Record(record));
        let gone = WireRecord::gone(wired.key);
        assert_eq!(RecordSet::MEMBER.open(&gone), Received::Gone(wired.key));
    }
}

fn waiting(number: u64) -> Envelope {
    let uuid = CommandId(Uuid::from_u128(u128::from(number)));
    Envelope { number, uuid, actor: None, hlc: Stamp::default(), base: 0, kind: 2, version: 1, payload: Vec::new() }
}

fn answers(numbers: &[u64]) -> (Vec<Answer>, Vec<CommandId>) {
    let answer = |number: &u64| Answer { number: *number, uuid: waiting(*number).uuid, outcome: Outcome::Applied };
    let answers: Vec<Answer> = numbers.iter().map(answer).collect();
    let uuids = answers.iter().map(|answer| answer.uuid).collect();
    (answers, uuids)
}

#[test]
fn an_outbox_whose_every_command_is_answered_is_empty_and_says_so() {
    let outbox = [waiting(1), waiting(2)];
    let (all, answered) = answers(&[1, 2]);
    assert_eq!(after(&outbox, &all, &ReplicaState::At(2)), Next::Idle { answered: answered.clone() });
    assert_eq!(after(&outbox, &all, &ReplicaState::None), Next::Idle { answered: answered.clone() });
    assert_eq!(after(&[], &[], &ReplicaState::At(2)), Next::Idle { answered: Vec::new() });
    let longer = [waiting(1), waiting(2), waiting(3)];
    assert_eq!(after(&longer, &all, &ReplicaState::At(2)), Next::Again { answered });
}

#[test]
fn an_answer_to_what_is_not_in_the_outbox_is_nobodys() {
    let outbox = [waiting(4), waiting(5)];
    let (both, _) = answers(&[3, 4]);
    let (_, known) = answers(&[4]);
    assert_eq!(after(&outbox, &both, &ReplicaState::At(4)), Next::Again { answered: known });
}

#[test]
fn who_was_answered_further_than_they_sent_takes_a_new_identity_at_once() {
    let outbox = [waiting(4), waiting(5)];
    let next = |last| after(&outbox, &[], &ReplicaState::At(last));
    assert_eq!(next(3), Next::Again { answered: Vec::new() });
    assert_eq!(next(4), Next::Renumber { answered: Vec::new() });
}

#[test]
fn a_store_or_person_is_found_under_one_key_per_kind_of_record() {
    use shared::record::Record;
    let catalogue = Salon::open().view.records.catalogue;
    let store = |id: StoreId| shared::store::Store { id, ..catalogue.stores[&STORE].clone() };
    let keys: BTreeSet<_> = [
        Record::from(store(STORE)).key(),
        Record::from(store(OTHER_STORE)).key(),
        Record::from(catalogue.services[&CUT].clone()).key(),
        Record::from(catalogue.staff[&JJ].clone()).key(),
    ]
    .into();
    let named: Vec<_> = keys.into_iter().map(|key| (key.kind, key.id, key.day)).collect();
    let expected = [(Store::KIND, STORE.0, 0), (Store::KIND, OTHER_STORE.0, 0), (Service::KIND, CUT.0, 0), (Staff::KIND, JJ.0, 0)];
    assert_eq!(named, expected);
}

#[test]
fn a_state_is_written_in_logs_and_columns_as_devices_write_it() {
    use StateKind::{
        Cancelled, CheckedIn, Completed, Confirmed, Declined, Displaced, Expired, Held, InService, NoShow, Requested, Waiting,
    };
    use shared::state_kind::StateKind;
    let kinds = [Held, Requested, Confirmed, Waiting, CheckedIn, InService, Completed, Expired, Declined, Cancelled, NoShow, Displaced];
    for kind in kinds {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    assert_eq!((Held.name(), InService.name()), ("held", "in_service"));
}

#[test]
fn a_desk_keeps_a_visit_for_five_weeks_and_its_guest_for_ever() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let visit = Record::from(salon.booking(1).clone());
    let later = |minutes: i64| at(15, 0).plus_minutes(35 * 1440 + minutes);
    assert!(visit.is_kept(Scope::Desk(STORE), later(0)));
    assert!(!visit.is_kept(Scope::Desk(STORE), later(1)));
    assert!(visit.is_kept(Scope::User(XIAOMAN), later(1)));
}
