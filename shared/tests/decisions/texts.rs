//! Every text of a command is cleaned and measured, whatever the command.

use shared::command::*;
use shared::id::MemberId;
use shared::refusal::Refusal;
use uuid::Uuid;

use super::salon::*;

fn as_it_is(text: &str) -> String {
    text.to_owned()
}

fn register(name: &str) -> Command {
    let consent = consent();
    let member = MemberId(Uuid::from_u128(640));
    Command::RegisterMember(RegisterMember { member, account: None, store: Some(STORE), name: name.into(), phone: None, consent })
}

#[test]
fn a_guest_whose_name_shows_nothing_cannot_register() {
    let mut salon = Salon::open();
    for nothing in ["\u{200B}", "\u{2800}\u{3164}", "\u{AD}", "\u{202E}", " \u{3000} "] {
        let mut command = register(nothing);
        command.clean_texts(as_it_is).unwrap();
        assert_eq!(salon.give(&desk(), &command), Err(Refusal::Invalid { field: "name".into() }), "{nothing:?}");
    }
}

#[test]
fn a_family_of_emoji_is_a_name_of_one_letter_and_41_letters_are_too_many() {
    assert_eq!(register(&"👨‍👩‍👧‍👦".repeat(40)).clean_texts(as_it_is), Ok(()));
    let too_long = Refusal::TooLong { field: "name".into(), most: 40 };
    assert_eq!(register(&"王".repeat(41)).clean_texts(as_it_is), Err(too_long));
}

#[test]
fn nobody_fills_the_menu_of_a_brand_with_one_endless_text() {
    let salon = Salon::open();
    let long = "长".repeat(130_000);
    let catalogue = &salon.view.catalogue;
    let mut store = catalogue.stores[&STORE].clone();
    store.zone.name = long.clone();
    let mut rules = store.rules.clone();
    rules.remedy.zh = long.clone();
    let mut staff = catalogue.staff[&JJ].clone();
    staff.title.en = long.clone();
    let mut service = catalogue.services[&CUT].clone();
    service.category.zh = long;
    let commands = [
        Command::PutStore(PutStore { store, base: 0 }),
        Command::PutRules(PutRules { store: STORE, rules, base: 0 }),
        Command::PutStaff(PutStaff { staff, base: 0 }),
        Command::PutService(PutService { service, base: 0 }),
    ];
    for mut command in commands {
        assert!(matches!(command.clean_texts(as_it_is), Err(Refusal::TooLong { .. })), "{}", command.name());
    }
}

#[test]
fn a_reason_of_several_lines_stays_one_and_a_tag_is_one_line() {
    let mut decline = Command::Decline(Decline { store: STORE, booking: booking_id(1), reason: "满了\r\n\u{202E}请改天".into() });
    decline.clean_texts(as_it_is).unwrap();
    assert!(matches!(decline, Command::Decline(Decline { reason, .. }) if reason == "满了\n请改天"));
    let edits = vec![GroupEdit { base: 0, value: GroupValue::Tags(vec!["ＶＩＰ\n老客".into()]) }];
    let mut edit = Command::EditMember(EditMember { store: Some(STORE), member: MemberId(Uuid::from_u128(640)), edits });
    edit.clean_texts(as_it_is).unwrap();
    assert!(matches!(edit, Command::EditMember(EditMember { edits, .. }) if edits[0].value == GroupValue::Tags(vec!["VIP 老客".into()])));
}
