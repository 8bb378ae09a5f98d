//! What the server does by itself: when it is due by the clock of the program, once in effect, and never forgotten.

use serde_json::json;
use server::db::jobs::{Claimed, NewJob, claim, put};
use server::job::{Hold as HeldTime, Job, Projected};
use server::jobs::{do_due, plan};
use shared::command::{Command, Hold};
use shared::id::BookingId;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::Timestamp;

use crate::world::*;

/// What somebody holds while they fill in the form.
fn hold(booking: BookingId, start: Timestamp) -> Command {
    let Command::Book(book) = book(booking, None, StaffPreference::Requested(JJ), start) else { unreachable!("it is one") };
    Command::Hold(Hold { store: STORE, booking, lines: book.lines })
}

async fn held(world: &World) -> i64 {
    world.count("select count(*) from bookings where state = 'held'").await
}

async fn waiting(world: &World) -> i64 {
    world.count("select count(*) from jobs").await
}

async fn puts(world: &World, job: Job, due_at: Timestamp) {
    put(&mut world.state.pool.acquire().await.expect("a connection"), &[NewJob::new(job, due_at)]).await.expect("put in");
}

#[tokio::test]
async fn a_hold_lets_go_of_its_time_in_the_minute_in_which_it_ends_while_the_worker_runs() {
    let world = World::salon().await;
    let mei = world.member("13800138000").await;
    let worker = tokio::spawn(server::jobs::run(world.state.clone()));
    assert_eq!(world.direct(&mei, &hold(new_booking(), at(1, 14, 0))).await, Outcome::Applied);
    world.state.clock.advance_minutes(4);
    assert_eq!(held(&world).await, 1, "she has a minute left");
    world.state.clock.advance_minutes(1);
    while held(&world).await > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.count("select count(*) from occupancy").await, 0);
    worker.abort();
}

#[tokio::test]
async fn a_hold_that_became_a_booking_stays_one_when_its_end_comes() {
    let world = World::salon().await;
    let (mei, visit) = (world.member("13800138000").await, new_booking());
    assert_eq!(world.direct(&mei, &hold(visit, at(1, 14, 0))).await, Outcome::Applied);
    assert_eq!(waiting(&world).await, 1, "written with the hold");
    let booked = book(visit, Some(mei.account()), StaffPreference::Requested(JJ), at(1, 14, 0));
    assert_eq!(world.direct(&mei, &booked).await, Outcome::Applied);
    let decided = world.count("select count(*) from commands").await;
    world.state.clock.advance_minutes(6);
    assert_eq!(do_due(&world.state).await.expect("looked"), 1);
    assert_eq!(world.count("select count(*) from bookings where state = 'confirmed'").await, 1);
    assert_eq!((waiting(&world).await, world.count("select count(*) from commands").await), (0, decided), "nobody was asked");
}

#[tokio::test]
async fn a_refused_hold_leaves_nothing_to_do() {
    let world = World::salon().await;
    let (mei, qing) = (world.member("13800138000").await, world.member("13900139000").await);
    assert_eq!(world.direct(&mei, &hold(new_booking(), at(1, 14, 0))).await, Outcome::Applied);
    assert!(matches!(world.direct(&qing, &hold(new_booking(), at(1, 14, 0))).await, Outcome::Refused { .. }));
    assert_eq!(waiting(&world).await, 1);
}

#[tokio::test]
async fn of_three_workers_one_takes_a_job_and_whoever_dies_with_it_loses_it_to_the_next() {
    let world = World::salon().await;
    let mei = world.member("13800138000").await;
    assert_eq!(world.direct(&mei, &hold(new_booking(), at(1, 14, 0))).await, Outcome::Applied);
    world.state.clock.advance_minutes(5);
    let (pool, now) = (&world.state.pool, world.state.clock.now());
    let lost: Vec<Claimed> = claim(pool, now, now.plus_minutes(5), 10).await.expect("claimed");
    assert_eq!(lost.len(), 1);
    assert_eq!(do_due(&world.state).await.expect("looked"), 0, "somebody has it");
    world.state.clock.advance_minutes(5);
    let taken = tokio::join!(do_due(&world.state), do_due(&world.state), do_due(&world.state));
    assert_eq!([taken.0, taken.1, taken.2].map(|taken| taken.expect("looked")).iter().sum::<usize>(), 1);
    assert_eq!((held(&world).await, waiting(&world).await), (0, 0));
}

#[tokio::test]
async fn the_same_cause_makes_one_job() {
    let world = World::salon().await;
    let until = world.state.clock.now().plus_minutes(5);
    let same = || Job::ExpireHold(HeldTime { store: STORE, booking: BookingId(STORE.0), until });
    puts(&world, same(), until).await;
    puts(&world, same(), until.plus_minutes(90)).await;
    let due: Vec<i64> = sqlx::query_scalar("select due_at from jobs").fetch_all(&world.state.pool).await.expect("jobs");
    assert_eq!(due, [until.0]);
    plan(&world.state).await.expect("planned");
    plan(&world.state).await.expect("planned");
    assert_eq!(waiting(&world).await, 2, "what comes back by itself waits once");
}

#[tokio::test]
async fn what_comes_back_by_itself_is_due_again_after_it_was_done() {
    let world = World::salon().await;
    plan(&world.state).await.expect("planned");
    assert_eq!(do_due(&world.state).await.expect("looked"), 0, "not yet");
    for _ in 0..3 {
        world.state.clock.advance_minutes(10);
        assert_eq!(do_due(&world.state).await.expect("looked"), 1);
        assert_eq!(do_due(&world.state).await.expect("looked"), 0);
    }
    assert_eq!(waiting(&world).await, 1);
}

#[tokio::test]
async fn a_job_that_does_not_succeed_is_tried_again_later_and_one_of_a_newer_program_is_left_to_it() {
    let world = World::salon().await;
    let now = world.state.clock.now();
    for (id, kind, about) in [(1, "expire_hold", json!({ "store": "?" })), (2, "remind", json!({ "days": 1 }))] {
        let insert = sqlx::query("insert into jobs (id, kind, about, due_at) values ($1, $2, $3, $4)");
        let id = uuid::Uuid::from_u128(id);
        insert.bind(id).bind(kind).bind(about).bind(now.0).execute(&world.state.pool).await.expect("put in");
    }
    assert_eq!(do_due(&world.state).await.expect("looked"), 1);
    assert_eq!(do_due(&world.state).await.expect("looked"), 0, "it waits a little first");
    world.state.clock.advance_minutes(1);
    assert_eq!(do_due(&world.state).await.expect("looked"), 1);
    assert_eq!(world.count("select count(*) from jobs where kind = 'expire_hold' and attempts = 2 and error is not null").await, 1);
    assert_eq!(world.count("select count(*) from jobs where kind = 'remind' and attempts = 0").await, 1);
    assert_eq!(world.state.counters.jobs_failed.load(std::sync::atomic::Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_store_whose_visits_cannot_be_read_keeps_no_other_store_waiting() {
    let world = World::salon().await;
    let (mei, now) = (world.member("13800138000").await, world.state.clock.now());
    assert_eq!(world.direct(&mei, &book(new_booking(), Some(mei.account()), StaffPreference::Any, at(1, 10, 0))).await, Outcome::Applied);
    sqlx::query("update bookings set record = '{}'").execute(&world.state.pool).await.expect("broken");
    for (store, due_at) in [(STORE, now), (OTHER_STORE, now.plus_minutes(1))] {
        puts(&world, Job::ProjectVisits(Projected { store, since: now }), due_at).await;
    }
    world.state.clock.advance_minutes(1);
    assert_eq!(do_due(&world.state).await.expect("looked"), 2);
    assert_eq!(waiting(&world).await, 1, "the other store's is done");
    assert_eq!(world.count("select count(*) from jobs where attempts = 1 and error is not null").await, 1);
}
