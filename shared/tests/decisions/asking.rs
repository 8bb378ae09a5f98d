//! Asking for another time where the desk sees every booking first: the promise from before is given back when the desk declines.

use shared::booking::history::StepKind;
use shared::booking::{CancelledBy, State};
use shared::command::{Cancel, Command, Confirm, Decline, Move};
use shared::decision::NoticeKind;
use shared::staff_preference::StaffPreference;
use shared::store::Confirmation;

use super::salon::*;

fn confirm() -> Command {
    Command::Confirm(Confirm { store: STORE, booking: booking_id(1) })
}

fn decline() -> Command {
    Command::Decline(Decline { store: STORE, booking: booking_id(1), reason: "当天培训".into() })
}

fn ask_for(salon: &mut Salon, hour: u16) {
    let staff_preference =
        Move { store: STORE, booking: booking_id(1), starts_at: at(hour, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&phone_of(XIAOMAN), &Command::Move(staff_preference)).unwrap();
    assert_eq!(*salon.state(1), State::Requested);
}

/// Xiaoman has a cut with JJ at two, confirmed by the desk, and asks for four instead.
fn asked_for_four() -> Salon {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.give(&desk(), &confirm()).unwrap();
    ask_for(&mut salon, 16);
    salon
}

#[test]
fn whose_wish_for_another_time_is_declined_has_the_visit_that_was_promised() {
    let mut salon = asked_for_four();
    let declined = salon.give(&desk(), &decline()).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    let booking = salon.booking(1);
    assert_eq!((booking.starts_at, booking.ends_at), (at(14, 0), at(15, 0)));
    assert_eq!(booking.occupancy.iter().map(|held| held.range.start).min(), Some(at(14, 0)));
    assert!(booking.promised.is_empty());
    assert_eq!(declined.notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [NoticeKind::MoveDeclined]);
    let step = booking.history.iter().rfind(|step| step.what == StepKind::Declined).unwrap();
    assert_eq!(step.reason, "当天培训".into());
    // The time she asked for is free again.
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(JJ), at(16, 0))).unwrap();
}

#[test]
fn what_was_promised_first_comes_back_however_often_she_asked_for_another_time() {
    let mut salon = asked_for_four();
    ask_for(&mut salon, 17);
    // Whom it would have begun late for is not late in the old place.
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().late_minutes = 15;
    salon.give(&desk(), &decline()).unwrap();
    assert_eq!((salon.booking(1).starts_at, salon.booking(1).late_minutes), (at(14, 0), 0));
}

#[test]
fn nobody_gives_way_to_a_promise_that_its_guest_wanted_to_change() {
    let mut salon = asked_for_four();
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    let declined = salon.give(&desk(), &decline()).unwrap();
    assert!(matches!(salon.state(1), State::Declined { .. }));
    assert_eq!(declined.notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [NoticeKind::Declined]);
    assert_eq!(*salon.state(2), State::Requested, "she was there first");
    assert_eq!(salon.booking(2).starts_at, at(14, 0));
}

#[test]
fn a_time_that_has_come_is_not_given_back() {
    let mut salon = asked_for_four();
    salon.now = at(14, 0);
    salon.give(&desk(), &decline()).unwrap();
    assert!(matches!(salon.state(1), State::Declined { .. }));
    assert!(salon.booking(1).promised.is_empty() && salon.booking(1).occupancy.is_empty());
}

#[test]
fn once_the_desk_accepts_the_new_time_it_is_the_promise() {
    let mut salon = asked_for_four();
    assert_eq!(salon.booking(1).promised[0].starts_at, at(14, 0));
    salon.give(&desk(), &confirm()).unwrap();
    assert!(salon.booking(1).promised.is_empty());
    ask_for(&mut salon, 18);
    salon.give(&desk(), &decline()).unwrap();
    assert_eq!(salon.booking(1).starts_at, at(16, 0));
}

#[test]
fn who_was_promised_nothing_and_is_declined_has_nothing() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    ask_for(&mut salon, 16);
    salon.give(&desk(), &decline()).unwrap();
    assert!(matches!(salon.state(1), State::Declined { .. }));
}

#[test]
fn a_reason_that_arrives_late_stands_where_it_was_given() {
    let mut salon = asked_for_four();
    let seen = salon.seq;
    salon.now = at(10, 0);
    salon.give(&desk(), &decline()).unwrap();
    ask_for(&mut salon, 17);
    let late = Command::Decline(Decline { store: STORE, booking: booking_id(1), reason: "那天满了".into() });
    salon.give(&Who { replica: OTHER_DESK, ..desk() }.offline_since(seen, at(9, 50)), &late).unwrap();
    let said = salon.booking(1).history.iter().filter(|step| step.what == StepKind::Declined);
    let said: Vec<_> = said.map(|step| (step.at, step.reason.as_str())).collect();
    assert_eq!(said, [(at(9, 50), "那天满了"), (at(10, 0), "当天培训")]);
}

#[test]
fn whoever_asked_for_another_time_cancels_as_late_as_everybody_else() {
    let cancelled = |hour| {
        let mut salon = asked_for_four();
        salon.now = at(hour, 0);
        let cancel = Cancel { store: STORE, booking: booking_id(1), by: CancelledBy::Member, reason: "".into() };
        salon.give(&phone_of(XIAOMAN), &Command::Cancel(cancel)).unwrap();
        matches!(salon.state(1), State::Cancelled { late: true, .. })
    };
    assert_eq!((cancelled(13), cancelled(15)), (false, true));
}
