//! The recorded day of the salon is decided in the browser as it is on the server.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests may")]

use shared::replay::{Given, replay};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_recorded_day_is_decided_the_same_in_wasm() {
    let day: Vec<Given> = postcard::from_bytes(include_bytes!("../../shared/tests/golden/day.bin")).unwrap();
    let store = day.iter().find_map(|given| given.command.store()).unwrap();
    let digest = format!("{:016x}\n", replay(&day, &[store]));
    assert_eq!(digest, include_str!("../../shared/tests/golden/day.digest"));
}
