//! Every bound of a record: what is exactly at it is allowed, one more is refused.

use shared::block::BlockKind;
use shared::command::{
    BlockTime, Book, Command, EditMember, GroupEdit, GroupValue, Hold, Move, RunningLate, SeatWalkIn, Squeeze, Unreadable,
};
use shared::envelope::{Envelope, MOST_PAYLOAD_BYTES};
use shared::id::{BlockId, CommandId, MemberId};
use shared::member::{Consent, PRIVACY_VERSION, Profile};
use shared::money::Money;
use shared::part::{Part, PartKind};
use shared::personal::Personal;
use shared::refusal::Refusal;
use shared::role::Channel;
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::{Rules, Store};
use shared::time::{LocalDate, LocalSpan, TimeRange, Timestamp};
use uuid::Uuid;

use super::salon::*;

fn invalid(field: &str) -> Result<(), Refusal> {
    Err(Refusal::Invalid { field: field.into() })
}

/// So many spans of ten minutes, each beginning where the one before ends.
fn spans(count: u16) -> Vec<LocalSpan> {
    (0..count).map(|number| LocalSpan { from: 600 + number * 10, until: 610 + number * 10 }).collect()
}

fn overlapping() -> Vec<LocalSpan> {
    vec![LocalSpan { from: 600, until: 720 }, LocalSpan { from: 719, until: 800 }]
}

fn unsound() -> [LocalSpan; 3] {
    [LocalSpan { from: 600, until: 600 }, LocalSpan { from: 1440, until: 1500 }, LocalSpan { from: 600, until: 2881 }]
}

fn shift_with(day: ShiftDay, spans: Vec<LocalSpan>) -> Shift {
    let salon = Salon::open();
    let any = salon.view.catalogue.shifts.values().next().unwrap();
    Shift { day, spans, ..any.clone() }
}

#[test]
fn a_person_works_up_to_six_spans_a_day_that_do_not_overlap() {
    let on_sunday = |spans| shift_with(ShiftDay::Weekly(6), spans).check();
    assert_eq!((on_sunday(spans(6)), on_sunday(spans(7))), (Ok(()), invalid("spans")));
    assert_eq!((on_sunday(Vec::new()), on_sunday(overlapping())), (Ok(()), invalid("spans")));
    assert_eq!(on_sunday(vec![LocalSpan { from: 1439, until: 2880 }]), Ok(()));
    for span in unsound() {
        assert_eq!(on_sunday(vec![span]), invalid("spans"), "{span:?}");
    }
    assert_eq!(shift_with(ShiftDay::Weekly(7), spans(1)).check(), invalid("spans"));
    assert_eq!(shift_with(ShiftDay::Date(LocalDate(20_000)), spans(1)).check(), Ok(()));
}

fn store_with(change: impl FnOnce(&mut Store)) -> Result<(), Refusal> {
    let mut store = Salon::open().view.catalogue.stores[&STORE].clone();
    change(&mut store);
    store.check()
}

#[test]
fn a_store_opens_up_to_six_times_a_day_and_says_up_to_a_thousand_special_days() {
    let on = |date: i32, spans: Vec<LocalSpan>| store_with(|store| drop(store.special_days.insert(LocalDate(date), spans)));
    let on_mondays = |spans: Vec<LocalSpan>| store_with(|store| store.hours[0] = spans);
    assert_eq!((on_mondays(spans(6)), on_mondays(spans(7)), on_mondays(overlapping())), (Ok(()), invalid("hours"), invalid("hours")));
    assert_eq!((on(1, spans(6)), on(1, spans(7)), on(1, overlapping())), (Ok(()), invalid("hours"), invalid("hours")));
    for span in unsound() {
        assert_eq!(on_mondays(vec![span]), invalid("hours"), "{span:?}");
    }
    let special = |count: i32| store_with(|store| store.special_days = (0..count).map(|day| (LocalDate(day), Vec::new())).collect());
    assert_eq!((special(1000), special(1001)), (Ok(()), invalid("special_days")));
}

#[test]
fn a_holiday_replaces_the_hours_of_its_own_date_only() {
    let mut store = Salon::open().view.catalogue.stores[&STORE].clone();
    let saturday = LocalDate::parse("2026-11-21").unwrap();
    store.hours[5] = spans(1);
    store.special_days.insert(saturday, spans(2));
    let hours = |days| store.hours_on(saturday.plus_days(days)).to_vec();
    assert_eq!((hours(0), hours(7), hours(1)), (spans(2), spans(1), store.hours[6].clone()));
}

#[test]
fn every_rule_of_a_store_has_its_bounds() {
    let check = |change: fn(&mut Rules)| {
        let mut rules = Rules::default();
        change(&mut rules);
        rules.check()
    };
    let both = |allowed: fn(&mut Rules), refused: fn(&mut Rules), field: &str| {
        assert_eq!((check(allowed), check(refused)), (Ok(()), invalid(field)), "{field}");
    };
    both(|rules| rules.grid_minutes = 5, |rules| rules.grid_minutes = 25, "grid_minutes");
    both(|rules| rules.horizon_days = 1, |rules| rules.horizon_days = 0, "horizon_days");
    both(|rules| rules.horizon_days = 366, |rules| rules.horizon_days = 367, "horizon_days");
    both(|rules| rules.hold_minutes = 1, |rules| rules.hold_minutes = 0, "hold_minutes");
    both(|rules| rules.hold_minutes = 60, |rules| rules.hold_minutes = 61, "hold_minutes");
    both(|rules| rules.terms_version = 1, |rules| rules.terms_version = 0, "terms_version");
    both(|rules| rules.late_tolerance_minutes = 120, |rules| rules.late_tolerance_minutes = 121, "lead_minutes");
    both(|rules| rules.lead_minutes = 10_080, |rules| rules.lead_minutes = 10_081, "lead_minutes");
    both(|rules| rules.silent_hours = 72, |rules| rules.silent_hours = 73, "lead_minutes");
    let groups = |count| vec![shared::member::MemberGroup::Notes; count];
    let priority = |count| Rules { priority_groups: groups(count), ..Rules::default() }.check();
    assert_eq!((priority(12), priority(13)), (Ok(()), invalid("priority_groups")));
    let rules = Rules { channel_ranks: vec![9, 8, 7, 6, 5, 4, 3], ..Rules::default() };
    assert_eq!(Channel::ALL.map(|channel| rules.rank(channel)), [9, 8, 7, 6, 5, 4, 3, 0]);
}

fn service_with(change: impl FnOnce(&mut Service)) -> Result<(), Refusal> {
    let mut service = Salon::open().view.catalogue.services[&CUT].clone();
    service.terms.clear();
    change(&mut service);
    service.check()
}

fn parts(count: usize, minutes: u16) -> Vec<Part> {
    vec![Part { kind: PartKind::Active, minutes }; count]
}

#[test]
fn a_service_has_up_to_twelve_parts_of_whole_five_minutes_and_ten_hours() {
    let of = |parts: Vec<Part>| service_with(|service| service.parts = parts);
    assert_eq!((of(parts(12, 50)), of(parts(13, 5)), of(parts(12, 55))), (Ok(()), invalid("parts"), invalid("parts")));
    assert_eq!(
        (of(parts(1, 600)), of(parts(1, 605)), of(parts(1, 0)), of(parts(1, 7))),
        (Ok(()), invalid("parts"), invalid("parts"), invalid("parts"))
    );
    let processing = Part { kind: PartKind::Processing, minutes: 5 };
    assert_eq!((of(vec![processing]), of(Vec::new())), (invalid("parts"), invalid("parts")), "somebody's hands are needed");
}

#[test]
fn a_service_has_up_to_five_hundred_exceptions_each_with_a_length_for_every_part() {
    let terms = |minutes: Option<Vec<u16>>, price| PriceOverride { whom: Whom::Everyone, store: None, price, minutes };
    let with = |one: PriceOverride, count: usize| service_with(|service| service.terms = vec![one; count]);
    assert_eq!((with(terms(None, None), 500), with(terms(None, None), 501)), (Ok(()), invalid("terms")));
    let minutes = |minutes: &[u16]| with(terms(Some(minutes.to_vec()), None), 1);
    assert_eq!((minutes(&[5]), minutes(&[1440])), (Ok(()), Ok(())));
    for wrong in [&[0][..], &[7], &[1445], &[5, 5], &[]] {
        assert_eq!(minutes(wrong), invalid("terms"), "{wrong:?}");
    }
    let priced = |fen| with(terms(None, Some(Some(Money(fen)))), 1);
    assert_eq!((priced(0), priced(-1)), (Ok(()), invalid("price")));
    let standard = |fen| service_with(|service| service.price = Some(Money(fen)));
    assert_eq!((standard(0), standard(-1)), (Ok(()), invalid("price")));
}

#[test]
fn a_person_works_in_at_least_one_store_and_has_up_to_a_thousand_skills() {
    let person = Salon::open().view.catalogue.staff[&JJ].clone();
    let check = |stores: usize, skills: usize| {
        let mut person = person.clone();
        (person.stores, person.skills) = (vec![STORE; stores], vec![CUT; skills]);
        person.check()
    };
    assert_eq!((check(1, 0), check(1000, 1000)), (Ok(()), Ok(())));
    assert_eq!((check(0, 1), check(1001, 1), check(1, 1001)), (invalid("stores"), invalid("stores"), invalid("stores")));
}

#[test]
fn nobody_was_born_before_1900_or_tomorrow() {
    let today = LocalDate::parse("2026-11-21").unwrap();
    let born = |date: &str| Profile { birthday: LocalDate::parse(date), gender: None }.check(today);
    assert_eq!((born("1900-01-01"), born("2026-11-21")), (Ok(()), Ok(())));
    assert_eq!((born("1899-12-31"), born("2026-11-22")), (invalid("birthday"), invalid("birthday")));
    let agreed = |version| Consent::given(version, Timestamp(1)).is_ok();
    assert_eq!((agreed(0), agreed(1), agreed(PRIVACY_VERSION), agreed(PRIVACY_VERSION + 1)), (false, true, true, false));
}

fn edit_of_nobody(edits: Vec<GroupEdit>) -> (Salon, Command) {
    let mut salon = Salon::open();
    let member = MemberId(Uuid::from_u128(601));
    let register = shared::command::RegisterMember {
        member,
        account: None,
        store: Some(STORE),
        name: "王阿姨".into(),
        phone: None,
        consent: consent(),
    };
    salon.give(&desk(), &Command::RegisterMember(register)).unwrap();
    (salon, Command::EditMember(EditMember { store: Some(STORE), member, edits }))
}

fn edits(values: Vec<GroupValue>) -> Result<(), Refusal> {
    let edits = values.into_iter().map(|value| GroupEdit { base: 0, value }).collect();
    let (mut salon, command) = edit_of_nobody(edits);
    salon.give(&desk(), &command).map(drop)
}

#[test]
fn a_form_edits_each_group_once_and_every_text_of_a_member_has_its_length() {
    let notes = |count: usize| edits(vec![GroupValue::Notes("靠窗".into()); count]);
    assert_eq!((notes(0), notes(1), notes(2)), (invalid("edits"), Ok(()), invalid("edits")));
    assert_eq!(edits(vec![GroupValue::Notes("靠窗".into()), GroupValue::Allergies("头孢".into())]), Ok(()));
    let long = |letters: usize| "长".repeat(letters);
    let named = |letters| edits(vec![GroupValue::Name(long(letters).into())]);
    assert_eq!((named(0), named(40), named(41)), (invalid("name"), Ok(()), Err(Refusal::TooLong { field: "name".into(), most: 40 })));
    let tags = |tags: Vec<String>| edits(vec![GroupValue::Tags(tags.into())]);
    assert_eq!((tags(vec!["VIP".into(); 30]), tags(vec!["VIP".into(); 31])), (Ok(()), invalid("tags")));
    assert_eq!((tags(vec![long(20)]), tags(vec![long(21)]), tags(vec![" ".into()])), (Ok(()), invalid("tags"), invalid("tags")));
}

#[test]
fn what_the_staff_keep_about_a_person_has_up_to_two_thousand_letters() {
    for (field, value) in [("notes", GroupValue::Notes as fn(Personal<String>) -> GroupValue), ("allergies", GroupValue::Allergies)] {
        let of = |letters: usize| edits(vec![value("长".repeat(letters).into())]);
        assert_eq!((of(0), of(2000), of(2001)), (Ok(()), Ok(()), Err(Refusal::TooLong { field: field.into(), most: 2000 })));
    }
}

#[test]
fn a_visit_runs_late_by_five_minutes_to_four_hours_at_once() {
    let late = |minutes| {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
        salon.give(&desk(), &Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes })).map(drop)
    };
    assert_eq!((late(5), late(240)), (Ok(()), Ok(())));
    for wrong in [0, 7, 245] {
        assert_eq!(late(wrong), invalid("minutes"), "{wrong}");
    }
}

#[test]
fn time_is_blocked_for_up_to_two_weeks() {
    let block = |minutes| {
        let range = TimeRange::starting(at(10, 0), minutes);
        let (block, kind) = (BlockId(Uuid::from_u128(801)), BlockKind::Break);
        Salon::open()
            .give(
                &desk(),
                &Command::Block(BlockTime {
                    store: STORE,
                    block,
                    resource: JJ.into(),
                    range,
                    kind,
                    reason: "".into(),
                    override_reason: None,
                }),
            )
            .map(drop)
    };
    assert_eq!((block(1), block(14 * 1440)), (Ok(()), Ok(())));
    assert_eq!((block(0), block(14 * 1440 + 1)), (invalid("range"), invalid("range")));
}

#[test]
fn a_walk_in_is_somebody_who_stands_there_and_no_plan_for_another_day() {
    let taken = |start: Timestamp| {
        let mut salon = Salon::open();
        salon.give(&desk(), &walk_in(1, StaffPreference::Requested(JJ), start)).map(drop)
    };
    let never = Err(Refusal::Invalid { field: "starts_at".into() });
    assert_eq!((taken(at(9, 0)), taken(at(21, 0))), (Ok(()), Ok(())), "now, and at the end of the queue");
    for start in [at(21, 1), at(9, 0).plus_minutes(-721), at(14, 0).plus_minutes(6 * 1440), Timestamp(i64::MAX / 60_000 * 60_000)] {
        assert_eq!(taken(start), never);
    }
}

#[test]
fn whoever_waits_is_moved_within_the_day_and_so_is_every_service_of_theirs() {
    let mut salon = Salon::open();
    let Command::SeatWalkIn(mut two) = walk_in(1, StaffPreference::Requested(JJ), at(9, 0)) else { unreachable!() };
    two.lines.push(line(CUT, StaffPreference::Requested(KELLY), at(21, 1)));
    let never = Err(Refusal::Invalid { field: "starts_at".into() });
    assert_eq!(salon.give(&desk(), &Command::SeatWalkIn(two)).map(drop), never);
    salon.give(&desk(), &walk_in(1, StaffPreference::Requested(JJ), at(9, 0))).unwrap();
    let to = |start| {
        Command::Move(Move { store: STORE, booking: booking_id(1), starts_at: start, staff_preferences: Vec::new(), override_reason: None })
    };
    assert_eq!(salon.give(&desk(), &to(at(21, 1))).map(drop), never);
    assert_eq!(salon.give(&desk(), &to(at(10, 0).plus_minutes(1440))).map(drop), never);
    assert_eq!(salon.give(&desk(), &to(at(18, 0))).map(drop), Ok(()));
}

#[test]
fn every_service_begins_at_a_whole_minute() {
    let mut salon = Salon::open();
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Requested(KELLY), Timestamp(at(15, 0).0 + 1)));
    let refused = salon.give(&phone_of(XIAOMAN), &Command::Book(wanted));
    assert_eq!(refused, Err(Refusal::Invalid { field: "starts_at".into() }));
}

#[test]
fn a_message_that_says_thousands_of_things_in_a_few_bytes_is_no_command() {
    let staff_preferences = |count| Move {
        store: STORE,
        booking: booking_id(1),
        starts_at: at(15, 0),
        staff_preferences: vec![None; count],
        override_reason: None,
    };
    let read = |command: &Command| {
        let (kind, version) = command.kind();
        Command::from_payload(kind, version, &command.payload()).is_ok()
    };
    assert!(read(&Command::Move(staff_preferences(100))) && !read(&Command::Move(staff_preferences(101))));
    let tags = |count| vec![GroupEdit { base: 0, value: GroupValue::Tags(vec![String::new(); count].into()) }];
    let edit = |edits| Command::EditMember(EditMember { store: None, member: MemberId(Uuid::from_u128(640)), edits });
    assert!(read(&edit(tags(100))) && !read(&edit(tags(101))));
    let Command::Book(visit) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    let many = |count| vec![visit.lines[0].clone(); count];
    let (store, booking, note, reason) = (STORE, booking_id(1), String::new, || "老客人".to_owned());
    for count in [100, 101] {
        let commands = [
            Command::Hold(Hold { store, booking, lines: many(count) }),
            Command::Book(Book { lines: many(count), ..visit.clone() }),
            Command::SeatWalkIn(SeatWalkIn { store, booking, lines: many(count), note: note().into() }),
            Command::Squeeze(Squeeze { store, booking, account: None, lines: many(count), note: note().into(), reason: reason().into() }),
        ];
        assert_eq!(commands.each_ref().map(read), [count == 100; 4]);
    }
    let long = Envelope {
        payload: vec![0; MOST_PAYLOAD_BYTES + 1],
        ..Envelope::pack(&edit(tags(1)), 1, CommandId(Uuid::nil()), None, Stamp::default(), 0)
    };
    assert_eq!(long.open(), Err(Unreadable::Malformed));
}
