//! What the desk saw is taken as it happened, in whatever order and however late it arrives.

use shared::attention::AttentionKind;
use shared::booking::{Booking, CancelledBy, Fact, State};
use shared::command::{Cancel, CheckIn, Command, Finish, NoShow, Start, UndoCheckIn, UndoNoShow};
use shared::decision::LadderStep;
use shared::occupancy::LaneReason;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;

use super::salon::*;

pub fn tell(fact: Fact, number: u128) -> Command {
    let (store, booking) = (STORE, booking_id(number));
    match fact {
        Fact::CheckedIn => Command::CheckIn(CheckIn { store, booking, override_reason: None }),
        Fact::CheckInUndone => Command::UndoCheckIn(UndoCheckIn { store, booking }),
        Fact::Cancelled => Command::Cancel(Cancel { store, booking, by: CancelledBy::Store, reason: "".into() }),
        Fact::Missed => Command::NoShow(NoShow { store, booking }),
        Fact::MissUndone => Command::UndoNoShow(UndoNoShow { store, booking }),
        Fact::Started => Command::Start(Start { store, booking, staff: None, override_reason: None }),
        Fact::Finished => Command::Finish(Finish { store, booking }),
    }
}

fn cancelled_by_member(number: u128) -> Command {
    Command::Cancel(Cancel { store: STORE, booking: booking_id(number), by: CancelledBy::Member, reason: "".into() })
}

/// All orders of a list.
fn orders<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    if list.is_empty() {
        return vec![Vec::new()];
    }
    let with_first = |index: usize| {
        let mut rest = list.to_vec();
        let first = rest.remove(index);
        orders(&rest).into_iter().map(move |order| [vec![first.clone()], order].concat())
    };
    (0..list.len()).flat_map(with_first).collect()
}

/// The sets of at most four of a list.
fn small_sets<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let chosen =
        |bits: u32| list.iter().enumerate().filter(move |(index, _)| bits >> index & 1 == 1).map(|(_, item)| item.clone()).collect();
    (1u32..1 << list.len()).filter(|bits| bits.count_ones() <= 4).map(chosen).collect()
}

/// Booking 1 with JJ at ten, as it stood when the desks lost the network.
fn beginnings() -> Vec<(&'static str, Salon)> {
    let promised = || {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
        salon
    };
    let with_state = |state: State| {
        let mut salon = promised();
        let booking = salon.view.bookings.get_mut(&booking_id(1)).unwrap();
        booking.state = state;
        booking.occupancy.clear();
        salon
    };
    let mut requested = promised();
    requested.view.bookings.get_mut(&booking_id(1)).unwrap().state = State::Requested;
    let mut displaced = promised();
    let booking = displaced.view.bookings.get_mut(&booking_id(1)).unwrap();
    booking.give_way(at(9, 0));
    booking.occupancy.clear();
    let mut cancelled = promised();
    cancelled.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).unwrap();
    vec![
        ("promised", promised()),
        ("requested", requested),
        ("cancelled", cancelled),
        ("displaced", displaced),
        ("expired", with_state(State::Expired { at: at(9, 0) })),
        ("declined", with_state(State::Declined { reason: "满了".into(), at: at(9, 0) })),
    ]
}

#[test]
fn in_whatever_order_the_news_arrive_the_visit_stands_where_it_stands() {
    use Fact::{Cancelled, CheckInUndone, CheckedIn, Finished, MissUndone, Missed, Started};
    // One desk sees her, and takes it back; the other hears that she cancels, misses her, sees her and serves her.
    let news = [
        (DESK, CheckedIn, at(9, 50)),
        (DESK, CheckInUndone, at(9, 56)),
        (OTHER_DESK, Cancelled, at(9, 58)),
        (OTHER_DESK, CheckedIn, at(10, 2)),
        (DESK, Missed, at(10, 15)),
        (OTHER_DESK, MissUndone, at(10, 16)),
        (DESK, Missed, at(10, 18)),
        (OTHER_DESK, Started, at(10, 4)),
        (OTHER_DESK, Finished, at(10, 40)),
        (DESK, Cancelled, at(10, 20)),
    ];
    for (beginning, salon) in beginnings() {
        for set in small_sets(&news) {
            let mut first: Option<(Booking, Vec<_>)> = None;
            for order in orders(&set) {
                let booking = after(salon.clone(), &order);
                let (expected, by) = first.get_or_insert_with(|| (booking.clone(), order.clone()));
                let said = |booking: &Booking| (booking.state.clone(), booking.lines.clone(), booking.occupancy.clone());
                assert_eq!(said(&booking), said(expected), "{beginning}: {order:?} and {by:?}");
            }
        }
    }
}

fn after(mut salon: Salon, order: &[(shared::id::ReplicaId, Fact, Timestamp)]) -> Booking {
    salon.now = at(14, 0);
    for (replica, fact, moment) in order {
        // The number is the desk's own: the later moment has the higher one.
        let number = u64::try_from(moment.0).unwrap();
        let who = Who { replica: *replica, number, ..desk().offline_since(salon.seq, *moment) };
        let _refused = salon.give(&who, &tell(*fact, 1));
    }
    salon.booking(1).clone()
}

#[test]
fn a_mistaken_check_in_that_is_undone_leaves_a_cancelled_visit_cancelled_and_its_time_free() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).unwrap();
    let before = salon.state(1).clone();
    salon.now = at(9, 50);
    salon.give(&desk(), &tell(Fact::CheckedIn, 1)).unwrap();
    assert!(matches!(salon.state(1), State::CheckedIn { .. }));
    salon.now = at(9, 51);
    salon.give(&desk(), &tell(Fact::CheckInUndone, 1)).unwrap();
    assert_eq!(*salon.state(1), before);
    salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(10, 30))).unwrap();
}

#[test]
fn a_guest_who_was_served_although_she_had_cancelled_is_not_lost() {
    for told in [Fact::Started, Fact::Finished] {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
        let seen = salon.seq;
        salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).unwrap();
        salon.now = at(14, 0);
        salon.give(&desk().offline_since(seen, at(10, 30)), &tell(told, 1)).unwrap();
        assert_eq!(matches!(salon.state(1), State::Completed { .. }), told == Fact::Finished);
        assert_eq!(salon.booking(1).occupancy.len(), 1);
    }
}

#[test]
fn a_desk_that_was_offline_for_four_hours_is_believed_in_everything() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.now = at(14, 0);
    let offline = |hour, minute| desk().offline_since(seen, at(hour, minute));
    let staff_preference = StaffPreference::Requested(JJ);
    salon.give(&offline(10, 0), &walk_in(1, staff_preference, at(10, 0))).unwrap();
    salon.give(&offline(10, 0), &tell(Fact::Started, 1)).unwrap();
    salon.give(&offline(10, 10), &book(2, CUT, staff_preference, at(13, 0))).unwrap();
    salon.give(&offline(10, 30), &tell(Fact::Finished, 1)).unwrap();
    salon.give(&offline(12, 58), &tell(Fact::CheckedIn, 2)).unwrap();
    salon.give(&offline(13, 0), &tell(Fact::Started, 2)).unwrap();
    assert!(matches!(salon.state(1), State::Completed { at: end } if *end == at(10, 30)));
    assert!(matches!(salon.state(2), State::InService { since, arrived_at: Some(came) } if (*since, *came) == (at(13, 0), at(12, 58))));
    assert!([1, 2].iter().all(|number| salon.booking(*number).occupancy[0].lane == 0));
}

#[test]
fn the_history_is_told_in_the_order_in_which_it_happened() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(11, 30);
    for (fact, minute) in [(Fact::Finished, 50), (Fact::Started, 3), (Fact::CheckedIn, 1)] {
        let who = Who { number: minute, ..desk().offline_since(0, at(10, u16::try_from(minute).unwrap())) };
        salon.give(&who, &tell(fact, 1)).unwrap();
    }
    let times: Vec<_> = salon.booking(1).history.iter().map(|step| step.at).collect();
    assert_eq!(times, [at(9, 0), at(10, 1), at(10, 3), at(10, 50)]);
}

#[test]
fn what_a_device_had_seen_is_not_known_so_its_guest_lies_beside_and_nobody_loses_her_time() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 15));
    salon.now = at(10, 20);
    let offline = desk().offline_since(salon.seq, at(10, 15));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
    let context = shared::context::Context { base_raised: true, ..salon.context(&offline) };
    let decision = tell(Fact::Started, 2).decide(&context, &salon.view).unwrap();
    salon.commit(&decision);
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    let held = &salon.booking(2).occupancy[0];
    assert_eq!((held.lane, &held.reason, decision.step), (1, &Some(LaneReason::SecondFact), LadderStep::SecondFact));
    assert!(salon.view.attention.values().any(|entry| entry.about == AttentionKind::Overlap { booking: booking_id(2) }));
}

#[test]
fn a_break_told_by_a_device_that_may_have_seen_the_promise_lies_beside_it_and_is_shown() {
    use shared::block::BlockKind;
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(13, 0));
    let range = shared::time::TimeRange { start: at(13, 0), end: at(14, 0) };
    let (block, kind, reason) = (shared::id::BlockId(uuid::Uuid::from_u128(9)), BlockKind::Break, String::new());
    let lunch = Command::Block(shared::command::BlockTime {
        store: STORE,
        block,
        resource: JJ.into(),
        range,
        kind,
        reason: reason.into(),
        override_reason: None,
    });
    let context = shared::context::Context { base_raised: true, ..salon.context(&desk()) };
    let decision = lunch.decide(&context, &salon.view).unwrap();
    salon.commit(&decision);
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
    assert_eq!(salon.view.blocks[&block].lane, 1);
    assert!(salon.view.attention.values().any(|entry| entry.about == AttentionKind::Overlap { booking: booking_id(1) }));
}

#[test]
fn a_member_cancels_until_it_begins_and_afterwards_only_the_store_does() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 0);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)), Err(Refusal::AfterCutoff { cutoff_minutes: 0 }));
    salon.now = at(12, 0);
    assert!(salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).is_err());
    salon.give(&desk(), &tell(Fact::Missed, 1)).unwrap();
    assert!(salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).is_err());
    assert!(matches!(salon.state(1), State::NoShow { .. }));
}

#[test]
fn a_backdated_clock_does_not_make_a_late_cancellation_timely() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.now = at(13, 30);
    let backdated = Who { given_at: Some(at(9, 0)), ..phone_of(XIAOMAN) };
    salon.give(&backdated, &cancelled_by_member(1)).unwrap();
    assert!(matches!(salon.state(1), State::Cancelled { late: true, at: when, .. } if *when == at(13, 30)));
    assert_eq!(salon.booking(1).history.last().unwrap().at, at(13, 30));
}

#[test]
fn who_is_still_waited_for_may_cancel_while_the_store_runs_late() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().late_minutes = 20;
    salon.now = at(10, 10);
    salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).unwrap();
}

#[test]
fn news_that_she_will_begin_late_do_not_lengthen_a_visit_that_has_begun_since() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 30);
    salon.give(&desk().offline_since(0, at(10, 5)), &tell(Fact::Started, 1)).unwrap();
    let late = Command::RunningLate(shared::command::RunningLate { store: STORE, booking: booking_id(1), minutes: 15 });
    let other = Who { replica: OTHER_DESK, ..desk().offline_since(0, at(9, 58)) };
    salon.give(&other, &late).unwrap();
    assert_eq!(salon.booking(1).ends_at, at(11, 5));
    salon.give(&desk(), &late).unwrap();
    assert_eq!(salon.booking(1).ends_at, at(11, 20));
}

#[test]
fn of_two_undos_of_a_no_show_the_last_counts_in_whatever_order_they_arrive() {
    let told = [(Fact::Missed, 10), (Fact::MissUndone, 15), (Fact::Missed, 20), (Fact::MissUndone, 25)];
    for order in orders(&told) {
        let mut salon = Salon::open();
        salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
        let seen = salon.seq;
        salon.now = at(10, 30);
        for (number, (fact, minute)) in order.iter().enumerate() {
            let number = u64::try_from(number).unwrap() + 1;
            let who = Who { replica: OTHER_DESK, number, ..desk() }.offline_since(seen, at(10, *minute));
            salon.give(&who, &tell(*fact, 1)).unwrap();
        }
        assert!(matches!(salon.state(1), State::Confirmed { .. }), "{order:?}: {:?}", salon.state(1));
    }
}

#[test]
fn a_guest_reads_what_happened_and_not_at_which_device() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 0);
    salon.give(&Who { number: 7, ..desk() }, &tell(Fact::CheckedIn, 1)).unwrap();
    salon.give(&Who { number: 8, ..desk() }, &tell(Fact::Started, 1)).unwrap();
    let facts = salon.booking(1).facts.clone();
    let shown = facts.clone().without_writers();
    let started = shown.started.unwrap();
    assert_eq!((started.at, started.number, started.replica.0.is_nil()), (at(10, 0), 0, true));
    assert_eq!(shown.check_ins.iter().map(|stamp| (stamp.at, stamp.number)).collect::<Vec<_>>(), [(at(10, 0), 0)]);
    assert_eq!((shown.agreed, facts.started.map(|stamp| stamp.number)), (facts.agreed, Some(8)));
}
