//! The race: two hundred people want one time.

use std::sync::Arc;

use shared::booking::CancelledBy;
use shared::command::{Cancel, Command, PutResource, PutService};
use shared::id::ResourceId;
use shared::money::Money;
use shared::name::Name;
use shared::refusal::Refusal;
use shared::resource::ResourceNeed;
use shared::service::{PriceOverride, Service, Whom};
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;

use crate::world::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_people_want_one_time_and_one_has_it() {
    let world = Arc::new(World::salon().await);
    let mut people = Vec::new();
    for person in 0..20 {
        people.push(world.member(&format!("138001380{person:02}")).await);
    }
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..200 {
        let (world, person) = (Arc::clone(&world), people[number % people.len()].clone());
        tries.spawn(async move {
            let command = book(new_booking(), Some(person.account()), StaffPreference::Requested(JJ), at(1, 14, 0));
            world.direct(&person, &command).await
        });
    }
    let outcomes = tries.join_all().await;
    let applied = outcomes.iter().filter(|outcome| **outcome == Outcome::Applied).count();
    let refused = outcomes.iter().filter(|outcome| {
        let Outcome::Refused { refusal, alternatives } = outcome else { return false };
        matches!(refusal, Refusal::TimeTaken { .. } | Refusal::NobodyFree) && alternatives.len() == 3
    });
    assert_eq!((applied, refused.count()), (1, 199), "{:?}", &outcomes[..3]);
    assert_eq!(world.backstop_hits(), 0);
    assert_eq!(world.count("select count(*) from occupancy").await, 1);
    world.holds_together().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_who_find_a_stylist_one_has_the_only_basin() {
    let world = Arc::new(World::salon().await);
    let needs = vec![ResourceNeed { resource_type: BASIN, parts: Vec::new() }];
    let basin = PutResource {
        resource: ResourceId(fresh()),
        store: STORE,
        resource_type: BASIN,
        name: Name::new("洗头床 1", "Basin 1"),
        active: true,
        base: 0,
    };
    let service = PutService::of(Service { needs, ..cut() }, 1);
    let outcomes = world.give(vec![basins(), Command::PutResource(basin), Command::PutService(service)]).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
    let mut people = Vec::new();
    for person in 0..20 {
        people.push(world.member(&format!("138001380{person:02}")).await);
    }
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..200usize {
        let (world, person) = (Arc::clone(&world), people[number % people.len()].clone());
        let stylist = if number.is_multiple_of(2) { JJ } else { KELLY };
        tries.spawn(async move {
            let command = book(new_booking(), Some(person.account()), StaffPreference::Requested(stylist), at(1, 14, 0));
            world.direct(&person, &command).await
        });
    }
    let outcomes = tries.join_all().await;
    let applied = outcomes.iter().filter(|outcome| **outcome == Outcome::Applied).count();
    let refused = outcomes.iter().filter(|outcome| {
        let Outcome::Refused { refusal: Refusal::TimeTaken { .. }, alternatives } = outcome else { return false };
        alternatives.len() == 3 && alternatives.iter().all(|offered| (offered.starts_at.0 - at(1, 14, 0).0).abs() >= 60 * 60_000)
    });
    assert_eq!((applied, refused.count()), (1, 199), "{:?}", &outcomes[..3]);
    assert_eq!(world.backstop_hits(), 0);
    assert_eq!(world.count("select count(*) from occupancy").await, 2, "a stylist and a basin");
    world.holds_together().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn different_times_of_one_store_are_all_had() {
    let world = Arc::new(World::salon().await);
    let member = world.member("13800138000").await;
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..40u16 {
        let (world, member) = (Arc::clone(&world), member.clone());
        tries.spawn(async move {
            let (day, hour) = (1 + i32::from(number / 10), 10 + number % 10);
            world.direct(&member, &book(new_booking(), Some(member.account()), StaffPreference::Requested(KELLY), at(day, hour, 0))).await
        });
    }
    let outcomes = tries.join_all().await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
    assert_eq!(world.backstop_hits(), 0);
    world.holds_together().await;
}

#[tokio::test]
async fn two_servers_take_turns_and_neither_believes_an_old_day() {
    let (world, member) = {
        let world = World::salon().await;
        let member = world.member("13800138000").await;
        (world, member)
    };
    let servers = [world.neighbour(), world];
    let wanted = |hour| book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, hour, 0));
    for hour in 10..18u16 {
        let (first, second) = (&servers[usize::from(hour % 2)], &servers[usize::from((hour + 1) % 2)]);
        assert_eq!(first.direct(&member, &wanted(hour)).await, Outcome::Applied, "{hour} o'clock");
        // The other one decided on this day a moment ago and must notice that it has changed.
        let refused = second.direct(&member, &wanted(hour)).await;
        assert!(matches!(refused, Outcome::Refused { refusal: Refusal::TimeTaken { .. }, .. }), "{refused:?}");
    }
    servers[0].holds_together().await;
    assert_eq!(servers.map(|server| server.backstop_hits()), [0, 0]);
}

#[tokio::test]
async fn what_a_server_remembers_of_a_day_is_what_is_stored() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let (taken, other) = (new_booking(), new_booking());
    let book = |id, hour| book(id, Some(member.account()), StaffPreference::Requested(JJ), at(1, hour, 0));
    for (id, hour) in [(taken, 10), (other, 12)] {
        assert_eq!(world.direct(&member, &book(id, hour)).await, Outcome::Applied);
    }
    let cancel = Cancel { store: STORE, booking: taken, by: CancelledBy::Member, reason: "".into() };
    assert_eq!(world.direct(&member, &Command::Cancel(cancel)).await, Outcome::Applied);
    // The one that remembers and one that has to read say the same of every hour, before and after.
    for hour in 9..20u16 {
        let id = new_booking();
        let remembers = world.direct(&member, &book(id, hour)).await;
        let reads = world.neighbour().direct(&member, &book(new_booking(), hour)).await;
        assert_eq!(remembers == Outcome::Applied, hour != 12 && (10..20).contains(&hour), "{hour} o'clock: {remembers:?}");
        assert_ne!(reads, Outcome::Applied, "{hour} o'clock has somebody or is closed");
    }
    assert_eq!(world.backstop_hits(), 0);
}

#[tokio::test]
async fn what_a_desk_says_about_many_days_at_once_is_decided_as_if_it_said_one_after_the_other() {
    let world = World::salon().await;
    let desk = world.desk(STORE).await;
    let mut tablet = Device::new(&desk, &[]);
    // Every day is met three times, among other days: a visit, another at the same time, and a third beside it.
    let (days, hours) = (20, [11, 11, 12]);
    for (turn, hour) in hours.into_iter().enumerate() {
        for day in 0..days {
            let day = 1 + (day * 7 + i32::try_from(turn).expect("few")) % days;
            tablet.give(&book(new_booking(), None, StaffPreference::Requested(JJ), at(day, hour, 0)), morning());
        }
    }
    let outcomes = tablet.sync(&world).await.outcomes;
    let applied = |turn: usize| outcomes[turn * 20..][..20].iter().filter(|answer| answer.outcome == Outcome::Applied).count();
    assert_eq!((outcomes.len(), [0, 1, 2].map(applied)), (60, [20, 0, 20]));
    let member = world.member("13800138000").await;
    for day in 1..=days {
        for hour in [11, 12, 13] {
            let wanted = || book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(day, hour, 0));
            // One that remembers everything, and one that reads: thirteen o'clock is free for whoever comes first.
            let both = [world.direct(&member, &wanted()).await, world.neighbour().direct(&member, &wanted()).await];
            assert_eq!(both.map(|outcome| outcome == Outcome::Applied), [hour == 13, false], "day {day}, {hour} o'clock");
        }
    }
    assert_eq!(world.backstop_hits(), 0);
    world.holds_together().await;
}

/// Asks for JJ at some hours at once, while the store's row is taken; what is answered once it is free.
async fn asked_while_the_store_is_busy(world: &Arc<World>, member: &Person, hours: std::ops::Range<u16>) -> Vec<Outcome> {
    let mut busy = world.state.pool.begin().await.expect("a transaction");
    sqlx::query("select from records where kind = 1 and id = $1 for update")
        .bind(STORE.0)
        .execute(&mut *busy)
        .await
        .expect("the store's row");
    let ask = |hour| {
        let (world, member) = (Arc::clone(world), member.clone());
        let wanted = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), at(1, hour, 0));
        tokio::spawn(async move { world.direct(&member, &wanted).await })
    };
    let impatient = ask(19);
    let waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let is_waiting = async || world.count(waits).await > 0;
    until("waiting", is_waiting).await;
    let all = hours.len();
    let patient: Vec<_> = hours.map(ask).collect();
    until("in the queue", async || world.state.waiting(STORE) == all).await;
    impatient.abort();
    assert!(impatient.await.expect_err("it went away").is_cancelled());
    busy.commit().await.expect("the store is free again");
    let mut outcomes = Vec::new();
    for waiting in patient {
        outcomes.push(waiting.await.expect("an answer"));
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_away_while_the_store_is_busy_takes_nobody_along() {
    let world = Arc::new(World::salon().await);
    let member = world.member("13800138000").await;
    assert_eq!(asked_while_the_store_is_busy(&world, &member, 10..18).await, vec![Outcome::Applied; 8]);
    // What was given before somebody went away is decided like everything else.
    assert_eq!(world.count("select count(*) from bookings").await, 9);
    let transactions = "select count(distinct xmin::text) from commands where name = 'Book'";
    assert_eq!(world.count(transactions).await, 2, "one for the first, one for all who waited");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_that_cannot_be_stored_is_set_aside_and_those_beside_it_stand() {
    let world = Arc::new(World::salon().await);
    let member = world.member("13800138000").await;
    let unlucky = format!("alter table bookings add check (starts_at <> {})", at(1, 12, 0).0);
    sqlx::raw_sql(sqlx::AssertSqlSafe(unlucky)).execute(&world.state.pool).await.expect("a bad disk");
    let outcomes = asked_while_the_store_is_busy(&world, &member, 10..15).await;
    assert_eq!(outcomes, [Outcome::Applied, Outcome::Applied, Outcome::Poison, Outcome::Applied, Outcome::Applied]);
    assert_eq!(world.count("select count(*) from bookings").await, 5);
    assert_eq!(world.count("select count(*) from commands where refusal = 'poison'").await, 1);
    world.holds_together().await;
}

#[tokio::test]
async fn who_wanted_anybody_at_the_lowest_price_is_offered_other_times_at_that_price() {
    let world = World::salon().await;
    let (desk, member) = (world.desk(STORE).await, world.member("13800138000").await);
    let mut cut = world.state.catalogue().await.expect("it").services[&CUT].clone();
    cut.terms.push(PriceOverride { whom: Whom::Staff(JJ), store: None, price: Some(Some(Money(26_800))), minutes: None });
    let base = cut.written.map_or(0, |written| written.version);
    assert_eq!(world.give(vec![Command::PutService(PutService::of(cut, base))]).await, [Outcome::Applied]);
    // At two only JJ is left, who costs more.
    let taken = book(new_booking(), None, StaffPreference::Requested(KELLY), at(1, 14, 0));
    assert_eq!(world.direct(&desk, &taken).await, Outcome::Applied);
    let wanted = book(new_booking(), Some(member.account()), StaffPreference::Any, at(1, 14, 0));
    let Outcome::Refused { alternatives, .. } = world.direct(&member, &wanted).await else { panic!("somebody of that price was free") };
    assert_eq!(alternatives.len(), 3);
    for offer in alternatives {
        assert!(offer.starts_at != at(1, 14, 0) && !offer.staff.contains(&JJ), "{offer:?}");
    }
}
