//! The small salon as commands: what is kept, what is never invented.

use jiff::civil::date;

use super::*;
use crate::import::tests::small_salon;
use crate::import::{SALON_CURRENCY, SALON_ZONE, salon_zone, understand};

fn target(shift_days: i32) -> Target {
    Target { salon: Salon::unnamed(), zone: salon_zone(SALON_ZONE).expect("zone"), currency: SALON_CURRENCY, shift_days }
}

fn visits(shift_days: i32) -> Vec<ImportVisit> {
    let salon = understand(&small_salon(), Some(date(2018, 5, 3))).expect("good files");
    planned_visits(&salon, &target(shift_days)).into_iter().map(|visit| visit.said).collect()
}

#[test]
fn a_completed_visit_carries_what_was_paid_and_a_promise_the_listed_price() {
    let visits = visits(0);
    assert_eq!(visits[0].status, ImportedStatus::Completed);
    assert_eq!(visits[0].lines.iter().map(|line| line.price).collect::<Vec<_>>(), [Some(Money(6_000)), Some(Money(8_200))]);
    let promise = visits.iter().find(|visit| visit.status == ImportedStatus::Promised).expect("a promise");
    assert_eq!(promise.lines[0].price, Some(Money(10_200)));
    let on_consultation = visits.iter().filter(|visit| visit.status == ImportedStatus::Promised).nth(1).expect("another");
    assert_eq!(on_consultation.lines[0].price, None);
}

#[test]
fn a_cancellation_has_a_date_and_never_a_time() {
    let visits = visits(0);
    let cancelled: Vec<&ImportVisit> = visits.iter().filter(|visit| visit.status == ImportedStatus::Cancelled).collect();
    assert_eq!(cancelled.len(), 1);
    assert_eq!(cancelled[0].lines[0].starts_at, None);
    assert_eq!(cancelled[0].lines[0].date.to_string(), "2018-05-01");
    assert_eq!(cancelled[0].note, "Cancelled 2018-04-30, BEN".into());
}

#[test]
fn the_till_and_the_nameless_are_nobody() {
    let visits = visits(0);
    let nameless = visits.iter().find(|visit| visit.status == ImportedStatus::NoShow).expect("the no-show");
    assert_eq!(nameless.lines[0].subject, Subject::Guest { name: "".into() });
    assert!(visits.iter().flat_map(|visit| &visit.lines).any(|line| line.staff.is_none() && line.starts_at.is_some()));
}

#[test]
fn shifted_dates_keep_their_ids_weekdays_and_local_times() {
    let (then, now) = (visits(0), visits(52 * 7));
    for (old, new) in then.iter().zip(&now) {
        assert_eq!(old.booking, new.booking);
        assert_eq!(old.lines[0].date.weekday(), new.lines[0].date.weekday());
        assert_eq!(new.lines[0].date.0 - old.lines[0].date.0, 52 * 7);
    }
    let zone = target(0).zone;
    let start = |visit: &ImportVisit| visit.lines[0].starts_at.map(|at| zone.local(at).1);
    assert_eq!(start(&then[0]), Some(540));
    assert_eq!(start(&now[0]), Some(540));
}

#[test]
fn what_was_done_instead_is_kept_beside_what_was_booked() {
    let mut salon = understand(&small_salon(), Some(date(2018, 5, 3))).expect("good files");
    let day = salon.sales.values_mut().flatten().find(|sale| sale.row.description == "Women's cut").expect("the cut");
    day.article = Article::Service("SHCM".to_owned());
    day.as_booked = false;
    let visit = planned_visits(&salon, &target(0)).remove(0).said;
    assert_eq!(visit.lines[1].service, Salon::unnamed().service_id("SHCW"));
    assert_eq!(visit.lines[1].performed, Some(Salon::unnamed().service_id("SHCM")));
}
