//! Eight who write as fast as they can about people and things that they share: afterwards a plain self-join finds nothing twice.
//!
//! A short form in every build; with `HUIYUE_LONG` ten thousand commands each, which wants a build in release (`cargo xtask test --long`).

#[path = "eight_writers/oracles.rs"]
mod oracles;
#[path = "eight_writers/stores.rs"]
mod stores;
#[path = "eight_writers/wishes.rs"]
mod wishes;

use std::io::Write;
use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::StdRng;
use shared::scope::Scope;
use shared::sync::Outcome;
use tokio::time::Instant;

use crate::world::*;

use wishes::{Asks, Known};

/// Commands of each writer, as many as usual and with `HUIYUE_LONG`.
const COMMANDS: usize = 120;
const COMMANDS_LONG: usize = 10_000;

/// So many lie in an outbox when it is sent.
const OUTBOX: usize = 40;

/// What came of one writer's commands.
#[derive(Default)]
struct Answers {
    applied: usize,
    refused: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_writers_about_shared_people_and_things_leave_nothing_twice() {
    let each = if std::env::var_os("HUIYUE_LONG").is_some() { COMMANDS_LONG } else { COMMANDS };
    let seed = std::env::var("HUIYUE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| u64::from(std::process::id()));
    let world = Arc::new(World::empty().await);
    stores::open(&world).await;
    let (known, begun) = (Arc::new(Known::default()), Instant::now());
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..8u64 {
        let asks = Asks::of(number, Arc::clone(&known), StdRng::seed_from_u64(seed * 8 + number));
        let person = if asks.is_member() { world.member(&format!("1380013800{number}")).await } else { world.desk(asks.store()).await };
        // Every second desk reads what the others do; the rest act without having seen it.
        let scopes: &[Scope] = if number % 2 == 0 && !asks.is_member() { &[Scope::Desk(asks.store())] } else { &[] };
        let tablet = Device::new(&person, scopes);
        writers.spawn(writes(Arc::clone(&world), tablet, asks, each));
    }
    let answers = writers.join_all().await;
    let (applied, refused) = answers.iter().fold((0, 0), |(applied, refused), own| (applied + own.applied, refused + own.refused));
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(applied + refused, 8 * each, "every command has its outcome (seed {seed})");
    assert!(applied * 5 > each && refused * 20 > each, "too little happened: {applied} applied, {refused} refused (seed {seed})");
    let found = oracles::look(&world).await;
    // Written past the test harness, which swallows what a test that passes says.
    let _ = writeln!(
        std::io::stdout(),
        "proof: eight writers, {} commands, {applied} applied, {refused} refused, {} rows of occupancy, {seconds:.1} s, seed {seed}: \
         overlaps {}, oversold {}, bodies twice {}, lanes without a reason {}, backstop_hits {}, deadlocks {}",
        8 * each,
        found.rows,
        found.overlaps,
        found.oversold,
        found.bodies,
        found.reasonless,
        found.backstop_hits,
        found.deadlocks,
    );
    let wrong = [found.overlaps, found.oversold, found.bodies, found.reasonless, found.backstop_hits, found.deadlocks];
    assert_eq!(wrong, [0; 6], "seed {seed}");
    oracles::can_fail(&world).await;
}

/// Fills an outbox, sends it, and again; the clock goes on meanwhile.
async fn writes(world: Arc<World>, mut device: Device, mut asks: Asks, commands: usize) -> Answers {
    let mut answers = Answers::default();
    let mut left = commands;
    while left > 0 {
        let now = world.state.clock.now();
        let many = left.min(OUTBOX);
        for _ in 0..many {
            let command = asks.next(device.person.principal, now);
            asks.gave(device.give(&command, now), &command);
        }
        left -= many;
        for answer in device.sync(&world).await.outcomes {
            match answer.outcome {
                Outcome::Applied => {
                    answers.applied += 1;
                    asks.has(answer.uuid);
                }
                Outcome::Refused { .. } => answers.refused += 1,
                other => panic!("{other:?}"),
            }
        }
        // Nobody looks at them: the tables do.
        device.records.clear();
        device.gone.clear();
        world.state.clock.advance_minutes(1);
    }
    answers
}
