//! Running late: who is pushed, how far, how many, and what stays where it is.

use shared::attention::AttentionKind;
use shared::block::BlockKind;
use shared::booking::State;
use shared::command::{BlockTime, Book, Command, RunningLate, Squeeze, Start};
use shared::decision::Decision;
use shared::id::BlockId;
use shared::occupancy::LaneReason;
use shared::part::{Part, PartKind};
use shared::staff_preference::StaffPreference;
use shared::time::{LocalSpan, TimeRange};
use uuid::Uuid;

use super::salon::*;

fn late(salon: &mut Salon, number: u128, minutes: u16) -> Decision {
    salon.give(&desk(), &Command::RunningLate(RunningLate { store: STORE, booking: booking_id(number), minutes })).unwrap()
}

fn start(salon: &mut Salon, number: u128) {
    salon.give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(number), staff: None, override_reason: None })).unwrap();
}

/// JJ serves Xiaoman from ten on; others follow.
fn jj_is_busy(others: &[(u128, u16, u16)]) -> Salon {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    for (number, hour, minute) in others {
        salon.promise(*number, StaffPreference::Requested(JJ), at(*hour, *minute));
    }
    salon.now = at(10, 0);
    start(&mut salon, 1);
    salon
}

fn starts(salon: &Salon, number: u128) -> shared::time::Timestamp {
    salon.booking(number).occupancy[0].range.start
}

#[test]
fn a_lunch_that_cannot_be_pushed_stays_and_the_visit_that_runs_into_it_lies_beside_it_and_shows() {
    let mut salon = jj_is_busy(&[]);
    let range = TimeRange { start: at(11, 0), end: at(11, 30) };
    let (block, kind) = (BlockId(Uuid::from_u128(31)), BlockKind::Break);
    let lunch = BlockTime { store: STORE, block, resource: JJ.into(), range, kind, reason: "".into(), override_reason: None };
    salon.give(&desk(), &Command::Block(lunch)).unwrap();
    late(&mut salon, 1, 20);
    let held = &salon.booking(1).occupancy[0];
    assert_eq!((held.lane, &held.reason, held.range.end), (1, &Some(LaneReason::SecondFact), at(11, 20)));
    assert_eq!(salon.view.blocks[&block].range, range);
}

#[test]
fn who_is_squeezed_in_on_purpose_is_not_pushed_and_keeps_the_reason() {
    let mut salon = jj_is_busy(&[]);
    let lines = vec![line(CUT, StaffPreference::Requested(JJ), at(10, 30))];
    let squeeze = Squeeze { store: STORE, booking: booking_id(2), account: None, lines, note: "".into(), reason: "老顾客".into() };
    salon.give(&desk(), &Command::Squeeze(squeeze)).unwrap();
    late(&mut salon, 1, 20);
    assert_eq!((starts(&salon, 2), salon.booking(2).late_minutes), (at(10, 30), 0));
    late(&mut salon, 2, 15);
    let held = &salon.booking(2).occupancy[0];
    assert_eq!((held.lane, &held.reason, held.range.start), (1, &Some(LaneReason::Squeeze("老顾客".into())), at(10, 45)));
}

#[test]
fn only_the_last_part_of_a_colour_takes_longer_and_its_line_says_so() {
    let mut salon = Salon::open();
    salon.give(&desk(), &book(1, COLOUR, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.now = at(10, 0);
    start(&mut salon, 1);
    late(&mut salon, 1, 15);
    let ranges: Vec<_> = salon.booking(1).occupancy.iter().map(|held| held.range).collect();
    assert_eq!(ranges, [TimeRange { start: at(10, 0), end: at(11, 0) }, TimeRange { start: at(11, 40), end: at(12, 15) }]);
    let part = |kind, minutes| Part { kind, minutes };
    let expected = [part(PartKind::Active, 60), part(PartKind::Processing, 40), part(PartKind::Active, 35)];
    assert_eq!((salon.booking(1).lines[0].parts.as_slice(), salon.booking(1).ends_at), (expected.as_slice(), at(12, 15)));
}

#[test]
fn of_two_services_only_the_one_that_ends_last_takes_longer() {
    let mut salon = Salon::open();
    let Command::Book(visit) = book(1, CUT, StaffPreference::Requested(KELLY), at(10, 0)) else { unreachable!() };
    let lines = vec![visit.lines[0].clone(), line(CUT, StaffPreference::Requested(JJ), at(11, 0))];
    salon.give(&desk(), &Command::Book(Book { lines, ..visit })).unwrap();
    salon.now = at(10, 0);
    start(&mut salon, 1);
    late(&mut salon, 1, 15);
    let minutes: Vec<_> = salon.booking(1).lines.iter().map(|line| line.range().minutes()).collect();
    let ends: Vec<_> = salon.booking(1).occupancy.iter().map(|held| held.range.end).collect();
    assert_eq!((minutes, ends), (vec![60, 75], vec![at(11, 0), at(12, 15)]));
}

#[test]
fn who_comes_to_somebody_else_or_has_come_and_gone_or_is_being_served_is_not_pushed() {
    let mut salon = jj_is_busy(&[(2, 11, 0)]);
    salon.promise(3, StaffPreference::Requested(KELLY), at(11, 0));
    salon.view.bookings.get_mut(&booking_id(2)).unwrap().state = State::InService { since: at(11, 0), arrived_at: None };
    late(&mut salon, 1, 20);
    assert_eq!((salon.booking(2).late_minutes, salon.booking(3).late_minutes), (0, 0));
    let mut salon = jj_is_busy(&[(2, 11, 0)]);
    salon.view.bookings.get_mut(&booking_id(2)).unwrap().state = State::Completed { at: at(11, 30) };
    late(&mut salon, 1, 20);
    assert_eq!(salon.booking(2).late_minutes, 0);
}

#[test]
fn who_was_to_be_served_before_now_is_not_pushed_by_what_is_told_now() {
    let mut salon = jj_is_busy(&[(2, 11, 0), (3, 12, 0)]);
    salon.now = at(11, 30);
    // The visit at eleven was never begun; its guest did not come.
    late(&mut salon, 1, 90);
    assert_eq!(salon.booking(2).late_minutes, 90, "she was to come after the one who is late");
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(12, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(11, 30);
    late(&mut salon, 1, 20);
    assert_eq!((salon.booking(1).late_minutes, salon.booking(2).late_minutes), (20, 0));
}

#[test]
fn a_visit_is_pushed_to_the_minute_in_which_the_one_before_is_done_and_one_that_begins_then_is_not() {
    let mut salon = jj_is_busy(&[(2, 11, 20)]);
    let decision = late(&mut salon, 1, 20);
    assert_eq!((starts(&salon, 2), salon.booking(2).late_minutes), (at(11, 20), 0));
    assert!(decision.notices.is_empty());
    let mut salon = jj_is_busy(&[(2, 11, 20)]);
    late(&mut salon, 1, 25);
    assert_eq!((starts(&salon, 2), salon.booking(2).late_minutes), (at(11, 25), 5));
}

/// Open day and night, with cuts of five minutes.
fn a_busy_day(visits: u128) -> Salon {
    let mut salon = Salon::open();
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    let always = vec![LocalSpan { from: 0, until: 1440 }];
    catalogue.stores.get_mut(&STORE).unwrap().hours = core::array::from_fn(|_| always.clone());
    let shifts: Vec<_> = catalogue.shifts.keys().copied().collect();
    shifts.iter().for_each(|shift| catalogue.shifts.get_mut(shift).unwrap().spans = always.clone());
    catalogue.services.get_mut(&CUT).unwrap().parts = vec![Part { kind: PartKind::Active, minutes: 5 }];
    for number in 1..=visits {
        let start = at(9, 0).plus_minutes(i64::try_from(number).unwrap() * 5);
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(JJ), start)).unwrap();
    }
    salon
}

#[test]
fn one_tap_pushes_at_most_a_hundred_and_twenty_visits_and_the_next_lies_beside() {
    let mut salon = a_busy_day(125);
    let decision = late(&mut salon, 1, 5);
    assert_eq!(decision.notices.len(), 120);
    assert_eq!((salon.booking(121).late_minutes, salon.booking(122).late_minutes), (5, 0));
    let lanes: Vec<_> = salon.view.bookings.values().map(|booking| booking.occupancy[0].lane).filter(|lane| *lane > 0).collect();
    assert_eq!(lanes, [1], "one of the two who meet lies beside the other");
}

#[test]
fn what_begins_a_day_after_the_visit_is_not_pushed() {
    let mut salon = Salon::open();
    let always = vec![LocalSpan { from: 0, until: 1440 }];
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    catalogue.stores.get_mut(&STORE).unwrap().hours = core::array::from_fn(|_| always.clone());
    let shifts: Vec<_> = catalogue.shifts.keys().copied().collect();
    shifts.iter().for_each(|shift| catalogue.shifts.get_mut(shift).unwrap().spans = always.clone());
    // From ten on nobody has a free minute for a day.
    for number in 1..=26u128 {
        let start = at(10, 0).plus_minutes(i64::try_from(number - 1).unwrap() * 60);
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(JJ), start)).unwrap();
    }
    late(&mut salon, 1, 60);
    // The first ended at eleven; with the hour that it is late, a day reaches to noon of tomorrow.
    let pushed: Vec<_> = (1..=26).filter(|number| salon.booking(*number).late_minutes > 0).collect();
    assert_eq!(pushed, (1..=25).collect::<Vec<_>>());
    let shown = salon.view.attention.values().filter(|entry| matches!(entry.about, AttentionKind::Delayed { .. })).count();
    assert_eq!(shown, 24, "the one who is late shows by themselves");
}
