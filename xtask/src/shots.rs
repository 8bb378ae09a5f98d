//! Screenshots of the main screens in `target/shots`, taken by the test target `shots` of the stories' crate.

use anyhow::{Context, Result};

use crate::build_apps::build_apps;
use crate::programs::cargo;
use crate::test::story_environment;
use crate::tools;
use crate::workspace::{NATIVE, ensure_dist, succeed, target};

/// `cargo xtask shots`
pub fn shots() -> Result<()> {
    tools::prepare(&tools::EVERYTHING)?;
    ensure_dist()?;
    build_apps()?;
    let place = target().join("shots");
    std::fs::create_dir_all(&place).context("creating target/shots")?;
    let mut build = cargo(["build", "--bins"]);
    build.args(NATIVE);
    succeed(&mut build)?;
    let mut shots = cargo(["test"]);
    shots.args(NATIVE).args(["--test", "shots", "--", "--include-ignored", "--nocapture", "--test-threads", "1"]);
    shots.envs(story_environment()).env("HUIYUE_SHOTS", &place);
    succeed(&mut shots)?;
    println!("screenshots are in {}", place.display());
    Ok(())
}
