//! ImportVisit: promises made elsewhere are kept.

use shared::attention::AttentionKind;
use shared::booking::{LaneReason, State, Subject};
use shared::command::{Command, ImportFindings, ImportVisit, ImportedLine, ImportedStatus};
use shared::decision::LadderStep;
use shared::refusal::Refusal;
use shared::time::{LocalDate, Timestamp};

use super::salon::*;

fn visit(number: u128, starts_at: Option<Timestamp>, status: ImportedStatus) -> Command {
    let line = ImportedLine {
        service: CUT,
        performed: None,
        subject: Subject::Guest { name: "?A01".into() },
        staff: Some(JJ),
        starts_at,
        date: LocalDate::parse("2026-11-21").unwrap(),
        price: None,
    };
    Command::ImportVisit(ImportVisit {
        store: STORE,
        booking: booking_id(number),
        lines: vec![line],
        status,
        note: String::new(),
        made_at: at(9, 0),
    })
}

#[test]
fn overlapping_promises_both_enter_and_the_second_lies_beside() {
    let mut salon = Salon::open();
    salon.give(&system(), &visit(1, Some(at(14, 0)), ImportedStatus::Promised)).unwrap();
    let decision = salon.give(&system(), &visit(2, Some(at(14, 30)), ImportedStatus::Promised)).unwrap();
    assert_eq!(decision.step, LadderStep::Imported);
    let second = &salon.booking(2).occupancy[0];
    assert_eq!((second.lane, &second.reason), (1, &Some(LaneReason::Imported)));
}

#[test]
fn a_second_run_changes_nothing() {
    let mut salon = Salon::open();
    salon.give(&system(), &visit(1, Some(at(14, 0)), ImportedStatus::Promised)).unwrap();
    let again = salon.give(&system(), &visit(1, Some(at(14, 0)), ImportedStatus::Promised)).unwrap();
    assert!(again.changes.is_empty());
}

#[test]
fn an_unknown_time_is_never_invented() {
    let mut salon = Salon::open();
    assert!(salon.give(&system(), &visit(1, None, ImportedStatus::Promised)).is_err());
    salon.give(&system(), &visit(1, None, ImportedStatus::Cancelled)).unwrap();
    assert!(salon.booking(1).date_only);
    assert!(matches!(salon.state(1), State::Cancelled { .. }));
}

#[test]
fn only_the_system_imports() {
    let mut salon = Salon::open();
    let refused = salon.give(&owner(), &visit(1, Some(at(14, 0)), ImportedStatus::Promised));
    assert_eq!(refused, Err(Refusal::NotAllowed));
}

#[test]
fn what_an_import_found_is_one_entry_in_the_inbox() {
    let mut salon = Salon::open();
    let found = Command::ImportFindings(ImportFindings { store: STORE, overlaps: 28, paid_no_shows: 1, rejected: 0, unclear: 1 });
    assert_eq!(salon.give(&owner(), &found), Err(Refusal::NotAllowed));
    salon.give(&system(), &found).unwrap();
    let entries: Vec<_> = salon.view.attention.values().map(|entry| entry.about.clone()).collect();
    assert_eq!(entries, [AttentionKind::Imported { overlaps: 28, paid_no_shows: 1, rejected: 0, unclear: 1 }]);
}
