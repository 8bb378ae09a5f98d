//! Turns 轮钟: who is next and why, who gets a guest who asked for nobody, and that the order in which it is told does not count.

use std::sync::Arc;

use proptest::prelude::*;
use shared::booking::history::StepKind;
use shared::booking::{CancelledBy, State, Subject};
use shared::command::*;
use shared::decision::{Change, NoticeKind};
use shared::id::{MemberId, ReplicaId, StaffId, StoreId};
use shared::placement::{binding, turns};
use shared::refusal::Refusal;
use shared::role::Role;
use shared::rotation::{MadeGoodReason, MoveReason, Place, RefusalReason, Rotation, Why, queue};
use shared::staff::Gender;
use shared::staff_assignment::{AssignmentOrder, AssignmentRules, Binding};
use shared::staff_preference::StaffPreference;
use shared::time::{LocalSpan, Timestamp};
use uuid::Uuid;

use super::salon::*;
use super::three_ways::cases;

/// 阿青, who does everything at Kelly's and Becky's price.
const QING: StaffId = StaffId(Uuid::from_u128(104));

/// Three people of one price and JJ, who costs more; the store goes by turns.
fn house() -> Salon {
    let mut salon = Salon::open();
    let catalogue = Arc::make_mut(&mut salon.view.catalogue);
    let mut qing = catalogue.staff[&BECKY].clone();
    (qing.id, qing.gender) = (QING, Some(Gender::Male));
    catalogue.staff.insert(QING, qing);
    let shifts: Vec<_> = catalogue.shifts.values().filter(|shift| shift.staff == BECKY).cloned().collect();
    for (number, shift) in (0u128..).zip(shifts) {
        let id = shared::id::ShiftId(Uuid::from_u128(790 + number));
        catalogue.shifts.insert(id, shared::roster::Shift { id, staff: QING, ..shift });
    }
    salon.goes_by_turns(Binding::AtBooking, false);
    salon.now = at(10, 0);
    salon
}

fn sign_in(staff: StaffId) -> Command {
    Command::SignIn(SignIn { store: STORE, date: SATURDAY, staff })
}

fn refuse(staff: StaffId) -> Command {
    Command::RefuseTurn(RefuseTurn { store: STORE, date: SATURDAY, staff, reason: RefusalReason::Break })
}

fn make_good(staff: StaffId) -> Command {
    Command::MakeGood(MakeGood { store: STORE, date: SATURDAY, staff, reason: MadeGoodReason::GuestLeft })
}

fn sign_out(staff: StaffId) -> Command {
    Command::SignOut(SignOut { store: STORE, date: SATURDAY, staff })
}

fn reorder(staff: StaffId, before: Option<StaffId>) -> Command {
    Command::ReorderRotation(ReorderRotation { store: STORE, date: SATURDAY, staff, before, reason: MoveReason::Correction })
}

fn start(number: u128, staff: Option<StaffId>) -> Command {
    Command::Start(Start { store: STORE, booking: booking_id(number), staff, override_reason: None })
}

fn arrive(number: u128) -> Command {
    Command::CheckIn(CheckIn { store: STORE, booking: booking_id(number), override_reason: None })
}

/// Gives it at a minute of the day.
fn give(salon: &mut Salon, (hour, minute): (u16, u16), command: &Command) {
    salon.now = at(hour, minute);
    salon.give(&desk(), command).unwrap();
}

fn places(salon: &Salon) -> Vec<Place> {
    salon.view.rotations.get(&(STORE, SATURDAY.0)).map(queue).unwrap_or_default()
}

fn order(salon: &Salon) -> Vec<StaffId> {
    places(salon).into_iter().map(|place| place.staff).collect()
}

/// Kelly, Becky and Qing sign in, in this order.
fn signed_in() -> Salon {
    let mut salon = house();
    for (minute, staff) in (0u16..).zip([KELLY, BECKY, QING]) {
        give(&mut salon, (10, minute), &sign_in(staff));
    }
    salon
}

#[test]
fn the_order_of_signing_in_is_the_queue_and_a_turn_leads_to_its_end() {
    let mut salon = signed_in();
    assert_eq!(order(&salon), [KELLY, BECKY, QING]);
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
    assert_eq!(salon.staff_of(1), KELLY);
    assert_eq!(order(&salon), [KELLY, BECKY, QING], "whoever waits may still leave: the turn counts when it begins");
    give(&mut salon, (10, 12), &start(1, Some(KELLY)));
    assert_eq!(order(&salon), [BECKY, QING, KELLY]);
    let kelly = places(&salon).pop().unwrap();
    assert_eq!((kelly.turns, kelly.asked, kelly.last_turn_at), (1, 0, Some(at(10, 12))));
    assert_eq!((kelly.why, kelly.since, kelly.signed_in_at), (Why::TookTurn, at(10, 12), at(10, 0)));
}

#[test]
fn two_guests_who_come_one_after_the_other_get_two_people_before_anybody_has_begun() {
    let mut salon = signed_in();
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
    give(&mut salon, (10, 11), &walk_in(2, StaffPreference::Any, at(10, 11)));
    assert_eq!((salon.staff_of(1), salon.staff_of(2)), (KELLY, BECKY));
}

#[test]
fn a_guest_who_asks_for_kelly_takes_no_turn_of_hers() {
    let mut salon = signed_in();
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Requested(KELLY), at(10, 10)));
    give(&mut salon, (10, 10), &start(1, Some(KELLY)));
    assert_eq!(order(&salon), [KELLY, BECKY, QING]);
    assert_eq!((places(&salon)[0].turns, places(&salon)[0].asked), (0, 1));
    give(&mut salon, (10, 15), &walk_in(2, StaffPreference::Any, at(10, 15)));
    assert_eq!(salon.staff_of(2), BECKY, "Kelly has her own guest");
    give(&mut salon, (10, 15), &start(2, Some(BECKY)));
    give(&mut salon, (11, 30), &Command::Finish(Finish { store: STORE, booking: booking_id(1) }));
    give(&mut salon, (11, 31), &walk_in(3, StaffPreference::Any, at(11, 31)));
    assert_eq!(salon.staff_of(3), KELLY, "she has kept her place");
}

#[test]
fn who_was_asked_for_and_is_replaced_costs_the_other_a_turn() {
    let mut salon = signed_in();
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Requested(KELLY), at(10, 10)));
    give(&mut salon, (10, 10), &start(1, Some(QING)));
    assert_eq!(order(&salon), [KELLY, BECKY, QING]);
    assert_eq!((places(&salon)[2].turns, places(&salon)[2].why), (1, Why::TookTurn));
    assert_eq!(places(&salon)[0].asked, 0);
}

#[test]
fn refusing_leads_to_the_end_and_a_turn_made_good_to_the_front() {
    let mut salon = signed_in();
    give(&mut salon, (10, 10), &refuse(KELLY));
    assert_eq!(order(&salon), [BECKY, QING, KELLY]);
    assert_eq!(places(&salon)[2].why, Why::Refused(RefusalReason::Break));
    give(&mut salon, (10, 20), &make_good(KELLY));
    give(&mut salon, (10, 25), &make_good(QING));
    assert_eq!(order(&salon), [KELLY, QING, BECKY], "whom a turn was owed before stands before");
    assert_eq!((places(&salon)[0].why, places(&salon)[0].since), (Why::Owed(MadeGoodReason::GuestLeft), at(10, 20)));
    give(&mut salon, (10, 30), &walk_in(1, StaffPreference::Any, at(10, 30)));
    give(&mut salon, (10, 30), &start(1, None));
    assert_eq!((salon.staff_of(1), order(&salon)), (KELLY, vec![QING, BECKY, KELLY]), "made good, and used");
}

#[test]
fn who_signs_out_is_not_in_the_queue_and_comes_back_at_its_end_with_what_was_done() {
    let mut salon = signed_in();
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
    give(&mut salon, (10, 10), &start(1, None));
    give(&mut salon, (11, 20), &sign_out(KELLY));
    assert_eq!(order(&salon), [BECKY, QING]);
    give(&mut salon, (12, 0), &sign_in(BECKY));
    assert_eq!(order(&salon), [BECKY, QING], "whoever is in the queue keeps the place");
    give(&mut salon, (12, 5), &sign_in(KELLY));
    let kelly = places(&salon).pop().unwrap();
    assert_eq!((kelly.staff, kelly.signed_in_at, kelly.turns), (KELLY, at(12, 5), 1));
}

#[test]
fn a_manager_gives_another_place_and_a_technician_does_not() {
    let mut salon = signed_in();
    give(&mut salon, (10, 10), &reorder(QING, Some(BECKY)));
    assert_eq!(order(&salon), [KELLY, QING, BECKY]);
    assert_eq!(places(&salon)[1].why, Why::Moved(MoveReason::Correction));
    give(&mut salon, (10, 11), &reorder(KELLY, None));
    assert_eq!(order(&salon), [QING, BECKY, KELLY]);
    assert_eq!(salon.give(&staff_with(Role::Technician), &reorder(KELLY, None)), Err(Refusal::NotAllowed));
    assert!(salon.give(&staff_with(Role::Technician), &refuse(QING)).is_ok());
}

#[test]
fn the_next_one_can_do_it_is_whom_the_guest_would_like_and_is_here() {
    let mut salon = signed_in();
    let men = StaffPreference::AnyOf(Gender::Male);
    give(&mut salon, (10, 10), &walk_in(1, men, at(10, 10)));
    assert_eq!(salon.staff_of(1), QING, "a wish for a man is never relaxed");
    let catalogue = Arc::make_mut(&mut salon.view.catalogue);
    catalogue.staff.get_mut(&KELLY).unwrap().skills.retain(|skill| *skill != CUT);
    give(&mut salon, (10, 11), &walk_in(2, StaffPreference::Any, at(10, 11)));
    assert_eq!(salon.staff_of(2), BECKY, "Kelly cannot do it");
    give(&mut salon, (10, 12), &walk_in(3, StaffPreference::Any, at(10, 12)));
    assert_ne!(salon.staff_of(3), JJ, "on the roster, and not here");
    assert!(salon.booking(3).occupancy.is_empty(), "they wait");
}

#[test]
fn who_is_here_counts_more_than_who_was_to_be() {
    let mut salon = signed_in();
    let shifts = &mut Arc::make_mut(&mut salon.view.catalogue).shifts;
    let own: Vec<_> = shifts.values().filter(|shift| shift.staff == KELLY).map(|shift| shift.id).collect();
    own.iter().for_each(|shift| shifts.get_mut(shift).unwrap().spans = vec![LocalSpan { from: 18 * 60, until: 22 * 60 }]);
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
    assert_eq!(salon.staff_of(1), KELLY, "she has come earlier, and signed in");
    assert_eq!(salon.booking(1).occupancy.len(), 1);
}

#[test]
fn a_turn_never_makes_a_visit_dearer() {
    let mut salon = house();
    for (minute, staff) in (0u16..).zip([JJ, KELLY]) {
        give(&mut salon, (10, minute), &sign_in(staff));
    }
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
    assert_eq!(salon.staff_of(1), KELLY, "JJ is first, and the director");
    give(&mut salon, (10, 11), &walk_in(2, StaffPreference::Any, at(10, 11)));
    assert_eq!(salon.staff_of(2), JJ, "nobody else is free");
}

#[test]
fn a_store_that_does_not_go_by_turns_keeps_none() {
    let mut salon = house();
    salon.assigns(AssignmentRules::default());
    give(&mut salon, (10, 0), &sign_in(QING));
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
    assert_eq!(salon.staff_of(1), JJ, "the first of those who have nothing");
    give(&mut salon, (10, 10), &start(1, None));
    assert_eq!(places(&salon)[0].turns, 0);
    let store = salon.view.catalogue.stores[&STORE].clone();
    assert_eq!(turns::queue_at(&salon.view, &store, at(10, 20)), Ok(Vec::new()));
}

#[test]
fn people_come_in_the_order_of_the_store_where_that_is_the_rule() {
    let mut salon = house();
    salon.assigns(AssignmentRules { order: AssignmentOrder::StoreOrder, ..AssignmentRules::default() });
    let stores = &mut Arc::make_mut(&mut salon.view.catalogue).stores;
    stores.get_mut(&STORE).unwrap().staff_order.people = vec![QING, BECKY];
    salon.promise(1, StaffPreference::Requested(QING), at(17, 0));
    salon.promise(2, StaffPreference::Any, at(15, 0));
    assert_eq!(salon.staff_of(2), QING, "first in order, though booked already");
    salon.promise(3, StaffPreference::Any, at(15, 0));
    salon.promise(4, StaffPreference::Any, at(15, 0));
    assert_eq!((salon.staff_of(3), salon.staff_of(4)), (BECKY, KELLY), "who is not in the order comes after it");
}

const WANG: MemberId = MemberId(Uuid::from_u128(601));

/// A visit of Auntie Wang, whom the store knows.
fn of_wang(command: Command) -> Command {
    let mut command = command;
    if let Command::SeatWalkIn(SeatWalkIn { lines, .. }) | Command::Book(Book { lines, .. }) = &mut command {
        lines[0].subject = Subject::Member(WANG);
    }
    command
}

#[test]
fn a_returning_member_goes_to_whoever_served_them_last_before_anybodys_turn() {
    for usual_first in [true, false] {
        let mut salon = signed_in();
        salon.goes_by_turns(Binding::AtBooking, usual_first);
        let register =
            RegisterMember { member: WANG, account: None, store: Some(STORE), name: "王阿姨".into(), phone: None, consent: consent() };
        give(&mut salon, (10, 5), &Command::RegisterMember(register));
        for (number, hour, staff) in [(1, 10, BECKY), (2, 12, QING)] {
            give(&mut salon, (hour, 10), &of_wang(walk_in(number, StaffPreference::Requested(staff), at(hour, 10))));
            give(&mut salon, (hour, 10), &start(number, Some(staff)));
            give(&mut salon, (hour, 50), &Command::Finish(Finish { store: STORE, booking: booking_id(number) }));
        }
        give(&mut salon, (14, 0), &of_wang(walk_in(3, StaffPreference::Any, at(14, 0))));
        assert_eq!(salon.staff_of(3), if usual_first { QING } else { KELLY });
        give(&mut salon, (14, 1), &walk_in(4, StaffPreference::Any, at(14, 1)));
        assert_eq!(salon.staff_of(4), if usual_first { KELLY } else { BECKY }, "nobody else is hers");
    }
}

#[test]
fn who_booked_anybody_gets_whoever_is_next_when_they_come_and_is_not_told_a_name_before() {
    let mut salon = house();
    salon.goes_by_turns(Binding::OnArrival, false);
    salon.promise(1, StaffPreference::Any, at(14, 0));
    let first = salon.staff_of(1);
    let told = |salon: &Salon| binding::told_staff(&salon.view.catalogue, salon.booking(1), &salon.booking(1).lines[0]);
    assert_eq!(told(&salon), None);
    let next = if first == KELLY { BECKY } else { KELLY };
    for (minute, staff) in [(30, next), (31, first)] {
        give(&mut salon, (13, minute), &sign_in(staff));
    }
    salon.now = at(13, 50);
    let decision = salon.give(&desk(), &arrive(1)).unwrap();
    assert_eq!((salon.staff_of(1), told(&salon)), (next, Some(next)));
    assert_eq!(decision.notices, [], "they were told anybody, and get somebody");
    assert!(salon.booking(1).history.iter().any(|step| step.what == StepKind::Reassigned), "the desk sees it");
    let held = &salon.booking(1).occupancy[0];
    assert_eq!((held.resource, held.range.start, held.lane), (next.into(), at(14, 0), 0));
    // The second tablet tells it again: they stay with whom they have.
    give(&mut salon, (13, 51), &refuse(next));
    give(&mut salon, (13, 52), &arrive(1));
    assert_eq!(salon.staff_of(1), next);
}

#[test]
fn a_visit_stays_with_its_person_where_it_was_settled_with_the_booking_or_somebody_was_asked_for() {
    for (binding, staff_preference) in [(Binding::AtBooking, StaffPreference::Any), (Binding::OnArrival, StaffPreference::Requested(BECKY))]
    {
        let mut salon = house();
        salon.goes_by_turns(binding, false);
        salon.promise(1, staff_preference, at(14, 0));
        let first = salon.staff_of(1);
        give(&mut salon, (13, 30), &sign_in(if first == KELLY { QING } else { KELLY }));
        give(&mut salon, (13, 50), &arrive(1));
        assert_eq!(salon.staff_of(1), first);
        let told = binding::told_staff(&salon.view.catalogue, salon.booking(1), &salon.booking(1).lines[0]);
        assert_eq!(told, Some(first));
    }
}

#[test]
fn it_passes_only_to_an_equal_who_is_free() {
    let mut salon = house();
    salon.goes_by_turns(Binding::OnArrival, false);
    salon.promise(1, StaffPreference::Any, at(14, 0));
    let first = salon.staff_of(1);
    let others: Vec<StaffId> = [KELLY, BECKY, QING].into_iter().filter(|staff| *staff != first).collect();
    // JJ costs more, and the next one has a guest at that time.
    for (minute, staff) in [(30, JJ), (31, others[0]), (32, others[1])] {
        give(&mut salon, (13, minute), &sign_in(staff));
    }
    salon.promise(2, StaffPreference::Requested(others[0]), at(14, 30));
    give(&mut salon, (13, 50), &arrive(1));
    assert_eq!(salon.staff_of(1), others[1]);
}

#[test]
fn who_begins_without_a_check_in_gets_whoever_is_next_too_and_that_is_a_turn() {
    let mut salon = house();
    salon.goes_by_turns(Binding::OnArrival, false);
    salon.promise(1, StaffPreference::Any, at(14, 0));
    let first = salon.staff_of(1);
    let next = if first == KELLY { BECKY } else { KELLY };
    for (minute, staff) in [(30, next), (31, first)] {
        give(&mut salon, (13, minute), &sign_in(staff));
    }
    give(&mut salon, (14, 0), &start(1, None));
    assert_eq!((salon.staff_of(1), order(&salon)), (next, vec![first, next]));
}

#[test]
fn whoever_was_told_anybody_is_not_told_of_a_colleague() {
    for (binding, is_told) in [(Binding::OnArrival, false), (Binding::AtBooking, true)] {
        let mut salon = house();
        salon.goes_by_turns(binding, false);
        salon.promise(1, StaffPreference::Any, at(14, 0));
        let staff = salon.staff_of(1);
        salon.now = at(14, 0);
        salon.give(&desk().offline_since(0, at(13, 55)), &walk_in(2, StaffPreference::Requested(staff), at(13, 55))).unwrap();
        let started = salon.give(&desk().offline_since(0, at(13, 55)), &start(2, Some(staff))).unwrap();
        assert_ne!(salon.staff_of(1), staff);
        assert_eq!(started.notices.iter().any(|notice| notice.kind == NoticeKind::Reassigned), is_told);
    }
}

#[test]
fn of_two_starts_the_first_counts_whichever_arrives_last() {
    for backwards in [false, true] {
        let mut salon = signed_in();
        give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
        let mut told = [(desk().offline_since(99, at(10, 12)), KELLY), (other_tablet(at(10, 14)), BECKY)];
        if backwards {
            told.reverse();
        }
        salon.now = at(10, 20);
        for (who, staff) in told {
            salon.give(&who, &start(1, Some(staff))).unwrap();
        }
        assert_eq!(order(&salon), [BECKY, QING, KELLY]);
        assert_eq!(places(&salon)[0].turns, 0, "Becky was not it after all");
    }
}

fn other_tablet(when: Timestamp) -> Who {
    Who { replica: OTHER_DESK, ..desk().offline_since(99, when) }
}

#[test]
fn after_midnight_it_is_still_the_evening() {
    let mut salon = signed_in();
    let stores = &mut Arc::make_mut(&mut salon.view.catalogue).stores;
    stores.get_mut(&STORE).unwrap().hours = std::array::from_fn(|_| vec![LocalSpan { from: 600, until: 1560 }]);
    salon.now = at(24, 30);
    salon.give(&desk(), &walk_in(1, StaffPreference::Any, at(24, 30))).unwrap();
    salon.give(&desk(), &start(1, None)).unwrap();
    assert_eq!((salon.staff_of(1), order(&salon)), (KELLY, vec![BECKY, QING, KELLY]));
}

#[test]
fn a_day_that_is_over_and_people_of_another_store_are_refused() {
    let mut salon = signed_in();
    salon.now = at(10, 0).plus_minutes(2 * 1440);
    assert_eq!(salon.give(&desk(), &sign_in(KELLY)), Err(Refusal::Invalid { field: "date".into() }));
    salon.now = at(10, 0);
    let stores = &mut Arc::make_mut(&mut salon.view.catalogue).staff;
    stores.get_mut(&QING).unwrap().stores = vec![StoreId(Uuid::from_u128(9))];
    let not_found = Err(Refusal::NotFound { kind: "staff".into() });
    assert_eq!(salon.give(&desk(), &sign_in(QING)), not_found);
    assert_eq!(salon.give(&desk(), &reorder(KELLY, Some(QING))), not_found);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &sign_in(KELLY)), Err(Refusal::NotAllowed));
}

#[test]
fn the_rules_are_the_managers_and_of_two_forms_the_second_is_shown_again() {
    let mut salon = house();
    let put = |order, base| {
        let (binding, usual_first) = (Binding::OnArrival, true);
        Command::PutStaffAssignment(PutStaffAssignment { store: STORE, order, binding, usual_first, base })
    };
    Arc::make_mut(&mut salon.view.catalogue).staff_assignments = Default::default();
    assert_eq!(salon.give(&desk(), &put(AssignmentOrder::Rotation, 0)), Err(Refusal::NotAllowed));
    let manager = staff_with(Role::StoreManager);
    salon.give(&manager, &put(AssignmentOrder::Rotation, 0)).unwrap();
    let rules = binding::rules(&salon.view.catalogue, STORE);
    assert_eq!(rules, AssignmentRules { order: AssignmentOrder::Rotation, binding: Binding::OnArrival, usual_first: true });
    let other = Who { replica: OTHER_DESK, ..manager };
    assert_eq!(salon.give(&other, &put(AssignmentOrder::LeastBooked, 0)), Err(Refusal::Superseded));
}

/// One fact of a day: what, of whom, when, and on which of two tablets.
type Told = (u8, usize, u16, bool);

fn told() -> impl Strategy<Value = Told> {
    (0u8..8, 0usize..3, 0u16..600, any::<bool>())
}

/// What a fact says; the start of a visit names who does it.
fn fact((kind, who, ..): Told, number: u128) -> Command {
    let staff = [KELLY, BECKY, QING][who];
    match kind {
        0 | 1 => sign_in(staff),
        2 => sign_out(staff),
        3 => refuse(staff),
        4 => make_good(staff),
        5 => reorder(staff, number.is_multiple_of(2).then_some([KELLY, BECKY, QING][(who + 1) % 3])),
        _ => start(number, Some(staff)),
    }
}

proptest! {
    #![proptest_config(cases(200))]

    /// Both tablets were offline; every order in which their envelopes arrive gives the same record, and so the same queue.
    #[test]
    fn whatever_the_order_of_arrival_the_queue_is_the_same(
        told in prop::collection::vec(told(), 1..20),
        shuffle in prop::collection::vec(any::<u32>(), 20),
    ) {
        let mut salon = house();
        // Walk-ins who wait since the morning: some asked for somebody.
        let visits: Vec<u128> = (1..=told.len() as u128).map(|number| number.min(6)).collect();
        for number in 1..=6 {
            let asked = if number % 3 == 0 { StaffPreference::Requested(BECKY) } else { StaffPreference::Any };
            salon.give(&desk(), &walk_in(number, asked, at(10, 0))).unwrap();
        }
        let number_of = |replica: ReplicaId, index: usize| if replica == DESK { index as u64 + 10 } else { index as u64 + 500 };
        let facts: Vec<(Who, Command)> = told.iter().enumerate().map(|(index, fact_told)| {
            let who = if fact_told.3 { desk() } else { other_tablet(at(10, 0)) };
            let given_at = Some(at(10, 5).plus_minutes(i64::from(fact_told.2)));
            let number = number_of(who.replica, index);
            (Who { base: Some(99), given_at, number, ..who }, fact(*fact_told, visits[index]))
        }).collect();
        let mut order: Vec<usize> = (0..facts.len()).collect();
        order.sort_by_key(|index| shuffle[*index]);
        let live = |order: &[usize]| {
            let mut salon = salon.clone();
            salon.now = at(21, 0);
            for index in order {
                let (who, command) = &facts[*index];
                salon.give(who, command).unwrap();
            }
            salon.view.rotations.get(&(STORE, SATURDAY.0)).cloned()
        };
        let in_order: Vec<usize> = (0..facts.len()).collect();
        let (one, other) = (live(&in_order), live(&order));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.as_ref().map(queue), other.as_ref().map(queue));
    }
}

#[test]
fn the_record_of_a_day_says_nothing_twice_and_is_kept_like_a_visit() {
    let mut salon = signed_in();
    let seen = salon.view.rotations[&(STORE, SATURDAY.0)].clone();
    let again = Who { number: 1, given_at: Some(at(10, 0)), ..desk() };
    assert_eq!(salon.give(&again, &sign_in(KELLY)).unwrap().changes, []);
    assert_eq!(salon.view.rotations[&(STORE, SATURDAY.0)], seen);
    let cancel = Command::Cancel(Cancel { store: STORE, booking: booking_id(1), by: CancelledBy::Store, reason: "".into() });
    give(&mut salon, (10, 10), &walk_in(1, StaffPreference::Any, at(10, 10)));
    give(&mut salon, (10, 11), &cancel);
    assert!(matches!(salon.state(1), State::Cancelled { .. }));
    assert_eq!(order(&salon), [KELLY, BECKY, QING], "nobody's turn was used");
    let decision = salon.give(&desk(), &sign_out(KELLY)).unwrap();
    assert!(decision.changes.iter().all(|change| change.put_of::<Rotation>().is_some()), "{:?}", decision.changes);
    let [Change::Put(record)] = &decision.changes[..] else { panic!("one record") };
    assert!(record.is_kept(shared::scope::Scope::Desk(STORE), at(10, 11).plus_minutes(34 * 1440)));
    assert!(!record.is_kept(shared::scope::Scope::Desk(STORE), at(10, 11).plus_minutes(36 * 1440)));
}
