//! To the minute and the millisecond: how early, how late, how long a hold, and which cut-off.

use std::sync::Arc;

use shared::booking::{CancelledBy, State};
use shared::command::{Cancel, Command, Expire, Hold, Move};
use shared::openings::notice::{cutoff_minutes, lead_minutes, online_starts};
use shared::openings::search;
use shared::refusal::Refusal;
use shared::service::Service;
use shared::staff_preference::StaffPreference;
use shared::store::Rules;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use super::salon::*;

fn salon_with(change: impl Fn(&mut Rules)) -> Salon {
    let mut salon = Salon::open();
    salon.rules(change);
    salon
}

fn change_service(salon: &mut Salon, change: impl FnOnce(&mut Service)) {
    change(Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap());
}

fn earlier(moment: Timestamp) -> Timestamp {
    Timestamp(moment.0 - 1)
}

fn move_to(hour: u16) -> Command {
    Command::Move(Move {
        store: STORE,
        booking: booking_id(1),
        starts_at: at(hour, 0),
        staff_preferences: Vec::new(),
        override_reason: None,
    })
}

fn cancel() -> Command {
    Command::Cancel(Cancel { store: STORE, booking: booking_id(1), by: CancelledBy::Member, reason: "".into() })
}

#[test]
fn from_two_hours_on_a_visit_is_long_and_has_the_longer_cutoff() {
    let salon = Salon::open();
    let (store, cut) = (&salon.view.catalogue.stores[&STORE], &salon.view.catalogue.services[&CUT]);
    assert_eq!([119, 120, 121].map(|minutes| cutoff_minutes(store, &[cut], minutes)), [120, 1440, 1440]);
    assert_eq!((cutoff_minutes(store, &[], 119), cutoff_minutes(store, &[], 120)), (120, 1440));
    let own = |minutes| Service { cutoff_minutes: Some(minutes), ..cut.clone() };
    assert_eq!(cutoff_minutes(store, &[&own(30)], 60), 30, "a service may ask for less than the store");
    assert_eq!(cutoff_minutes(store, &[&own(30), cut], 60), 120, "the service that asks for the most counts");
}

#[test]
fn a_members_colour_of_two_hours_is_not_moved_within_the_last_day() {
    let mut salon = Salon::open();
    salon.now = Timestamp(at(14, 0).0 - 1440 * 60_000 - 60_000);
    salon.give(&phone_of(XIAOMAN), &book(1, COLOUR, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    salon.now = Timestamp(at(14, 0).0 - 1440 * 60_000);
    salon.give(&phone_of(XIAOMAN), &move_to(15)).unwrap();
    salon.now = Timestamp(at(15, 0).0 - 1440 * 60_000 + 1);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &move_to(16)), Err(Refusal::AfterCutoff { cutoff_minutes: 1440 }));
}

#[test]
fn a_member_moves_and_cancels_in_time_at_the_cutoff_and_late_just_after() {
    for (after, late) in [(0, false), (1, true)] {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
        salon.now = Timestamp(at(12, 0).0 + after);
        let moved = salon.clone().give(&phone_of(XIAOMAN), &move_to(16));
        assert_eq!(moved.is_err(), late);
        salon.give(&phone_of(XIAOMAN), &cancel()).unwrap();
        assert!(matches!(salon.state(1), State::Cancelled { late: marked, .. } if *marked == late), "{:?}", salon.state(1));
    }
}

#[test]
fn from_the_start_on_only_the_store_knows_whether_somebody_came() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.now = at(14, 0);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &cancel()), Err(Refusal::AfterCutoff { cutoff_minutes: 0 }));
    salon.now = earlier(at(14, 0));
    salon.give(&phone_of(XIAOMAN), &cancel()).unwrap();
}

#[test]
fn a_member_books_from_the_lead_time_on_and_not_a_millisecond_later() {
    let mut salon = salon_with(|rules| rules.lead_minutes = 30);
    salon.now = Timestamp(at(13, 30).0 + 1);
    let booked = |salon: &Salon| salon.clone().give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(14, 0))).map(drop);
    assert_eq!(booked(&salon), Err(Refusal::TooSoon { lead_minutes: 30 }));
    salon.now = at(13, 30);
    assert_eq!(booked(&salon), Ok(()));
    change_service(&mut salon, |cut| cut.lead_minutes = Some(31));
    assert_eq!(booked(&salon), Err(Refusal::TooSoon { lead_minutes: 31 }), "a service may ask for more than the store");
    let (store, cut) = (&salon.view.catalogue.stores[&STORE], &salon.view.catalogue.services[&CUT]);
    let colour = &salon.view.catalogue.services[&COLOUR];
    assert_eq!((lead_minutes(store, &[colour, cut]), lead_minutes(store, &[])), (31, 30));
}

#[test]
fn a_member_books_until_the_end_of_the_last_day_of_the_horizon() {
    let mut salon = salon_with(|rules| rules.horizon_days = 2);
    salon.now = at(21, 0);
    let store = &salon.view.catalogue.stores[&STORE];
    let last = zone().day(LocalDate::parse("2026-11-23").unwrap());
    assert_eq!(online_starts(store, &[], salon.now), TimeRange { start: at(21, 30), end: last.end });
    let monday = Timestamp(at(14, 0).0 + 2 * 86_400_000);
    salon.clone().give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), monday)).unwrap();
    let tuesday = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), monday.plus_minutes(1440)));
    assert_eq!(tuesday, Err(Refusal::TooFarAhead { days: 2 }));
}

fn held() -> Salon {
    let mut salon = Salon::open();
    let lines = vec![line(CUT, StaffPreference::Requested(JJ), at(14, 0))];
    let hold = Command::Hold(Hold { store: STORE, booking: booking_id(1), lines });
    salon.give(&Who { number: 0, ..phone_of(XIAOMAN) }, &hold).unwrap();
    assert_eq!(*salon.state(1), State::Held { expires_at: at(9, 5) });
    salon
}

#[test]
fn a_hold_protects_to_its_last_millisecond_and_no_longer() {
    let mut salon = held();
    let others = |salon: &Salon| salon.clone().give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    salon.now = earlier(at(9, 5));
    assert_eq!(others(&salon), Err(Refusal::TimeTaken { by: vec![booking_id(1)] }));
    salon.now = at(9, 5);
    assert!(others(&salon).is_ok());
}

#[test]
fn the_list_of_free_times_shows_a_held_time_again_when_the_hold_has_run_out() {
    let salon = held();
    let wanted = RequestedService { service: CUT, staff_preference: StaffPreference::Requested(JJ) };
    let query = VisitRequest::days(STORE, &zone(), wanted, LocalDate::parse("2026-11-21").unwrap(), 1, Audience::Online);
    let is_listed = |now| search(&salon.view, &query, now).unwrap().has(at(14, 0));
    assert_eq!((is_listed(earlier(at(9, 5))), is_listed(at(9, 5))), (false, true));
}

#[test]
fn the_program_ends_a_hold_at_its_end_and_not_before() {
    let mut salon = held();
    let expire = Command::Expire(Expire { store: STORE, booking: booking_id(1) });
    salon.now = earlier(at(9, 5));
    assert!(salon.give(&system(), &expire).is_err());
    salon.now = at(9, 5);
    salon.give(&system(), &expire).unwrap();
    assert_eq!(*salon.state(1), State::Expired { at: at(9, 5) });
}

#[test]
fn a_silent_desk_is_silent_from_its_minutes_on_and_for_its_hours_only() {
    let booked = |heard: Timestamp, start: Timestamp| {
        let mut salon = Salon::open();
        salon.now = at(11, 0);
        salon.desk_heard_at = Some(heard);
        salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), start)).unwrap();
        matches!(salon.state(1), State::Requested)
    };
    assert_eq!((booked(at(10, 50), at(13, 59)), booked(at(10, 51), at(13, 59))), (true, false));
    assert_eq!((booked(at(10, 0), at(14, 0)), booked(at(10, 0), at(13, 45))), (false, true));
}
