//! Everything that CI checks, as a flat list of steps. A failed step does not keep the later ones from
//! running; the last line is `N passed, N failed`, where a test counts as one and so does a check.

mod architecture;
mod browser;
mod checks;
mod circles;
mod classes;
mod count;
mod imports;
mod native;
mod places;
mod program;
mod rust_tokens;
mod session;
mod unsteady;
mod wasm;

use std::fmt;

use anyhow::Result;
use clap::Args;

use crate::stopwatch::Stopwatch;
use crate::tools;
use crate::workspace::ensure_dist;
use count::Count;
use session::Session;

pub use browser::story_environment;
pub use circles::circles;
pub use wasm::in_chromium;

/// The options of `cargo xtask test`.
#[derive(Args)]
pub struct Options {
    /// Only the steps whose title contains one of these words
    #[arg(long)]
    only: Vec<String>,
    /// Print the steps and stop
    #[arg(long)]
    list: bool,
    /// Proofs take their full form, in release; the torture takes five minutes, with a restore in between
    #[arg(long)]
    long: bool,
}

/// Something failed and everything was said: the count has to be the last line.
#[derive(Debug)]
pub struct SomeFailed;

impl fmt::Display for SomeFailed {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for SomeFailed {}

type Step = (&'static str, fn(&mut Session) -> Result<Count>);

/// In an order that compiles everything once: checks share their metadata, and all native tests are one build.
const STEPS: [Step; 23] = [
    ("formatting", checks::formatting),
    ("no line over 140 characters", checks::line_length),
    ("query metadata", checks::query_metadata),
    ("clippy", checks::clippy),
    ("clippy for the browser", checks::clippy_for_the_browser),
    ("documentation", checks::documentation),
    ("documentation of the app", checks::documentation_of_the_app),
    ("transactions begin in one place", places::transactions),
    ("SQL is written in one place", places::sql),
    ("shared is pure", places::purity),
    ("no circle of imports", circles::no_circles),
    ("ARCHITECTURE.md names files that are there", architecture::named_files),
    ("no class without a rule and no rule without a class", classes::rules_and_classes),
    ("dependencies: licences, bans, sources", checks::licences_bans_sources),
    ("dependencies: unused", checks::unused_dependencies),
    ("building the tests", native::build),
    ("unit, property and database tests", native::run),
    ("long proofs", native::long_proofs),
    ("documentation tests", native::documentation_tests),
    ("tests of the app outside of a browser", native::app_tests),
    ("tests in WASM", wasm::run),
    ("building the apps within their budgets", browser::build_within_budgets),
    ("stories in Chromium", browser::stories),
];

/// `cargo xtask test`
pub fn test(options: &Options) -> Result<()> {
    let wanted = |title: &str| options.only.is_empty() || options.only.iter().any(|word| title.contains(word.as_str()));
    let steps: Vec<Step> = STEPS.into_iter().filter(|(title, _)| wanted(title)).collect();
    if options.list {
        steps.iter().for_each(|(title, _)| println!("{title}"));
        return Ok(());
    }
    let watch = Stopwatch::start();
    tools::prepare(&tools::EVERYTHING)?;
    ensure_dist()?;
    let mut session = Session::new(options.long);
    let mut results = Vec::new();
    for (title, step) in steps {
        println!("\n== {title}");
        let watch = Stopwatch::start();
        let count = step(&mut session).unwrap_or_else(|error| {
            println!("{error:#}");
            Count::FAILED
        });
        println!("-- {title}: {count} ({watch})");
        results.push((title, count, watch.to_string()));
    }
    session.unsteady.iter().for_each(|name| println!("\nunsteady: {name} failed among the others and passed alone"));
    drop(session);
    summarize(&results, &watch)
}

fn summarize(results: &[(&str, Count, String)], watch: &Stopwatch) -> Result<()> {
    println!("\n== summary ({watch})");
    let mut total = Count::default();
    for (title, count, time) in results {
        println!("{} {title}: {count} ({time})", if count.failed == 0 { "ok    " } else { "FAILED" });
        total += *count;
    }
    if std::env::var_os("HUIYUE_SALON_DIR").is_none() {
        println!("not available: the real salon's files (HUIYUE_SALON_DIR is not set), its tests are counted as ignored");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 {
        return Err(SomeFailed.into());
    }
    Ok(())
}
