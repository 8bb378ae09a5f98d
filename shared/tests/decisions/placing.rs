//! Who does it: whoever is free where it lands, within hours, and never beside somebody else unseen.

use shared::booking::Fact;
use shared::command::Command;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::LocalSpan;

use super::facts::tell;
use super::salon::*;

#[test]
fn a_walk_in_for_anybody_goes_to_who_is_free_and_not_to_who_overruns() {
    let mut salon = Salon::open();
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    let off: Vec<_> = catalogue.shifts.values().filter(|shift| shift.staff == BECKY).map(|shift| shift.id).collect();
    off.iter().for_each(|shift| catalogue.shifts.get_mut(shift).unwrap().spans.clear());
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(1, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.give(&desk(), &tell(Fact::Started, 1)).unwrap();
    // Kelly has had more to do today, and is free.
    salon.give(&desk(), &book(3, COLOUR, StaffPreference::Requested(KELLY), at(18, 0))).unwrap();
    salon.now = at(11, 20);
    salon.give(&desk(), &walk_in(2, StaffPreference::Any, at(11, 20))).unwrap();
    salon.give(&desk(), &tell(Fact::Started, 2)).unwrap();
    assert_eq!(salon.staff_of(2), KELLY);
}

#[test]
fn two_who_are_served_by_one_person_at_once_never_lie_in_one_lane() {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(1, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.give(&desk(), &tell(Fact::Started, 1)).unwrap();
    salon.now = at(11, 20);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(11, 20))).unwrap();
    salon.give(&desk(), &tell(Fact::Started, 2)).unwrap();
    assert_eq!(salon.booking(2).occupancy[0].lane, 1);
}

#[test]
fn a_waiting_guest_who_loses_a_time_can_see_it() {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(1, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    let version = salon.booking(1).version;
    salon.give(&phone_of(XIAOMAN), &book(2, CUT, StaffPreference::Requested(JJ), at(10, 45))).unwrap_err();
    salon.give(&desk(), &walk_in(3, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.give(&desk(), &tell(Fact::Started, 3)).unwrap();
    assert!(salon.booking(1).occupancy.is_empty());
    assert!(salon.booking(1).version > version);
    assert_eq!(salon.booking(1).history.last().unwrap().what, shared::booking::history::StepKind::Displaced);
}

/// The salon closes at seven today.
fn closes_at_seven() -> Salon {
    let mut salon = Salon::open();
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    catalogue.stores.get_mut(&STORE).unwrap().hours = core::array::from_fn(|_| vec![LocalSpan { from: 600, until: 1140 }]);
    salon
}

#[test]
fn four_services_by_one_person_do_not_run_on_after_closing() {
    for who in [desk(), phone_of(XIAOMAN)] {
        for (hour, is_taken) in [(18, false), (15, true)] {
            let mut salon = closes_at_seven();
            let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(JJ), at(hour, 0)) else { unreachable!() };
            wanted.lines = vec![wanted.lines[0].clone(); 4];
            let answer = salon.give(&who, &Command::Book(wanted));
            assert_eq!(answer.is_ok(), is_taken, "{answer:?}");
            assert!(is_taken || answer == Err(Refusal::StoreClosed));
        }
    }
}

#[test]
fn a_second_service_goes_to_a_colleague_when_the_first_persons_shift_is_over() {
    let mut salon = Salon::open();
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    let short: Vec<_> = catalogue.shifts.values().filter(|shift| shift.staff == KELLY).map(|shift| shift.id).collect();
    short.iter().for_each(|shift| catalogue.shifts.get_mut(shift).unwrap().spans = vec![LocalSpan { from: 600, until: 900 }]);
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(KELLY), at(14, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Any, at(14, 30)));
    wanted.lines.push(line(CUT, StaffPreference::Requested(KELLY), at(14, 0)));
    assert_eq!(salon.give(&desk(), &Command::Book(wanted.clone())), Err(Refusal::NotOnShift { staff: KELLY }));
    wanted.lines.pop();
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    assert_ne!(salon.booking(1).lines[1].staff, Some(KELLY));
}
