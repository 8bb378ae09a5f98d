//! A visit that is edited in place: services, lengths, people, prices and guests; who is in the way, and what stays as it was agreed.

use std::sync::Arc;

use shared::booking::{State, Subject};
use shared::command::{ChangeVisit, Command, Move, PutService, Start};
use shared::decision::{Decision, NoticeKind};
use shared::id::{MemberId, StaffId};
use shared::line_change::{LineChange, SeenLine};
use shared::money::Money;
use shared::occupancy::LaneReason;
use shared::refusal::Refusal;
use shared::role::Role;
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;
use uuid::Uuid;

use super::salon::*;

/// An edit of the first visit that changes nothing yet.
fn edit(salon: &Salon) -> ChangeVisit {
    let lines = &salon.booking(1).lines;
    ChangeVisit {
        store: STORE,
        booking: booking_id(1),
        lines_seen: u8::try_from(lines.len()).unwrap(),
        lines: LineChange::all_unchanged(lines),
        starts_at: None,
        note: None,
        override_reason: None,
    }
}

/// A line more.
fn added(line: shared::visit_request::RequestedLine) -> LineChange {
    LineChange {
        was: None,
        service: line.service,
        subject: line.subject,
        payer: line.payer,
        staff_preference: line.staff_preference,
        staff: None,
        minutes: None,
        seen_price: line.seen_price,
        is_own_price: false,
        is_beside: false,
    }
}

fn give(salon: &mut Salon, change: impl FnOnce(&mut ChangeVisit)) -> Result<Decision, Refusal> {
    let mut command = edit(salon);
    change(&mut command);
    salon.give(&desk(), &Command::ChangeVisit(command))
}

/// Xiaoman has a cut with anybody at two: it is with Kelly.
fn promised() -> Salon {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Any, at(14, 0));
    let kelly = if salon.staff_of(1) == JJ { BECKY } else { salon.staff_of(1) };
    assert_eq!(salon.staff_of(1), kelly, "somebody of the lower price");
    salon
}

fn times(salon: &Salon) -> Vec<(StaffId, Timestamp, Timestamp)> {
    salon.booking(1).lines.iter().map(|line| (line.staff.unwrap(), line.starts_at, line.range().end)).collect()
}

#[test]
fn a_service_that_is_added_follows_the_others_and_the_guest_is_told() {
    let mut salon = promised();
    let who = salon.staff_of(1);
    let decision = give(&mut salon, |edit| edit.lines.push(added(line(COLOUR, StaffPreference::Any, at(0, 0))))).unwrap();
    assert_eq!(times(&salon), [(who, at(14, 0), at(15, 0)), (who, at(15, 0), at(17, 0))]);
    assert_eq!(salon.booking(1).ends_at, at(17, 0));
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    assert_eq!(decision.notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [NoticeKind::Changed]);
    assert_eq!(salon.booking(1).history.last().unwrap().what, shared::booking::history::StepKind::Changed);
}

#[test]
fn a_service_that_is_taken_away_gives_its_time_back_and_the_next_one_begins_with_the_visit() {
    let mut salon = promised();
    give(&mut salon, |edit| edit.lines.push(added(line(COLOUR, StaffPreference::Any, at(0, 0))))).unwrap();
    give(&mut salon, |edit| drop(edit.lines.remove(0))).unwrap();
    assert_eq!(salon.booking(1).lines.len(), 1);
    assert_eq!((salon.booking(1).lines[0].service, salon.booking(1).starts_at, salon.booking(1).ends_at), (COLOUR, at(14, 0), at(16, 0)));
    assert_eq!(give(&mut salon, |edit| edit.lines.clear()), Err(Refusal::Invalid { field: "lines".into() }));
}

#[test]
fn what_takes_longer_pushes_the_rest_of_the_visit_and_keeps_its_length_when_it_moves() {
    let mut salon = promised();
    give(&mut salon, |edit| edit.lines.push(added(line(CUT, StaffPreference::Any, at(0, 0))))).unwrap();
    give(&mut salon, |edit| edit.lines[0].minutes = Some(vec![90])).unwrap();
    let who = salon.staff_of(1);
    assert_eq!(times(&salon), [(who, at(14, 0), at(15, 30)), (who, at(15, 30), at(16, 30))]);
    let to = Move { store: STORE, booking: booking_id(1), starts_at: at(18, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&desk(), &Command::Move(to)).unwrap();
    assert_eq!(salon.booking(1).ends_at, at(20, 30), "an hour and a half, and an hour");
    for minutes in [vec![], vec![0], vec![7], vec![90, 5]] {
        let refused = give(&mut salon, |edit| edit.lines[0].minutes = Some(minutes));
        assert_eq!(refused, Err(Refusal::Invalid { field: "minutes".into() }));
    }
}

#[test]
fn a_longer_visit_does_not_run_into_the_next_promise_but_whoever_asked_for_nobody_goes_to_a_free_colleague() {
    let mut salon = promised();
    let who = salon.staff_of(1);
    salon.promise(2, StaffPreference::Requested(who), at(15, 0));
    give(&mut salon, |edit| edit.lines[0].minutes = Some(vec![90])).unwrap();
    assert_ne!(salon.staff_of(1), who, "a colleague at the same price");
    assert_ne!(salon.staff_of(1), JJ, "who costs more");
    give(&mut salon, |edit| edit.lines[0].minutes = None).unwrap();
    let colleague = salon.staff_of(1);
    salon.promise(3, StaffPreference::Requested(colleague), at(16, 0));
    let refused = give(&mut salon, |edit| edit.lines[0].minutes = Some(vec![180]));
    assert!(matches!(refused, Err(Refusal::TimeTaken { .. })), "{refused:?}");
}

#[test]
fn over_somebody_elses_time_it_needs_a_reason_and_then_both_stand() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(15, 0));
    let longer = |edit: &mut ChangeVisit| edit.lines[0].minutes = Some(vec![75]);
    assert!(matches!(give(&mut salon, longer), Err(Refusal::TimeTaken { .. })));
    let with_reason = |edit: &mut ChangeVisit| {
        longer(edit);
        edit.override_reason = Some("两位都同意".into());
    };
    give(&mut salon, with_reason).unwrap();
    let held = &salon.booking(1).occupancy[0];
    assert_eq!((held.lane, held.reason.clone()), (1, Some(LaneReason::Squeeze("两位都同意".into()))));
    assert_eq!(salon.booking(2).starts_at, at(15, 0));
    // What it holds now it may keep, whatever else is edited.
    give(&mut salon, |edit| edit.note = Some("带了孩子".into())).unwrap();
    assert_eq!(salon.booking(1).occupancy[0].lane, 1);
}

#[test]
fn a_visit_that_is_going_on_grows_and_pushes_what_follows() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(15, 0));
    salon.now = at(14, 0);
    salon.give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(1), staff: None, override_reason: None })).unwrap();
    let line = line(CUT, StaffPreference::Requested(JJ), at(0, 0));
    let decision = give(&mut salon, |edit| edit.lines.push(added(line))).unwrap();
    assert_eq!(times(&salon), [(JJ, at(14, 0), at(15, 0)), (JJ, at(15, 0), at(16, 0))]);
    assert_eq!((salon.booking(2).occupancy[0].range.start, salon.booking(2).late_minutes), (at(16, 0), 60));
    let told: Vec<_> = decision.notices.iter().map(|notice| (notice.booking, notice.kind)).collect();
    assert_eq!(told, [(booking_id(2), NoticeKind::Delayed)], "who is here sees it");
    let moved = give(&mut salon, |edit| edit.starts_at = Some(at(17, 0)));
    assert!(matches!(moved, Err(Refusal::WrongState { .. })), "{moved:?}");
}

#[test]
fn a_price_by_hand_needs_the_right_and_a_reason_and_the_menus_price_needs_none() {
    let mut salon = promised();
    let cheaper = |edit: &mut ChangeVisit| (edit.lines[0].seen_price, edit.lines[0].is_own_price) = (Some(Money(10_000)), true);
    assert_eq!(give(&mut salon, cheaper), Err(Refusal::NeedsOverride { over: Vec::new() }));
    let mut command = edit(&salon);
    cheaper(&mut command);
    command.override_reason = Some("老顾客".into());
    let technician = staff_with(Role::Technician);
    assert_eq!(salon.give(&technician, &Command::ChangeVisit(command.clone())), Err(Refusal::NotAllowed));
    salon.give(&desk(), &Command::ChangeVisit(command)).unwrap();
    assert_eq!(salon.booking(1).lines[0].price, Some(Money(10_000)));
    assert_eq!(salon.booking(1).history.last().unwrap().reason.0, "老顾客");
    let menu = |edit: &mut ChangeVisit| (edit.lines[0].seen_price, edit.lines[0].is_own_price) = (Some(Money(16_800)), true);
    give(&mut salon, menu).unwrap();
    assert_eq!(salon.booking(1).lines[0].price, Some(Money(16_800)));
    let below_nothing = |edit: &mut ChangeVisit| (edit.lines[0].seen_price, edit.lines[0].is_own_price) = (Some(Money(-1)), true);
    assert_eq!(give(&mut salon, below_nothing), Err(Refusal::Invalid { field: "price".into() }));
}

#[test]
fn somebody_else_does_it_at_the_price_that_was_seen_and_the_wish_stays_the_guests() {
    let mut salon = promised();
    let to_jj = |price| {
        move |edit: &mut ChangeVisit| {
            let line = &mut edit.lines[0];
            (line.staff, line.seen_price) = (Some(JJ), price);
        }
    };
    assert_eq!(give(&mut salon, to_jj(Some(Money(16_800)))), Err(Refusal::PriceChanged { now: Some(Money(26_800)) }));
    give(&mut salon, to_jj(Some(Money(26_800)))).unwrap();
    assert_eq!((salon.staff_of(1), salon.booking(1).lines[0].staff_preference), (JJ, StaffPreference::Any));
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let to_kelly = |edit: &mut ChangeVisit| (edit.lines[0].staff, edit.lines[0].seen_price) = (Some(KELLY), Some(Money(16_800)));
    assert_eq!(give(&mut salon, to_kelly), Err(Refusal::Invalid { field: "staff".into() }), "she asked for JJ");
    let agreed = |edit: &mut ChangeVisit| {
        to_kelly(edit);
        edit.lines[0].staff_preference = StaffPreference::Any;
    };
    give(&mut salon, agreed).unwrap();
    assert_eq!(salon.staff_of(1), KELLY);
}

#[test]
fn dragged_to_another_time_and_person_at_once_it_is_moved() {
    let mut salon = promised();
    let decision = give(&mut salon, |edit| {
        edit.starts_at = Some(at(17, 0));
        edit.lines[0].staff = Some(BECKY);
    })
    .unwrap();
    assert_eq!((salon.staff_of(1), salon.booking(1).starts_at), (BECKY, at(17, 0)));
    assert_eq!(decision.notices[0].kind, NoticeKind::Moved);
    salon.now = at(12, 0);
    assert_eq!(give(&mut salon, |edit| edit.starts_at = Some(at(10, 30))), Err(Refusal::TooSoon { lead_minutes: 0 }));
}

#[test]
fn two_tablets_that_edit_one_visit_do_not_undo_each_other() {
    let mut salon = promised();
    let (mut mine, theirs) = (edit(&salon), edit(&salon));
    mine.lines.push(added(line(CUT, StaffPreference::Any, at(0, 0))));
    salon.give(&desk(), &Command::ChangeVisit(mine)).unwrap();
    assert_eq!(salon.give(&desk(), &Command::ChangeVisit(theirs)), Err(Refusal::Superseded));
    let other_price = |edit: &mut ChangeVisit| edit.lines[0].was.as_mut().unwrap().price = Some(Money(1));
    assert_eq!(give(&mut salon, other_price), Err(Refusal::Superseded));
    let twice = |edit: &mut ChangeVisit| edit.lines[1].was = edit.lines[0].was;
    assert_eq!(give(&mut salon, twice), Err(Refusal::Invalid { field: "lines".into() }));
    let unknown = |edit: &mut ChangeVisit| edit.lines[0].was = Some(SeenLine { number: 9, ..edit.lines[0].was.unwrap() });
    assert_eq!(give(&mut salon, unknown), Err(Refusal::Superseded));
}

#[test]
fn a_friend_is_served_beside_her_and_a_stranger_is_nobody_here() {
    let mut salon = promised();
    let friend = LineChange { is_beside: true, ..added(line(CUT, StaffPreference::Any, at(0, 0))) };
    give(&mut salon, |edit| edit.lines.push(friend.clone())).unwrap();
    let found = times(&salon);
    assert_eq!((found[0].1, found[1].1), (at(14, 0), at(14, 0)));
    assert_ne!(found[0].0, found[1].0, "two pairs of hands");
    let stranger = Subject::Member(MemberId(Uuid::from_u128(99)));
    let refused = give(&mut salon, |edit| edit.lines.push(LineChange { subject: stranger, ..friend }));
    assert_eq!(refused, Err(Refusal::NotFound { kind: "member".into() }));
}

#[test]
fn a_promise_stays_editable_and_movable_at_its_price_when_its_service_is_not_offered_any_more() {
    let mut salon = promised();
    let mut retired = salon.view.catalogue.services[&CUT].clone();
    (retired.active, retired.online, retired.price) = (false, false, Some(Money(99_900)));
    let put = PutService::of(retired, 0);
    salon.give(&owner(), &Command::PutService(put)).unwrap();
    give(&mut salon, |edit| edit.lines[0].minutes = Some(vec![75])).unwrap();
    let to = Move { store: STORE, booking: booking_id(1), starts_at: at(18, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&phone_of(XIAOMAN), &Command::Move(to)).unwrap();
    assert_eq!((salon.booking(1).ends_at, salon.booking(1).lines[0].price), (at(19, 15), Some(Money(16_800))));
    let new = give(&mut salon, |edit| edit.lines.push(added(line(CUT, StaffPreference::Any, at(0, 0)))));
    assert_eq!(new, Err(Refusal::NotFound { kind: "service".into() }), "nobody gets it anew");
}

#[test]
fn a_length_of_its_own_is_what_the_guest_finds_times_for() {
    let mut salon = promised();
    give(&mut salon, |edit| edit.lines[0].minutes = Some(vec![120])).unwrap();
    let who = salon.staff_of(1);
    // All others have the afternoon off; she has an hour and a half before the next guest.
    let catalogue = Arc::make_mut(&mut salon.view.catalogue);
    catalogue.shifts.retain(|shift| shift.staff == who);
    salon.promise(2, StaffPreference::Requested(who), at(18, 0));
    let request = shared::visit_request::VisitRequest {
        store: STORE,
        lines: vec![shared::visit_request::RequestedService { service: CUT, staff_preference: StaffPreference::Any }],
        starts: shared::time::TimeRange { start: at(14, 0), end: at(20, 0) },
        audience: shared::visit_request::Audience::Desk,
        moving: Some(booking_id(1)),
    };
    let found: Vec<_> = shared::openings::search(&salon.view, &request, salon.now).unwrap().starts().collect();
    assert!(found.contains(&at(16, 0)) && !found.contains(&at(16, 15)) && !found.contains(&at(17, 0)), "two hours before six");
    assert_eq!(shared::openings::why_not(&salon.view, &request, at(16, 0), salon.now), None);
    assert!(shared::openings::why_not(&salon.view, &request, at(16, 30), salon.now).is_some());
}

#[test]
fn nothing_changed_is_nothing_done_and_what_is_over_stays() {
    let mut salon = promised();
    assert_eq!(give(&mut salon, |_| {}).unwrap(), Decision::default());
    let done = |salon: &mut Salon| {
        salon.view.bookings.get_mut(&booking_id(1)).unwrap().state = State::Completed { at: at(15, 0) };
    };
    done(&mut salon);
    assert!(matches!(give(&mut salon, |_| {}), Err(Refusal::WrongState { .. })));
}
