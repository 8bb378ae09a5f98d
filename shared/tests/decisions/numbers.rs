//! Whose number is whose: typed is not proven, and only a code that the person says makes it so.

use shared::booking::Subject;
use shared::command::{Book, CheckIn, Command, EditMember, FindMember, GroupEdit, GroupValue, ProfileForm, ProveNumber, RegisterMember};
use shared::decision::Decision;
use shared::id::{AccountId, MemberId, StoreId};
use shared::member::{Consent, Member, PRIVACY_VERSION};
use shared::phone::Phone;
use shared::refusal::Refusal;
use shared::region::Region;
use shared::staff_preference::StaffPreference;
use shared::time::LocalDate;
use uuid::Uuid;

use super::salon::*;

pub const LIN: MemberId = MemberId(Uuid::from_u128(601));
pub const AGAIN: MemberId = MemberId(Uuid::from_u128(602));

pub fn number() -> Phone {
    Phone::parse("13800138000", Region::Cn).unwrap()
}

pub fn registration(member: MemberId, store: Option<StoreId>, phone: Option<Phone>) -> RegisterMember {
    RegisterMember { member, account: None, store, name: "林小满".into(), phone, consent: consent() }
}

pub fn register(member: MemberId, store: Option<StoreId>, phone: Option<Phone>) -> Command {
    Command::RegisterMember(registration(member, store, phone))
}

/// The salon in which Xiaoman has registered from her phone, and has booked in the store that knows her, if one does.
pub fn with_xiaoman(mut salon: Salon, store: Option<StoreId>) -> Salon {
    salon.view.account_numbers.insert(XIAOMAN, number());
    salon.give(&phone_of(XIAOMAN), &register(LIN, store, None)).unwrap();
    assert_eq!(lin(&salon).stores, [], "naming a store is not enough");
    if let Some(store) = store {
        salon.view.members.get_mut(&LIN).unwrap().introduce(store);
    }
    salon
}

pub fn lin(salon: &Salon) -> &Member {
    &salon.view.members[&LIN]
}

/// Gives a command as the server does that has looked at its code.
pub fn say_code(salon: &mut Salon, who: &Who, member: Option<MemberId>, proven: Option<AccountId>) -> Result<Decision, Refusal> {
    let store = who.actor.grants[0].store.unwrap();
    let command = Command::ProveNumber(ProveNumber { store, phone: number(), code: "042317".into(), member });
    salon.view.known.numbers.insert(number());
    let mut context = salon.context(&Who { number: 0, ..who.clone() });
    context.proven = proven;
    let decision = command.decide(&context, &salon.view)?;
    salon.commit(&decision);
    Ok(decision)
}

fn find(salon: &mut Salon) -> Result<Decision, Refusal> {
    let command = Command::FindMember(FindMember { store: OTHER_STORE, phone: number() });
    salon.give(&Who { number: 0, ..other_reception() }, &command)
}

fn not_found(kind: &str) -> Refusal {
    Refusal::NotFound { kind: kind.into() }
}

#[test]
fn somebody_who_registers_is_known_by_the_number_they_sign_in_with() {
    let salon = with_xiaoman(Salon::open(), None);
    assert_eq!(lin(&salon).verified.as_ref().unwrap().phone, Some(number()));
    assert!(!lin(&salon).has_unverified_number());
}

#[test]
fn a_code_does_not_take_a_record_that_goes_by_another_number() {
    let mut salon = Salon::open();
    let another = Phone::parse("13800137300", Region::Cn).unwrap();
    salon.give(&desk(), &register(LIN, Some(STORE), Some(another))).unwrap();
    assert_eq!(say_code(&mut salon, &desk(), Some(LIN), Some(CHEN_MO)), Err(Refusal::NumberDiffers));
    assert_eq!(lin(&salon).account, None);
    // It was a slip: the desk corrects the number, and the code is good.
    let edits = vec![GroupEdit { base: 0, value: GroupValue::Contact(Some(number())) }];
    salon.give(&desk(), &Command::EditMember(EditMember { store: Some(STORE), member: LIN, edits })).unwrap();
    say_code(&mut salon, &desk(), Some(LIN), Some(CHEN_MO)).unwrap();
    assert_eq!(lin(&salon).account, Some(CHEN_MO));
}

#[test]
fn one_account_registers_a_family_and_not_a_crowd() {
    let mut salon = Salon::open();
    salon.limits.people = 2;
    salon.view.account_numbers.insert(XIAOMAN, number());
    salon.now = at(11, 0);
    let backdated = phone_of(XIAOMAN).offline_since(0, at(9, 0));
    for one in 0..2 {
        salon.give(&backdated, &register(MemberId(Uuid::from_u128(610 + one)), Some(STORE), None)).unwrap();
    }
    let too_many = Refusal::TooMany { of: shared::refusal::MemberLimit::People, most: 2 };
    assert_eq!(salon.give(&phone_of(XIAOMAN), &register(LIN, None, None)), Err(too_many));
    let first = &salon.view.members[&MemberId(Uuid::from_u128(610))];
    assert_eq!((first.stores.as_slice(), first.registered_at), ([].as_slice(), at(11, 0)), "nothing by the phone's own word");
    salon.give(&desk(), &register(LIN, Some(STORE), None)).unwrap();
}

#[test]
fn nobody_registers_with_the_number_of_somebody_else() {
    let mut salon = Salon::open();
    salon.view.account_numbers.insert(CHEN_MO, Phone::parse("13900139000", Region::Cn).unwrap());
    let theirs = register(LIN, Some(STORE), Some(number()));
    assert_eq!(salon.give(&phone_of(CHEN_MO), &theirs), Err(Refusal::Invalid { field: "phone".into() }));
    assert!(salon.view.members.is_empty());
}

#[test]
fn what_the_desk_types_is_not_verified_and_links_no_account() {
    let mut salon = Salon::open();
    salon.give(&desk(), &register(LIN, Some(STORE), Some(number()))).unwrap();
    assert_eq!((lin(&salon).account, &lin(&salon).verified), (None, &None));
    assert!(lin(&salon).has_unverified_number());
    let linking = RegisterMember { account: Some(XIAOMAN), ..registration(AGAIN, Some(STORE), None) };
    assert_eq!(salon.give(&desk(), &Command::RegisterMember(linking)), Err(not_found("account")));
}

#[test]
fn a_new_number_that_the_desk_types_does_not_take_the_place_of_the_verified_one() {
    let mut salon = with_xiaoman(Salon::open(), Some(STORE));
    let typed = GroupValue::Contact(Phone::parse("13700137000", Region::Cn).ok());
    let edits = vec![GroupEdit { base: 0, value: typed }];
    salon.give(&desk(), &Command::EditMember(EditMember { store: Some(STORE), member: LIN, edits })).unwrap();
    assert_eq!(lin(&salon).number().phone, Some(number()));
    assert!(lin(&salon).has_unverified_number());
}

#[test]
fn nobody_is_registered_a_second_time_with_the_number_they_have_proven() {
    let mut salon = with_xiaoman(Salon::open(), Some(STORE));
    let again = register(AGAIN, Some(STORE), Some(number()));
    assert_eq!(salon.give(&desk(), &again), Err(Refusal::NumberKnown { member: LIN }));
    salon.give(&desk(), &register(AGAIN, Some(STORE), Phone::parse("13700137000", Region::Cn).ok())).unwrap();
}

#[test]
fn two_people_may_have_given_the_desk_one_number() {
    let mut salon = Salon::open();
    for member in [LIN, AGAIN] {
        salon.give(&desk(), &register(member, Some(STORE), Some(number()))).unwrap();
    }
    assert_eq!(salon.view.members.len(), 2);
}

#[test]
fn a_second_store_is_not_told_that_the_first_one_knows_the_number() {
    let mut salon = with_xiaoman(Salon::with_two_stores(), Some(STORE));
    salon.give(&other_reception(), &register(AGAIN, Some(OTHER_STORE), Some(number()))).unwrap();
    assert!(salon.view.members[&AGAIN].verified.is_none());
}

#[test]
fn nobody_becomes_a_member_at_the_desk_without_having_agreed_either() {
    let mut salon = Salon::open();
    let silent = RegisterMember { consent: None, ..registration(LIN, Some(STORE), None) };
    assert_eq!(salon.give(&desk(), &Command::RegisterMember(silent)), Err(Refusal::ConsentMissing));
    let unheard_of = RegisterMember { consent: Some(PRIVACY_VERSION + 1), ..registration(LIN, Some(STORE), None) };
    assert_eq!(salon.give(&desk(), &Command::RegisterMember(unheard_of)), Err(Refusal::Invalid { field: "consent".into() }));
}

#[test]
fn when_somebody_agreed_is_said_by_the_server() {
    let mut salon = Salon::open();
    salon.now = at(12, 0);
    salon.give(&desk().offline_since(100, at(9, 30)), &register(LIN, Some(STORE), None)).unwrap();
    assert_eq!(lin(&salon).consent, Some(Consent { version: PRIVACY_VERSION, at: at(12, 0) }));
}

#[test]
fn nobody_is_registered_into_a_store_that_does_not_exist() {
    let mut salon = Salon::open();
    let nowhere = register(LIN, Some(OTHER_STORE), None);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &nowhere), Err(not_found("store")));
    assert_eq!(salon.give(&desk(), &nowhere), Err(Refusal::NotAllowed));
    assert_eq!(salon.give(&owner(), &nowhere), Err(not_found("store")));
}

#[test]
fn a_code_said_at_the_desk_makes_the_record_that_of_the_person() {
    let mut salon = Salon::open();
    salon.give(&desk(), &register(LIN, Some(STORE), Some(number()))).unwrap();
    assert_eq!(say_code(&mut salon, &desk(), Some(LIN), None), Err(Refusal::WrongCode));
    assert!(lin(&salon).account.is_none());
    say_code(&mut salon, &desk(), Some(LIN), Some(XIAOMAN)).unwrap();
    assert_eq!(lin(&salon).account, Some(XIAOMAN));
    assert!(!lin(&salon).has_unverified_number(), "what was typed is what was proven");
}

#[test]
fn a_code_of_another_number_does_not_take_a_record_away_from_its_account() {
    let mut salon = with_xiaoman(Salon::open(), Some(STORE));
    assert_eq!(say_code(&mut salon, &desk(), Some(LIN), Some(CHEN_MO)), Err(Refusal::NotAllowed));
    assert_eq!(lin(&salon).account, Some(XIAOMAN));
}

#[test]
fn a_code_said_at_the_second_store_introduces_the_member_there() {
    let mut salon = with_xiaoman(Salon::with_two_stores(), Some(STORE));
    assert_eq!(say_code(&mut salon, &other_reception(), Some(LIN), Some(XIAOMAN)), Err(not_found("member")), "not its record yet");
    say_code(&mut salon, &other_reception(), None, Some(XIAOMAN)).unwrap();
    assert!(lin(&salon).is_known_at(OTHER_STORE) && lin(&salon).is_known_at(STORE));
}

#[test]
fn codes_and_numbers_are_only_for_who_stands_at_the_desk_now() {
    let mut salon = with_xiaoman(Salon::with_two_stores(), Some(STORE));
    salon.rules(|rules| rules.shares_members = true);
    let command = Command::FindMember(FindMember { store: OTHER_STORE, phone: number() });
    assert_eq!(salon.give(&Who { number: 7, ..other_reception() }, &command), Err(Refusal::NotAllowed));
    assert_eq!(salon.give(&Who { number: 0, ..desk() }, &command), Err(Refusal::NotAllowed), "of another store");
    assert_eq!(salon.give(&Who { number: 0, ..phone_of(CHEN_MO) }, &command), Err(Refusal::NotAllowed));
}

#[test]
fn a_number_typed_in_another_store_finds_nobody_unless_the_brand_shares_its_members() {
    let mut salon = with_xiaoman(Salon::with_two_stores(), Some(STORE));
    assert_eq!(find(&mut salon), Err(not_found("member")));
    salon.rules(|rules| rules.shares_members = true);
    find(&mut salon).unwrap();
    assert_eq!((&lin(&salon).stores[..], &lin(&salon).introduced[..]), (&[STORE][..], &[OTHER_STORE][..]));
    let decision = find(&mut salon).unwrap();
    assert!(decision.changes.is_empty(), "found twice is found once");
}

#[test]
fn a_typed_number_that_nobody_has_proven_is_not_shared() {
    let mut salon = Salon::with_two_stores();
    salon.rules(|rules| rules.shares_members = true);
    salon.give(&desk(), &register(LIN, Some(STORE), Some(number()))).unwrap();
    assert_eq!(find(&mut salon), Err(not_found("member")));
}

#[test]
fn a_store_that_found_somebody_sees_name_and_tier_until_they_come() {
    let mut salon = with_xiaoman(Salon::with_two_stores(), Some(STORE));
    salon.rules(|rules| rules.shares_members = true);
    find(&mut salon).unwrap();
    let seen = lin(&salon).glimpse(OTHER_STORE);
    assert_eq!((seen.name.value.as_str(), seen.tier, seen.account, &seen.verified), ("林小满", 0, None, &None));
    assert!(seen.stores.is_empty(), "nor which stores know her");
    let notes = vec![GroupEdit { base: 0, value: GroupValue::Notes("VIP".into()) }];
    let edit = Command::EditMember(EditMember { store: Some(OTHER_STORE), member: LIN, edits: notes });
    assert_eq!(salon.give(&other_reception(), &edit), Err(not_found("member")));
}

#[test]
fn whoever_comes_is_known_from_then_on_and_not_by_a_booking_that_the_desk_made() {
    let mut salon = with_xiaoman(Salon::open(), None);
    let lin_found = Member { introduced: vec![STORE], ..lin(&salon).clone() };
    salon.view.members.insert(LIN, lin_found);
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Any, at(10, 0)) else { unreachable!() };
    wanted.lines[0].subject = Subject::Member(LIN);
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    assert!(!lin(&salon).is_known_at(STORE));
    salon.now = at(10, 0);
    salon.give(&desk(), &Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None })).unwrap();
    assert!(lin(&salon).is_known_at(STORE) && lin(&salon).introduced.is_empty());
}

#[test]
fn birthdays_are_of_people_who_live() {
    let mut salon = with_xiaoman(Salon::open(), Some(STORE));
    let mut born = |date: &str| {
        let base = salon.view.members[&LIN].profile.version();
        let value = GroupValue::Profile(ProfileForm { birthday: LocalDate::parse(date), gender: None }.into());
        let edits = vec![GroupEdit { base, value }];
        salon.give(&phone_of(XIAOMAN), &Command::EditMember(EditMember { store: None, member: LIN, edits }))
    };
    for date in ["1899-12-31", "2026-11-22", "2900-01-01"] {
        assert_eq!(born(date), Err(Refusal::Invalid { field: "birthday".into() }), "{date}");
    }
    for date in ["1900-01-01", "2026-11-21"] {
        assert!(born(date).is_ok(), "{date}");
    }
}

#[test]
fn terms_that_were_never_published_were_not_agreed_to() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.terms_version = 3);
    let with = |version: u16| {
        let Command::Book(wanted) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
        Command::Book(Book { terms_version: version, ..wanted })
    };
    for version in [0, 4, u16::MAX] {
        assert_eq!(salon.give(&phone_of(XIAOMAN), &with(version)), Err(Refusal::Invalid { field: "terms_version".into() }), "{version}");
    }
    salon.give(&phone_of(XIAOMAN), &with(2)).unwrap();
}
