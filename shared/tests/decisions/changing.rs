//! Move, Cancel, AcceptAlternative, Confirm, Decline, Squeeze, RunningLate.

use shared::booking::{Alternative, CancelledBy, State};
use shared::command::{AcceptAlternative, Cancel, Command, Confirm, Decline, Move, RunningLate, Squeeze, Start};
use shared::decision::{LadderStep, NoticeKind};
use shared::money::Money;
use shared::occupancy::LaneReason;
use shared::openings::search;
use shared::refusal::Refusal;
use shared::role::Role;
use shared::service::{PriceOverride, Whom};
use shared::staff::Gender;
use shared::staff_preference::StaffPreference;
use shared::store::Confirmation;
use shared::time::LocalSpan;
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use super::salon::*;

fn reschedule(number: u128, hour: u16, minute: u16) -> Command {
    Command::Move(Move {
        store: STORE,
        booking: booking_id(number),
        starts_at: at(hour, minute),
        staff_preferences: Vec::new(),
        override_reason: None,
    })
}

fn cancel(number: u128, by: CancelledBy) -> Command {
    Command::Cancel(Cancel { store: STORE, booking: booking_id(number), by, reason: "".into() })
}

#[test]
fn a_member_moves_and_the_old_time_is_free_again() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.give(&phone_of(XIAOMAN), &reschedule(1, 14, 30)).unwrap();
    assert_eq!(salon.booking(1).starts_at, at(14, 30));
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(13, 30))).unwrap();
}

#[test]
fn a_move_to_a_taken_time_leaves_everything_as_it_was() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(16, 0));
    assert!(matches!(salon.give(&phone_of(XIAOMAN), &reschedule(1, 16, 0)), Err(Refusal::TimeTaken { .. })));
    assert_eq!(salon.booking(1).starts_at, at(14, 0));
    assert!(!salon.booking(1).occupancy.is_empty());
}

#[test]
fn inside_the_cutoff_members_may_not_move_but_may_still_cancel_late() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.now = at(12, 30);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &reschedule(1, 18, 0)), Err(Refusal::AfterCutoff { cutoff_minutes: 120 }));
    salon.give(&phone_of(XIAOMAN), &cancel(1, CancelledBy::Member)).unwrap();
    assert!(matches!(salon.state(1), State::Cancelled { by: CancelledBy::Member, late: true, .. }));
    assert!(salon.booking(1).occupancy.is_empty());
}

#[test]
fn a_second_cancellation_changes_nothing_and_a_strangers_booking_does_not_exist() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let stranger = salon.give(&phone_of(CHEN_MO), &cancel(1, CancelledBy::Member));
    assert_eq!(stranger, Err(Refusal::NotFound { kind: "booking".into() }));
    salon.give(&phone_of(XIAOMAN), &cancel(1, CancelledBy::Member)).unwrap();
    let version = salon.booking(1).version;
    salon.give(&desk(), &cancel(1, CancelledBy::Store)).unwrap();
    assert_eq!(salon.booking(1).version, version);
}

#[test]
fn one_tap_takes_an_alternative_at_the_agreed_price() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 15));
    salon.now = at(10, 20);
    let offline = desk().offline_since(seen, at(10, 15));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
    salon.give(&offline, &Command::Start(Start { store: STORE, booking: booking_id(2), staff: None, override_reason: None })).unwrap();
    let offered = Alternative { starts_at: at(12, 0), staff: vec![JJ] };
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().alternatives = vec![offered];
    let take = |hour| Command::AcceptAlternative(AcceptAlternative { store: STORE, booking: booking_id(1), starts_at: at(hour, 0) });
    assert!(salon.give(&phone_of(XIAOMAN), &take(13)).is_err(), "only what was offered");
    salon.give(&phone_of(XIAOMAN), &take(12)).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    assert_eq!(salon.booking(1).starts_at, at(12, 0));
    assert!(salon.booking(1).alternatives.is_empty());
}

#[test]
fn the_desk_answers_a_request() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.promise(2, StaffPreference::Requested(KELLY), at(14, 0));
    let confirm = Command::Confirm(Confirm { store: STORE, booking: booking_id(1) });
    assert_eq!(salon.give(&phone_of(XIAOMAN), &confirm), Err(Refusal::NotAllowed));
    salon.give(&desk(), &confirm).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    let decline = |reason: &str| Command::Decline(Decline { store: STORE, booking: booking_id(2), reason: reason.into() });
    assert!(salon.give(&desk(), &decline("")).is_err(), "a declined request says why");
    let decision = salon.give(&desk(), &decline("当天培训")).unwrap();
    assert_eq!(decision.notices[0].kind, NoticeKind::Declined);
    assert!(salon.booking(2).occupancy.is_empty());
}

#[test]
fn a_squeeze_needs_a_right_and_a_reason_and_shows_in_the_next_lane() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let squeeze = |reason: &str| {
        Command::Squeeze(Squeeze {
            store: STORE,
            booking: booking_id(2),
            account: None,
            lines: vec![line(CUT, StaffPreference::Requested(JJ), at(14, 0))],
            note: "".into(),
            reason: reason.into(),
        })
    };
    assert!(salon.give(&desk(), &squeeze("")).is_err());
    assert_eq!(salon.give(&staff_with(Role::Technician), &squeeze("老客人")), Err(Refusal::NotAllowed));
    let decision = salon.give(&desk(), &squeeze("老客人")).unwrap();
    assert_eq!(decision.step, LadderStep::Squeezed);
    let held = &salon.booking(2).occupancy[0];
    assert_eq!((held.lane, &held.reason), (1, &Some(LaneReason::Squeeze("老客人".into()))));
    assert!(matches!(salon.state(1), State::Confirmed { .. }), "both stand");
}

#[test]
fn running_late_pushes_what_follows_just_as_far_as_it_must() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(11, 0));
    salon.promise(3, StaffPreference::Requested(JJ), at(12, 10));
    salon.promise(4, StaffPreference::Requested(JJ), at(14, 0));
    salon.now = at(10, 0);
    salon.give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(1), staff: None, override_reason: None })).unwrap();
    let late = Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes: 20 });
    let decision = salon.give(&desk(), &late).unwrap();
    assert_eq!(salon.booking(1).ends_at, at(11, 20));
    assert_eq!(salon.booking(2).late_minutes, 20);
    assert_eq!(salon.booking(3).late_minutes, 10, "ten minutes of slack took the rest");
    assert_eq!(salon.booking(4).late_minutes, 0);
    assert_eq!(decision.notices.len(), 2);
    assert_eq!(salon.booking(2).starts_at, at(11, 0), "the promise stays on record");
}

#[test]
fn a_silly_delay_is_refused() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    for minutes in [0, 7, 600] {
        let late = Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes });
        assert_eq!(salon.give(&desk(), &late), Err(Refusal::Invalid { field: "minutes".into() }));
    }
}

#[test]
fn a_visit_that_was_pushed_moves_to_the_time_that_was_asked_for() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.give(&desk(), &Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes: 20 })).unwrap();
    assert_eq!(salon.booking(1).lines[0].starts_at, at(14, 20));
    salon.give(&desk(), &reschedule(1, 16, 0)).unwrap();
    assert_eq!((salon.booking(1).starts_at, salon.booking(1).lines[0].starts_at), (at(16, 0), at(16, 0)));
    assert_eq!(salon.booking(1).late_minutes, 0);
}

#[test]
fn a_member_who_names_nobody_is_not_moved_to_a_dearer_person() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Any, at(14, 0));
    for (number, staff) in [(2, KELLY), (3, BECKY)] {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(16, 0))).unwrap();
    }
    let dearer = salon.give(&phone_of(XIAOMAN), &reschedule(1, 16, 0));
    assert!(matches!(dearer, Err(Refusal::TimeTaken { .. })), "JJ is free, and costs more: {dearer:?}");
    let today = shared::time::LocalDate::parse("2026-11-21").unwrap();
    let wanted = RequestedService { service: CUT, staff_preference: StaffPreference::Any };
    let query = VisitRequest { moving: Some(booking_id(1)), ..VisitRequest::days(STORE, &zone(), wanted, today, 1, Audience::Online) };
    let listed = search(&salon.view, &query, salon.now).unwrap();
    assert!(!listed.has(at(16, 0)) && listed.has(at(17, 0)), "nor is it offered");
    salon.give(&phone_of(XIAOMAN), &reschedule(1, 17, 0)).unwrap();
    assert_eq!(salon.booking(1).lines[0].price, Some(Money(16_800)));
}

#[test]
fn services_in_a_row_stay_in_a_row_with_somebody_who_takes_longer() {
    let mut salon = Salon::open();
    let slow = PriceOverride { whom: Whom::Staff(BECKY), store: None, price: None, minutes: Some(vec![90]) };
    std::sync::Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().terms.push(slow);
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(KELLY), at(14, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Requested(KELLY), at(15, 0)));
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    let booking = salon.view.bookings.get_mut(&booking_id(1)).unwrap();
    booking.state = State::Displaced { at: at(9, 0) };
    booking.occupancy.clear();
    booking.alternatives = vec![Alternative { starts_at: at(17, 0), staff: vec![BECKY, KELLY] }];
    let take = AcceptAlternative { store: STORE, booking: booking_id(1), starts_at: at(17, 0) };
    salon.give(&desk(), &Command::AcceptAlternative(take)).unwrap();
    let starts: Vec<_> = salon.booking(1).lines.iter().map(|line| (line.staff.unwrap(), line.starts_at)).collect();
    assert_eq!(starts, [(BECKY, at(17, 0)), (KELLY, at(18, 30))]);
}

#[test]
fn what_the_store_offered_may_be_taken_also_with_somebody_who_is_not_booked_online() {
    let mut salon = Salon::open();
    std::sync::Arc::make_mut(&mut salon.view.catalogue).staff.get_mut(&BECKY).unwrap().online = false;
    salon.promise(1, StaffPreference::Requested(KELLY), at(14, 0));
    let booking = salon.view.bookings.get_mut(&booking_id(1)).unwrap();
    booking.state = State::Displaced { at: at(9, 0) };
    booking.alternatives = vec![Alternative { starts_at: at(15, 0), staff: vec![BECKY] }];
    let take = AcceptAlternative { store: STORE, booking: booking_id(1), starts_at: at(15, 0) };
    salon.give(&phone_of(XIAOMAN), &Command::AcceptAlternative(take)).unwrap();
    assert_eq!(salon.staff_of(1), BECKY);
}

/// Two friends at once with whoever is free, then one of them once more after a pause.
fn two_friends(salon: &mut Salon) {
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::AnyOf(Gender::Female), at(14, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::AnyOf(Gender::Female), at(14, 0)));
    wanted.lines.push(line(CUT, StaffPreference::AnyOf(Gender::Female), at(15, 30)));
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
}

#[test]
fn friends_who_come_together_are_offered_only_times_at_which_both_can_come() {
    let mut salon = Salon::open();
    two_friends(&mut salon);
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(KELLY), at(17, 0))).unwrap();
    let today = shared::time::LocalDate::parse("2026-11-21").unwrap();
    let wanted = RequestedService { service: CUT, staff_preference: StaffPreference::AnyOf(Gender::Female) };
    let mut query = VisitRequest { moving: Some(booking_id(1)), ..VisitRequest::days(STORE, &zone(), wanted, today, 1, Audience::Desk) };
    query.lines = vec![wanted; 3];
    let listed = search(&salon.view, &query, salon.now).unwrap();
    for (start, is_possible) in [(at(16, 0), true), (at(16, 15), false), (at(17, 0), false), (at(18, 0), true)] {
        assert_eq!(listed.has(start), is_possible, "{start:?}");
        let moved = Command::Move(Move {
            store: STORE,
            booking: booking_id(1),
            starts_at: start,
            staff_preferences: Vec::new(),
            override_reason: None,
        });
        let answer = salon.clone().give(&desk(), &moved);
        assert!(answer.is_ok() || !is_possible, "{answer:?}");
    }
    let lines = listed.lines_at(at(18, 0)).unwrap();
    assert_eq!(lines.iter().map(|line| line.starts_at).collect::<Vec<_>>(), [at(18, 0), at(18, 0), at(19, 30)]);
    assert_ne!(lines[0].staff, lines[1].staff);
}

#[test]
fn the_first_service_goes_to_whoever_lets_the_second_be_done_too() {
    for kelly_goes_home in [true, false] {
        let mut salon = Salon::open();
        let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
        // Becky is slower, and Kelly alone does colours.
        let slow = PriceOverride { whom: Whom::Staff(BECKY), store: None, price: None, minutes: Some(vec![90]) };
        catalogue.services.get_mut(&CUT).unwrap().terms.push(slow);
        catalogue.staff.get_mut(&BECKY).unwrap().skills = vec![CUT];
        catalogue.staff.get_mut(&JJ).unwrap().skills = vec![];
        let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Any, at(10, 0)) else { unreachable!() };
        wanted.lines.push(line(COLOUR, StaffPreference::Any, at(11, 0)));
        salon.give(&desk(), &Command::Book(wanted)).unwrap();
        // Kelly has more to do today, so that by the load alone Becky would be first; and at four she is at home, or has another guest.
        if kelly_goes_home {
            let shifts = &mut std::sync::Arc::make_mut(&mut salon.view.catalogue).shifts;
            let of_kelly: Vec<_> = shifts.values().filter(|shift| shift.staff == KELLY).map(|shift| shift.id).collect();
            of_kelly.iter().for_each(|shift| shifts.get_mut(shift).unwrap().spans = vec![LocalSpan { from: 600, until: 960 }]);
        }
        let hour = if kelly_goes_home { 11 } else { 16 };
        salon.view.bookings.get_mut(&booking_id(1)).unwrap().occupancy.clear();
        salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(KELLY), at(hour, 0))).unwrap();
        salon.give(&desk(), &reschedule(1, 13, 0)).unwrap();
        let lines = &salon.booking(1).lines;
        assert_eq!((lines[0].staff, lines[1].starts_at), (Some(KELLY), at(14, 0)), "with Becky the colour would end at half past four");
    }
}

#[test]
fn why_a_visit_was_cancelled_is_kept_for_whoever_asks_later() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let cancel = Cancel { store: STORE, booking: booking_id(1), by: CancelledBy::Member, reason: " 孩子病了 ".into() };
    salon.give(&desk(), &Command::Cancel(cancel)).unwrap();
    assert_eq!(salon.booking(1).history.last().map(|step| step.reason.as_str()), Some("孩子病了"));
}
