//! Turns 轮钟 over the network: two tablets that were offline tell of one day, and everybody sees one queue.

use shared::booking::{Booking, Subject};
use shared::command::{CheckIn, Command, Finish, PutStaffAssignment, RefuseTurn, RegisterMember, SeatWalkIn, SignIn, Start};
use shared::id::{BookingId, MemberId, StaffId};
use shared::money::Money;
use shared::record::Record;
use shared::refusal::Refusal;
use shared::rotation::{RefusalReason, Rotation, queue};
use shared::scope::Scope;
use shared::staff_assignment::{AssignmentOrder, Binding};
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::{LocalDate, Timestamp};
use shared::visit_request::RequestedLine;

use crate::world::*;

fn today() -> LocalDate {
    shanghai().local(morning()).0
}

async fn goes_by_turns(world: &World, binding: Binding, usual_first: bool) {
    let order = AssignmentOrder::Rotation;
    let put = PutStaffAssignment { store: STORE, order, binding, usual_first, base: 0 };
    assert_eq!(world.give(vec![Command::PutStaffAssignment(put)]).await, [Outcome::Applied]);
}

fn sign_in(staff: StaffId) -> Command {
    Command::SignIn(SignIn { store: STORE, date: today(), staff })
}

fn walk_in(booking: BookingId, subject: Subject, staff_preference: StaffPreference, starts_at: Timestamp) -> Command {
    let seen_price = Some(Money(16_800));
    let line = RequestedLine { service: CUT, subject, payer: None, staff_preference, starts_at, seen_price };
    Command::SeatWalkIn(SeatWalkIn { store: STORE, booking, lines: vec![line], note: "".into() })
}

fn guest() -> Subject {
    Subject::Guest { name: "".into() }
}

fn start(booking: BookingId, staff: Option<StaffId>) -> Command {
    Command::Start(Start { store: STORE, booking, staff, override_reason: None })
}

/// The last that a device has read of the day.
fn order_on(device: &Device) -> Vec<StaffId> {
    let rotation = device.records.iter().filter_map(Record::of::<Rotation>).next_back().expect("the day");
    queue(rotation).into_iter().map(|place| place.staff).collect()
}

fn staff_of(device: &Device, booking: BookingId) -> Option<StaffId> {
    let found = device.records.iter().filter_map(Record::of::<Booking>).rfind(|known| known.id == booking);
    found.expect("the visit").lines[0].staff
}

#[tokio::test]
async fn two_tablets_that_were_offline_tell_of_one_day_and_both_see_one_queue() {
    for first_comes_first in [true, false] {
        let world = World::salon().await;
        goes_by_turns(&world, Binding::AtBooking, false).await;
        let (qing, lan) = (world.desk(STORE).await, world.desk(STORE).await);
        let (mut one, mut other) = (Device::new(&qing, &[Scope::Desk(STORE)]), Device::new(&lan, &[Scope::Desk(STORE)]));
        one.sync(&world).await;
        other.sync(&world).await;
        // Both lose the network. JJ signs in at one tablet, Kelly a minute later at the other; each seats somebody.
        let (with_jj, with_kelly) = (new_booking(), new_booking());
        one.give(&sign_in(JJ), at(0, 10, 0));
        other.give(&sign_in(KELLY), at(0, 10, 1));
        one.give(&walk_in(with_jj, guest(), StaffPreference::Any, at(0, 10, 5)), at(0, 10, 5));
        one.give(&start(with_jj, Some(JJ)), at(0, 10, 6));
        other.give(&walk_in(with_kelly, guest(), StaffPreference::Requested(KELLY), at(0, 10, 7)), at(0, 10, 7));
        other.give(&start(with_kelly, Some(KELLY)), at(0, 10, 8));
        world.state.clock.advance_minutes(90);
        let tablets = if first_comes_first { [&mut one, &mut other] } else { [&mut other, &mut one] };
        for tablet in tablets {
            let reply = tablet.sync(&world).await;
            assert!(reply.outcomes.iter().all(|answer| answer.outcome == Outcome::Applied), "{:?}", reply.outcomes);
        }
        one.sync(&world).await;
        other.sync(&world).await;
        assert_eq!(order_on(&one), [KELLY, JJ], "Kelly was asked for and keeps her place");
        assert_eq!(order_on(&other), order_on(&one));
        assert_eq!(world.backstop_hits(), 0);
        world.holds_together().await;
    }
}

#[tokio::test]
async fn who_booked_anybody_online_is_told_anybody_and_gets_whoever_is_next() {
    let world = World::salon().await;
    goes_by_turns(&world, Binding::OnArrival, false).await;
    let (xiaoman, desk) = (world.member("13800138000").await, world.desk(STORE).await);
    let visit = new_booking();
    let booked = book(visit, Some(xiaoman.account()), StaffPreference::Any, at(0, 12, 0));
    assert_eq!(world.direct(&xiaoman, &booked).await, Outcome::Applied);
    let told = "select count(*) from messages where template = 'confirmed' and facts -> 'staff' -> 0 ->> 'zh' = '不指定'";
    assert_eq!(world.count(told).await, 1);
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    tablet.sync(&world).await;
    let first = staff_of(&tablet, visit).expect("somebody has the time");
    let next = if first == JJ { KELLY } else { JJ };
    world.state.clock.advance_minutes(170);
    for (minute, staff) in [(0, next), (1, first)] {
        tablet.give(&sign_in(staff), at(0, 11, minute));
    }
    tablet.give(&Command::CheckIn(CheckIn { store: STORE, booking: visit, override_reason: None }), at(0, 11, 49));
    let reply = tablet.sync(&world).await;
    assert!(reply.outcomes.iter().all(|answer| answer.outcome == Outcome::Applied), "{:?}", reply.outcomes);
    assert_eq!(staff_of(&tablet, visit), Some(next));
    assert_eq!(world.count("select count(*) from messages where template = 'reassigned'").await, 0, "nobody is told of a change");
    world.holds_together().await;
}

#[tokio::test]
async fn a_returning_member_goes_to_whoever_served_them_last_as_far_back_as_the_store_knows() {
    let world = World::salon().await;
    goes_by_turns(&world, Binding::AtBooking, true).await;
    let desk = world.desk(STORE).await;
    let wang = new_member();
    let register =
        RegisterMember { member: wang, account: None, store: Some(STORE), name: "王阿姨".into(), phone: None, consent: consent() };
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    let (first, now) = (new_booking(), |hour, minute| at(0, hour, minute));
    tablet.give(&Command::RegisterMember(register), now(10, 0));
    tablet.give(&sign_in(JJ), now(10, 0));
    tablet.give(&sign_in(KELLY), now(10, 1));
    let of = |member: MemberId| Subject::Member(member);
    tablet.give(&walk_in(first, of(wang), StaffPreference::Requested(KELLY), now(10, 5)), now(10, 5));
    tablet.give(&start(first, Some(KELLY)), now(10, 5));
    // Her second visit is in the same transaction as the end of the first, and the third in another one.
    tablet.give(&Command::Finish(Finish { store: STORE, booking: first }), now(11, 0));
    let (second, third, others) = (new_booking(), new_booking(), new_booking());
    tablet.give(&walk_in(second, of(wang), StaffPreference::Any, now(11, 5)), now(11, 5));
    world.state.clock.advance_minutes(180);
    tablet.sync(&world).await;
    assert_eq!(staff_of(&tablet, second), Some(KELLY), "though JJ is next");
    tablet.give(&walk_in(others, guest(), StaffPreference::Any, now(11, 6)), now(11, 6));
    tablet.give(&walk_in(third, of(wang), StaffPreference::Any, now(13, 0)), now(12, 0));
    let reply = tablet.sync(&world).await;
    assert!(reply.outcomes.iter().all(|answer| answer.outcome == Outcome::Applied), "{:?}", reply.outcomes);
    assert_eq!((staff_of(&tablet, others), staff_of(&tablet, third)), (Some(JJ), Some(KELLY)));
    world.holds_together().await;
}

#[tokio::test]
async fn members_and_other_stores_see_nothing_of_the_queue() {
    let world = World::salon().await;
    goes_by_turns(&world, Binding::AtBooking, false).await;
    let (xiaoman, desk, others) = (world.member("13800138000").await, world.desk(STORE).await, world.desk(OTHER_STORE).await);
    assert_eq!(world.direct(&desk, &sign_in(JJ)).await, Outcome::Applied);
    let refuse = Command::RefuseTurn(RefuseTurn { store: STORE, date: today(), staff: JJ, reason: RefusalReason::Break });
    for person in [&xiaoman, &others] {
        let outcome = world.direct(person, &refuse).await;
        assert!(matches!(outcome, Outcome::Refused { refusal: Refusal::NotAllowed, .. }), "{outcome:?}");
    }
    let mut phone = Device::new(&xiaoman, &[Scope::User(xiaoman.account()), Scope::BrandPublic]);
    let mut elsewhere = Device::new(&others, &[Scope::Desk(OTHER_STORE), Scope::BrandPublic]);
    phone.sync(&world).await;
    elsewhere.sync(&world).await;
    assert!(!phone.records.iter().chain(&elsewhere.records).any(|record| matches!(record, Record::Rotation(_))));
    assert!(phone.records.iter().any(|record| matches!(record, Record::StaffAssignment(_))), "the rule itself is published");
}
