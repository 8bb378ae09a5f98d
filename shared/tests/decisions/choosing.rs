//! Who does which line, where several could: nobody waits or is disturbed where another choice disturbs nobody.

use std::sync::Arc;

use shared::block::BlockKind;
use shared::booking::State;
use shared::command::{BlockTime, Book, Command, ImportVisit, ImportedLine, ImportedStatus, Move, Squeeze};
use shared::id::{BlockId, ShiftId, StaffId};
use shared::occupancy::LaneReason;
use shared::placement::lanes::lowest_free;
use shared::placement::precedence::{Class, Standing, standing_of};
use shared::placement::visit_time::days_of;
use shared::refusal::Refusal;
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Whom};
use shared::staff::{Gender, Staff};
use shared::staff_preference::StaffPreference;
use shared::store::Rules;
use shared::time::{LocalDate, LocalSpan, TimeRange, Timestamp};
use shared::visit_request::RequestedLine;
use uuid::Uuid;

use super::salon::*;

const WOMEN: StaffPreference = StaffPreference::AnyOf(Gender::Female);

fn visit(number: u128, lines: &[(StaffPreference, Timestamp)]) -> Command {
    let Command::Book(visit) = book(number, CUT, StaffPreference::Any, at(10, 0)) else { unreachable!() };
    let lines = lines.iter().map(|(staff_preference, start)| line(CUT, *staff_preference, *start)).collect();
    Command::Book(Book { lines, ..visit })
}

fn placed(salon: &Salon, number: u128) -> Vec<(StaffId, Timestamp)> {
    salon.booking(number).lines.iter().map(|line| (line.staff.unwrap(), line.starts_at)).collect()
}

/// Becky takes an hour and a half for a cut.
fn becky_is_slow() -> Salon {
    let mut salon = Salon::open();
    let slow = PriceOverride { whom: Whom::Staff(BECKY), store: None, price: None, minutes: Some(vec![90]) };
    Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().terms.push(slow);
    salon
}

fn spans(salon: &mut Salon, staff: StaffId, from: u16, until: u16) {
    let shifts = &mut Arc::make_mut(&mut salon.view.catalogue).shifts;
    let own: Vec<_> = shifts.values().filter(|shift| shift.staff == staff).map(|shift| shift.id).collect();
    own.iter().for_each(|shift| shifts.get_mut(shift).unwrap().spans = vec![LocalSpan { from, until }]);
}

#[test]
fn nobody_waits_for_kelly_when_somebody_else_can_do_what_comes_before() {
    let mut salon = Salon::open();
    salon.give(&desk(), &visit(1, &[(WOMEN, at(14, 0)), (StaffPreference::Requested(KELLY), at(14, 30))])).unwrap();
    assert_eq!(placed(&salon, 1), [(BECKY, at(14, 0)), (KELLY, at(14, 30))]);
}

#[test]
fn where_only_kelly_will_do_the_second_service_waits_until_she_is_done_with_the_first() {
    let mut salon = Salon::open();
    let kelly = StaffPreference::Requested(KELLY);
    salon.give(&desk(), &visit(1, &[(kelly, at(14, 0)), (kelly, at(14, 30))])).unwrap();
    assert_eq!(placed(&salon, 1), [(KELLY, at(14, 0)), (KELLY, at(15, 0))]);
}

#[test]
fn a_guest_goes_on_with_the_same_person_and_first_to_who_is_done_when_the_next_service_begins() {
    let mut salon = becky_is_slow();
    salon.give(&desk(), &book(90, CUT, StaffPreference::Requested(KELLY), at(20, 0))).unwrap();
    salon.give(&desk(), &visit(1, &[(WOMEN, at(14, 0)), (WOMEN, at(15, 0))])).unwrap();
    assert_eq!(placed(&salon, 1), [(KELLY, at(14, 0)), (KELLY, at(15, 0))], "Becky has less to do, but would end at half past three");
    // With nothing to follow the load of the day decides.
    salon.give(&desk(), &visit(2, &[(WOMEN, at(17, 0))])).unwrap();
    assert_eq!(placed(&salon, 2), [(BECKY, at(17, 0))]);
}

#[test]
fn the_first_service_goes_to_whoever_lets_the_second_disturb_nobody() {
    let mut salon = becky_is_slow();
    let jj = StaffPreference::Requested(JJ);
    // Kelly is taken at two: Becky does the cut until half past three, then JJ.
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(KELLY), at(14, 0))).unwrap();
    salon.give(&desk(), &visit(1, &[(WOMEN, at(14, 0)), (jj, at(15, 30))])).unwrap();
    assert_eq!(placed(&salon, 1), [(BECKY, at(14, 0)), (JJ, at(15, 30))]);
    // Becky has more to do than Kelly, who would be done at six, when JJ still has a guest for a quarter of an hour.
    salon.give(&desk(), &book(3, CUT, StaffPreference::Requested(BECKY), at(20, 0))).unwrap();
    salon.give(&desk(), &book(4, CUT, jj, at(17, 15))).unwrap();
    let to_five = Move { store: STORE, booking: booking_id(1), starts_at: at(17, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&desk(), &Command::Move(to_five)).unwrap();
    assert_eq!(placed(&salon, 1), [(BECKY, at(17, 0)), (JJ, at(18, 30))]);
}

#[test]
fn with_a_reason_the_desk_books_outside_of_hours_and_nobody_is_called_in_where_somebody_is_there() {
    let over = |number, hour| {
        let Command::Book(wanted) = visit(number, &[(WOMEN, at(hour, 30))]) else { unreachable!() };
        Command::Book(Book { override_reason: Some("赶飞机".into()), ..wanted })
    };
    let mut salon = Salon::open();
    assert_eq!(salon.give(&desk(), &visit(1, &[(WOMEN, at(21, 30))])).map(drop), Err(Refusal::StoreClosed));
    salon.give(&desk(), &over(1, 21)).unwrap();
    assert_eq!(placed(&salon, 1), [(KELLY, at(21, 30))]);
    let (store, booking, reason) = (STORE, booking_id(2), "老顾客".to_owned());
    let lines = vec![line(CUT, WOMEN, at(21, 30))];
    salon
        .give(&desk(), &Command::Squeeze(Squeeze { store, booking, account: None, lines, note: "".into(), reason: reason.into() }))
        .unwrap();
    let mut salon = Salon::open();
    spans(&mut salon, KELLY, 600, 900);
    salon.give(&desk(), &book(91, CUT, StaffPreference::Requested(BECKY), at(20, 0))).unwrap();
    salon.give(&desk(), &over(1, 17)).unwrap();
    assert_eq!(placed(&salon, 1), [(BECKY, at(17, 30))]);
}

#[test]
fn the_refusal_is_about_the_furthest_service_that_could_not_be_done_and_names_the_first_reason() {
    let mut salon = Salon::open();
    spans(&mut salon, KELLY, 600, 660);
    // Kelly has gone home when the first begins; the second would end after closing for everybody.
    let late = visit(1, &[(WOMEN, at(20, 0)), (WOMEN, at(21, 30))]);
    assert_eq!(salon.give(&desk(), &late).map(drop), Err(Refusal::StoreClosed));
    spans(&mut salon, BECKY, 600, 660);
    let nobody = visit(1, &[(WOMEN, at(20, 0))]);
    assert_eq!(salon.give(&desk(), &nobody).map(drop), Err(Refusal::NotOnShift { staff: KELLY }));
}

#[test]
fn twelve_friends_at_once_and_eleven_people_are_placed_at_once_and_one_friend_waits() {
    let mut salon = Salon::open();
    let catalogue = Arc::make_mut(&mut salon.view.catalogue);
    let becky = catalogue.staff[&BECKY].clone();
    for number in 0..9u128 {
        let staff = Staff { id: StaffId(Uuid::from_u128(110 + number)), ..becky.clone() };
        let (id, day) = (ShiftId(Uuid::from_u128(1700 + number)), ShiftDay::Weekly(5));
        let shift = Shift { id, store: STORE, staff: staff.id, day, spans: vec![LocalSpan { from: 600, until: 1320 }], written: None };
        catalogue.staff.insert(staff.id, staff);
        catalogue.shifts.insert(id, shift);
    }
    salon.give(&desk(), &visit(1, &[(WOMEN, at(14, 0)); 12])).unwrap();
    let later: Vec<_> = placed(&salon, 1).into_iter().map(|(_, start)| start).filter(|start| *start != at(14, 0)).collect();
    assert_eq!(later, [at(15, 0)]);
}

#[test]
fn a_visit_lasts_a_day_and_not_a_minute_longer() {
    let mut salon = Salon::open();
    let always = vec![LocalSpan { from: 0, until: 1440 }];
    let catalogue = Arc::make_mut(&mut salon.view.catalogue);
    catalogue.stores.get_mut(&STORE).unwrap().hours = core::array::from_fn(|_| always.clone());
    [JJ, KELLY, BECKY].into_iter().for_each(|staff| spans(&mut salon, staff, 0, 1440));
    let until = |beyond: i64| {
        let last = at(10, 0).plus_minutes(23 * 60 + beyond);
        salon.clone().give(&desk(), &visit(1, &[(WOMEN, at(10, 0)), (WOMEN, last)])).map(drop)
    };
    let longer = Err(Refusal::Invalid { field: "lines".into() });
    assert_eq!((until(0), until(1)), (Ok(()), longer.clone()));
    // Squeezed in it is no shorter, also for who knows the whole schedule.
    let squeezed = |beyond: i64| {
        let Command::Book(wanted) = visit(1, &[(WOMEN, at(10, 0)), (WOMEN, at(10, 0).plus_minutes(23 * 60 + beyond))]) else {
            unreachable!()
        };
        let (store, booking, reason) = (STORE, booking_id(1), "急".to_owned());
        let squeeze = Squeeze { store, booking, account: None, lines: wanted.lines, note: "".into(), reason: reason.into() };
        salon.clone().give(&desk(), &Command::Squeeze(squeeze)).map(drop)
    };
    assert_eq!((squeezed(0), squeezed(1)), (Ok(()), longer));
}

#[test]
fn what_is_not_booked_online_is_booked_by_the_desk() {
    let mut salon = Salon::open();
    Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap().online = false;
    let wanted = book(1, CUT, StaffPreference::Requested(JJ), at(14, 0));
    assert_eq!(salon.give(&phone_of(XIAOMAN), &wanted).map(drop), Err(Refusal::NotOnline));
    salon.give(&desk(), &wanted).unwrap();
}

#[test]
fn a_lunch_is_in_the_way_of_its_own_person_at_its_own_time() {
    let mut salon = Salon::open();
    let (block, kind, range) = (BlockId(Uuid::from_u128(31)), BlockKind::Break, TimeRange { start: at(12, 0), end: at(13, 0) });
    let lunch = BlockTime { store: STORE, block, resource: JJ.into(), range, kind, reason: "".into(), override_reason: None };
    salon.give(&desk(), &Command::Block(lunch)).unwrap();
    let member = phone_of(XIAOMAN);
    salon.give(&member, &book(1, CUT, StaffPreference::Requested(KELLY), at(12, 0))).unwrap();
    salon.give(&member, &book(2, CUT, StaffPreference::Requested(JJ), at(13, 0))).unwrap();
    salon.give(&member, &book(3, CUT, StaffPreference::Requested(JJ), at(11, 0))).unwrap();
    assert!(salon.give(&member, &book(4, CUT, StaffPreference::Requested(JJ), at(12, 30))).is_err());
}

fn lanes(salon: &Salon, number: u128) -> Vec<u8> {
    salon.booking(number).occupancy.iter().map(|held| held.lane).collect()
}

#[test]
fn what_an_older_system_promised_lies_in_lanes_only_where_one_person_would_be_needed_twice() {
    let imported = |number: u128, lines: &[(StaffId, Timestamp)]| {
        let line = |(staff, start): &(StaffId, Timestamp)| ImportedLine {
            service: CUT,
            performed: None,
            subject: shared::booking::Subject::Guest { name: "?A01".into() },
            staff: Some(*staff),
            starts_at: Some(*start),
            date: LocalDate::parse("2026-11-21").unwrap(),
            price: None,
        };
        let (booking, lines) = (booking_id(number), lines.iter().map(line).collect());
        let (status, made_at) = (ImportedStatus::Promised, at(9, 0));
        Command::ImportVisit(ImportVisit { store: STORE, booking, lines, status, note: "".into(), made_at })
    };
    let mut salon = Salon::open();
    salon.give(&system(), &imported(1, &[(JJ, at(14, 0)), (JJ, at(15, 0)), (KELLY, at(14, 0))])).unwrap();
    assert_eq!(lanes(&salon, 1), [0, 0, 0]);
    salon.give(&system(), &imported(2, &[(BECKY, at(14, 0)), (BECKY, at(14, 30)), (JJ, at(14, 30))])).unwrap();
    assert_eq!(lanes(&salon, 2), [0, 1, 1]);
    assert!(salon.booking(2).occupancy.iter().all(|held| (held.lane > 0) == (held.reason == Some(LaneReason::Imported))));
    let count = |lines: usize| salon.clone().give(&system(), &imported(3, &vec![(KELLY, at(18, 0)); lines])).map(drop);
    let wrong = Err(Refusal::Invalid { field: "lines".into() });
    assert_eq!((count(0), count(12), count(13)), (wrong.clone(), Ok(()), wrong));
}

#[test]
fn a_hold_has_the_right_of_a_promise_until_its_last_millisecond() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let mut held = salon.booking(1).clone();
    held.state = State::Held { expires_at: at(9, 5) };
    let right = |now: Timestamp| standing_of(&held, &Rules::default(), now);
    assert_eq!((right(Timestamp(at(9, 5).0 - 1)), right(at(9, 5))), (Some(Standing::of(Class::Promise)), None));
}

#[test]
fn the_lowest_lane_that_is_free_is_taken_and_a_visit_of_two_days_lies_on_both() {
    assert_eq!((lowest_free(&[]), lowest_free(&[0, 2]), lowest_free(&[1])), (0, 1, 0));
    let salon = Salon::open();
    let store = &salon.view.catalogue.stores[&STORE];
    let days = days_of(store, [at(14, 0), at(14, 0).plus_minutes(1440)].into_iter());
    assert_eq!(days, TimeRange { start: at(0, 0), end: at(0, 0).plus_minutes(2880) });
}

#[test]
fn a_desk_and_a_member_are_bound_to_the_price_they_saw_only_where_they_were_shown_one() {
    let dearer = |who: &Who| {
        let stale =
            RequestedLine { seen_price: Some(shared::money::Money(9_900)), ..line(CUT, StaffPreference::Requested(KELLY), at(14, 0)) };
        let hold = shared::command::Hold { store: STORE, booking: booking_id(1), lines: vec![stale] };
        Salon::open().give(&Who { number: 0, ..who.clone() }, &Command::Hold(hold)).map(drop)
    };
    assert_eq!(dearer(&phone_of(XIAOMAN)), Err(Refusal::PriceChanged { now: Some(shared::money::Money(16_800)) }));
    assert_eq!(dearer(&desk()), Ok(()));
}
