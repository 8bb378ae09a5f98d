//! Lets the program be built when the apps are not there yet, and be built again when they or the migrations change.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
    // A debug build reads the apps at run time, and is not compiled again for them.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        let apps = Path::new("../dist");
        if !apps.exists() && std::fs::create_dir_all(apps).is_err() {
            println!("cargo::warning=the directory dist could not be made; the apps are not part of this build");
        }
        println!("cargo::rerun-if-changed=../dist");
    }
}
