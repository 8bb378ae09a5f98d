//! Mutants: does a test of `shared` notice when one operator of it is wrong? By hand, because it takes minutes; a sample chosen by a seed
//! says enough, and the same seed over the same source chooses the same mutants.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::tools;
use crate::workspace::{cargo, line, program, scratch};

/// A mutant whose tests take longer is counted as noticed: it loops.
const TIMEOUT_SECONDS: &str = "30";

#[derive(Args)]
pub struct Options {
    /// Rooms of `shared/src`, e.g. `booking` (with all below) or `sync/conflict.rs`; everything without
    paths: Vec<String>,
    /// Chooses the sample
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many mutants to try
    #[arg(long, default_value_t = 25)]
    sample: usize,
}

/// `cargo xtask mutants`
pub fn mutants(options: &Options) -> Result<()> {
    tools::prepare(&tools::FOR_MUTANTS)?;
    let sample = sample(all_of(&options.paths)?, options.seed, options.sample);
    let place = if options.paths.is_empty() { "shared".to_owned() } else { options.paths.join(" ") };
    ensure!(!sample.is_empty(), "no mutants in {place}");
    println!("{} mutants of {place}, seed {}", sample.len(), options.seed);
    let output = scratch("mutants")?;
    run(&sample, &output)?;
    report(&sample, &output)
}

/// The names of the mutants in some rooms: place, function and change.
fn all_of(paths: &[String]) -> Result<Vec<String>> {
    let mut list = cargo(["mutants", "--list", "--json", "--package", "shared"]);
    let output = list.output().with_context(|| format!("starting {}", line(&list)))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed: Vec<Value> = serde_json::from_slice(&output.stdout).context("reading the list of mutants")?;
    let name = |mutant: &Value| mutant["name"].as_str().map(str::to_owned);
    let is_asked = |file: &str| paths.is_empty() || paths.iter().any(|path| is_below(file, path));
    let names = listed.iter().filter(|mutant| is_asked(mutant["file"].as_str().unwrap_or_default()));
    names.map(|mutant| name(mutant).context("a mutant without a name")).collect()
}

/// Whether a source file is the room `path`, or in it.
fn is_below(file: &str, path: &str) -> bool {
    let within = file.strip_prefix("shared/src/").unwrap_or(file);
    within.strip_prefix(path.trim_end_matches(".rs")).is_some_and(|rest| rest == ".rs" || (rest.starts_with('/') && !path.ends_with(".rs")))
}

/// So many of the mutants, the same ones for the same seed.
fn sample(mut mutants: Vec<String>, seed: u64, count: usize) -> Vec<String> {
    mutants.sort_by_cached_key(|name| {
        let mut hasher = DefaultHasher::new();
        (seed, name).hash(&mut hasher);
        hasher.finish()
    });
    mutants.truncate(count);
    mutants
}

/// Runs the tests once for each, in a copy of the workspace.
fn run(sample: &[String], output: &Path) -> Result<()> {
    let mut command = program("nice");
    command.args(["-n", "19", "cargo", "mutants", "--package", "shared", "--test-package", "shared", "--jobs", "1"]);
    command.args(["--timeout", TIMEOUT_SECONDS, "--no-times", "--output"]).arg(output);
    // The copy is built from nothing; nobody debugs it.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    for name in sample {
        command.arg("--re").arg(format!("^{}$", escaped(name)));
        // 27.1.0 runs every "delete field" of the files it looks at, whatever the expressions say: fewer files, fewer of these.
        command.arg("--file").arg(file_of(name));
    }
    let status = command.status().context("starting cargo mutants")?;
    // 2 and 3: some were not noticed, or took too long. That is what was asked.
    ensure!(matches!(status.code(), Some(0 | 2 | 3)), "cargo mutants failed ({status})");
    Ok(())
}

/// The text as a regular expression that matches only it.
fn escaped(text: &str) -> String {
    let escape = |letter: char| {
        // Not every sign: an escaped `>` is the end of a word.
        let is_special = r"\.+*?()|[]{}^$#&-~".contains(letter);
        is_special.then_some('\\').into_iter().chain([letter])
    };
    text.chars().flat_map(escape).collect()
}

fn file_of(name: &str) -> &str {
    name.split(':').next().unwrap_or_default()
}

/// Says which mutants of the sample no test noticed. Those that do not compile count as neither.
fn report(sample: &[String], output: &Path) -> Result<()> {
    let read = |name: &str| -> Result<Vec<String>> {
        let path = output.join("mutants.out").join(name);
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Ok(text.lines().filter(|line| sample.iter().any(|name| name == line)).map(str::to_owned).collect())
    };
    let missed = read("missed.txt")?;
    let noticed = read("caught.txt")?.len() + read("timeout.txt")?.len();
    let viable = noticed + missed.len();
    missed.iter().for_each(|mutant| println!("unnoticed: {mutant}"));
    println!("noticed {noticed} of {viable} viable mutants ({} %)", (noticed * 100).checked_div(viable).unwrap_or(100));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{escaped, is_below, sample};

    #[test]
    fn a_room_is_its_file_and_what_is_below_it() {
        assert!(is_below("shared/src/booking.rs", "booking") && is_below("shared/src/booking/place/assign.rs", "booking"));
        assert!(is_below("shared/src/sync/conflict.rs", "sync/conflict.rs") && !is_below("shared/src/sync/conflict.rs", "sync.rs"));
        assert!(!is_below("shared/src/store.rs", "sto") && !is_below("shared/src/bookings.rs", "booking"));
    }

    #[test]
    fn a_seed_chooses_the_same_mutants_in_whatever_order_they_are_listed() {
        let names = |numbers: Vec<u32>| numbers.iter().map(u32::to_string).collect::<Vec<_>>();
        let chosen = sample(names((0..50).collect()), 7, 5);
        assert_eq!(chosen, sample(names((0..50).rev().collect()), 7, 5));
        assert_ne!(chosen, sample(names((0..50).collect()), 8, 5));
    }

    #[test]
    fn a_mutant_is_named_by_nothing_but_itself() {
        assert_eq!(escaped("a.rs:1: replace > with >="), r"a\.rs:1: replace > with >=");
    }
}
