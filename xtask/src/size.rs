//! What a browser loads for each app, compressed as the server sends it, against the budgets.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::build_apps::{CHUNK, compressed};
use crate::workspace::{files_below, root};

/// The apps: name in the bench lines, directory in `dist`, and what they may weigh.
const APPS: [(&str, &str, Budget); 2] =
    [("member", "m", Budget { first: 290.0, chunk: 60.0 }), ("desk", "desk", Budget { first: 430.0, chunk: 60.0 })];

/// The desk's rules come after the board and before anything can be done: no page, but all that a desk decides. In kB.
const RULES: (&str, f64) = ("_rules-", 75.0);

/// In kB (1,000 bytes).
#[derive(Clone, Copy)]
struct Budget {
    /// Before the first page shows.
    first: f64,
    /// Each file that comes later.
    chunk: f64,
}

/// What counts: code, style and page. Icons and the manifest are a few kB and not waited for.
const COUNTED: [&str; 4] = ["wasm", "js", "css", "html"];

/// `cargo xtask size`
pub fn size() -> Result<()> {
    let over: Vec<String> = measure()?.into_iter().filter_map(|app| app.over_budget()).collect();
    if over.is_empty() {
        return Ok(());
    }
    bail!("{}", over.join("; "));
}

/// The compressed size of one app, in kB.
pub struct AppSize {
    name: &'static str,
    /// Before the first page shows.
    first: f64,
    /// The rules of the desk, which come next.
    rules: f64,
    /// The largest other file that comes later, with its name.
    chunk: (String, f64),
    budget: Budget,
}

impl AppSize {
    /// A sentence if the app is larger than it may be.
    pub fn over_budget(&self) -> Option<String> {
        let Self { name, first, rules, chunk: (file, chunk), budget } = self;
        let is_over = |what: &str, size: f64, budget: f64| format!("{what} has {size:.1} kB compressed, more than {budget:.0}");
        let first = (*first > budget.first).then(|| is_over(&format!("the first visit of the {name} app"), *first, budget.first));
        let chunk = (*chunk > budget.chunk).then(|| is_over(&format!("{file} of the {name} app"), *chunk, budget.chunk));
        let rules = (*rules > RULES.1).then(|| is_over(&format!("the file of rules of the {name} app"), *rules, RULES.1));
        let all: Vec<String> = first.into_iter().chain(rules).chain(chunk).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}

/// Measures both apps and prints the bench lines.
pub fn measure() -> Result<Vec<AppSize>> {
    APPS.into_iter().map(|(name, place, budget)| weigh(name, &root().join("dist").join(place), budget)).collect()
}

fn weigh(name: &'static str, dist: &Path, budget: Budget) -> Result<AppSize> {
    let files = files_below(dist).unwrap_or_default();
    let counted = files.iter().filter(|file| {
        let extension = file.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| COUNTED.contains(&extension))
    });
    let (mut first, mut total, mut rules, mut largest) = (0.0, 0.0, 0.0, (String::new(), 0.0));
    for path in counted {
        let kilobytes = compressed_bytes(path)? as f64 / 1000.0;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        total += kilobytes;
        if !file.contains(CHUNK) {
            first += kilobytes;
        } else if file.contains(RULES.0) {
            println!("bench size_{name}_rules_kb_br {kilobytes:.1} kb");
            rules = kilobytes;
        } else if kilobytes > largest.1 {
            largest = (file.into_owned(), kilobytes);
        }
    }
    ensure!(total > 0.0, "{} is empty; run: cargo xtask build-apps", dist.display());
    println!("bench size_{name}_first_kb_br {first:.1} kb");
    println!("bench size_{name}_largest_chunk_kb_br {:.1} kb", largest.1);
    println!("bench size_{name}_all_kb_br {total:.1} kb");
    Ok(AppSize { name, first, rules, chunk: largest, budget })
}

fn compressed_bytes(file: &Path) -> Result<u64> {
    let packed = compressed(file);
    let found = fs::metadata(&packed).with_context(|| format!("{} is missing; run: cargo xtask build-apps", packed.display()))?;
    Ok(found.len())
}
