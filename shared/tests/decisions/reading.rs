//! What a decision asks for: whatever it needs, once, and never more of a calendar than it can use.

use shared::block::BlockKind;
use shared::booking::{Booking, Subject};
use shared::command::*;
use shared::id::{AttentionId, BlockId};
use shared::member::Member;
use shared::noun::Noun;
use shared::staff_preference::StaffPreference;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::RequestedLine;
use uuid::Uuid;

use super::salon::*;

/// What a server knows that has just started: the catalogue.
fn cold(salon: &Salon) -> View {
    let mut view = View::of(salon.view.catalogue.clone());
    view.known.catalogue = true;
    view
}

fn minutes(minutes: i64) -> i64 {
    minutes * 60_000
}

/// From so many minutes before an instant to so many after it.
fn around(instant: Timestamp, before: i64, after: i64) -> TimeRange {
    TimeRange { start: Timestamp(instant.0 - minutes(before)), end: Timestamp(instant.0 + minutes(after)) }
}

fn schedule_asked(command: &Command, view: &View) -> Option<TimeRange> {
    command.reads(view).and_then(|plan| plan.schedule).map(|(store, range)| {
        assert_eq!(store, STORE);
        range
    })
}

#[test]
fn an_entry_of_the_inbox_is_asked_for_once() {
    let mut salon = Salon::open();
    salon.give(&system(), &findings()).unwrap();
    let attention = salon.view.attention.values().next().unwrap().clone();
    let resolve = Command::ResolveAttention(ResolveAttention { store: STORE, attention: attention.id });
    let mut view = cold(&salon);
    let plan = resolve.reads(&view).unwrap();
    assert_eq!(plan, ReadPlan { records: [attention.key()].into(), ..ReadPlan::default() });
    view.attention.insert(attention.id, attention);
    assert_eq!(resolve.reads(&view), None);
    let another = Command::ResolveAttention(ResolveAttention { store: STORE, attention: AttentionId(Uuid::from_u128(77)) });
    assert!(another.reads(&view).is_some());
}

fn findings() -> Command {
    Command::ImportFindings(ImportFindings { store: STORE, overlaps: 1, paid_no_shows: 0, rejected: 0, unclear: 0 })
}

fn block(range: TimeRange) -> Command {
    let (block, kind) = (BlockId(Uuid::from_u128(31)), BlockKind::Break);
    Command::Block(BlockTime { store: STORE, block, resource: JJ.into(), range, kind, reason: "".into(), override_reason: None })
}

#[test]
fn a_block_asks_for_its_time_and_half_a_day_before_and_one_without_end_for_little_more_than_two_weeks() {
    let salon = Salon::open();
    let asked = |end: Timestamp| schedule_asked(&block(TimeRange { start: at(12, 0), end }), &cold(&salon));
    assert_eq!(asked(at(13, 0)), Some(around(at(12, 0), 720, 60)));
    assert_eq!(asked(Timestamp(i64::MAX)), Some(around(at(12, 0), 720, 14 * 1440 + 1)));
}

#[test]
fn newer_zone_data_is_laid_over_every_promise_ahead() {
    let salon = Salon::open();
    let ahead = around(at(9, 0), 0, 800 * 1440);
    let renew = Command::RenewZone(RenewZone { store: STORE, zone: zone(), ahead });
    let mut view = cold(&salon);
    assert_eq!(schedule_asked(&renew, &view), Some(ahead));
    view.known.schedules.insert(STORE, around(at(9, 0), 0, 799 * 1440));
    assert_eq!(schedule_asked(&renew, &view), Some(ahead), "most of it is not all of it");
    view.known.schedules.insert(STORE, ahead);
    assert_eq!(schedule_asked(&renew, &view), None);
}

fn imported(starts: &[Option<Timestamp>]) -> Command {
    let line = |starts_at: &Option<Timestamp>| ImportedLine {
        service: CUT,
        performed: None,
        subject: Subject::Guest { name: "?A01".into() },
        staff: Some(KELLY),
        starts_at: *starts_at,
        date: LocalDate::parse("2026-11-21").unwrap(),
        price: None,
    };
    let lines = starts.iter().map(line).collect();
    let (booking, status, made_at) = (booking_id(9), ImportedStatus::Promised, at(9, 0));
    Command::ImportVisit(ImportVisit { store: STORE, booking, lines, status, note: "".into(), made_at })
}

#[test]
fn an_imported_visit_asks_for_itself_and_for_the_time_of_its_lines() {
    let salon = Salon::open();
    let asked = |starts: &[Option<Timestamp>]| {
        let plan = imported(starts).reads(&cold(&salon)).unwrap();
        assert_eq!(plan.records, [Booking::key_of(booking_id(9))].into());
        plan.schedule.map(|(_, range)| range)
    };
    assert_eq!(asked(&[Some(at(17, 0)), Some(at(15, 0))]), Some(TimeRange { start: at(3, 0), end: at(18, 0) }));
    assert_eq!(asked(&[None]), None, "only its date is known");
}

#[test]
fn what_is_known_is_kept_when_it_lies_near_and_given_up_when_it_would_be_more_than_ten_days() {
    let salon = Salon::open();
    let mut view = cold(&salon);
    let wanted = schedule_asked(&imported(&[Some(at(17, 0))]), &view).unwrap();
    let reaching = |days: i64, minute: i64| TimeRange { start: Timestamp(wanted.end.0 - minutes(days * 1440 + minute)), end: wanted.start };
    view.known.schedules.insert(STORE, reaching(10, 0));
    assert_eq!(schedule_asked(&imported(&[Some(at(17, 0))]), &view), Some(TimeRange { start: reaching(10, 0).start, end: wanted.end }));
    view.known.schedules.insert(STORE, reaching(10, 1));
    assert_eq!(schedule_asked(&imported(&[Some(at(17, 0))]), &view), Some(wanted));
    view.known.schedules.insert(STORE, wanted);
    assert_eq!(schedule_asked(&imported(&[Some(at(17, 0))]), &view), None);
}

#[test]
fn a_visit_of_two_asks_for_both_members_and_whoever_pays() {
    let salon = Salon::open();
    let [lin, chen, wang] = [621, 622, 623].map(|number| shared::id::MemberId(Uuid::from_u128(number)));
    let Command::Book(visit) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    let line = |member, payer| RequestedLine { subject: Subject::Member(member), payer, ..visit.lines[0].clone() };
    let lines = vec![line(lin, None), line(chen, Some(wang))];
    let plan = Command::Book(Book { lines, ..visit.clone() }).reads(&cold(&salon)).unwrap();
    let members = [lin, chen, wang].map(Member::key_of);
    assert_eq!(plan.records, members.into_iter().chain([Booking::key_of(booking_id(1))]).collect());
}
