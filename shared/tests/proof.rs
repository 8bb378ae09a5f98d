//! The proof of scheduling (C4, A1–A5): over random stores, what is listed is what a plain walk through every quantum finds; every time
//! that is listed can be booked, and no other one without a reason.
//!
//! A share of it in every build; with `HUIYUE_LONG` a hundred thousand stores, which wants a build in release (`cargo xtask test --long`).

#[path = "proof/asked.rs"]
mod asked;
#[path = "proof/plan.rs"]
mod plan;
#[path = "proof/records.rs"]
mod records;
#[path = "proof/taken.rs"]
mod taken;
#[path = "proof/tape.rs"]
mod tape;
#[path = "proof/walk.rs"]
mod walk;
#[path = "proof/zones.rs"]
mod zones;

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use shared::id::StaffId;
use shared::openings::search;
use shared::refusal::Refusal;

use asked::{Asked, at};
use plan::Plan;
use records::{instant, person_id};
use tape::Tape;
use walk::Walk;

/// Stores in every build, and with `HUIYUE_LONG`.
const STORES_USUALLY: u32 = 1_000;
const STORES_LONG: u32 = 100_000;

/// Numbers that a store is made of.
const NUMBERS: usize = 320;

/// Of each store so many times are booked or tried in vain: those at which the list begins or ends, and some others
/// of each sort.
const AT_EDGES: usize = 20;
const ELSEWHERE: usize = 8;

/// What was looked at.
#[derive(Default)]
struct Seen {
    listed: AtomicU64,
    unlisted: AtomicU64,
    booked: AtomicU64,
    refused: AtomicU64,
}

impl Seen {
    fn count(number: &AtomicU64, more: usize) {
        number.fetch_add(more as u64, Ordering::Relaxed);
    }
}

#[test]
fn what_is_listed_is_what_a_plain_walk_finds_and_that_alone_can_be_booked() {
    let stores = if std::env::var_os("HUIYUE_LONG").is_some() { STORES_LONG } else { STORES_USUALLY };
    let threads = std::thread::available_parallelism().map_or(1, |threads| u32::try_from(threads.get()).unwrap_or(1)).min(8);
    let (seen, begun) = (Seen::default(), now());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| look_at(stores.div_ceil(threads), &seen));
        }
    });
    let [listed, unlisted, booked, refused] =
        [&seen.listed, &seen.unlisted, &seen.booked, &seen.refused].map(|n| n.load(Ordering::Relaxed));
    let seconds = begun.elapsed().as_secs_f64();
    // Written past the test harness, which swallows what a test that passes says.
    let _ = writeln!(
        std::io::stdout(),
        "proof: {stores} random stores, {listed} openings and {unlisted} other starts as the walk has them, {booked} booked, \
         {refused} refused, {seconds:.1} s"
    );
    let enough = u64::from(stores);
    assert!(listed > 15 * enough && booked > 4 * enough && refused > enough, "too little was offered to prove anything");
}

#[expect(clippy::disallowed_methods, reason = "how long it took is printed, and nothing depends on it")]
fn now() -> Instant {
    Instant::now()
}

fn look_at(stores: u32, seen: &Seen) {
    let config = ProptestConfig { cases: stores, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() };
    let numbers = proptest::collection::vec(any::<u16>(), NUMBERS);
    let outcome = TestRunner::new(config).run(&numbers, |numbers| holds_for(&Plan::read(&mut Tape::of(&numbers)), &numbers, seen));
    if let Err(TestError::Fail(reason, numbers)) = outcome {
        panic!("{reason}\n{:?}", Plan::read(&mut Tape::of(&numbers)));
    }
    outcome.expect("it ran");
}

fn holds_for(plan: &Plan, numbers: &[u16], seen: &Seen) -> Result<(), TestCaseError> {
    let (asked, walk) = (Asked::of(plan), Walk::through(plan));
    let query = asked.query();
    let found = search(&asked.view, &query, asked.context.now);
    if plan.visit.online && plan.visit.lines.iter().any(|(service, _)| !plan.services[*service].online) {
        prop_assert_eq!(found.err(), Some(Refusal::NotOnline));
        return Ok(());
    }
    let openings = found.expect("everything is known");
    let offers = walk.offers();
    for (start, people) in &offers {
        let listed: Vec<StaffId> =
            if openings.has(instant(plan, *start)) { openings.staff_at(instant(plan, *start)).collect() } else { Vec::new() };
        let expected: Vec<StaffId> = people.iter().map(|person| person_id(*person)).collect();
        prop_assert_eq!(listed, expected, "at {}", at(plan, *start));
    }
    prop_assert_eq!(openings.starts().count(), offers.iter().filter(|(_, people)| !people.is_empty()).count(), "beyond the days");
    Seen::count(&seen.listed, openings.starts().count());
    Seen::count(&seen.unlisted, offers.len() - openings.starts().count());
    let mut tape = Tape::of(&numbers[NUMBERS / 2..]);
    for (start, is_listed) in worth_trying(&offers, &walk, &mut tape) {
        if is_listed {
            asked.can_be_booked(&openings, &walk, start)?;
            Seen::count(&seen.booked, 1);
        } else if plan.visit.online || start >= plan.now {
            asked.cannot_be_booked(&mut tape, start)?;
            Seen::count(&seen.refused, 1);
        }
    }
    Ok(())
}

/// Starts on the grid, and whether they are listed.
fn worth_trying(offers: &[(i64, Vec<usize>)], walk: &Walk<'_>, tape: &mut Tape<'_>) -> Vec<(i64, bool)> {
    let on_grid = offers.iter().filter(|(start, _)| walk.is_on_grid(*start));
    let grid: Vec<(i64, bool)> = on_grid.map(|(start, people)| (*start, !people.is_empty())).collect();
    let edges: Vec<(i64, bool)> = grid.windows(2).filter(|pair| pair[0].1 != pair[1].1).flatten().copied().collect();
    let listed: Vec<(i64, bool)> = grid.iter().filter(|(_, is_listed)| *is_listed).copied().collect();
    let from = tape.count_below(edges.len());
    let mut chosen: Vec<(i64, bool)> = edges.iter().cycle().skip(from).take(AT_EDGES.min(edges.len())).copied().collect();
    for among in [&grid, &listed].into_iter().filter(|among| !among.is_empty()) {
        chosen.extend((0..ELSEWHERE).map(|_| tape.pick(among)));
    }
    chosen
}
