//! The precedence ladder, one story a step: who gets the time when two have a right to it (C4).

use shared::attention::AttentionKind;
use shared::block::BlockKind;
use shared::booking::{CancelledBy, State, Subject};
use shared::command::{BlockTime, Cancel, CheckIn, Command, Finish, RegisterMember, Start};
use shared::decision::{LadderStep, NoticeKind};
use shared::id::{BlockId, MemberId, StaffId};
use shared::occupancy::LaneReason;
use shared::refusal::Refusal;
use shared::staff::Gender;
use shared::staff_preference::StaffPreference;
use shared::store::Confirmation;
use shared::time::{TimeRange, Timestamp};
use uuid::Uuid;

use super::salon::*;

fn start(number: u128) -> Command {
    Command::Start(Start { store: STORE, booking: booking_id(number), staff: None, override_reason: None })
}

fn start_over(number: u128, reason: &str) -> Command {
    Command::Start(Start { store: STORE, booking: booking_id(number), staff: None, override_reason: Some(reason.into()) })
}

/// Auntie Wang walked in at 10:15 while the desk was offline; meanwhile somebody booked the same chair online.
fn walk_in_meets_promise(staff_preference: StaffPreference) -> (Salon, shared::decision::Decision) {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.promise(1, staff_preference, at(10, 15));
    salon.now = at(10, 20);
    let offline = desk().offline_since(seen, at(10, 15));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
    let decision = salon.give(&offline, &start(2)).unwrap();
    (salon, decision)
}

#[test]
fn a_walk_in_in_the_chair_keeps_it_and_the_unseen_promise_gives_way() {
    let (salon, decision) = walk_in_meets_promise(StaffPreference::Requested(JJ));
    assert!(matches!(salon.state(2), State::InService { .. }));
    assert!(matches!(salon.state(1), State::Displaced { .. }));
    assert!(salon.booking(1).occupancy.is_empty());
    assert_eq!(decision.step, LadderStep::Displaced);
    assert!(decision.notices.iter().any(|notice| notice.booking == booking_id(1) && notice.kind == NoticeKind::Displaced));
    let told = salon
        .view
        .attention
        .values()
        .any(|entry| entry.about == AttentionKind::Displaced { booking: booking_id(1), by: Some(booking_id(2)) });
    assert!(told, "the desk is told with both sides");
}

#[test]
fn who_did_not_ask_for_a_person_goes_to_an_equal_colleague_first() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.promise(1, StaffPreference::Any, at(10, 15));
    let (first, other) = (salon.staff_of(1), if salon.staff_of(1) == KELLY { BECKY } else { KELLY });
    salon.now = at(10, 10);
    let offline = desk().offline_since(seen, at(10, 10));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(first), at(10, 10))).unwrap();
    let decision = salon.give(&offline, &start(2)).unwrap();
    assert_eq!(decision.step, LadderStep::Reassigned);
    assert_eq!(salon.staff_of(1), other);
    assert!(matches!(salon.state(1), State::Confirmed { .. }), "the promise is kept by {other}");
}

#[test]
fn nobody_is_given_to_a_colleague_of_another_price_or_lower_level() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Any, at(10, 15)) else { unreachable!() };
    wanted.lines[0].seen_price = Some(shared::money::Money(26_800));
    salon.give(&phone_of(XIAOMAN), &Command::Book(wanted)).unwrap();
    assert_eq!(salon.staff_of(1), JJ);
    salon.now = at(10, 10);
    let offline = desk().offline_since(seen, at(10, 10));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(10, 10))).unwrap();
    salon.give(&offline, &start(2)).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
}

#[test]
fn an_overlap_within_the_tolerance_is_accepted_as_late() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.promise(1, StaffPreference::Requested(JJ), at(11, 0));
    salon.now = at(10, 10);
    let offline = desk().offline_since(seen, at(10, 10));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(10, 10))).unwrap();
    let decision = salon.give(&offline, &start(2)).unwrap();
    assert_eq!(decision.step, LadderStep::AcceptedLate);
    assert_eq!(salon.booking(1).late_minutes, 10);
    assert_eq!(salon.booking(1).starts_at, at(11, 0), "the promise stays on record");
    assert_eq!(salon.booking(1).occupancy[0].range.start, at(11, 10));
}

#[test]
fn over_a_promise_on_the_screen_authorised_staff_must_say_why() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 15));
    salon.now = at(10, 10);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(10, 10))).unwrap();
    assert_eq!(salon.give(&desk(), &start(2)), Err(Refusal::NeedsOverride { over: vec![booking_id(1)] }));
    assert!(salon.give(&desk(), &start_over(2, " ")).is_err(), "an empty reason is none");
    let technician = staff_with(shared::role::Role::Technician);
    assert_eq!(salon.give(&technician, &start_over(2, "腿脚不便")), Err(Refusal::NotAllowed));
    salon.give(&desk(), &start_over(2, "腿脚不便")).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
}

#[test]
fn what_the_same_device_promised_itself_is_never_a_surprise() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.now = at(9, 30);
    let offline = desk().offline_since(seen, at(9, 30));
    salon.give(&offline, &book(1, CUT, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
    salon.now = at(10, 10);
    let later = desk().offline_since(seen, at(10, 10));
    salon.give(&later, &walk_in(2, StaffPreference::Requested(JJ), at(10, 10))).unwrap();
    assert!(matches!(salon.give(&later, &start(2)), Err(Refusal::NeedsOverride { .. })));
}

#[test]
fn two_in_one_chair_are_both_there_and_it_shows() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.now = at(10, 5);
    for (number, replica) in [(1, DESK), (2, OTHER_DESK)] {
        let offline = Who { replica, ..desk().offline_since(seen, at(10, 5)) };
        salon.give(&offline, &walk_in(number, StaffPreference::Requested(JJ), at(10, 5))).unwrap();
        let decision = salon.give(&offline, &start(number)).unwrap();
        assert_eq!(decision.step, if number == 1 { LadderStep::Free } else { LadderStep::SecondFact });
    }
    assert!(matches!(salon.state(1), State::InService { .. }));
    assert!(matches!(salon.state(2), State::InService { .. }));
    let second = &salon.booking(2).occupancy[0];
    assert_eq!((second.lane, &second.reason), (1, &Some(LaneReason::SecondFact)));
}

#[test]
fn a_visit_in_service_holds_the_chair_while_it_overruns() {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(1, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.give(&desk(), &start(1)).unwrap();
    salon.now = at(11, 20);
    let booking = salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(JJ), at(11, 10)));
    assert!(matches!(booking, Err(Refusal::TimeTaken { .. })));
}

#[test]
fn a_waiting_walk_in_yields_to_a_promise_and_stays_in_the_queue() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 15));
    salon.now = at(10, 10);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(10, 10))).unwrap();
    assert!(matches!(salon.state(2), State::Waiting { .. }));
    assert!(salon.booking(2).occupancy.is_empty());
    assert!(matches!(salon.state(1), State::Confirmed { .. }));
}

#[test]
fn among_requests_the_higher_channel_rank_wins_and_equals_keep_their_order() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    assert!(matches!(salon.state(1), State::Requested));
    let equal = salon.give(&phone_of(CHEN_MO), &book(2, CUT, StaffPreference::Requested(JJ), at(14, 0)));
    assert!(matches!(equal, Err(Refusal::TimeTaken { .. })), "the first commit wins");
    let decision = salon.give(&desk(), &book(3, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    assert_eq!(decision.step, LadderStep::Displaced);
    assert!(matches!(salon.state(1), State::Displaced { .. }));
    assert!(matches!(salon.state(3), State::Confirmed { .. }));
}

#[test]
fn an_emergency_takes_promises_away_but_nobody_out_of_the_chair() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.now = at(13, 0);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(13, 0))).unwrap();
    salon.give(&desk(), &start(2)).unwrap();
    let emergency = block(JJ, at(13, 30), at(18, 0), BlockKind::Emergency);
    salon.give(&desk(), &emergency).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
    assert!(matches!(salon.state(2), State::InService { .. }));
    assert_eq!(salon.view.blocks.values().next().unwrap().lane, 1, "beside the visit that goes on");
}

#[test]
fn somebody_who_was_displaced_and_comes_anyway_is_there() {
    let (mut salon, _) = walk_in_meets_promise(StaffPreference::Requested(JJ));
    salon.give(&desk(), &arrive(1)).unwrap();
    assert!(matches!(salon.state(1), State::CheckedIn { .. }));
    assert_eq!(salon.booking(1).occupancy[0].lane, 1);
}

#[test]
fn what_is_over_is_not_displaced_by_news_from_the_past() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 15));
    salon.now = at(20, 0);
    let offline = desk().offline_since(seen, at(10, 15));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(10, 15))).unwrap();
    salon.give(&offline, &start(2)).unwrap();
    assert!(matches!(salon.state(1), State::Confirmed { .. }), "nobody is told to come at another time yesterday");
    assert_eq!(salon.booking(2).occupancy[0].lane, 1);
}

fn arrive(number: u128) -> Command {
    Command::CheckIn(CheckIn { store: STORE, booking: booking_id(number), override_reason: None })
}

fn block(staff: StaffId, from: Timestamp, until: Timestamp, kind: BlockKind) -> Command {
    let range = TimeRange { start: from, end: until };
    let (block, reason) = (BlockId(Uuid::from_u128(1)), "手受伤".to_owned());
    Command::Block(BlockTime {
        store: STORE,
        block,
        resource: staff.into(),
        range,
        kind,
        reason: reason.into(),
        override_reason: Some("手受伤".into()),
    })
}

/// A guest cancels on the phone, somebody else books the time, and the first one stands at the desk that has heard of neither.
fn comes_after_all(staff_preference: StaffPreference) -> (Salon, StaffId, LadderStep) {
    let mut salon = Salon::open();
    salon.promise(1, staff_preference, at(14, 0));
    let (seen, chair) = (salon.seq, salon.staff_of(1));
    let cancel = Cancel { store: STORE, booking: booking_id(1), by: CancelledBy::Member, reason: "".into() };
    salon.give(&phone_of(XIAOMAN), &Command::Cancel(cancel)).unwrap();
    salon.give(&desk(), &book(2, CUT, StaffPreference::Requested(chair), at(14, 0))).unwrap();
    salon.now = at(13, 50);
    let offline = Who { replica: OTHER_DESK, ..desk().offline_since(seen, at(13, 50)) };
    let step = salon.give(&offline, &arrive(1)).unwrap().step;
    (salon, chair, step)
}

#[test]
fn who_has_arrived_goes_before_a_promise_the_desk_could_not_see() {
    let (salon, chair, step) = comes_after_all(StaffPreference::Requested(JJ));
    assert_eq!((salon.staff_of(1), step), (chair, LadderStep::Displaced));
    assert!(matches!(salon.state(2), State::Displaced { .. }));
}

#[test]
fn who_arrives_and_asked_for_nobody_takes_a_free_colleague_and_not_somebodys_time() {
    let (salon, chair, step) = comes_after_all(StaffPreference::Any);
    assert_ne!(salon.staff_of(1), chair);
    assert_eq!(step, LadderStep::Free);
    assert!(matches!(salon.state(2), State::Confirmed { .. }));
}

#[test]
fn an_emergency_takes_the_chair_even_from_who_has_arrived() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.now = at(13, 55);
    salon.give(&desk(), &arrive(1)).unwrap();
    salon.give(&desk(), &block(JJ, at(13, 55), at(18, 0), BlockKind::Emergency)).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
}

#[test]
fn a_walk_in_who_waits_goes_before_a_request() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    salon.promise(1, StaffPreference::Requested(JJ), at(12, 15));
    salon.now = at(12, 10);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(12, 10))).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
    assert!(!salon.booking(2).occupancy.is_empty());
}

#[test]
fn among_requests_of_one_channel_the_tier_counts() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    let gold = MemberId(Uuid::from_u128(611));
    let register = RegisterMember { member: gold, account: None, store: None, name: "陈默".into(), phone: None, consent: consent() };
    salon.give(&phone_of(CHEN_MO), &Command::RegisterMember(register)).unwrap();
    salon.view.members.get_mut(&gold).unwrap().tier = 2;
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    let Command::Book(mut wanted) = book(2, CUT, StaffPreference::Requested(JJ), at(14, 0)) else { unreachable!() };
    wanted.lines[0].subject = Subject::Member(gold);
    salon.give(&phone_of(CHEN_MO), &Command::Book(wanted)).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
    assert!(matches!(salon.state(2), State::Requested));
}

#[test]
fn a_wish_for_a_woman_is_not_given_to_a_man() {
    let mut salon = Salon::open();
    std::sync::Arc::make_mut(&mut salon.view.catalogue).staff.get_mut(&BECKY).unwrap().gender = Some(Gender::Male);
    let seen = salon.seq;
    salon.promise(1, StaffPreference::AnyOf(Gender::Female), at(10, 15));
    assert_eq!(salon.staff_of(1), KELLY);
    salon.now = at(10, 10);
    let offline = desk().offline_since(seen, at(10, 10));
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(KELLY), at(10, 10))).unwrap();
    salon.give(&offline, &start(2)).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }), "Becky would have been free");
}

#[test]
fn one_who_waits_makes_room_for_another_and_still_waits() {
    let mut salon = Salon::open();
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(1, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    let decision = salon.give(&desk(), &start(2)).unwrap();
    assert!(matches!(salon.state(1), State::Waiting { .. }));
    assert!(salon.booking(1).occupancy.is_empty() && decision.notices.is_empty());
}

#[test]
fn being_a_little_late_twice_is_being_late() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    salon.promise(1, StaffPreference::Requested(JJ), at(11, 0));
    salon.now = at(10, 10);
    let first = desk().offline_since(seen, at(10, 10));
    salon.give(&first, &walk_in(2, StaffPreference::Requested(JJ), at(10, 10))).unwrap();
    assert_eq!(salon.give(&first, &start(2)).unwrap().step, LadderStep::AcceptedLate);
    salon.now = at(10, 20);
    let finish = Command::Finish(Finish { store: STORE, booking: booking_id(2) });
    salon.give(&desk(), &finish).unwrap();
    let second = Who { replica: OTHER_DESK, ..desk().offline_since(seen, at(10, 20)) };
    salon.give(&second, &walk_in(3, StaffPreference::Requested(JJ), at(10, 20))).unwrap();
    let decision = salon.give(&second, &start(3)).unwrap();
    assert_eq!(decision.step, LadderStep::Displaced, "twenty minutes after the promise, not ten after the last excuse");
}

#[test]
fn a_line_that_goes_to_a_colleague_leaves_the_other_lines_where_they_lie() {
    let mut salon = Salon::open();
    let seen = salon.seq;
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(JJ), at(11, 0)) else { unreachable!() };
    wanted.lines.push(line(CUT, StaffPreference::Requested(KELLY), at(12, 0)));
    salon.give(&desk(), &Command::Book(wanted)).unwrap();
    salon.view.bookings.get_mut(&booking_id(1)).unwrap().lines[1].staff_preference = StaffPreference::Any;
    salon.now = at(10, 10);
    let offline = Who { replica: OTHER_DESK, ..desk().offline_since(seen, at(10, 10)) };
    salon.give(&offline, &walk_in(2, StaffPreference::Requested(JJ), at(10, 10))).unwrap();
    salon.give(&offline, &start(2)).unwrap();
    assert_eq!(salon.booking(1).occupancy[0].range.start, at(11, 10), "JJ begins ten minutes late");
    let decision = salon.give(&desk(), &block(KELLY, at(12, 0), at(13, 0), BlockKind::Break)).unwrap();
    assert_eq!(decision.step, LadderStep::Reassigned);
    assert_eq!(salon.booking(1).occupancy[0].range.start, at(11, 10));
    assert_eq!(salon.booking(1).occupancy[1].resource, BECKY.into());
}

#[test]
fn where_nobody_is_free_the_weakest_right_gives_way() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
    for (number, staff) in [(1, JJ), (3, BECKY)] {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(14, 0))).unwrap();
    }
    salon.promise(2, StaffPreference::Requested(KELLY), at(14, 0));
    salon.give(&desk(), &book(4, CUT, StaffPreference::Any, at(14, 0))).unwrap();
    assert_eq!(salon.staff_of(4), KELLY);
    assert!(matches!(salon.state(2), State::Displaced { .. }), "it was only a request");
}
