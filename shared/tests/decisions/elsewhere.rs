//! One body: who works in two stores is in one of them.

use shared::attention::AttentionKind;
use shared::booking::State;
use shared::command::{CheckIn, Command};
use shared::elsewhere::Elsewhere;
use shared::occupancy::LaneReason;
use shared::openings::search;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use super::salon::*;

/// JJ is at the other store from two to four.
fn jj_is_elsewhere(held_until: Option<Timestamp>) -> Salon {
    let mut salon = Salon::with_two_stores();
    salon.is_elsewhere(JJ, TimeRange { start: at(14, 0), end: at(16, 0) }, held_until);
    salon
}

fn offered(salon: &Salon) -> Vec<Timestamp> {
    let today = LocalDate::parse("2026-11-21").unwrap();
    let wanted = RequestedService { service: CUT, staff_preference: StaffPreference::Requested(JJ) };
    search(&salon.view, &VisitRequest::days(STORE, &zone(), wanted, today, 1, Audience::Desk), salon.now).unwrap().starts().collect()
}

#[test]
fn nobody_gets_a_time_at_which_jj_is_at_the_other_store() {
    let mut salon = jj_is_elsewhere(None);
    let starts = offered(&salon);
    assert!(starts.contains(&at(13, 0)) && starts.contains(&at(16, 0)));
    assert!(!starts.contains(&at(13, 15)) && !starts.contains(&at(15, 45)));
    let taken = Err(Refusal::TimeTaken { by: Vec::new() });
    assert_eq!(salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0))), taken);
    assert_eq!(salon.give(&desk(), &book(1, CUT, StaffPreference::Requested(JJ), at(15, 30))), taken);
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Any, at(14, 0))).unwrap();
    assert_ne!(salon.staff_of(1), JJ);
}

#[test]
fn somebody_who_only_looks_at_a_time_there_keeps_it_until_the_hold_runs_out() {
    let mut salon = jj_is_elsewhere(Some(at(9, 5)));
    assert!(!offered(&salon).contains(&at(14, 0)));
    salon.now = at(9, 5);
    assert!(offered(&salon).contains(&at(14, 0)));
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
}

#[test]
fn who_is_served_here_all_the_same_lies_beside_and_both_stores_are_told() {
    let mut salon = jj_is_elsewhere(None);
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(13, 0))).unwrap();
    salon.now = at(13, 30);
    let check_in = Command::CheckIn(CheckIn { store: STORE, booking: booking_id(1), override_reason: None });
    salon.give(&desk(), &check_in).unwrap();
    // She comes late, and is served until half past two.
    let start = Command::Start(shared::command::Start { store: STORE, booking: booking_id(1), staff: Some(JJ), override_reason: None });
    salon.give(&desk(), &start).unwrap();
    assert!(matches!(salon.state(1), State::InService { .. }));
    let held = &salon.booking(1).occupancy[0];
    assert_eq!((held.lane, held.reason.clone()), (1, Some(LaneReason::SecondFact)));
    let about = AttentionKind::TwoPlaces { staff: JJ, range: held.range };
    let mut told: Vec<_> = salon.view.attention.values().filter(|entry| entry.about == about).map(|entry| entry.store).collect();
    told.sort_unstable();
    assert_eq!(told, [STORE, OTHER_STORE]);
    assert_eq!(salon.view.elsewhere.len(), 1, "what is there stays");
    // Being finished, after the other visit has begun, is no news to the other store.
    salon.now = at(14, 20);
    let finish = Command::Finish(shared::command::Finish { store: STORE, booking: booking_id(1) });
    let decision = salon.give(&desk(), &finish).unwrap();
    assert_eq!((decision.changes.len(), salon.booking(1).occupancy[0].range.end), (1, at(14, 20)));
}

#[test]
fn a_no_show_that_is_taken_back_meets_a_hold_of_the_other_store_that_has_run_out() {
    let mut salon = Salon::with_two_stores();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.now = at(14, 15);
    salon.give(&desk(), &Command::NoShow(shared::command::NoShow { store: STORE, booking: booking_id(1) })).unwrap();
    salon.is_elsewhere(JJ, TimeRange { start: at(14, 0), end: at(15, 0) }, Some(at(14, 20)));
    salon.now = at(14, 30);
    let back = Command::UndoNoShow(shared::command::UndoNoShow { store: STORE, booking: booking_id(1) });
    salon.give(&desk(), &back).unwrap();
    assert_eq!((salon.booking(1).occupancy[0].lane, salon.view.elsewhere.len()), (0, 0));
}

#[test]
fn whoever_is_pushed_into_time_at_the_other_store_and_leave_over_it_are_told_to_both() {
    let mut salon = Salon::with_two_stores();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(15, 0));
    salon.is_elsewhere(JJ, TimeRange { start: at(16, 0), end: at(17, 0) }, None);
    salon.now = at(14, 0);
    let late = shared::command::RunningLate { store: STORE, booking: booking_id(1), minutes: 30 };
    salon.give(&desk(), &Command::RunningLate(late)).unwrap();
    let told = |salon: &Salon| {
        let of_both = |about: &AttentionKind| matches!(about, AttentionKind::TwoPlaces { .. });
        let mut stores: Vec<_> = salon.view.attention.values().filter(|entry| of_both(&entry.about)).map(|entry| entry.store).collect();
        stores.sort_unstable();
        stores
    };
    assert_eq!(told(&salon), [STORE, OTHER_STORE]);
    let leave = shared::command::BlockTime {
        store: STORE,
        block: shared::id::BlockId(uuid::Uuid::from_u128(5)),
        resource: JJ.into(),
        range: TimeRange { start: at(16, 45), end: at(20, 0) },
        kind: shared::block::BlockKind::TimeOff,
        reason: "发烧".into(),
        override_reason: None,
    };
    salon.give(&desk(), &Command::Block(leave)).unwrap();
    assert_eq!(told(&salon), [STORE, STORE, OTHER_STORE, OTHER_STORE]);
}

#[test]
fn a_squeeze_over_time_at_the_other_store_is_told_there() {
    let mut salon = jj_is_elsewhere(None);
    let squeeze = Command::Squeeze(shared::command::Squeeze {
        store: STORE,
        booking: booking_id(3),
        account: None,
        lines: vec![line(CUT, StaffPreference::Requested(JJ), at(14, 30))],
        note: "".into(),
        reason: "老客人".into(),
    });
    salon.give(&staff_with(shared::role::Role::StoreManager), &squeeze).unwrap();
    assert_eq!(salon.booking(3).occupancy[0].lane, 1);
    assert_eq!(salon.view.attention.values().filter(|entry| entry.store == OTHER_STORE).count(), 1);
}

#[test]
fn the_other_store_does_not_read_why_somebody_was_squeezed_in() {
    let mut salon = Salon::with_two_stores();
    std::sync::Arc::make_mut(&mut salon.view.catalogue).staff.get_mut(&JJ).unwrap().stores.push(OTHER_STORE);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let squeeze = Command::Squeeze(shared::command::Squeeze {
        store: STORE,
        booking: booking_id(2),
        account: None,
        lines: vec![line(CUT, StaffPreference::Requested(JJ), at(14, 0))],
        note: "".into(),
        reason: "王太太的朋友".into(),
    });
    salon.give(&staff_with(shared::role::Role::StoreManager), &squeeze).unwrap();
    let times = Elsewhere::times_of(salon.booking(2).occupancy.clone(), (STORE, OTHER_STORE), &salon.view.catalogue.staff);
    assert_eq!(times.len(), 1);
    assert_eq!((times[0].lane, times[0].reason.clone()), (1, Some(LaneReason::SecondFact)));
    assert!(Elsewhere::times_of(salon.booking(1).occupancy.clone(), (OTHER_STORE, STORE), &salon.view.catalogue.staff).len() == 1);
    salon.promise(3, StaffPreference::Requested(KELLY), at(17, 0));
    assert!(
        Elsewhere::times_of(salon.booking(3).occupancy.clone(), (STORE, OTHER_STORE), &salon.view.catalogue.staff).is_empty(),
        "Kelly works here only"
    );
}
