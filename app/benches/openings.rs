//! The openings engine in WASM, built like the apps: one search of 20 staff × 14 days, from prebuilt free masks to start masks: a
//! cut by anybody, a treatment that needs a room, a machine and a basin, and three of them in a row.
//! `cargo xtask bench` runs it in Chromium and prints its lines beside the native ones.

#![cfg(target_arch = "wasm32")]

use js_sys::Date;
use shared::openings::sample::Sample;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// So many searches take long enough for a clock of milliseconds.
const SEARCHES: u32 = 20_000;

#[wasm_bindgen_test]
fn one_search_of_each_sort() {
    for (name, sample) in [("engine", Sample::build()), ("rooms", Sample::with_rooms()), ("chain3", Sample::chain_of_three())] {
        let mut rounds: Vec<f64> = (0..9).map(|_| microseconds(&sample)).collect();
        rounds.sort_by(f64::total_cmp);
        console_log!("bench openings_{name}_us_wasm {:.2} us", rounds[rounds.len() / 2]);
    }
}

fn microseconds(sample: &Sample) -> f64 {
    let begun = Date::now();
    for _ in 0..SEARCHES {
        std::hint::black_box(sample.search());
    }
    (Date::now() - begun) * 1000.0 / f64::from(SEARCHES)
}
