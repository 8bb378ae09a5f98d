//! The bytes of the wire are pinned: a device that was away for a year is still understood. To accept a deliberate change of an
//! unreleased format, run with `HUIYUE_GOLDEN=write` and read the difference.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Serialize, Serializer};
use shared::block::BlockKind;
use shared::booking::{Alternative, CancelledBy, Subject};
use shared::busy_day::BusyDay;
use shared::command::*;
use shared::elsewhere::Elsewhere;
use shared::envelope::Envelope;
use shared::id::{AttentionId, BlockId, CommandId, ElsewhereId, EpochId, GrantId, MemberId, WaitlistEntryId};
use shared::line_change::{LineChange, SeenLine};
use shared::mask::DayMask;
use shared::member::MemberGroup;
use shared::money::Money;
use shared::noun::{Noun, RecordKind};
use shared::phone::Phone;
use shared::record::{KINDS, NEWEST, Received, Record, WireRecord};
use shared::refusal::Refusal;
use shared::region::Region;
use shared::replay::{Given, replay};
use shared::role::Principal;
use shared::rotation::{MadeGoodReason, MoveReason, RefusalReason};
use shared::scope::Scope;
use shared::staff_assignment::{AssignmentOrder, Binding};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::Rules;
use shared::sync::{Answer, Cursor, Outcome, PROTOCOL, Page, ReplicaState, SyncReply, SyncRequest};
use shared::time::{LocalDate, TimeRange};
use shared::visit_request::{NewPreference, RequestedService};
use shared::waitlist_entry::{Offer, OfferedService, Waiting, WaitlistEntry};
use shared::zone::Zone;
use uuid::Uuid;

use super::salon::*;

const WANG: MemberId = MemberId(Uuid::from_u128(601));
const ENTRY: WaitlistEntryId = WaitlistEntryId(Uuid::from_u128(51));

pub fn golden(name: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var("HUIYUE_GOLDEN").is_ok_and(|mode| mode == "write") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    let pinned = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(pinned == bytes, "the bytes of {name} have changed");
}

fn envelope(command: &Command, number: u64) -> Envelope {
    let uuid = CommandId(Uuid::from_u128(u128::from(number)));
    Envelope::pack(command, number, uuid, Some(JJ), Stamp { at: at(9, 0), counter: 2 }, 41)
}

#[test]
fn the_bytes_of_every_message_are_pinned() {
    let request = SyncRequest {
        protocol: PROTOCOL,
        replica: Some(DESK),
        sent_at: at(9, 0),
        reads: NEWEST.to_vec(),
        cursors: vec![Cursor { scope: Scope::Desk(STORE), grant: GrantId(Uuid::from_u128(7)), seq: 300 }],
        commands: vec![envelope(&book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)), 1)],
    };
    golden("sync_request.bin", &postcard::to_allocvec(&request).unwrap());
    let alternatives = vec![Alternative { starts_at: at(15, 0), staff: vec![JJ] }];
    let refused = Outcome::Refused { refusal: Refusal::TimeTaken { by: vec![booking_id(1)] }, alternatives };
    let outcomes = [refused, Outcome::Applied, Outcome::Unreadable, Outcome::Poison, Outcome::Withdrawn];
    let answer = |(number, outcome)| Answer { number, uuid: CommandId(Uuid::from_u128(u128::from(number))), outcome };
    let reply = SyncReply {
        now: at(9, 1),
        epoch: EpochId(Uuid::from_u128(8)),
        replica: ReplicaState::At(1),
        outcomes: (1u64..).zip(outcomes).map(answer).collect(),
        pages: vec![Page { scope: Scope::BrandPublic, grant: GrantId(Uuid::nil()), fresh: true, seq: 4, complete: true, records: wired() }],
        scopes: vec![(Scope::Busy(STORE), GrantId(Uuid::nil()))],
        gone: vec![Scope::Contacts(STORE)],
        outdated: false,
    };
    let bytes = postcard::to_allocvec(&reply).unwrap();
    golden("sync_reply.bin", &bytes);
    assert_eq!(postcard::from_bytes::<SyncReply>(&bytes).unwrap(), reply);
}

/// They travel as kind, version and bytes; and what is gone as its name.
fn wired() -> Vec<WireRecord> {
    let gone = WireRecord::gone(BusyDay::key_of((JJ.into(), 20_778)));
    records().into_iter().map(WireRecord::from).chain([gone]).collect()
}

#[test]
fn the_bytes_of_every_kind_of_record_are_pinned() {
    for record in records() {
        let wired = WireRecord::from(record.clone());
        golden(&format!("records/{:02}.v{}.bin", wired.key.kind.0, wired.version), &wired.bytes);
        assert_eq!(wired.open(), Received::Record(record));
    }
}

/// As JSON on the server's disk. What an earlier version wrote stays in its file and is read by every later program.
#[test]
fn what_is_stored_of_every_kind_of_record_is_pinned_and_read_for_ever() {
    for record in records() {
        let text = serde_json::to_string_pretty(&Stored(&record)).unwrap();
        golden(&format!("stored/{:02}.v{}.json", record.key().kind.0, record.version()), text.as_bytes());
        assert_eq!(read_stored(record.key().kind, &text), record);
    }
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/stored");
    for file in std::fs::read_dir(place).unwrap() {
        let path = file.unwrap().path();
        let kind = path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().parse().unwrap();
        read_stored(RecordKind(kind), &std::fs::read_to_string(&path).unwrap());
    }
}

fn read_stored(kind: RecordKind, text: &str) -> Record {
    let read = Record::read(kind, &mut serde_json::Deserializer::from_str(text));
    read.unwrap_or_else(|error| panic!("kind {}: {error}", kind.0)).unwrap()
}

/// A record without the name of its kind.
struct Stored<'a>(&'a Record);

impl Serialize for Stored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// One record of every kind.
pub fn records() -> Vec<Record> {
    let mut salon = Salon::with_basins(2);
    for command in [register(), lunch(), book(1, COLOUR, StaffPreference::Any, at(11, 0))] {
        salon.give(&desk(), &command).unwrap();
    }
    salon.give(&system(), &findings()).unwrap();
    for command in turns() {
        salon.give(&owner(), &command).unwrap();
    }
    let busy = DayMask::default();
    let held = (TimeRange { start: at(14, 0), end: at(15, 0) }, at(9, 5));
    let records = vec![
        salon.view.catalogue.stores[&STORE].clone().into(),
        salon.view.catalogue.services[&COLOUR].clone().into(),
        salon.view.catalogue.staff[&JJ].clone().into(),
        salon.view.catalogue.shifts.values().next().unwrap().clone().into(),
        salon.view.catalogue.resource_types[&BASIN].clone().into(),
        salon.view.catalogue.resources[&basin(0)].clone().into(),
        salon.view.catalogue.staff_assignments[&STORE].clone().into(),
        salon.booking(1).clone().into(),
        salon.view.blocks.values().next().unwrap().clone().into(),
        at_the_other_store(&salon).into(),
        salon.view.members[&WANG].clone().into(),
        salon.view.members[&WANG].numbers().into(),
        salon.view.attention.values().next().unwrap().clone().into(),
        BusyDay { store: STORE, resource: JJ.into(), day: 20_778, busy, holds: vec![held] }.into(),
        offered().into(),
        salon.view.rotations.values().next().unwrap().clone().into(),
    ];
    assert_eq!(records.iter().map(|record: &Record| record.key().kind).collect::<Vec<_>>(), KINDS, "every kind");
    records
}

/// What the other store would see of the colour.
fn at_the_other_store(salon: &Salon) -> Elsewhere {
    let times = salon.booking(1).occupancy.clone();
    Elsewhere { id: ElsewhereId(Uuid::from_u128(77)), store: OTHER_STORE, at: STORE, times, held_until: Some(at(9, 5)) }
}

/// Auntie Wang, who waits for the afternoon and has been offered three o'clock.
fn offered() -> WaitlistEntry {
    let lines = vec![OfferedService { staff: Some(JJ), price: Some(Money(26_800)) }];
    let offer = Offer { hold: booking_id(8), starts_at: at(15, 0), ends_at: at(16, 0), lines, until: at(9, 50), by_desk: false };
    WaitlistEntry {
        id: ENTRY,
        store: STORE,
        account: Some(XIAOMAN),
        subject: Subject::Member(WANG),
        services: vec![RequestedService { service: CUT, staff_preference: StaffPreference::Requested(JJ) }],
        starts: afternoon(),
        note: "先打座机".into(),
        made_at: at(9, 0),
        tier: 2,
        entered_by: Principal::Account(XIAOMAN),
        state: Waiting::Offered(offer),
        passed: vec![TimeRange { start: at(13, 0), end: at(14, 0) }],
    }
}

fn afternoon() -> TimeRange {
    TimeRange { start: at(12, 0), end: at(18, 0) }
}

fn join(entry: WaitlistEntryId, subject: &str) -> Command {
    let services = vec![RequestedService { service: CUT, staff_preference: StaffPreference::Any }];
    let subject = Subject::Guest { name: subject.into() };
    Command::JoinWaitlist(JoinWaitlist { store: STORE, entry, account: None, subject, services, starts: afternoon(), note: "".into() })
}

fn register() -> Command {
    let (name, phone) = ("王阿姨".to_owned(), Phone::parse("13700137000", Region::Cn).ok());
    Command::RegisterMember(RegisterMember {
        member: WANG,
        account: None,
        store: Some(STORE),
        name: name.into(),
        phone,
        consent: consent(),
    })
}

/// A morning by turns.
fn turns() -> Vec<Command> {
    let (store, date) = (STORE, LocalDate::parse("2026-11-21").unwrap());
    let (order, binding) = (AssignmentOrder::Rotation, Binding::OnArrival);
    let sign_in = |staff| Command::SignIn(SignIn { store, date, staff });
    vec![
        Command::PutStaffAssignment(PutStaffAssignment { store, order, binding, usual_first: true, base: 0 }),
        sign_in(JJ),
        sign_in(KELLY),
        Command::RefuseTurn(RefuseTurn { store, date, staff: JJ, reason: RefusalReason::Break }),
        Command::MakeGood(MakeGood { store, date, staff: JJ, reason: MadeGoodReason::GuestLeft }),
        Command::ReorderRotation(ReorderRotation { store, date, staff: JJ, before: Some(KELLY), reason: MoveReason::Correction }),
        Command::SignOut(SignOut { store, date, staff: KELLY }),
    ]
}

fn lunch() -> Command {
    let (block, range) = (BlockId(Uuid::from_u128(31)), TimeRange { start: at(12, 0), end: at(12, 30) });
    let (kind, reason) = (BlockKind::Break, "午饭".to_owned());
    Command::Block(BlockTime { store: STORE, block, resource: BECKY.into(), range, kind, reason: reason.into(), override_reason: None })
}

fn findings() -> Command {
    Command::ImportFindings(ImportFindings { store: STORE, overlaps: 28, paid_no_shows: 1, rejected: 2, unclear: 3 })
}

#[test]
fn every_kind_of_command_reads_back_what_it_wrote_and_refuses_left_overs() {
    let mut names = BTreeSet::new();
    for given in day() {
        let name = given.command.name();
        let (kind, version) = given.command.kind();
        let mut payload = given.command.payload();
        assert_eq!(Command::from_payload(kind, version, &payload).unwrap(), given.command);
        if names.insert(name) {
            golden(&format!("commands/{kind:02}.v{version}.bin"), &payload);
        }
        payload.push(0);
        assert!(Command::from_payload(kind, version, &payload).is_err(), "trailing bytes of {name}");
        assert!(Command::from_payload(kind, version + 1, &payload).is_err());
    }
    assert_eq!(names, Command::NAMES.iter().copied().collect(), "the day has one of every kind");
}

/// A morning at the salon, from the empty brand on.
fn day() -> Vec<Given> {
    let salon = Salon::with_basins(2);
    let catalogue = &salon.view.catalogue;
    let mut commands: Vec<(Who, Command)> = vec![];
    commands.extend(catalogue.stores.values().map(|store| (owner(), Command::PutStore(PutStore::of(store.clone(), 0)))));
    let types = catalogue.resource_types.values();
    commands.extend(types.map(|kind| (owner(), Command::PutResourceType(PutResourceType::of(kind.clone(), 0)))));
    commands.extend(catalogue.resources.values().map(|one| (owner(), Command::PutResource(PutResource::of(one.clone(), 0)))));
    commands.extend(catalogue.services.values().map(|s| (owner(), Command::PutService(PutService::of(s.clone(), 0)))));
    commands.extend(catalogue.staff.values().map(|s| (owner(), Command::PutStaff(PutStaff::of(s.clone(), 0)))));
    commands.extend(catalogue.shifts.values().map(|s| (owner(), Command::PutShift(PutShift::of(s.clone(), 0)))));
    let lines = vec![line(CUT, StaffPreference::Requested(KELLY), at(15, 0))];
    commands.extend([
        (phone_of(XIAOMAN), book(1, CUT, StaffPreference::Requested(JJ), at(10, 15))),
        (phone_of(CHEN_MO), book(2, CUT, StaffPreference::Requested(JJ), at(10, 30))),
        (Who { number: 0, ..phone_of(CHEN_MO) }, Command::Hold(Hold { store: STORE, booking: booking_id(3), lines })),
        (phone_of(CHEN_MO), book(4, CUT, StaffPreference::Any, at(11, 0))),
        (desk(), book(5, COLOUR, StaffPreference::Any, at(11, 0))),
        (desk().offline_since(0, at(9, 30)), walk_in(6, StaffPreference::Requested(JJ), at(9, 30))),
        (
            desk().offline_since(0, at(9, 30)),
            Command::Start(Start { store: STORE, booking: booking_id(6), staff: None, override_reason: None }),
        ),
        (desk(), Command::RunningLate(RunningLate { store: STORE, booking: booking_id(6), minutes: 15 })),
        (desk(), Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None })),
    ]);
    commands.extend(rest_of_the_day());
    let numbered = (1u64..).zip(commands);
    numbered
        .map(|(number, (who, command))| Given {
            now: at(9, 35),
            stamp: Stamp { at: who.given_at.unwrap_or(at(9, 0)), counter: 0 },
            actor: who.actor,
            channel: who.channel,
            replica: who.replica,
            number: if who.number == 0 { 0 } else { number },
            base: who.base.unwrap_or(u64::MAX),
            uuid: CommandId(Uuid::from_u128(u128::from(number) * 1000)),
            command,
        })
        .collect()
}

fn range_of_the_day() -> TimeRange {
    TimeRange { start: at(9, 35), end: at(21, 0) }
}

/// What the morning has not had: one of each other kind, some of them refused.
fn rest_of_the_day() -> Vec<(Who, Command)> {
    let (store, lines) = (STORE, vec![line(CUT, StaffPreference::Requested(BECKY), at(16, 0))]);
    let imported = ImportedLine {
        service: CUT,
        performed: Some(COLOUR),
        subject: Subject::Guest { name: "?A01".into() },
        staff: Some(KELLY),
        starts_at: Some(at(17, 0)),
        date: LocalDate::parse("2026-11-21").unwrap(),
        price: None,
    };
    let visit = ImportVisit {
        store,
        booking: booking_id(9),
        lines: vec![imported],
        status: ImportedStatus::Promised,
        note: "".into(),
        made_at: at(9, 0),
    };
    let correction = CorrectVisit { was: visit.clone(), now: ImportVisit { status: ImportedStatus::NoShow, ..visit.clone() } };
    let edits = vec![GroupEdit { base: 0, value: GroupValue::Allergies("染膏".into()) }];
    let squeeze =
        Squeeze { store, booking: booking_id(7), account: None, lines: lines.clone(), note: "".into(), reason: "老顾客".into() };
    let reschedule = Move {
        store,
        booking: booking_id(4),
        starts_at: at(18, 0),
        staff_preferences: vec![Some(NewPreference { staff_preference: StaffPreference::Any, seen_price: Some(Money(16_800)) })],
        override_reason: None,
    };
    let rules = Rules { priority_groups: vec![MemberGroup::Allergies], ..Rules::default() };
    let attention = AttentionId(Uuid::from_u128(1));
    let phone = Phone::parse("13700137000", Region::Cn).unwrap();
    let edited = LineChange {
        was: Some(SeenLine { number: 0, service: CUT, price: Some(Money(16_800)) }),
        service: CUT,
        subject: Subject::Guest { name: "小满".into() },
        payer: None,
        staff_preference: StaffPreference::Requested(BECKY),
        staff: Some(BECKY),
        minutes: Some(vec![75]),
        seen_price: Some(Money(15_000)),
        is_own_price: true,
        is_beside: false,
    };
    let edit = ChangeVisit {
        store,
        booking: booking_id(7),
        lines_seen: 1,
        lines: vec![edited],
        starts_at: Some(at(16, 15)),
        note: Some("怕痒".into()),
        override_reason: Some("老顾客".into()),
    };
    let no_show = |number| Command::NoShow(NoShow { store, booking: booking_id(number) });
    let offered_lines = vec![OfferedLine { starts_at: at(17, 0), staff_preference: StaffPreference::Any, seen_price: Some(Money(16_800)) }];
    let cancelled = Cancel { store, booking: booking_id(4), by: CancelledBy::Member, reason: "".into() };
    let turns = turns().into_iter().map(|command| (owner(), command));
    let others = vec![
        (system(), Command::Expire(Expire { store, booking: booking_id(3) })),
        (phone_of(CHEN_MO), Command::Release(Release { store, booking: booking_id(3) })),
        (phone_of(CHEN_MO), Command::Move(reschedule)),
        (phone_of(CHEN_MO), Command::Cancel(cancelled)),
        (desk(), Command::UndoCheckIn(UndoCheckIn { store, booking: booking_id(1) })),
        (desk(), Command::Finish(Finish { store, booking: booking_id(6) })),
        (desk(), no_show(5)),
        (desk(), Command::UndoNoShow(UndoNoShow { store, booking: booking_id(5) })),
        (desk(), Command::Squeeze(squeeze)),
        (desk(), lunch()),
        (desk(), Command::Unblock(Unblock { store, block: BlockId(Uuid::from_u128(31)) })),
        (phone_of(XIAOMAN), Command::AcceptAlternative(AcceptAlternative { store, booking: booking_id(1), starts_at: at(15, 0) })),
        (desk(), Command::Confirm(Confirm { store, booking: booking_id(5) })),
        (desk(), Command::Decline(Decline { store, booking: booking_id(5), reason: "满了".into() })),
        (desk(), register()),
        (desk(), Command::EditMember(EditMember { store: Some(store), member: WANG, edits })),
        (Who { number: 0, ..desk() }, Command::FindMember(FindMember { store, phone: phone.clone() })),
        (Who { number: 0, ..desk() }, Command::ProveNumber(ProveNumber { store, phone, code: "042317".into(), member: Some(WANG) })),
        (owner(), Command::PutRules(PutRules { store, rules: rules.into(), base: 0 })),
        (owner(), Command::OrderStaff(OrderStaff { store, people: vec![KELLY, JJ], base: 0 })),
        (system(), Command::RenewZone(RenewZone { store, zone: Zone { version: "2027a".into(), ..zone() }, ahead: range_of_the_day() })),
        (desk(), Command::ResolveAttention(ResolveAttention { store, attention })),
        (system(), Command::ImportVisit(visit.clone())),
        (system(), Command::CorrectVisit(correction)),
        (system(), findings()),
        (desk(), Command::AskToRebook(AskToRebook { store, booking: booking_id(7), reason: "阿杰休息".into() })),
        (desk(), Command::ChangeVisit(edit)),
        (phone_of(XIAOMAN), join(ENTRY, "小满")),
        (Who { number: 0, ..desk() }, Command::OfferTime(OfferTime { store, entry: ENTRY, hold: booking_id(8), lines: offered_lines })),
        (phone_of(CHEN_MO), Command::DeclineOffer(DeclineOffer { store, entry: ENTRY, hold: booking_id(8) })),
        (phone_of(XIAOMAN), Command::AcceptOffer(AcceptOffer { store, entry: ENTRY, hold: booking_id(8), terms_version: 1 })),
        (desk(), join(WaitlistEntryId(Uuid::from_u128(52)), "王阿姨")),
        (system(), Command::ServeWaitlist(ServeWaitlist { store, day: LocalDate::parse("2026-11-21").unwrap() })),
        (desk(), Command::LeaveWaitlist(LeaveWaitlist { store, entry: WaitlistEntryId(Uuid::from_u128(52)) })),
    ];
    others.into_iter().chain(turns).collect()
}

#[test]
fn a_recorded_day_is_decided_the_same_again() {
    let day = day();
    golden("day.bin", &postcard::to_allocvec(&day).unwrap());
    golden("day.digest", format!("{:016x}\n", replay(&day, &[STORE])).as_bytes());
}

#[test]
fn every_command_says_which_store_it_is_about_and_whether_it_changes_what_is_offered() {
    let of_the_brand = ["PutService", "PutStaff", "PutResourceType"];
    let of_the_catalogue = [
        "PutStore",
        "PutService",
        "PutStaff",
        "PutShift",
        "PutResourceType",
        "PutResource",
        "PutRules",
        "OrderStaff",
        "RenewZone",
        "PutStaffAssignment",
    ];
    for given in day() {
        let name = given.command.name();
        assert_eq!(given.command.store(), (!of_the_brand.contains(&name)).then_some(STORE), "{name}");
        assert_eq!(given.command.changes_catalogue(), of_the_catalogue.contains(&name), "{name}");
    }
}
