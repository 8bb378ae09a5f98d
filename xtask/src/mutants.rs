//! Mutants: does a test of `shared` notice when one operator of it is wrong? By hand, because it takes minutes. cargo-mutants lists the
//! mutants; all of them are built into one program, which is told by a variable which of them to be: a build each would take hours.

mod mutant;
mod schemata;
mod trial;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::programs::{cargo, program};
use crate::stopwatch::Stopwatch;
use crate::tools;
use crate::workspace::{line, root, scratch};
use mutant::{Mutant, is_below};
use schemata::Tree;
use trial::{Suite, Verdict};

/// Mutants that no test can notice, each with the reason.
const EQUAL: &str = "shared/tests/equal_mutants.txt";

#[derive(Args)]
pub struct Options {
    /// Rooms of `shared/src`, e.g. `placement` (with all below) or `conflict.rs`; everything without
    paths: Vec<String>,
    /// Chooses the sample
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many mutants to try; all without
    #[arg(long)]
    sample: Option<usize>,
}

/// `cargo xtask mutants`
pub fn mutants(options: &Options) -> Result<()> {
    tools::prepare(&tools::FOR_MUTANTS)?;
    let watch = Stopwatch::start();
    let mut mutants = all_of(&options.paths)?;
    if let Some(count) = options.sample {
        mutants = sample(mutants, options.seed, count);
        println!("seed {}", options.seed);
    }
    let place = if options.paths.is_empty() { "shared".to_owned() } else { options.paths.join(" ") };
    ensure!(!mutants.is_empty(), "no mutants in {place}");
    println!("{} mutants of {place}", mutants.len());
    let (directory, built) = (scratch("mutants/tree")?, scratch("mutants/target")?);
    copy_workspace(&directory)?;
    let mut tree = Tree::new(&directory, mutants)?;
    let unviable = schemata::remove_unviable(&mut tree, &built)?;
    println!("{unviable} do not compile ({watch})");
    let suite = Suite::build(&directory, &built)?;
    println!("built ({watch})");
    let mut tally = Tally::new(read_equal()?);
    for mutant in tree.together() {
        tally.add(mutant, suite.try_mutant(mutant.number)?);
    }
    // Constants cannot ask which mutant they are to be.
    for mutant in tree.apart() {
        tree.write_single(mutant)?;
        tally.add(mutant, trial::alone(&directory, &built)?);
    }
    tally.tell();
    println!("done in {watch}");
    Ok(())
}

/// The mutants in some rooms.
fn all_of(paths: &[String]) -> Result<Vec<Mutant>> {
    let mut list = cargo(["mutants", "--list", "--json", "--package", "shared"]);
    let output = list.output().with_context(|| format!("starting {}", line(&list)))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let is_asked = |mutant: &Mutant| paths.is_empty() || paths.iter().any(|path| is_below(&mutant.file, path));
    Ok(mutant::read_list(&output.stdout)?.into_iter().filter(is_asked).collect())
}

/// So many of the mutants, the same ones for the same seed, whatever the toolchain.
fn sample(mut mutants: Vec<Mutant>, seed: u64, count: usize) -> Vec<Mutant> {
    mutants.sort_by_cached_key(|mutant| scatter(seed, &mutant.name));
    mutants.truncate(count);
    mutants
}

/// FNV-1a, and a last mixing so that names that differ at their end lie far apart.
fn scatter(seed: u64, name: &str) -> u64 {
    let text = format!("{seed} {name}");
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

/// The sources as they are now, committed or not. What earlier runs have built stays elsewhere.
fn copy_workspace(directory: &Path) -> Result<()> {
    std::fs::remove_dir_all(directory).context("emptying the copy")?;
    std::fs::create_dir_all(directory).context("making the copy")?;
    let files = program("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).output().context("listing files")?;
    for file in String::from_utf8(files.stdout)?.split('\0').filter(|file| !file.is_empty() && !file.starts_with(".sqlx")) {
        let (from, to) = (root().join(file), directory.join(file));
        // Listed, but deleted and not committed yet.
        if !from.is_file() {
            continue;
        }
        std::fs::create_dir_all(to.parent().context("a file without a directory")?)?;
        std::fs::copy(&from, &to).with_context(|| format!("copying {file}"))?;
    }
    Ok(())
}

/// What is known to be equal: the mutant without its position, and why.
fn read_equal() -> Result<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(root().join(EQUAL)).with_context(|| format!("reading {EQUAL}"))?;
    let entry = |line: &str| line.split_once(" — ").map(|(mutant, reason)| (mutant.to_owned(), reason.to_owned()));
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| entry(line).context(line.to_owned())).collect()
}

/// Noticed and viable mutants by room. Those that do not compile count as neither.
struct Tally {
    rooms: BTreeMap<String, (usize, usize)>,
    equal: BTreeMap<String, String>,
}

impl Tally {
    fn new(equal: BTreeMap<String, String>) -> Self {
        Tally { rooms: BTreeMap::new(), equal }
    }

    /// Says at once which are not noticed: somebody may be waiting for it.
    fn add(&mut self, mutant: &Mutant, verdict: Verdict) {
        let (noticed, viable) = match verdict {
            Verdict::Unviable => return,
            Verdict::Noticed => (1, 1),
            Verdict::Unnoticed => (0, 1),
        };
        let room = self.rooms.entry(mutant.room().to_owned()).or_default();
        *room = (room.0 + noticed, room.1 + viable);
        if verdict == Verdict::Unnoticed {
            match self.equal.get(&mutant.without_position()) {
                Some(reason) => println!("equal: {} ({reason})", mutant.name),
                None => println!("unnoticed: {}", mutant.name),
            }
        }
    }

    fn tell(&self) {
        let say = |place: &str, (noticed, viable): (usize, usize)| {
            let percent = (noticed * 100).checked_div(viable).unwrap_or(100);
            println!("{place}: noticed {noticed} of {viable} viable mutants ({percent} %)");
        };
        self.rooms.iter().for_each(|(room, count)| say(room, *count));
        say("all", self.rooms.values().fold((0, 0), |all, room| (all.0 + room.0, all.1 + room.1)));
    }
}

#[cfg(test)]
mod tests {
    use super::mutant::{Mutant, is_below};
    use super::sample;

    #[test]
    fn a_room_is_its_file_and_what_is_below_it() {
        assert!(is_below("shared/src/placement.rs", "placement") && is_below("shared/src/placement/place/assign.rs", "placement"));
        assert!(is_below("shared/src/member/record.rs", "member/record.rs") && !is_below("shared/src/member/record.rs", "member.rs"));
        assert!(!is_below("shared/src/store.rs", "sto") && !is_below("shared/src/bookings.rs", "booking"));
    }

    #[test]
    fn a_seed_chooses_the_same_mutants_in_whatever_order_they_are_listed_and_with_whatever_toolchain() {
        let mutants = |numbers: Vec<u32>| numbers.iter().map(|number| Mutant::named(&number.to_string())).collect::<Vec<_>>();
        let names = |mutants: Vec<Mutant>| mutants.into_iter().map(|mutant| mutant.name).collect::<Vec<_>>();
        let chosen = names(sample(mutants((0..50).collect()), 7, 5));
        assert_eq!(chosen, names(sample(mutants((0..50).rev().collect()), 7, 5)));
        assert_ne!(chosen, names(sample(mutants((0..50).collect()), 8, 5)));
        assert_eq!(chosen, ["38", "47", "48", "32", "12"]);
    }
}
