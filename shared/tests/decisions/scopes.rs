//! What is outside of an actor's scopes does not exist for it, in whatever field it is named.

use std::sync::Arc;

use shared::attention::AttentionKind;
use shared::booking::{CancelledBy, Subject};
use shared::command::*;
use shared::id::{AccountId, LegalEntityId, MemberId, ServiceId, StaffId};
use shared::member::MemberGroup;
use shared::refusal::Refusal;
use shared::role::{Grant, Role};
use shared::service::{PriceOverride, Whom};
use shared::staff_preference::StaffPreference;
use shared::store::Rules;
use shared::visit_request::RequestedLine;
use uuid::Uuid;

use super::salon::*;

const LIN: MemberId = MemberId(Uuid::from_u128(601));
const MING: StaffId = StaffId(Uuid::from_u128(109));

fn not_found(kind: &str) -> Refusal {
    Refusal::NotFound { kind: kind.into() }
}

/// Two stores; the first one knows Xiaoman, who registered from her phone.
fn salon() -> Salon {
    let mut salon = Salon::with_two_stores();
    let register =
        RegisterMember { member: LIN, account: None, store: Some(STORE), name: "林小满".into(), phone: None, consent: consent() };
    salon.give(&phone_of(XIAOMAN), &Command::RegisterMember(register)).unwrap();
    // She has booked there.
    salon.view.members.get_mut(&LIN).unwrap().introduce(STORE);
    salon
}

fn visit(account: Option<AccountId>, subject: Subject, payer: Option<MemberId>) -> Book {
    let Command::Book(wanted) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    let lines = vec![RequestedLine { subject, payer, ..wanted.lines[0].clone() }];
    Book { account, lines, ..wanted }
}

fn guest() -> Subject {
    Subject::Guest { name: "朋友".into() }
}

#[test]
fn a_store_books_for_nobody_it_does_not_know() {
    let mut salon = salon();
    let there = |book: Book| Book { store: OTHER_STORE, ..book };
    for named in [visit(None, Subject::Member(LIN), None), visit(None, guest(), Some(LIN))] {
        assert_eq!(salon.give(&other_reception(), &Command::Book(there(named.clone()))), Err(not_found("member")));
        let Book { lines, note, .. } = named;
        let walk_in = SeatWalkIn { store: OTHER_STORE, booking: booking_id(2), lines: lines.clone(), note: note.clone() };
        assert_eq!(salon.give(&other_reception(), &Command::SeatWalkIn(walk_in)), Err(not_found("member")));
        let (booking, reason) = (booking_id(3), "熟客".to_owned());
        let squeeze = Squeeze { store: OTHER_STORE, booking, account: None, lines, note, reason: reason.into() };
        assert_eq!(salon.give(&other_reception(), &Command::Squeeze(squeeze)), Err(not_found("member")));
    }
    assert_eq!(salon.view.members[&LIN].stores, [STORE]);
}

#[test]
fn a_desk_names_only_the_account_of_somebody_in_the_visit() {
    let mut salon = salon();
    for (account, subject) in [(XIAOMAN, guest()), (CHEN_MO, Subject::Member(LIN))] {
        let wanted = visit(Some(account), subject, None);
        assert_eq!(salon.give(&desk(), &Command::Book(wanted.clone())), Err(not_found("account")));
        let Book { store, lines, note, .. } = wanted;
        let (booking, reason) = (booking_id(3), "熟客".to_owned());
        let squeeze = Squeeze { store, booking, account: Some(account), lines, note, reason: reason.into() };
        assert_eq!(salon.give(&desk(), &Command::Squeeze(squeeze)), Err(not_found("account")));
    }
    salon.give(&desk(), &Command::Book(visit(Some(XIAOMAN), guest(), Some(LIN)))).unwrap();
}

#[test]
fn the_desk_of_another_store_cannot_tell_which_bookings_there_are() {
    let mut salon = salon();
    salon.promise(1, StaffPreference::Any, at(14, 0));
    let mut asks = |store, number| {
        let (booking, by, reason) = (booking_id(number), CancelledBy::Store, String::new());
        let cancel = Command::Cancel(Cancel { store, booking, by, reason: reason.into() });
        let reschedule = Command::Move(Move { store, booking, starts_at: at(15, 0), staff_preferences: Vec::new(), override_reason: None });
        [cancel, reschedule, Command::Release(Release { store, booking })].map(|command| salon.give(&other_reception(), &command))
    };
    assert_eq!(asks(STORE, 1), asks(STORE, 77));
    assert_eq!(asks(OTHER_STORE, 1), asks(OTHER_STORE, 77));
    assert!(asks(STORE, 1).iter().all(Result::is_err));
}

fn edit(member: MemberId, base: u32, text: &str) -> Command {
    let edits = vec![GroupEdit { base, value: GroupValue::Allergies(text.into()) }];
    Command::EditMember(EditMember { store: None, member, edits })
}

#[test]
fn a_member_writes_into_no_inbox_of_a_store_that_does_not_know_her() {
    let mut salon = salon();
    let Command::EditMember(elsewhere) = edit(LIN, 0, "青霉素") else { unreachable!() };
    let elsewhere = Command::EditMember(EditMember { store: Some(OTHER_STORE), ..elsewhere });
    assert_eq!(salon.give(&phone_of(XIAOMAN), &elsewhere), Err(not_found("store")));
}

#[test]
fn however_often_somebody_loses_there_is_one_entry_to_look_at() {
    let mut salon = salon();
    salon.now = at(12, 0);
    salon.give(&phone_of(XIAOMAN), &edit(LIN, 0, "无")).unwrap();
    for minute in 0..40 {
        let late = Who { replica: OTHER_DESK, ..phone_of(XIAOMAN).offline_since(100, at(10, minute)) };
        salon.give(&late, &edit(LIN, 99, "花生")).unwrap();
    }
    let entries: Vec<_> = salon.view.attention.values().map(|entry| entry.about.clone()).collect();
    assert_eq!(entries, [AttentionKind::Superseded { member: LIN, group: MemberGroup::Allergies }]);
}

#[test]
fn a_manager_takes_nobody_over_who_works_for_another_store() {
    let mut salon = salon();
    let mut ming = salon.view.catalogue.staff[&JJ].clone();
    (ming.id, ming.stores) = (MING, vec![OTHER_STORE]);
    Arc::make_mut(&mut salon.view.catalogue).staff.insert(MING, ming.clone());
    ming.stores.push(STORE);
    let manager = staff_with(Role::StoreManager);
    assert_eq!(salon.give(&manager, &Command::PutStaff(PutStaff::of(ming.clone(), 0))), Err(not_found("staff")));
    salon.give(&owner(), &Command::PutStaff(PutStaff::of(ming, 0))).unwrap();
}

#[test]
fn what_a_record_names_must_be_there() {
    let mut salon = salon();
    let nobody = Uuid::from_u128(0xdead);
    let mut jj = salon.view.catalogue.staff[&JJ].clone();
    jj.skills.push(ServiceId(nobody));
    assert_eq!(salon.give(&owner(), &Command::PutStaff(PutStaff::of(jj, 0))), Err(not_found("service")));
    let own_price = |whom, store| {
        let mut service = Salon::open().view.catalogue.services[&CUT].clone();
        service.terms = vec![PriceOverride { whom, store, price: Some(None), minutes: None }];
        Command::PutService(PutService::of(service, 0))
    };
    assert_eq!(salon.give(&owner(), &own_price(Whom::Staff(StaffId(nobody)), None)), Err(not_found("staff")));
    assert_eq!(salon.give(&owner(), &own_price(Whom::Everyone, Some(nobody.into()))), Err(not_found("store")));
    salon.give(&owner(), &own_price(Whom::Staff(JJ), Some(STORE))).unwrap();
}

#[test]
fn a_manager_gives_the_store_to_nobody_and_shows_its_members_to_nobody() {
    let mut salon = salon();
    let manager = staff_with(Role::StoreManager);
    let mut store = salon.view.catalogue.stores[&STORE].clone();
    store.legal_entity = LegalEntityId(Uuid::from_u128(66));
    let put = Command::PutStore(PutStore::of(store, 0));
    assert_eq!(salon.give(&manager, &put), Err(Refusal::NotAllowed));
    salon.give(&owner(), &put).unwrap();
    let shares =
        Command::PutRules(PutRules { store: STORE, rules: RulesForm::from(Rules { shares_members: true, ..Rules::default() }), base: 0 });
    assert_eq!(salon.give(&manager, &shares), Err(Refusal::NotAllowed));
    salon.give(&owner(), &shares).unwrap();
}

#[test]
fn terms_that_somebody_has_agreed_to_stay_published() {
    let mut salon = salon();
    salon.rules(|rules| rules.terms_version = 2);
    let refused = salon.give(&owner(), &Command::PutRules(PutRules { store: STORE, rules: RulesForm::from(Rules::default()), base: 0 }));
    assert_eq!(refused, Err(Refusal::Invalid { field: "terms_version".into() }));
}

#[test]
fn a_receptionist_of_two_stores_books_for_the_members_of_each_in_each() {
    let mut salon = salon();
    let mut both = desk();
    both.actor.grants.push(Grant { role: Role::Receptionist, store: Some(OTHER_STORE) });
    let there = Book { store: OTHER_STORE, ..visit(None, Subject::Member(LIN), None) };
    assert_eq!(salon.give(&both, &Command::Book(there)), Err(not_found("member")));
    salon.give(&both, &Command::Book(visit(None, Subject::Member(LIN), None))).unwrap();
}

#[test]
fn a_technician_cannot_tell_which_members_there_are() {
    let mut salon = salon();
    let mut asks = |member| {
        let edits = vec![GroupEdit { base: 0, value: GroupValue::Notes("常客".into()) }];
        salon.give(&staff_with(Role::Technician), &Command::EditMember(EditMember { store: Some(STORE), member, edits }))
    };
    assert_eq!(asks(LIN), Err(Refusal::NotAllowed));
    assert_eq!(asks(LIN), asks(MemberId(Uuid::from_u128(0xdead))));
}

#[test]
fn nothing_is_taken_back_in_a_store_that_does_not_exist() {
    let unblock = Unblock { store: Uuid::from_u128(0xdead).into(), block: Uuid::from_u128(1).into() };
    assert_eq!(salon().give(&owner(), &Command::Unblock(unblock)), Err(not_found("store")));
}

#[test]
fn who_only_holds_a_time_is_not_known_yet_and_who_books_is() {
    let mut salon = salon();
    let lines = vec![RequestedLine { subject: Subject::Member(LIN), ..visit(None, guest(), None).lines[0].clone() }];
    let hold = Hold { store: OTHER_STORE, booking: booking_id(1), lines };
    staff_works_there_too(&mut salon);
    salon.give(&Who { number: 0, ..phone_of(XIAOMAN) }, &Command::Hold(hold)).unwrap();
    assert_eq!(salon.view.members[&LIN].stores, [STORE]);
    salon.give(&phone_of(XIAOMAN), &Command::Book(Book { store: OTHER_STORE, ..visit(None, Subject::Member(LIN), None) })).unwrap();
    assert_eq!(salon.view.members[&LIN].stores, [STORE, OTHER_STORE]);
}

#[test]
fn a_store_that_has_forgotten_somebody_does_not_learn_of_them_again_by_a_visit_that_moves() {
    let mut salon = salon();
    salon.give(&phone_of(XIAOMAN), &Command::Book(visit(None, Subject::Member(LIN), None))).unwrap();
    salon.view.members.get_mut(&LIN).unwrap().stores.clear();
    let moved = Move { store: STORE, booking: booking_id(1), starts_at: at(16, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&phone_of(XIAOMAN), &Command::Move(moved)).unwrap();
    assert_eq!(salon.view.members[&LIN].stores, []);
}

#[test]
fn who_comes_is_known_from_then_on_where_the_store_had_found_them_and_nowhere_else() {
    for (found, stores) in [(true, vec![STORE]), (false, vec![])] {
        let mut salon = salon();
        salon.give(&desk(), &Command::Book(visit(None, Subject::Member(LIN), None))).unwrap();
        let lin = salon.view.members.get_mut(&LIN).unwrap();
        lin.stores.clear();
        lin.introduced = if found { vec![STORE] } else { Vec::new() };
        salon.give(&desk(), &Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None })).unwrap();
        assert_eq!(salon.view.members[&LIN].stores, stores);
    }
}

/// The people of the first store work in the second too.
fn staff_works_there_too(salon: &mut Salon) {
    let catalogue = Arc::make_mut(&mut salon.view.catalogue);
    for staff in [JJ, KELLY, BECKY] {
        catalogue.staff.get_mut(&staff).unwrap().stores.push(OTHER_STORE);
    }
    let shifts: Vec<_> = catalogue.shifts.values().cloned().collect();
    for shift in shifts {
        let id = shared::id::ShiftId(Uuid::from_u128(shift.id.0.as_u128() + 5000));
        catalogue.shifts.insert(id, shared::roster::Shift { id, store: OTHER_STORE, ..shift });
    }
}
