//! With `split` the linker keeps what `cargo xtask build-apps` cuts along: which address in the code refers to what.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_for_the_browser = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32");
    if is_for_the_browser && env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
