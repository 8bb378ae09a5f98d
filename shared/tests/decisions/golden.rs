//! The bytes of the wire are pinned: a device that was away for a year is still understood. To accept a deliberate change of an
//! unreleased format, run with `HUIYUE_GOLDEN=write` and read the difference.

use std::path::PathBuf;

use shared::booking::StaffWish;
use shared::command::{CheckIn, Command, Hold, PutService, PutShift, PutStaff, PutStore, RunningLate, Start};
use shared::id::{CommandId, GrantId};
use shared::refusal::Refusal;
use shared::replay::{Given, replay};
use shared::stamp::Stamp;
use shared::sync::{Answer, Cursor, Envelope, Outcome, PROTOCOL, Page, Record, ReplicaState, Scope, SyncReply, SyncRequest};
use uuid::Uuid;

use super::salon::*;

fn golden(name: &str, bytes: &[u8]) {
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
    let salon = Salon::open();
    let request = SyncRequest {
        protocol: PROTOCOL,
        replica: Some(DESK),
        sent_at: at(9, 0),
        cursors: vec![Cursor { scope: Scope::Desk(STORE), grant: GrantId(Uuid::from_u128(7)), seq: 300 }],
        commands: vec![envelope(&book(1, CUT, StaffWish::Requested(JJ), at(14, 0)), 1)],
    };
    golden("sync_request.bin", &postcard::to_allocvec(&request).unwrap());
    let records = vec![
        Record::Store(salon.view.catalogue.stores[&STORE].clone()),
        Record::Service(salon.view.catalogue.services[&COLOUR].clone()),
        Record::Staff(salon.view.catalogue.staff[&JJ].clone()),
        Record::Shift(salon.view.catalogue.shifts.values().next().unwrap().clone()),
    ];
    let outcome = Outcome::Refused { refusal: Refusal::TimeTaken { by: vec![booking_id(1)] }, alternatives: Vec::new() };
    let reply = SyncReply {
        now: at(9, 1),
        replica: ReplicaState::At(1),
        outcomes: vec![Answer { number: 1, uuid: CommandId(Uuid::from_u128(1)), outcome }],
        pages: vec![Page { scope: Scope::BrandPublic, grant: GrantId(Uuid::nil()), fresh: true, seq: 4, complete: true, records }],
        scopes: vec![(Scope::Busy(STORE), GrantId(Uuid::nil()))],
        gone: vec![Scope::Contacts(STORE)],
    };
    let bytes = postcard::to_allocvec(&reply).unwrap();
    golden("sync_reply.bin", &bytes);
    assert_eq!(postcard::from_bytes::<SyncReply>(&bytes).unwrap(), reply);
}

#[test]
fn every_kind_of_command_reads_back_what_it_wrote_and_refuses_left_overs() {
    let mut all = Vec::new();
    for given in day() {
        let (kind, version) = given.command.kind();
        let mut payload = given.command.payload();
        assert_eq!(Command::from_payload(kind, version, &payload).unwrap(), given.command);
        all.extend_from_slice(&kind.to_le_bytes());
        all.extend_from_slice(&payload);
        payload.push(0);
        assert!(Command::from_payload(kind, version, &payload).is_err(), "trailing bytes of {}", given.command.name());
        assert!(Command::from_payload(kind, version + 1, &payload).is_err());
    }
    golden("payloads.bin", &all);
}

/// A morning at the salon, from the empty brand on.
fn day() -> Vec<Given> {
    let salon = Salon::open();
    let catalogue = &salon.view.catalogue;
    let mut commands: Vec<(Who, Command)> = vec![];
    commands.extend(catalogue.stores.values().map(|store| (owner(), Command::PutStore(PutStore { store: store.clone(), base: 0 }))));
    commands.extend(catalogue.services.values().map(|s| (owner(), Command::PutService(PutService { service: s.clone(), base: 0 }))));
    commands.extend(catalogue.staff.values().map(|s| (owner(), Command::PutStaff(PutStaff { staff: s.clone(), base: 0 }))));
    commands.extend(catalogue.shifts.values().map(|s| (owner(), Command::PutShift(PutShift { shift: s.clone(), base: 0 }))));
    let lines = vec![line(CUT, StaffWish::Requested(KELLY), at(15, 0))];
    commands.extend([
        (phone_of(XIAOMAN), book(1, CUT, StaffWish::Requested(JJ), at(10, 15))),
        (phone_of(CHEN_MO), book(2, CUT, StaffWish::Requested(JJ), at(10, 30))),
        (Who { number: 0, ..phone_of(CHEN_MO) }, Command::Hold(Hold { store: STORE, booking: booking_id(3), lines })),
        (phone_of(CHEN_MO), book(4, CUT, StaffWish::Any, at(11, 0))),
        (desk(), book(5, COLOUR, StaffWish::Any, at(11, 0))),
        (desk().offline_since(0, at(9, 30)), walk_in(6, StaffWish::Requested(JJ), at(9, 30))),
        (desk().offline_since(0, at(9, 30)), Command::Start(Start { store: STORE, booking: booking_id(6), staff: None, over: None })),
        (desk(), Command::RunningLate(RunningLate { store: STORE, booking: booking_id(6), minutes: 15 })),
        (desk(), Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), over: None })),
    ]);
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

#[test]
fn a_recorded_day_is_decided_the_same_again() {
    let day = day();
    golden("day.bin", &postcard::to_allocvec(&day).unwrap());
    golden("day.digest", format!("{:016x}\n", replay(&day, &[STORE])).as_bytes());
}
