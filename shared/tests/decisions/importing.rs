//! ImportVisit: promises made elsewhere are kept.

use shared::attention::AttentionKind;
use shared::booking::{State, Subject};
use shared::command::{CheckIn, Command, CorrectVisit, ImportFindings, ImportVisit, ImportedLine, ImportedStatus};
use shared::decision::LadderStep;
use shared::occupancy::LaneReason;
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
        note: "".into(),
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

fn imported(command: &Command) -> ImportVisit {
    let Command::ImportVisit(visit) = command else { panic!("an imported visit") };
    visit.clone()
}

/// Visit 1 at two with JJ, as the files said it first, and corrected.
fn promised_and(change: impl FnOnce(&mut ImportVisit)) -> (Command, Command) {
    let first = visit(1, Some(at(14, 0)), ImportedStatus::Promised);
    let mut now = imported(&first);
    change(&mut now);
    let correction = CorrectVisit { was: imported(&first), now };
    (first, Command::CorrectVisit(correction))
}

#[test]
fn a_guest_whose_visit_moved_in_the_old_system_is_expected_at_the_new_time() {
    let mut salon = Salon::open();
    let (first, correction) = promised_and(|now| now.lines[0].starts_at = Some(at(15, 30)));
    salon.give(&system(), &first).unwrap();
    salon.give(&system(), &visit(2, Some(at(15, 0)), ImportedStatus::Promised)).unwrap();
    let decision = salon.give(&system(), &correction).unwrap();
    assert_eq!(decision.step, LadderStep::Imported);
    assert!(decision.notices.is_empty(), "nobody is told: they know it from there");
    let moved = salon.booking(1);
    assert_eq!((moved.starts_at, moved.occupancy[0].lane, moved.history.len()), (at(15, 30), 1, 2));
    assert!(salon.give(&system(), &correction).unwrap().changes.is_empty(), "once is enough");
}

#[test]
fn who_missed_a_visit_holds_no_time_any_more() {
    let mut salon = Salon::open();
    let (first, correction) = promised_and(|now| now.status = ImportedStatus::NoShow);
    salon.give(&system(), &first).unwrap();
    salon.give(&system(), &correction).unwrap();
    assert!(matches!(salon.state(1), State::NoShow { .. }));
    assert!(salon.booking(1).occupancy.is_empty());
}

#[test]
fn what_the_desk_has_done_since_is_not_written_over_by_a_file() {
    let mut salon = Salon::open();
    let (first, correction) = promised_and(|now| now.lines[0].starts_at = Some(at(15, 30)));
    salon.give(&system(), &first).unwrap();
    salon.give(&desk(), &Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None })).unwrap();
    assert_eq!(salon.give(&system(), &correction), Err(Refusal::Superseded));
    assert_eq!(salon.give(&owner(), &correction), Err(Refusal::NotAllowed));
    let (_, other) = promised_and(|now| now.booking = booking_id(3));
    assert_eq!(salon.give(&system(), &other), Err(Refusal::Invalid { field: "was".into() }));
}

#[test]
fn a_visit_that_was_cancelled_in_the_old_system_says_who_did_it() {
    let mut salon = Salon::open();
    let (first, correction) = promised_and(|now| {
        now.status = ImportedStatus::Cancelled;
        now.note = "Cancelled 2026-11-20, BEN".into();
    });
    salon.give(&system(), &first).unwrap();
    salon.give(&system(), &correction).unwrap();
    assert_eq!(salon.booking(1).note, "Cancelled 2026-11-20, BEN".into());
    assert!(matches!(salon.state(1), State::Cancelled { .. }));
    assert!(salon.booking(1).occupancy.is_empty());
}

#[test]
fn a_correction_leaves_whose_visit_it_is_and_since_when_it_was_made() {
    let mut salon = Salon::open();
    let (first, correction) = promised_and(|now| (now.lines[0].starts_at, now.made_at) = (Some(at(15, 30)), at(9, 30)));
    salon.give(&system(), &first).unwrap();
    let booking = salon.view.bookings.get_mut(&booking_id(1)).unwrap();
    (booking.account, booking.tier) = (Some(XIAOMAN), 2);
    salon.give(&system(), &correction).unwrap();
    let corrected = salon.booking(1);
    assert_eq!((corrected.account, corrected.tier, corrected.made_at), (Some(XIAOMAN), 2, at(9, 0)));
}

#[test]
fn a_visit_stands_as_a_file_says_only_when_all_of_it_does() {
    use ImportedStatus::{Cancelled, Completed, NoShow, Promised};
    let file = |status| ImportVisit { note: "Cancelled by BEN".into(), ..imported(&visit(1, Some(at(14, 0)), status)) };
    let all = [Promised, Completed, NoShow, Cancelled];
    for status in all {
        let mut salon = Salon::open();
        salon.give(&system(), &Command::ImportVisit(file(status))).unwrap();
        let here = salon.booking(1).clone();
        let stands = all.map(|said| file(said).is_what_stands(&here));
        assert_eq!(stands, all.map(|said| said == status), "{status:?}");
        let other_note = ImportVisit { note: "Cancelled by ANNA".into(), ..file(status) };
        assert_eq!(other_note.is_what_stands(&here), status != Cancelled, "only a cancellation's note is a fact");
        let two = ImportVisit { lines: [file(status).lines, file(status).lines].concat(), ..file(status) };
        assert!(!two.is_what_stands(&here));
        let later = imported(&visit(1, Some(at(14, 30)), status));
        assert!(!later.is_what_stands(&here));
    }
    let mut salon = Salon::open();
    salon.give(&system(), &Command::ImportVisit(file(Promised))).unwrap();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().facts.given_way = true;
    assert!(!file(Promised).is_what_stands(salon.booking(1)), "somebody here has seen to it");
}
