//! Trouble: Postgres is killed while people write. What was answered is there afterwards, and nothing is there twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use rustix::process::{Pid, Signal, kill_process};
use server::postgres::PrivatePostgres;
use shared::staff_preference::StaffPreference;
use shared::sync::{Outcome, SyncReply};

use crate::world::*;

/// Exchanges until there is an answer: the server says 503 while the database is away.
async fn patient(world: &World, device: &Device) -> SyncReply {
    let body = postcard::to_allocvec(&device.request(morning())).expect("bytes");
    loop {
        let answered = world.send("POST", "/api/sync", Some(&device.person), body.clone()).await;
        if answered.status == StatusCode::OK {
            return postcard::from_bytes(&answered.body).expect("a reply");
        }
        assert_eq!(answered.status, StatusCode::SERVICE_UNAVAILABLE, "{}", String::from_utf8_lossy(&answered.body));
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_deaths_of_postgres_lose_nothing_that_was_answered() {
    let postgres = PrivatePostgres::start(&own_place("killed")).await.expect("a private Postgres");
    let world = Arc::new(World::salon_at(&postgres.url()).await);
    let answers = Arc::new(AtomicUsize::new(0));
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8u16 {
        let (world, answers) = (Arc::clone(&world), Arc::clone(&answers));
        let member = world.member(&format!("1390013900{writer}")).await;
        writers.spawn(async move {
            let mut device = Device::new(&member, &[]);
            let mut applied = 0;
            for turn in 0..10u16 {
                let (day, staff) = (1 + i32::from(turn), if writer % 2 == 0 { JJ } else { KELLY });
                device.give(
                    &book(new_booking(), Some(member.account()), StaffPreference::Requested(staff), at(day, 10 + writer, 0)),
                    morning(),
                );
                let reply = patient(&world, &device).await;
                assert!(reply.outcomes.iter().all(|answer| answer.outcome == Outcome::Applied), "{:?}", reply.outcomes);
                applied += reply.outcomes.len();
                device.outbox.clear();
                answers.fetch_add(1, Ordering::SeqCst);
            }
            applied
        });
    }
    for kill in 0..5 {
        while answers.load(Ordering::SeqCst) < 7 + 13 * kill {
            tokio::task::yield_now().await;
        }
        if let Some(pid) = postgres.pid().and_then(|pid| Pid::from_raw(i32::try_from(pid).ok()?)) {
            kill_process(pid, Signal::KILL).expect("ours to kill");
        }
    }
    let applied: usize = writers.join_all().await.into_iter().sum();
    assert_eq!(applied, 80);
    assert_eq!(world.count("select count(*) from bookings").await, 80);
    assert_eq!(world.count("select count(*) from commands where name = 'Book' and applied").await, 80);
    assert_eq!(world.count("select count(*) from occupancy").await, 80);
    assert_eq!(world.count("select count(*) from feed where scope like '%/desk'").await, 80);
    assert_eq!(world.backstop_hits(), 0);
    world.holds_together().await;
    postgres.stop().await;
}
