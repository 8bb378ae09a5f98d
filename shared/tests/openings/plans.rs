//! Plans of random stores.

use crate::world::{Plan, date, lord_howe, vancouver};
use proptest::prelude::*;
use shared::time::{LocalDate, LocalSpan};
use shared::zone::Zone;

/// Spans that avoid the repeated hour: what "until 1:30" means when it comes twice is the zone's own story.
fn spans() -> impl Strategy<Value = Vec<LocalSpan>> {
    let day = (300u16..800, 820u16..1500).prop_map(|(from, until)| vec![LocalSpan { from, until }]);
    let split = (300u16..600, 620u16..800, 800u16..1000, 1020u16..1500)
        .prop_map(|(a, b, c, d)| vec![LocalSpan { from: a, until: b }, LocalSpan { from: c, until: d }]);
    let meeting = (300u16..700, 720u16..1000, 1020u16..1500)
        .prop_map(|(from, middle, until)| vec![LocalSpan { from, until: middle }, LocalSpan { from: middle, until }]);
    let fives = |spans: Vec<LocalSpan>| spans.iter().map(|span| LocalSpan { from: span.from / 5 * 5, until: span.until / 5 * 5 }).collect();
    let any = prop_oneof![3 => day, 2 => split, 1 => meeting, 1 => Just(Vec::new())];
    (any, proptest::bool::weighted(0.3)).prop_map(move |(spans, odd)| if odd { spans } else { fives(spans) })
}

fn zone_and_day() -> impl Strategy<Value = (Zone, LocalDate)> {
    let shanghai = || Zone::fixed("Asia/Shanghai", 8 * 3600);
    prop_oneof![
        Just((vancouver(), date("2018-03-10"))),
        Just((vancouver(), date("2018-11-03"))),
        Just((vancouver(), date("2018-07-30"))),
        Just((shanghai(), date("2026-11-21"))),
        Just((lord_howe(), date("2026-04-04"))),
        Just((Zone::fixed("Asia/Kathmandu", 20_700), date("2026-02-27"))),
    ]
}

/// Worlds of four days and up to three staff.
pub fn plan() -> impl Strategy<Value = Plan> {
    let shifts = proptest::collection::vec(spans(), 1..4);
    let taken = (0usize..3, 0u16..1000, 1u16..30);
    let bookings = proptest::collection::vec((taken.clone(), proptest::option::weighted(0.3, 0i64..2880)), 0..25);
    let when = (zone_and_day(), prop_oneof![Just(5u16), Just(10), Just(15), Just(20), Just(30)], 1u16..5);
    let what = ((1u16..20, 1u16..20, 1u16..10), proptest::option::of(0usize..3), 0usize..3);
    let exceptions = (proptest::option::of(spans()), proptest::option::of(0usize..3));
    let blocks = proptest::collection::vec(taken.clone(), 0..6);
    let washed = proptest::option::weighted(0.5, proptest::sample::subsequence(vec![0u8, 1, 2, 3], 0..4));
    let basins = (0usize..4, washed, proptest::collection::vec(taken, 0..12));
    (when, spans(), shifts, what, exceptions, bookings, (blocks, basins)).prop_map(
        |(
            ((zone, first), grid, horizon_days),
            hours,
            shifts,
            ((cut, dry, colour), slower, asked),
            (special, day_off),
            bookings,
            (blocks, (basins, washed, basins_taken)),
        )| Plan {
            special: special.map(|spans| (first.plus_days(1), spans)),
            minutes: [cut * 5, dry * 5, colour * 5],
            bookings: bookings.into_iter().map(|((staff, from, length), expires)| (staff, from, length, expires)).collect(),
            zone,
            first,
            hours,
            shifts,
            day_off,
            slower,
            grid,
            horizon_days,
            asked,
            blocks,
            basins,
            washed,
            basins_taken,
        },
    )
}

/// So many cases, or as many as `PROPTEST_CASES` says.
pub fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig::with_cases(cases)
}
