//! Tests of everything but the app: one build, then each program by itself.
//!
//! The programs are run by us rather than by `cargo test`, so that all crates share one compilation, the
//! database's address is known only at run time, and the stories can wait until the apps are built.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use super::count::Count;
use super::program::{TestProgram, logged, test_program};
use super::session::Session;
use super::unsteady;
use crate::programs::cargo;
use crate::workspace::{NATIVE, root, succeed};

/// Test targets of the crate `tests` that are commands of their own.
const NOT_STORIES: [&str; 2] = ["shots", "bench"];

/// Proofs with a full form: crate, test program, and which of its tests.
const LONG_PROOFS: [(&str, &str, &str); 2] = [("shared", "proof", "a_plain_walk"), ("server", "core", "eight_writers")];

/// Compiles all tests and the server.
pub fn build(session: &mut Session) -> Result<Count> {
    let mut build = cargo(["test", "--quiet", "--no-run", "--message-format", "json-render-diagnostics"]);
    build.args(NATIVE).args(["--lib", "--bins", "--tests"]).stdout(Stdio::piped());
    let output = build.spawn().context("starting cargo")?.wait_with_output().context("compiling the tests")?;
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    session.programs = Some(messages.lines().filter_map(test_program).collect());
    if !output.status.success() {
        bail!("the tests do not compile");
    }
    Ok(Count::PASSED)
}

/// The compiled tests, built if the step that builds them was left out.
fn programs(session: &mut Session) -> Result<Vec<TestProgram>> {
    if session.programs.is_none() {
        build(session)?;
    }
    Ok(session.programs.clone().unwrap_or_default())
}

/// Runs the tests of every crate but the stories, with DATABASE_URL.
pub fn run(session: &mut Session) -> Result<Count> {
    let programs = programs(session)?;
    let url = session.database()?.url().to_string();
    let mut total = Count::default();
    for test in programs.iter().filter(|test| test.crate_name != "tests") {
        total += test.run(&[("DATABASE_URL".to_string(), url.clone().into())])?;
    }
    Ok(total)
}

/// The proofs that take long, in their full form; of most of them the tests above had a share. In release, because each is a minute's work
/// there.
pub fn long_proofs(session: &mut Session) -> Result<Count> {
    if !session.long {
        println!("left out without --long");
        return Ok(Count::default());
    }
    let url = session.database()?.url().to_string();
    let mut total = Count::default();
    for (package, target, proof) in LONG_PROOFS {
        let cargo_test = |more: &[&str]| {
            let mut command = cargo(["test", "--release", "--package", package, "--test", target]);
            command.args(more).env("HUIYUE_LONG", "1").env("DATABASE_URL", &url);
            command
        };
        // Compiling takes as long as it takes.
        succeed(&mut cargo_test(&["--no-run"]))?;
        total += logged(&format!("{package}-{target}-long"), &mut cargo_test(&["--", proof]))?;
    }
    Ok(total)
}

/// Runs the stories with what they need to find.
pub fn run_stories(session: &mut Session, environment: &[(String, PathBuf)]) -> Result<Count> {
    let mut total = Count::default();
    for test in programs(session)? {
        if test.crate_name != "tests" || NOT_STORIES.contains(&test.target.as_str()) {
            continue;
        }
        total += match test.target.as_str() {
            "stories" => unsteady::run(&test, environment, &mut session.unsteady)?,
            _ => test.run(environment)?,
        };
    }
    Ok(total)
}

/// The examples in documentation comments.
pub fn documentation_tests(_: &mut Session) -> Result<Count> {
    let mut command = cargo(["test", "--quiet", "--doc", "--no-fail-fast"]);
    command.args(NATIVE);
    logged("documentation-tests", &mut command)
}

/// What the app tests without a browser, if anything: compiling it natively as well takes two minutes.
pub fn app_tests(_: &mut Session) -> Result<Count> {
    if !super::wasm::mentions(&root().join("app/src"), "#[test]") {
        println!("none: all tests of the app run in WASM");
        return Ok(Count::default());
    }
    logged("app", &mut cargo(["test", "--quiet", "--package", "app", "--lib", "--no-fail-fast"]))
}
