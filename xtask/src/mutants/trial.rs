//! Builds the tests of the copy and runs them, until one fails.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::programs::program;
use crate::stopwatch::Stopwatch;

/// A mutant whose tests take longer than this and than ten times the usual is counted as noticed: it loops.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the tests say of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A test fails, or never ends.
    Noticed,
    /// All pass.
    Unnoticed,
    /// It does not compile.
    Unviable,
}

/// The test programs, the quickest first.
pub struct Suite {
    programs: Vec<PathBuf>,
    directory: PathBuf,
    patience: Duration,
}

impl Suite {
    /// Builds the tests and runs them once without any mutant.
    pub fn build(directory: &Path, built: &Path) -> Result<Self> {
        let programs = test_programs(directory, built)?.context("the tests of the copy do not compile")?;
        let mut suite = Suite { programs, directory: directory.join("shared"), patience: PATIENCE * 10 };
        let mut timed = Vec::new();
        for program in &suite.programs {
            let watch = Stopwatch::start();
            ensure!(suite.passes(program, 0)?, "{} fails without any mutant", program.display());
            timed.push((watch.elapsed(), program.clone()));
        }
        timed.sort();
        let whole: Duration = timed.iter().map(|(time, _)| *time).sum();
        suite.programs = timed.into_iter().map(|(_, program)| program).collect();
        suite.patience = PATIENCE.max(whole * 10);
        Ok(suite)
    }

    /// Runs the tests of one mutant.
    pub fn try_mutant(&self, number: u32) -> Result<Verdict> {
        for program in &self.programs {
            if !self.passes(program, number)? {
                return Ok(Verdict::Noticed);
            }
        }
        Ok(Verdict::Unnoticed)
    }

    /// Whether all tests of a program pass; it is ended at the first that fails.
    fn passes(&self, path: &Path, number: u32) -> Result<bool> {
        let mut command = program("nice");
        command.args(["-n", "19"]).arg(path).current_dir(&self.directory).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = command.env("MUTANT", number.to_string()).spawn().with_context(|| format!("starting {}", path.display()))?;
        let output = BufReader::new(running.stdout.take().context("no output")?);
        let (ended, has_ended) = channel();
        let reader = std::thread::spawn(move || {
            let failed = output.lines().map_while(Result::ok).any(|line| line.ends_with(" FAILED"));
            // Nobody listens any more where patience was lost.
            let _late = ended.send(failed);
        });
        let passed = match has_ended.recv_timeout(self.patience) {
            Ok(false) => running.wait().context("waiting for the tests")?.success(),
            Ok(true) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                running.kill().context("ending the tests")?;
                running.wait().context("waiting for the tests")?;
                false
            }
        };
        reader.join().map_err(|_| anyhow::anyhow!("the reader of the tests has failed"))?;
        Ok(passed)
    }
}

/// Builds and runs the tests for what is written in the copy.
pub fn alone(directory: &Path, built: &Path) -> Result<Verdict> {
    let Some(programs) = test_programs(directory, built)? else { return Ok(Verdict::Unviable) };
    Suite { programs, directory: directory.join("shared"), patience: PATIENCE * 3 }.try_mutant(0)
}

/// Compiles the tests of `shared`; `None` where they do not compile.
fn test_programs(directory: &Path, built: &Path) -> Result<Option<Vec<PathBuf>>> {
    let mut build = cargo_in(directory, built);
    build.args(["test", "--quiet", "--package", "shared", "--tests", "--no-run", "--message-format=json"]);
    let output = build.output().context("starting cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let read = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let programs: Vec<PathBuf> = read.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).collect();
    Ok(output.status.success().then_some(programs))
}

/// Cargo in the copy. Optimised a little, because the tests run more than a thousand times; nobody debugs it, and of what the compiler
/// warns about in wrong programs nobody learns.
pub fn cargo_in(directory: &Path, built: &Path) -> Command {
    let mut command = program("nice");
    command.args(["-n", "5", "cargo"]).current_dir(directory).env("CARGO_TARGET_DIR", built).env("RUSTFLAGS", "--cap-lints allow");
    command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
}
