//! How many lines a visit may have, how far they may lie apart, how early and how far ahead: at the bound, and one beyond.

use shared::booking::Subject;
use shared::command::{Book, Command, SeatWalkIn};
use shared::id::MemberId;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::{LocalSpan, Timestamp};
use shared::visit_request::RequestedLine;
use uuid::Uuid;

use super::salon::*;

/// The salon never closes, so that only the bound that is meant refuses.
fn day_and_night() -> Salon {
    let mut salon = Salon::open();
    let always = vec![LocalSpan { from: 0, until: 1440 }];
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    catalogue.stores.get_mut(&STORE).unwrap().hours = core::array::from_fn(|_| always.clone());
    let shifts: Vec<_> = catalogue.shifts.keys().copied().collect();
    shifts.iter().for_each(|shift| catalogue.shifts.get_mut(shift).unwrap().spans = always.clone());
    salon
}

fn invalid(field: &str) -> Result<(), Refusal> {
    Err(Refusal::Invalid { field: field.into() })
}

fn give(salon: &mut Salon, who: &Who, lines: Vec<RequestedLine>) -> Result<(), Refusal> {
    let Command::Book(visit) = book(1, CUT, StaffPreference::Any, at(10, 0)) else { unreachable!() };
    salon.give(who, &Command::Book(Book { lines, ..visit })).map(drop)
}

#[test]
fn a_family_books_up_to_twelve_cuts_in_one_visit() {
    let cuts = |count: usize| {
        let lines = (0u16..).take(count).map(|number| line(CUT, StaffPreference::Requested(JJ), at(10 + number, 0))).collect();
        give(&mut day_and_night(), &desk(), lines)
    };
    assert_eq!((cuts(0), cuts(12), cuts(13)), (invalid("lines"), Ok(()), invalid("lines")));
}

#[test]
fn the_name_of_a_guest_has_up_to_forty_letters() {
    let named = |letters: usize| {
        let subject = Subject::Guest { name: "王".repeat(letters).into() };
        give(&mut Salon::open(), &desk(), vec![RequestedLine { subject, ..line(CUT, StaffPreference::Any, at(14, 0)) }])
    };
    assert_eq!((named(0), named(40)), (Ok(()), Ok(())));
    assert_eq!(named(41), Err(Refusal::TooLong { field: "subject".into(), most: 40 }));
}

#[test]
fn the_lines_of_a_visit_begin_within_a_day_of_each_other() {
    let apart = |minutes: i64| {
        let first = line(CUT, StaffPreference::Requested(JJ), at(10, 0));
        let last = RequestedLine { starts_at: first.starts_at.plus_minutes(minutes), ..first.clone() };
        // Whichever is named first.
        let [there, back] = [vec![first.clone(), last.clone()], vec![last, first]].map(|lines| give(&mut day_and_night(), &desk(), lines));
        assert_eq!(there, back);
        there
    };
    assert_eq!(apart(23 * 60), Ok(()));
    assert_eq!(apart(24 * 60), invalid("lines"), "begun within a day, but not done within one");
    assert_eq!(apart(24 * 60 + 1), invalid("starts_at"));
}

#[test]
fn a_visit_begins_on_a_whole_minute() {
    for (beyond, expected) in [(0, Ok(())), (1, invalid("starts_at")), (59_999, invalid("starts_at")), (60_000, Ok(()))] {
        let starts_at = Timestamp(at(14, 0).0 + beyond);
        assert_eq!(give(&mut Salon::open(), &desk(), vec![line(CUT, StaffPreference::Requested(JJ), starts_at)]), expected, "{beyond} ms");
    }
}

#[test]
fn who_pays_for_another_has_to_be_somebody_the_desk_knows() {
    let payer = Some(MemberId(Uuid::from_u128(699)));
    let line = RequestedLine { payer, ..line(CUT, StaffPreference::Any, at(14, 0)) };
    assert_eq!(give(&mut Salon::open(), &desk(), vec![line]), Err(Refusal::NotFound { kind: "member".into() }));
}

#[test]
fn the_desk_books_up_to_two_years_ahead() {
    let ahead = |minutes: i64| {
        let mut salon = day_and_night();
        let starts_at = salon.now.plus_minutes(minutes);
        give(&mut salon, &desk(), vec![line(CUT, StaffPreference::Requested(JJ), starts_at)])
    };
    let too_far = Err(Refusal::TooFarAhead { days: 732 });
    assert_eq!((ahead(732 * 1440), ahead(732 * 1440 + 1)), (Ok(()), too_far));
}

#[test]
fn the_desk_writes_down_who_came_within_the_last_hour_and_nobody_of_before() {
    let ago = |minutes: i64| {
        let mut salon = day_and_night();
        let starts_at = salon.now.plus_minutes(-minutes);
        give(&mut salon, &desk(), vec![line(CUT, StaffPreference::Requested(JJ), starts_at)])
    };
    assert_eq!((ago(60), ago(61)), (Ok(()), Err(Refusal::TooSoon { lead_minutes: 0 })));
    // A desk that was offline is judged by when it wrote.
    let mut salon = day_and_night();
    let late = desk().offline_since(0, at(7, 0));
    assert_eq!(give(&mut salon, &late, vec![line(CUT, StaffPreference::Requested(JJ), at(6, 0))]), Ok(()));
}

#[test]
fn a_walk_in_is_bound_by_the_same_lines() {
    let mut salon = day_and_night();
    let Command::SeatWalkIn(visit) = walk_in(1, StaffPreference::Any, at(10, 0)) else { unreachable!() };
    let lines = vec![visit.lines[0].clone(); 13];
    let many = Command::SeatWalkIn(SeatWalkIn { lines, ..visit });
    assert_eq!(salon.give(&desk(), &many).map(drop), invalid("lines"));
}
