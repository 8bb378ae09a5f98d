//! People whose connection breaks at any byte and any moment: they harm nobody, and what was answered to others is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::clock::Clock;
use shared::envelope::Envelope;
use shared::id::{BookingId, CommandId};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::sync::{Outcome, SyncReply};
use shared::time::Timestamp;
use tokio::io::AsyncWriteExt;

use crate::served::{Served, request};
use crate::world::*;

const CUTS: usize = 500;
const WRITERS: u16 = 4;

/// Bookable times of the real clock's coming days, one for each number. The program has no clock that could be moved by hand.
fn time(number: usize) -> Timestamp {
    let (today, _) = shanghai().local(Clock::system().now());
    let (day, hour) = (1 + number / 10, 10 + number % 10);
    shanghai().instant(today.plus_days(i32::try_from(day).expect("few")), u16::try_from(hour * 60).expect("few"))
}

fn bytes(value: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).expect("bytes")
}

/// What somebody asks for who is cut off: everything that begins a transaction, and some that do not.
fn doomed(kind: u32, number: usize, member: &Person, desk: &Person) -> Vec<u8> {
    let now = Clock::system().now();
    let wanted = book(new_booking(), Some(member.account()), StaffPreference::Requested(JJ), time(number % 200));
    match kind {
        0 => {
            let mut phone = Device::new(member, &[Scope::BrandPublic, Scope::Busy(STORE), Scope::User(member.account())]);
            phone.give(&wanted, now);
            request("POST", "/api/sync", Some(member), &bytes(&phone.request(now)))
        }
        1 => {
            let tablet = Device::new(desk, &[Scope::BrandPublic, Scope::Desk(STORE), Scope::Members(STORE)]);
            request("POST", "/api/sync", Some(desk), &bytes(&tablet.request(now)))
        }
        2 => {
            let envelope = Envelope::pack(&wanted, 0, CommandId(fresh()), None, Stamp::default(), 0);
            request("POST", "/api/direct", Some(member), &bytes(&envelope))
        }
        3 => {
            let phone = format!("{{\"phone\":\"1380013{number:04}\"}}");
            request("POST", "/api/codes", None, phone.as_bytes())
        }
        4 => request("POST", "/api/session/pin", Some(desk), format!("{{\"staff\":\"{JJ}\",\"pin\":\"1234\"}}").as_bytes()),
        5 => request("GET", "/api/catalogue", None, &[]),
        _ => request("GET", "/api/session", Some(member), &[]),
    }
}

/// Sends some of a request, waits a moment, reads some of the answer, and is gone.
async fn cut_off(served: &Served, request: &[u8], luck: &mut StdRng) {
    let mut stream = served.connect().await;
    let sent = if luck.random_bool(0.7) { request.len() } else { luck.random_range(1..request.len()) };
    // A program that hangs up first is none the worse.
    let _hung_up = stream.write_all(&request[..sent]).await;
    for _ in 0..luck.random_range(0..3000) {
        tokio::task::yield_now().await;
    }
    if luck.random_bool(0.1) {
        let mut some = [0; 20];
        let _hung_up = stream.try_read(&mut some);
    }
    if luck.random_bool(0.5) {
        // Reset instead of an orderly end.
        let _best_effort = stream.set_zero_linger();
    }
}

/// Books one time after another until the cuts are over; the numbers that were confirmed.
async fn writes(served: Arc<Served>, member: Person, writer: u16, over: Arc<AtomicBool>) -> Vec<BookingId> {
    let mut phone = Device::new(&member, &[Scope::User(member.account())]);
    let mut confirmed = Vec::new();
    for turn in 0..usize::MAX {
        if over.load(Ordering::SeqCst) && turn >= 20 {
            break;
        }
        let id = new_booking();
        let staff = if writer.is_multiple_of(2) { JJ } else { KELLY };
        phone.give(&book(id, Some(member.account()), StaffPreference::Requested(staff), time(turn % 250)), Clock::system().now());
        let asked = request("POST", "/api/sync", Some(&member), &bytes(&phone.request(Clock::system().now())));
        let (status, body) = served.ask(&asked).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        let reply: SyncReply = postcard::from_bytes(&body).expect("a reply");
        let outcome = &reply.outcomes.first().expect("an outcome").outcome;
        assert!(matches!(outcome, Outcome::Applied | Outcome::Refused { .. }), "{outcome:?}");
        confirmed.extend((*outcome == Outcome::Applied).then_some(id));
        phone.outbox.clear();
    }
    confirmed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_broken_connections_harm_nobody_and_lose_nothing_that_was_confirmed() {
    let world = World::salon().await;
    let (member, desk) = (world.member("13800138000").await, world.desk(STORE).await);
    let served = Arc::new(Served::start(&world, &[]));
    let over = Arc::new(AtomicBool::new(false));
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let person = world.member(&format!("1390013900{writer}")).await;
        writers.spawn(writes(Arc::clone(&served), person, writer, Arc::clone(&over)));
    }
    let mut cutters = tokio::task::JoinSet::new();
    let next = Arc::new(AtomicUsize::new(0));
    for cutter in 0..8 {
        let (served, member, desk, next) = (Arc::clone(&served), member.clone(), desk.clone(), Arc::clone(&next));
        cutters.spawn(async move {
            let mut luck = StdRng::seed_from_u64(53 + cutter);
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= CUTS {
                    break;
                }
                cut_off(&served, &doomed(luck.random_range(0..7), number, &member, &desk), &mut luck).await;
            }
        });
    }
    cutters.join_all().await;
    over.store(true, Ordering::SeqCst);
    let confirmed: Vec<BookingId> = writers.join_all().await.into_iter().flatten().collect();
    assert!(!confirmed.is_empty());
    everybody_is_served(&served, &member, &desk).await;
    let ids: Vec<uuid::Uuid> = confirmed.iter().map(|id| id.0).collect();
    let kept = sqlx::query_scalar::<_, i64>("select count(*) from bookings where id = any($1)").bind(&ids);
    assert_eq!(kept.fetch_one(&world.state.pool).await.expect("a number"), i64::try_from(confirmed.len()).expect("few"));
    no_transaction_is_open(&world).await;
    assert_eq!(served.faults(), Vec::<String>::new());
    assert!(Arc::into_inner(served).expect("nobody else has it").stop());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_asked_for_who_went_away_is_finished_before_the_server_stops() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let served = Served::start(&world, &[]);
    let mut busy = world.state.pool.begin().await.expect("a transaction");
    sqlx::query("select from records where kind = 1 and id = $1 for update")
        .bind(STORE.0)
        .execute(&mut *busy)
        .await
        .expect("the store's row");
    let mut stream = served.connect().await;
    stream.write_all(&doomed(2, 0, &member, &member)).await.expect("it listens");
    let waits = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%lock_store%'";
    until("waiting", async || world.count(waits).await == 1).await;
    drop(stream);
    served.ask_to_stop();
    until("stopping", async || tokio::net::TcpStream::connect(served.address).await.is_err()).await;
    busy.commit().await.expect("the store is free");
    assert!(served.has_ended_in_order());
    assert_eq!(world.count("select count(*) from bookings").await, 1);
}

/// Everything that was cut off before is answered now, on every connection of the pool.
async fn everybody_is_served(served: &Served, member: &Person, desk: &Person) {
    for round in 0..40 {
        for kind in [0, 1, 2, 5, 6] {
            let (status, body) = served.ask(&doomed(kind, round, member, desk)).await;
            assert_eq!(status, 200, "{kind}: {}", String::from_utf8_lossy(&body));
        }
        assert_eq!(served.ask(&request("GET", "/readyz", None, &[])).await.0, 200);
    }
}

async fn no_transaction_is_open(world: &World) {
    let open = "select count(*) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'";
    until("free of open transactions", async || world.count(open).await == 0).await;
}
