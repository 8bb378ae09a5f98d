//! Stories that fail among the others and pass alone. A browser beside fifty others on two cores does not always answer in time; that must
//! neither stop a change that is right nor be kept quiet.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::count::Count;
use super::program::{TestProgram, log_of, logged};

/// More than so many are no accident.
const MOST: usize = 2;

/// Runs the stories, and those that failed once more, each alone. One that passes then counts as passed and is named in `unsteady`.
pub fn run(test: &TestProgram, environment: &[(String, PathBuf)], unsteady: &mut Vec<String>) -> Result<Count> {
    let title = test.title();
    let mut count = logged(&title, &mut test.command(environment))?;
    let log = log_of(&title)?;
    let output = fs::read(&log).with_context(|| format!("reading {}", log.display()))?;
    let failed = failed_tests(&String::from_utf8_lossy(&output));
    // A program that died tells of fewer failures than it had.
    if failed.len() > MOST || u32::try_from(failed.len()).ok() != Some(count.failed) {
        return Ok(count);
    }
    for name in failed {
        println!("once more, alone: {name}");
        let alone = logged(&format!("{title}::alone"), test.command(environment).args(["--exact", &name]))?;
        if alone == Count::PASSED {
            count.failed -= 1;
            count += Count::PASSED;
            unsteady.push(name);
        }
    }
    Ok(count)
}

/// The names in lines like `test a::b ... FAILED`.
fn failed_tests(output: &str) -> Vec<String> {
    let failed = |line: &str| Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_string());
    output.lines().filter_map(failed).collect()
}

#[cfg(test)]
mod tests {
    use super::failed_tests;

    #[test]
    fn the_stories_that_failed_are_read_from_what_the_program_says() {
        let output = "test doors::opens ... ok\ntest doors::closes ... FAILED\n\nfailures:\n    doors::closes\n";
        assert_eq!(failed_tests(output), ["doors::closes"]);
    }
}
