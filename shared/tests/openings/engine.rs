//! The mask engine against a plain reference that walks quantum by quantum.
use std::ops::Range;

use proptest::prelude::*;
use shared::mask::{DayMask, Mask};
use shared::openings::sample::Sample;
use shared::openings::search::{Candidate, LineNeed, PartNeed, Request, find};
use shared::time::{QUANTUM, TimeRange, Timestamp};
use shared::window::Window;

const DAYS: u16 = 3;
const QUANTA: u32 = DAYS as u32 * 288;
const FIRST_DAY: i64 = 17_742;
const WINDOW: Window = Window { first_day: FIRST_DAY as i32, days: DAYS };

fn plain(mask: &Mask) -> Vec<bool> {
    (0..QUANTA).map(|quantum| mask.has(quantum)).collect()
}

fn masked(bits: &[bool]) -> Mask {
    let mut mask = Mask::empty(WINDOW);
    for (quantum, set) in (0..).zip(bits) {
        if *set {
            mask.set(quantum..quantum + 1);
        }
    }
    mask
}

fn at(bits: &[bool], quantum: u32) -> bool {
    bits.get(quantum as usize).copied().unwrap_or(false)
}

/// Long free and busy runs, as in a shop, and not noise, in which nothing would ever fit.
fn runs() -> impl Strategy<Value = Vec<bool>> {
    proptest::collection::vec((1u32..90, 1u32..40), 1..20).prop_map(|runs| {
        let mut bits = Vec::new();
        for (free, busy) in runs {
            bits.extend((0..free).map(|_| true));
            bits.extend((0..busy).map(|_| false));
        }
        bits.resize(QUANTA as usize, true);
        bits
    })
}

fn part() -> impl Strategy<Value = PartNeed> {
    (0u32..30, 0u32..30, proptest::bool::weighted(0.8)).prop_map(|(offset, length, needs_staff)| PartNeed { offset, length, needs_staff })
}

/// Staff, parts, length of each candidate.
type Line = Vec<(usize, Vec<PartNeed>, u32)>;

fn line() -> impl Strategy<Value = Line> {
    proptest::collection::vec((0usize..4, proptest::collection::vec(part(), 0..4), 0u32..40), 0..4)
}

/// The reference: can this candidate take the line at `start`?
fn fits(open: &[bool], free: &[bool], parts: &[PartNeed], start: u32) -> bool {
    parts.iter().all(|part| {
        let needed = if part.needs_staff { free } else { open };
        (0..part.length).all(|step| at(needed, start + part.offset + step))
    })
}

/// The reference: can the lines be done one after another from `start` on, by anybody?
fn possible(open: &[bool], free: &[Vec<bool>], lines: &[Line], start: u32) -> bool {
    let Some((line, rest)) = lines.split_first() else { return true };
    start < QUANTA
        && line.iter().any(|(staff, parts, length)| fits(open, &free[*staff], parts, start) && possible(open, free, rest, start + length))
}

fn range() -> impl Strategy<Value = Range<u32>> {
    (0u32..QUANTA + 50, 0u32..QUANTA + 50).prop_map(|(a, b)| a.min(b)..a.max(b))
}

proptest! {
    #[test]
    fn ranges_set_and_clear_exactly_their_quanta(bits in runs(), range in range()) {
        let (mut set, mut cleared, mut kept) = (masked(&bits), masked(&bits), masked(&bits));
        set.set(range.clone());
        cleared.clear(range.clone());
        kept.keep(range.clone());
        for quantum in 0..QUANTA {
            let (was, inside) = (at(&bits, quantum), range.contains(&quantum));
            prop_assert_eq!(set.has(quantum), was || inside);
            prop_assert_eq!(cleared.has(quantum), was && !inside);
            prop_assert_eq!(kept.has(quantum), was && inside);
        }
        prop_assert_eq!(masked(&bits).has_all(range.clone()), range.clone().all(|quantum| at(&bits, quantum)));
        prop_assert_eq!(set.count(), set.iter().count() as u32);
    }

    #[test]
    fn a_start_is_a_quantum_from_which_enough_is_free(bits in runs(), length in 0u32..400) {
        let mut mask = masked(&bits);
        mask.erode(length);
        for start in 0..QUANTA {
            let expected = (0..length.max(1)).all(|step| at(&bits, start + step));
            prop_assert_eq!(mask.has(start), expected, "{} for {}", start, length);
        }
    }

    #[test]
    fn shifting_moves_every_quantum(bits in runs(), by in 0u32..QUANTA + 100) {
        let (mut earlier, mut later) = (masked(&bits), masked(&bits));
        earlier.shift_earlier(by);
        later.shift_later(by);
        for quantum in 0..QUANTA + 128 {
            let inside = quantum < QUANTA;
            prop_assert_eq!(earlier.has(quantum), inside && at(&bits, quantum + by));
            prop_assert_eq!(later.has(quantum), inside && quantum >= by && at(&bits, quantum.wrapping_sub(by)));
        }
    }

    #[test]
    fn masks_combine_quantum_by_quantum(left in runs(), right in runs()) {
        let other = masked(&right);
        let (mut or, mut and, mut and_not) = (masked(&left), masked(&left), masked(&left));
        or.or(&other);
        and.and(&other);
        and_not.and_not(&other);
        for quantum in 0..QUANTA {
            let (a, b) = (at(&left, quantum), at(&right, quantum));
            prop_assert_eq!((or.has(quantum), and.has(quantum), and_not.has(quantum)), (a || b, a && b, a && !b));
        }
    }

    #[test]
    fn days_travel_as_36_bytes_and_come_back(bits in runs()) {
        let mask = masked(&bits);
        let mut back = Mask::full(WINDOW);
        for day in WINDOW.first_day - 1..=WINDOW.first_day + i32::from(DAYS) {
            let quanta = mask.day(day);
            let bytes = postcard::to_allocvec(&quanta).expect("bytes");
            prop_assert_eq!(bytes.len(), 36);
            back.put_day(day, &postcard::from_bytes::<DayMask>(&bytes).expect("a day"));
        }
        prop_assert_eq!(plain(&back), bits);
    }

    #[test]
    fn busy_rounds_outward_and_free_inward(from in 0i64..90_000_000, length in 0i64..90_000_000) {
        let (begin, end) = (FIRST_DAY * 86_400_000 + from, FIRST_DAY * 86_400_000 + from + length);
        let range = TimeRange { start: Timestamp(begin), end: Timestamp(end) };
        let (outward, inward) = (WINDOW.outward(range), WINDOW.inward(range));
        for quantum in 0..QUANTA {
            let first = FIRST_DAY * 86_400_000 + i64::from(quantum) * 300_000;
            let next = first + 300_000;
            prop_assert_eq!(outward.contains(&quantum), begin < end && begin < next && first < end);
            prop_assert_eq!(inward.contains(&quantum), begin <= first && next <= end);
        }
    }

    #[test]
    fn openings_equal_a_walk_through_every_quantum(
        open in runs(),
        free in proptest::collection::vec(runs(), 4),
        lines in proptest::collection::vec(line(), 1..4),
    ) {
        let masks: Vec<Mask> = free.iter().map(|bits| masked(bits)).collect();
        let (open_mask, needs) = (masked(&open), needs(&lines));
        let request = Request { open: &open_mask, free: &masks, pools: &[], lines: &needs };
        let found = find(request);
        let open = &open;
        // The end of the window is no start, not even of what takes no time.
        for start in 0..QUANTA + 2 {
            let expected = possible(open, &free, &lines, start);
            prop_assert_eq!(found.starts().expect("a line").has(start), expected, "at {}", start);
            prop_assert_eq!(found.assignment(request, start).is_some(), expected);
            for (index, (staff, parts, length)) in lines[0].iter().enumerate() {
                let can = start < QUANTA && fits(open, &free[*staff], parts, start) && possible(open, &free, &lines[1..], start + length);
                prop_assert_eq!(found.candidates_at(request, 0, start).any(|(candidate, _)| candidate == index), can);
            }
        }
    }
}

fn needs(lines: &[Line]) -> Vec<LineNeed> {
    let candidate = |(staff, parts, length): &(usize, Vec<PartNeed>, u32)| Candidate {
        staff: *staff,
        parts: parts.clone(),
        resources: Vec::new(),
        length: *length,
    };
    lines.iter().map(|line| LineNeed { candidates: line.iter().map(candidate).collect() }).collect()
}

#[test]
fn a_cut_fits_into_the_processing_time_of_a_colour() {
    // Colour: 30 min application, 30 min processing, 30 min finish. Staff are free 10:00–11:30 UTC, but for a cut of
    // 30 min at 10:30, exactly while the colour takes.
    let mut free = Mask::empty(WINDOW);
    free.set(120..138);
    free.clear(126..132);
    let parts = vec![PartNeed::from_minutes(0, 30, true), PartNeed::from_minutes(30, 30, false), PartNeed::from_minutes(60, 30, true)];
    let lines = [LineNeed { candidates: vec![Candidate { staff: 0, parts, resources: Vec::new(), length: 18 }] }];
    let (free, open) = ([free], Mask::full(WINDOW));
    let found = find(Request { open: &open, free: &free, pools: &[], lines: &lines });
    assert_eq!(found.starts().expect("a line").iter().collect::<Vec<_>>(), [120]);
}

#[test]
fn whoever_began_a_visit_goes_on_with_it_if_they_can() {
    let parts = vec![PartNeed::from_minutes(0, 30, true)];
    let candidate = |staff| Candidate { staff, parts: parts.clone(), resources: Vec::new(), length: 6 };
    let candidates = |order: [usize; 2]| LineNeed { candidates: order.map(candidate).to_vec() };
    let lines = [candidates([0, 1]), candidates([1, 0])];
    let (free, open) = ([Mask::full(WINDOW), Mask::full(WINDOW)], Mask::full(WINDOW));
    let request = Request { open: &open, free: &free, pools: &[], lines: &lines };
    // Candidate 0 of the first line and candidate 1 of the second are the same person.
    assert_eq!(find(request).assignment(request, 120), Some(vec![(120, 0), (126, 1)]));
}

#[test]
fn a_visit_may_run_across_midnight() {
    let mut free = Mask::empty(WINDOW);
    free.set(276..300);
    free.erode(24);
    assert_eq!(free.iter().collect::<Vec<_>>(), [276]);
}

#[test]
fn a_part_of_odd_minutes_covers_every_quantum_it_touches() {
    assert_eq!(PartNeed::from_minutes(7, 6, true), PartNeed { offset: 1, length: 2, needs_staff: true });
}

#[test]
fn a_start_is_exactly_where_a_quantum_begins_within_the_window() {
    let (begin, end) = (WINDOW.range().start, WINDOW.range().end);
    let at = |instant: Timestamp, beyond: i64| WINDOW.quantum_at(Timestamp(instant.0 + beyond));
    assert_eq!((at(begin, 0), at(begin, 1), at(begin, QUANTUM - 1), at(begin, QUANTUM)), (Some(0), None, None, Some(1)));
    assert_eq!((at(begin, -QUANTUM), at(begin, -1)), (None, None));
    assert_eq!((at(end, -QUANTUM), at(end, 0), at(end, QUANTUM)), (Some(QUANTA - 1), None, None));
}

/// The bench compares versions by the same work. The numbers were counted by another program, quantum by quantum.
#[test]
fn the_stores_of_the_bench_stay_as_they_are() {
    let samples = [Sample::build(), Sample::with_rooms(), Sample::chain_of_three()];
    assert_eq!(samples.map(|sample| sample.search()), [364, 311, 8]);
}
