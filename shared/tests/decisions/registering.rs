//! Who registers whom, by which number, and from which day on somebody can have been born.

use shared::command::{Command, EditMember, GroupEdit, GroupValue, ProfileForm, RegisterMember, RuleSet};
use shared::id::AccountId;
use shared::member::Member;
use shared::noun::Noun;
use shared::phone::Phone;
use shared::refusal::Refusal;
use shared::region::Region;
use shared::time::LocalDate;

use super::numbers::{AGAIN, LIN, lin, number, register, registration, say_code, with_xiaoman};
use super::salon::*;

#[test]
fn an_account_registers_itself_by_its_own_number_and_by_no_other_name() {
    let mine = |account: Option<AccountId>, phone: Option<Phone>, known: Option<Phone>| {
        let mut salon = Salon::open();
        known.into_iter().for_each(|number| drop(salon.view.account_numbers.insert(XIAOMAN, number)));
        let registration = RegisterMember { account, ..registration(LIN, None, phone) };
        let context = salon.context(&phone_of(XIAOMAN));
        salon.view.known.absent.insert(Member::key_of(LIN));
        let decision = RuleSet::MEMBER.decide(&Command::RegisterMember(registration), &context, &salon.view)?;
        salon.commit(&decision);
        Ok(lin(&salon).account)
    };
    let other = Phone::parse("13700137000", Region::Cn).unwrap();
    assert_eq!(mine(Some(XIAOMAN), Some(number()), Some(number())), Ok(Some(XIAOMAN)));
    assert_eq!(mine(Some(CHEN_MO), None, Some(number())), Err(Refusal::NotAllowed));
    assert_eq!(mine(None, Some(number()), Some(other)), Err(Refusal::Invalid { field: "phone".into() }));
    assert_eq!(mine(None, Some(number()), None), Err(Refusal::Undecided), "a phone that does not know its own number cannot tell");
}

#[test]
fn only_what_comes_from_another_system_may_have_been_agreed_to_there() {
    let silent = || Command::RegisterMember(RegisterMember { consent: None, ..registration(LIN, Some(STORE), None) });
    let mut salon = Salon::open();
    salon.give(&system(), &silent()).unwrap();
    assert_eq!(lin(&salon).consent, None);
    assert_eq!(Salon::open().give(&phone_of(XIAOMAN), &silent()), Err(Refusal::ConsentMissing));
}

#[test]
fn a_code_introduces_everybody_with_that_number_and_links_the_one_who_was_named() {
    let mut salon = with_xiaoman(Salon::with_two_stores(), Some(STORE));
    salon.give(&other_reception(), &register(AGAIN, Some(OTHER_STORE), None)).unwrap();
    let decision = say_code(&mut salon, &other_reception(), Some(AGAIN), Some(XIAOMAN)).unwrap();
    assert_eq!(decision.changes.len(), 2);
    for member in [LIN, AGAIN] {
        let member = &salon.view.members[&member];
        assert!(member.is_known_at(OTHER_STORE) && member.account == Some(XIAOMAN));
        assert_eq!(member.verified.as_ref().unwrap().phone, Some(number()));
    }
}

#[test]
fn a_members_numbers_are_the_proven_one_and_what_was_typed_in_this_order() {
    let mut salon = with_xiaoman(Salon::open(), Some(STORE));
    let typed = Phone::parse("13700137000", Region::Cn).unwrap();
    let edits = vec![GroupEdit { base: 0, value: GroupValue::Contact(Some(typed.clone())) }];
    assert_eq!(lin(&salon).contact.version(), 0);
    salon.give(&desk(), &Command::EditMember(EditMember { store: Some(STORE), member: LIN, edits: edits.clone() })).unwrap();
    let numbers: Vec<_> = lin(&salon).each_number().map(|contact| contact.phone.clone()).collect();
    assert_eq!(numbers, [Some(number()), Some(typed)]);
    assert_eq!(lin(&salon).contact.version(), 1);
    salon.give(&Who { number: 2, ..desk() }, &Command::EditMember(EditMember { store: Some(STORE), member: LIN, edits })).unwrap();
    assert_eq!(lin(&salon).contact.version(), 2);
}

/// On the 21st at 18:00 in Shanghai it is ten in the morning of UTC, and the 22nd begins in the Pacific.
#[test]
fn somebody_without_a_store_was_born_at_the_latest_today_wherever_today_is() {
    let born = |minute: i64, day: &str| {
        let mut salon = with_xiaoman(Salon::open(), None);
        salon.now = at(18, 0).plus_minutes(minute);
        let profile = ProfileForm { birthday: LocalDate::parse(day), gender: None };
        let edits = vec![GroupEdit { base: 0, value: GroupValue::Profile(profile.into()) }];
        salon.give(&phone_of(XIAOMAN), &Command::EditMember(EditMember { store: None, member: LIN, edits })).map(drop)
    };
    let tomorrow = Err(Refusal::Invalid { field: "birthday".into() });
    assert_eq!((born(-1, "2026-11-21"), born(-1, "2026-11-22")), (Ok(()), tomorrow.clone()));
    assert_eq!((born(0, "2026-11-22"), born(0, "2026-11-23")), (Ok(()), tomorrow));
}
