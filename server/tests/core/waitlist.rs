//! Whoever waits for a time is offered it by the server itself, once for each cause, in order, and is told.

use std::collections::BTreeSet;

use server::db::jobs::claim;
use server::jobs::do_due;
use shared::booking::{CancelledBy, Subject};
use shared::command::*;
use shared::id::{BookingId, WaitlistEntryId};
use shared::refusal::{MemberLimit, Refusal};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::TimeRange;
use shared::visit_request::RequestedService;
use shared::waitlist_entry::{Offer, Waiting, WaitlistEntry};

use crate::world::*;

fn afternoon() -> TimeRange {
    TimeRange { start: at(1, 12, 0), end: at(1, 18, 0) }
}

fn join(entry: WaitlistEntryId) -> Command {
    let services = vec![RequestedService { service: CUT, staff_preference: StaffPreference::Requested(JJ) }];
    let subject = Subject::Guest { name: "小满".into() };
    let (store, note) = (STORE, String::new());
    Command::JoinWaitlist(JoinWaitlist { store, entry, account: None, subject, services, starts: afternoon(), note: note.into() })
}

fn cancel(booking: BookingId) -> Command {
    Command::Cancel(Cancel { store: STORE, booking, by: CancelledBy::Store, reason: "".into() })
}

fn accept(entry: WaitlistEntryId, offer: &Offer) -> Command {
    Command::AcceptOffer(AcceptOffer { store: STORE, entry, hold: offer.hold, terms_version: 1 })
}

/// A Sunday on which JJ has no hour left in the afternoon.
struct FullDay {
    world: World,
    /// From noon on, hour by hour.
    visits: Vec<BookingId>,
    mei: Person,
    qing: Person,
}

impl FullDay {
    async fn open() -> FullDay {
        let world = World::salon().await;
        let visits: Vec<BookingId> = (0..6).map(|_| new_booking()).collect();
        let hours = (12u16..).zip(&visits);
        let booked = hours.map(|(hour, visit)| book(*visit, None, StaffPreference::Requested(JJ), at(1, hour, 0))).collect();
        assert!(world.give(booked).await.iter().all(|outcome| *outcome == Outcome::Applied));
        let (mei, qing) = (world.member("13800138000").await, world.member("13900139000").await);
        FullDay { world, visits, mei, qing }
    }

    /// Mei waits, then Qing.
    async fn with_two_who_wait() -> (FullDay, [WaitlistEntryId; 2]) {
        let day = FullDay::open().await;
        let entries = [WaitlistEntryId(fresh()), WaitlistEntryId(fresh())];
        for (person, entry) in [&day.mei, &day.qing].into_iter().zip(entries) {
            assert_eq!(day.world.direct(person, &join(entry)).await, Outcome::Applied);
            day.world.state.clock.advance_minutes(1);
        }
        day.work().await;
        (day, entries)
    }

    /// Does what is due, and what follows from it.
    async fn work(&self) {
        while do_due(&self.world.state).await.expect("looked") > 0 {}
    }

    async fn entry(&self, person: &Person, entry: WaitlistEntryId) -> WaitlistEntry {
        let seen = entries(&self.world, person, Scope::User(person.account())).await;
        seen.into_iter().find(|seen| seen.id == entry).expect("an entry")
    }

    async fn offer(&self, person: &Person, entry: WaitlistEntryId) -> Option<Offer> {
        self.entry(person, entry).await.offer().cloned()
    }

    async fn offers(&self) -> i64 {
        self.world.count("select count(*) from bookings where state = 'held'").await
    }
}

/// What somebody reads in a feed of those who wait.
async fn entries(world: &World, person: &Person, scope: Scope) -> Vec<WaitlistEntry> {
    let mut device = Device::new(person, &[scope]);
    device.sync(world).await;
    device.records.iter().filter_map(|record| record.of::<WaitlistEntry>().cloned()).collect()
}

#[tokio::test]
async fn a_cancellation_makes_an_offer_that_is_told_and_taken_with_one_tap() {
    let (day, [mine, other]) = FullDay::with_two_who_wait().await;
    assert_eq!(day.offers().await, 0);
    assert_eq!(day.world.give(vec![cancel(day.visits[2])]).await, [Outcome::Applied]);
    assert_eq!(day.world.count("select count(*) from jobs where kind = 'serve_waitlist' and due_at <= 1795230000000").await, 1);
    day.work().await;
    let offer = day.offer(&day.mei, mine).await.expect("an offer");
    assert_eq!(offer.starts_at, at(1, 14, 0));
    assert_eq!(day.offer(&day.qing, other).await, None);
    let told = "select count(*) from messages where template = 'offered' and account_id is not null and good_until is not null";
    assert_eq!(day.world.count(told).await, 1);
    assert_eq!(day.world.direct(&day.mei, &accept(mine, &offer)).await, Outcome::Applied);
    assert_eq!(day.world.direct(&day.mei, &accept(mine, &offer)).await, Outcome::Applied, "a second tap");
    assert!(matches!(day.entry(&day.mei, mine).await.state, Waiting::Taken { booking, .. } if booking == offer.hold));
    assert_eq!(day.world.count("select count(*) from bookings where state = 'confirmed' and account_id is not null").await, 1);
    day.work().await;
    assert_eq!((day.offers().await, day.world.backstop_hits()), (0, 0));
    day.world.holds_together().await;
}

#[tokio::test]
async fn an_offer_that_nobody_answers_goes_to_the_next_one_when_its_time_is_over() {
    let (day, [mine, other]) = FullDay::with_two_who_wait().await;
    day.world.give(vec![cancel(day.visits[2])]).await;
    day.work().await;
    let offer = day.offer(&day.mei, mine).await.expect("an offer");
    day.world.state.clock.advance_minutes(14);
    day.work().await;
    assert!(day.offer(&day.mei, mine).await.is_some(), "a minute is left");
    day.world.state.clock.advance_minutes(1);
    day.work().await;
    assert_eq!(day.entry(&day.mei, mine).await.state, Waiting::Queued);
    let next = day.offer(&day.qing, other).await.expect("an offer");
    assert_eq!((next.starts_at, day.offers().await), (at(1, 14, 0), 1));
    let late = day.world.direct(&day.mei, &accept(mine, &offer)).await;
    assert!(matches!(late, Outcome::Refused { refusal: Refusal::OfferOver, .. }), "{late:?}");
    assert_eq!(day.world.count("select count(*) from messages where template = 'offered'").await, 2);
    day.world.holds_together().await;
}

#[tokio::test]
async fn two_cancellations_at_once_are_offered_to_two_people() {
    let (day, [mine, other]) = FullDay::with_two_who_wait().await;
    let (one, two) = tokio::join!(day.world.give(vec![cancel(day.visits[1])]), day.world.give(vec![cancel(day.visits[4])]));
    assert_eq!([one, two].concat(), [Outcome::Applied, Outcome::Applied]);
    let states = [&day.world.state, &day.world.state, &day.world.state];
    let worked = tokio::join!(do_due(states[0]), do_due(states[1]), do_due(states[2]));
    assert!(worked.0.is_ok() && worked.1.is_ok() && worked.2.is_ok());
    day.work().await;
    let (hers, the_others) = (day.offer(&day.mei, mine).await, day.offer(&day.qing, other).await);
    let (hers, the_others) = (hers.expect("an offer"), the_others.expect("an offer"));
    assert_ne!((hers.hold, hers.starts_at), (the_others.hold, the_others.starts_at));
    assert_eq!(day.offers().await, 2);
    assert_eq!(day.world.count("select count(*) from messages where template = 'offered'").await, 2, "nothing is told twice");
}

#[tokio::test]
async fn a_server_that_dies_between_the_cause_and_the_offer_makes_it_when_it_is_back() {
    let (day, [mine, _]) = FullDay::with_two_who_wait().await;
    day.world.give(vec![cancel(day.visits[2])]).await;
    let (pool, now) = (&day.world.state.pool, day.world.state.clock.now());
    assert!(!claim(pool, now, now.plus_minutes(5), 10).await.expect("claimed").is_empty(), "somebody has it, and is gone");
    let again = day.world.started_again().await;
    assert_eq!(do_due(&again.state).await.expect("looked"), 0);
    again.state.clock.advance_minutes(5);
    while do_due(&again.state).await.expect("looked") > 0 {}
    assert_eq!((day.offer(&day.mei, mine).await.expect("an offer").starts_at, day.offers().await), (at(1, 14, 0), 1));
}

#[tokio::test]
async fn whoever_takes_the_time_first_has_it_and_the_offer_is_not_made() {
    let (day, [mine, other]) = FullDay::with_two_who_wait().await;
    let visit = new_booking();
    let wanted = book(visit, None, StaffPreference::Requested(JJ), at(1, 14, 0));
    assert_eq!(day.world.give(vec![cancel(day.visits[2]), wanted.clone()]).await, [Outcome::Applied, Outcome::Applied]);
    day.work().await;
    assert_eq!((day.offer(&day.mei, mine).await, day.offer(&day.qing, other).await), (None, None));
    assert_eq!(day.world.give(vec![cancel(visit)]).await, [Outcome::Applied]);
    day.work().await;
    let late = day.world.direct(&day.qing, &book(new_booking(), None, StaffPreference::Requested(JJ), at(1, 14, 0))).await;
    assert!(matches!(late, Outcome::Refused { refusal: Refusal::TimeTaken { .. }, .. }), "{late:?}");
}

#[tokio::test]
async fn a_longer_shift_a_block_taken_back_and_somebody_who_leaves_are_causes_too() {
    let (day, [mine, other]) = FullDay::with_two_who_wait().await;
    let block = shared::id::BlockId(fresh());
    day.world.give(vec![cancel(day.visits[2])]).await;
    let range = TimeRange { start: at(1, 14, 0), end: at(1, 15, 0) };
    let kind = shared::block::BlockKind::Break;
    let blocked = BlockTime { store: STORE, block, resource: JJ.into(), range, kind, reason: "".into(), override_reason: None };
    assert_eq!(day.world.give(vec![Command::Block(blocked)]).await, [Outcome::Applied]);
    day.work().await;
    assert_eq!(day.offers().await, 0);
    assert_eq!(day.world.give(vec![Command::Unblock(Unblock { store: STORE, block })]).await, [Outcome::Applied]);
    day.work().await;
    assert!(day.offer(&day.mei, mine).await.is_some());
    let leave = Command::LeaveWaitlist(LeaveWaitlist { store: STORE, entry: mine });
    assert_eq!(day.world.direct(&day.mei, &leave).await, Outcome::Applied);
    day.work().await;
    assert_eq!(day.offer(&day.qing, other).await.expect("an offer").starts_at, at(1, 14, 0));
    assert_eq!(day.offers().await, 1);
}

#[tokio::test]
async fn whoever_begins_to_wait_for_what_is_free_is_offered_it_and_the_day_ends_for_those_who_wait() {
    let day = FullDay::open().await;
    day.world.give(vec![cancel(day.visits[0])]).await;
    day.work().await;
    assert_eq!(day.world.count("select count(*) from jobs where kind = 'serve_waitlist'").await, 0, "nobody waits");
    let [mine, other] = [WaitlistEntryId(fresh()), WaitlistEntryId(fresh())];
    assert_eq!(day.world.direct(&day.mei, &join(mine)).await, Outcome::Applied);
    day.world.state.clock.advance_minutes(1);
    assert_eq!(day.world.direct(&day.qing, &join(other)).await, Outcome::Applied);
    day.work().await;
    assert_eq!(day.offer(&day.mei, mine).await.expect("an offer").starts_at, at(1, 12, 0));
    let left = at(1, 18, 0).minutes_since(day.world.state.clock.now());
    day.world.state.clock.advance_minutes(left);
    day.work().await;
    assert!(matches!(day.entry(&day.qing, other).await.state, Waiting::Expired { .. }));
    assert_eq!(day.world.count("select count(*) from jobs").await, 0);
    assert_eq!(day.world.count("select count(*) from records where kind = 14 and settled").await, 2);
    day.world.holds_together().await;
}

#[tokio::test]
async fn one_account_waits_for_so_many_times_of_a_day() {
    let day = FullDay::open().await;
    for _ in 0..3 {
        assert_eq!(day.world.direct(&day.mei, &join(WaitlistEntryId(fresh()))).await, Outcome::Applied);
    }
    let fourth = day.world.direct(&day.mei, &join(WaitlistEntryId(fresh()))).await;
    let too_many = Refusal::TooMany { of: MemberLimit::WaitingADay, most: 3 };
    assert!(matches!(&fourth, Outcome::Refused { refusal, .. } if *refusal == too_many), "{fourth:?}");
    assert_eq!(day.world.direct(&day.qing, &join(WaitlistEntryId(fresh()))).await, Outcome::Applied);
}

#[tokio::test]
async fn a_desk_sees_who_waits_and_a_member_only_themselves() {
    let (day, [mine, other]) = FullDay::with_two_who_wait().await;
    let tablet = day.world.desk(STORE).await;
    let ids = |entries: Vec<WaitlistEntry>| entries.into_iter().map(|entry| entry.id).collect::<BTreeSet<_>>();
    assert_eq!(ids(entries(&day.world, &tablet, Scope::Desk(STORE)).await), [mine, other].into());
    assert_eq!(ids(entries(&day.world, &day.mei, Scope::User(day.mei.account())).await), [mine].into());
    let (store, hold) = (STORE, new_booking());
    let not_hers = Command::AcceptOffer(AcceptOffer { store, entry: other, hold, terms_version: 1 });
    let refused = day.world.direct(&day.mei, &not_hers).await;
    assert!(matches!(refused, Outcome::Refused { refusal: Refusal::NotFound { .. }, .. }), "{refused:?}");
}
