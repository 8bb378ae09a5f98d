//! Speed and sizes, as `bench <name> <value> <unit>` lines. The measurements themselves are the test target
//! `bench` of the stories' crate, built in release; it prints the lines.

use anyhow::Result;

use crate::build_apps::build_apps;
use crate::size;
use crate::test::story_environment;
use crate::tools;
use crate::workspace::{NATIVE, cargo, ensure_dist, succeed, target};

/// `cargo xtask bench`
pub fn bench() -> Result<()> {
    tools::prepare(&tools::EVERYTHING)?;
    ensure_dist()?;
    build_apps()?;
    let mut build = cargo(["build", "--release", "--bins"]);
    build.args(NATIVE);
    succeed(&mut build)?;
    let mut bench = cargo(["test", "--release"]);
    bench.args(NATIVE).args(["--test", "bench", "--", "--include-ignored", "--nocapture", "--test-threads", "1"]);
    bench.envs(story_environment()).env("HUIYUE_BIN", target().join("release/huiyue"));
    succeed(&mut bench)?;
    size::size()
}
