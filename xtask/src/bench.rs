//! Speed and sizes, as `bench <name> <value> <unit>` lines. The measurements themselves are the test target
//! `bench` of the stories' crate, built in release; it prints the lines.

use anyhow::{Context, Result, ensure};

use crate::build_apps::build_apps;
use crate::programs::cargo;
use crate::size;
use crate::test::in_chromium;
use crate::test::story_environment;
use crate::tools;
use crate::workspace::{NATIVE, WASM, ensure_dist, succeed, target};

/// `cargo xtask bench`
pub fn bench() -> Result<()> {
    tools::prepare(&tools::EVERYTHING)?;
    ensure_dist()?;
    build_apps()?;
    let mut build = cargo(["build", "--release", "--bins"]);
    build.args(NATIVE);
    succeed(&mut build)?;
    engine_in_wasm()?;
    let mut bench = cargo(["test", "--release"]);
    bench.args(NATIVE).args(["--test", "bench", "--", "--include-ignored", "--nocapture", "--test-threads", "1"]);
    bench.envs(story_environment()).env("HUIYUE_BIN", target().join("release/huiyue"));
    succeed(&mut bench)?;
    size::size()
}

/// The openings engine as the apps have it: same profile, in Chromium.
fn engine_in_wasm() -> Result<()> {
    let mut command = cargo(["test", "--profile", "wasm-release", "--target", WASM, "--package", "app", "--bench", "openings"]);
    command.args(["--", "--nocapture"]);
    in_chromium(&mut command)?;
    let output = command.output().context("measuring the engine in WASM")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = text.lines().filter_map(|line| line.find("bench openings_").map(|at| &line[at..])).collect();
    ensure!(output.status.success() && !lines.is_empty(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    lines.iter().for_each(|line| println!("{line}"));
    Ok(())
}
