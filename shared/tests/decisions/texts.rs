//! Every text of a command is cleaned and measured, whatever the command.

use shared::block::BlockKind;
use shared::booking::{CancelledBy, Subject};
use shared::command::*;
use shared::id::{BlockId, MemberId};
use shared::name::Name;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::{LocalDate, TimeRange};
use shared::visit_request::RequestedLine;
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
        Command::PutStore(PutStore::of(store, 0)),
        Command::PutRules(PutRules { store: STORE, rules: rules.into(), base: 0 }),
        Command::PutStaff(PutStaff::of(staff, 0)),
        Command::PutService(PutService::of(service, 0)),
    ];
    for mut command in commands {
        assert!(matches!(command.clean_texts(as_it_is), Err(Refusal::TooLong { .. })), "{}", command.name());
    }
}

#[test]
fn a_reason_of_several_lines_stays_one_and_a_tag_is_one_line() {
    let mut decline = Command::Decline(Decline { store: STORE, booking: booking_id(1), reason: "满了\r\n\u{202E}请改天".into() });
    decline.clean_texts(as_it_is).unwrap();
    assert!(matches!(decline, Command::Decline(Decline { reason, .. }) if reason == "满了\n请改天".into()));
    let edits = vec![GroupEdit { base: 0, value: GroupValue::Tags(vec!["ＶＩＰ\n老客".into()].into()) }];
    let mut edit = Command::EditMember(EditMember { store: Some(STORE), member: MemberId(Uuid::from_u128(640)), edits });
    edit.clean_texts(as_it_is).unwrap();
    assert!(
        matches!(edit, Command::EditMember(EditMember { edits, .. }) if edits[0].value == GroupValue::Tags(vec!["VIP 老客".into()].into()))
    );
}

/// Commands of members in which one text is this one.
fn said_by_members(text: &str) -> Vec<Command> {
    let (store, booking, said) = (STORE, booking_id(1), || text.to_owned());
    let Command::Book(visit) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    let named = vec![RequestedLine { subject: Subject::Guest { name: said().into() }, ..visit.lines[0].clone() }];
    let edit = |value| {
        Command::EditMember(EditMember { store: None, member: MemberId(Uuid::from_u128(640)), edits: vec![GroupEdit { base: 0, value }] })
    };
    vec![
        Command::Hold(Hold { store, booking, lines: named.clone() }),
        Command::Book(Book { lines: named, ..visit.clone() }),
        Command::Book(Book { note: said().into(), ..visit.clone() }),
        Command::Book(Book { override_reason: Some(said().into()), ..visit }),
        Command::Move(Move { store, booking, starts_at: at(15, 0), staff_preferences: Vec::new(), override_reason: Some(said().into()) }),
        Command::Cancel(Cancel { store, booking, by: CancelledBy::Member, reason: said().into() }),
        register(text),
        edit(GroupValue::Name(said().into())),
        edit(GroupValue::Notes(said().into())),
        edit(GroupValue::Allergies(said().into())),
        edit(GroupValue::Tags(vec!["老客".into(), said()].into())),
    ]
}

/// The same for the desk.
fn said_at_the_desk(text: &str) -> Vec<Command> {
    let (store, booking, said) = (STORE, booking_id(1), || text.to_owned());
    let Command::SeatWalkIn(guest) = walk_in(1, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    let named = vec![RequestedLine { subject: Subject::Guest { name: said().into() }, ..guest.lines[0].clone() }];
    let squeeze = Squeeze { store, booking, account: None, lines: guest.lines.clone(), note: "".into(), reason: "".into() };
    let range = TimeRange { start: at(12, 0), end: at(13, 0) };
    let (block, kind) = (BlockId(Uuid::from_u128(31)), BlockKind::Other);
    let block = BlockTime { store, block, resource: JJ.into(), range, kind, reason: "".into(), override_reason: None };
    let imported = ImportedLine {
        service: CUT,
        performed: None,
        subject: Subject::Guest { name: said().into() },
        staff: None,
        starts_at: None,
        date: LocalDate::parse("2026-11-21").unwrap(),
        price: None,
    };
    let (lines, status, made_at) = (Vec::new(), ImportedStatus::Promised, at(9, 0));
    let visit = ImportVisit { store, booking, lines, status, note: "".into(), made_at };
    vec![
        Command::SeatWalkIn(SeatWalkIn { lines: named.clone(), ..guest.clone() }),
        Command::SeatWalkIn(SeatWalkIn { note: said().into(), ..guest }),
        Command::Squeeze(Squeeze { lines: named, ..squeeze.clone() }),
        Command::Squeeze(Squeeze { note: said().into(), ..squeeze.clone() }),
        Command::Squeeze(Squeeze { reason: said().into(), ..squeeze }),
        Command::CheckIn(CheckIn { store, booking, override_reason: Some(said().into()) }),
        Command::Start(Start { store, booking, staff: None, override_reason: Some(said().into()) }),
        Command::Decline(Decline { store, booking, reason: said().into() }),
        Command::Block(BlockTime { reason: said().into(), ..block.clone() }),
        Command::Block(BlockTime { override_reason: Some(said().into()), ..block }),
        Command::ImportVisit(ImportVisit { lines: vec![imported], ..visit.clone() }),
        Command::CorrectVisit(CorrectVisit { was: ImportVisit { note: said().into(), ..visit.clone() }, now: visit.clone() }),
        Command::CorrectVisit(CorrectVisit { was: visit.clone(), now: ImportVisit { note: said().into(), ..visit.clone() } }),
        Command::ImportVisit(ImportVisit { note: said().into(), ..visit }),
    ]
}

/// The same for whoever sets a store up, in each language.
fn set_up(text: &str) -> Vec<Command> {
    let catalogue = Salon::open().view.records.catalogue;
    let base = 0;
    let (store, service, staff) = (catalogue.stores[&STORE].clone(), catalogue.services[&CUT].clone(), catalogue.staff[&JJ].clone());
    let names = || [Name { zh: text.into(), en: String::new() }, Name { zh: String::new(), en: text.into() }];
    let store_with = |change: &dyn Fn(&mut shared::store::Store)| {
        let mut store = store.clone();
        change(&mut store);
        Command::PutStore(PutStore::of(store, base))
    };
    let rules_with = |change: &dyn Fn(&mut shared::store::Rules)| {
        let mut rules = store.rules.clone();
        change(&mut rules);
        Command::PutRules(PutRules { store: STORE, rules: rules.into(), base })
    };
    let service_with = |change: &dyn Fn(&mut shared::service::Service)| {
        let mut service = service.clone();
        change(&mut service);
        Command::PutService(PutService::of(service, base))
    };
    let staff_with = |change: &dyn Fn(&mut shared::staff::Staff)| {
        let mut staff = staff.clone();
        change(&mut staff);
        Command::PutStaff(PutStaff::of(staff, base))
    };
    let mut commands = vec![
        store_with(&|store| store.address = text.into()),
        store_with(&|store| store.phone = text.into()),
        store_with(&|store| store.zone.name = text.into()),
        service_with(&|service| service.code = text.into()),
    ];
    for name in names() {
        commands.push(store_with(&|store| store.name = name.clone()));
        commands.push(store_with(&|store| store.rules.remedy = name.clone()));
        commands.push(rules_with(&|rules| rules.remedy = name.clone()));
        commands.push(rules_with(&|rules| rules.booking_note = name.clone()));
        commands.push(service_with(&|service| service.name = name.clone()));
        commands.push(service_with(&|service| service.category = name.clone()));
        commands.push(staff_with(&|staff| staff.name = name.clone()));
        commands.push(staff_with(&|staff| staff.title = name.clone()));
    }
    commands
}

#[test]
fn whatever_somebody_writes_in_whatever_field_is_cleaned_and_measured() {
    let all = |text: &str| [said_by_members(text), said_at_the_desk(text), set_up(text)].concat();
    for (mut dirty, clean) in all("\u{202E} ＶＩＰ\u{200B}  客 ").into_iter().zip(all("VIP 客")) {
        assert_eq!(CommandSet::ALL.clean(&mut dirty, as_it_is), Ok(()), "{}", clean.name());
        assert_eq!(dirty, clean);
    }
    for mut long in all(&"长".repeat(2001)) {
        assert!(matches!(CommandSet::ALL.clean(&mut long, as_it_is), Err(Refusal::TooLong { .. })), "{long:?}");
    }
}

#[test]
fn a_phone_cleans_what_its_member_says_as_the_server_does() {
    for (mut dirty, clean) in said_by_members(" ＶＩＰ\u{200B} ").into_iter().zip(said_by_members("VIP")) {
        assert_eq!(CommandSet::MEMBER.clean(&mut dirty, as_it_is), Ok(()));
        assert_eq!(dirty, clean);
    }
    for mut long in said_by_members(&"长".repeat(2001)) {
        assert!(CommandSet::MEMBER.clean(&mut long, as_it_is).is_err(), "{long:?}");
    }
}

#[test]
fn every_text_is_composed_once_by_the_means_of_the_program() {
    let mut command = register("Zoe");
    command.clean_texts(|text| text.replace('e', "é")).unwrap();
    assert_eq!(command, register("Zoé"));
}
