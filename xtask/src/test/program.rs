//! One compiled test program, and how any program is run with its output in a file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::count::{Count, not_available};
use crate::programs::program;
use crate::stopwatch::Stopwatch;
use crate::workspace::scratch;

/// No test program needs longer, compiling included.
const LONGEST_RUN: Duration = Duration::from_secs(15 * 60);

/// One compiled test program.
#[derive(Debug, Clone)]
pub struct TestProgram {
    /// The crate it tests.
    pub crate_name: String,
    /// The name of the target, e.g. `stories`.
    pub target: String,
    file: PathBuf,
    directory: PathBuf,
}

impl TestProgram {
    /// Runs it to the end.
    pub fn run(&self, environment: &[(String, PathBuf)]) -> Result<Count> {
        let mut command = self.command(environment);
        if self.target == "torture" {
            // It passes as well as it fails with figures that somebody wants to see.
            command.arg("--nocapture");
        }
        logged(&self.title(), &mut command)
    }

    /// The program with what it needs to find.
    pub fn command(&self, environment: &[(String, PathBuf)]) -> Command {
        let mut command = program(&self.file);
        command.current_dir(&self.directory).env("CARGO_MANIFEST_DIR", &self.directory).env_remove("DATABASE_URL");
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// `crate::target`
    pub fn title(&self) -> String {
        format!("{}::{}", self.crate_name, self.target)
    }
}

/// Runs with the output in a file, prints one line, and the output only if something failed.
pub fn logged(title: &str, command: &mut Command) -> Result<Count> {
    let watch = Stopwatch::start();
    let path = log_of(title)?;
    let log = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
    command.stdin(Stdio::null()).stderr(log.try_clone().context("opening the log")?).stdout(log);
    let success = ends_in_time(command.spawn().with_context(|| format!("starting {title}"))?)?;
    let output = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let output = String::from_utf8_lossy(&output).into_owned();
    let count = Count::of_run(&output, success);
    if count.failed > 0 {
        println!("{output}");
    }
    // Tests say so when they could not check anything; that must not look like a pass.
    not_available(&output).for_each(|line| println!("  {line}"));
    figures(&output).for_each(|line| println!("  {line}"));
    if count != Count::default() {
        println!("{title}: {count} ({watch})");
    }
    Ok(count)
}

/// What a proof has looked at and what a fault story has done, with the seed that tells it again. The line may stand behind the name of a
/// test.
fn figures(output: &str) -> impl Iterator<Item = &str> {
    let figure = |line: &'_ str| ["torture: ", "proof: "].iter().find_map(|word| line.find(word));
    output.lines().filter_map(move |line| figure(line).map(|at| &line[at..]))
}

/// Where the output of a title goes.
pub fn log_of(title: &str) -> Result<PathBuf> {
    Ok(scratch("logs")?.join(format!("{}.log", title.replace("::", "-"))))
}

/// Waits for the end. Tests that hang are ended, so that the others still count.
fn ends_in_time(mut child: Child) -> Result<bool> {
    let watch = Stopwatch::start();
    loop {
        if let Some(status) = child.try_wait().context("waiting for a test program")? {
            return Ok(status.success());
        }
        if watch.elapsed() > LONGEST_RUN {
            println!("ended after {watch}");
            child.kill().context("ending a test program")?;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Reads one line of cargo's messages.
pub fn test_program(line: &str) -> Option<TestProgram> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let file = PathBuf::from(message["executable"].as_str()?);
    let directory = Path::new(message["manifest_path"].as_str()?).parent()?.to_path_buf();
    let crate_name = directory.file_name()?.to_str()?.to_string();
    let target = message["target"]["name"].as_str()?.to_string();
    Some(TestProgram { crate_name, target, file, directory })
}

#[cfg(test)]
mod tests {
    use super::{figures, test_program};

    #[test]
    fn the_figures_of_a_proof_are_told_wherever_they_stand_in_a_line() {
        let output = "running 2 tests\ntest a_proof::holds ... proof: 9 stores, 1 s\nok\ntorture: seed 7\ntest proof::b ... ok\n";
        assert_eq!(figures(output).collect::<Vec<_>>(), ["proof: 9 stores, 1 s", "torture: seed 7"]);
    }

    #[test]
    fn a_test_program_is_recognised_among_the_messages_of_cargo() {
        let artifact = r#"{"reason":"compiler-artifact","manifest_path":"/a/server/Cargo.toml","target":{"name":"stories"},
            "profile":{"test":true},"executable":"/a/target/debug/deps/stories-1"}"#
            .replace('\n', "");
        let found = test_program(&artifact).expect("it is one");
        assert_eq!((found.crate_name.as_str(), found.target.as_str()), ("server", "stories"));
        assert!(test_program(r#"{"reason":"build-finished","success":true}"#).is_none());
    }
}
