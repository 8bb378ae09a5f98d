//! The checks that are not tests: each passes or fails as a whole.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::count::Count;
use super::session::Session;
use crate::database;
use crate::programs::{cargo, program};
use crate::workspace::{NATIVE, WASM, files_with_extension, root, succeed};

/// `cargo fmt --check`
pub fn formatting(_: &mut Session) -> Result<Count> {
    passes(&mut cargo(["fmt", "--all", "--check"]))
}

/// `.sqlx` is what the queries and the migrations say.
pub fn query_metadata(session: &mut Session) -> Result<Count> {
    database::check(session.database()?)?;
    Ok(Count::PASSED)
}

/// Clippy for everything but the app.
pub fn clippy(_: &mut Session) -> Result<Count> {
    let mut clippy = cargo(["clippy", "--quiet", "--all-targets"]);
    passes(clippy.args(NATIVE).args(["--", "-D", "warnings"]))
}

/// Clippy for the app as the browser gets it.
pub fn clippy_for_the_browser(_: &mut Session) -> Result<Count> {
    passes(&mut cargo(["clippy", "--quiet", "--package", "app", "--all-targets", "--target", WASM, "--", "-D", "warnings"]))
}

/// `cargo doc` without warnings.
pub fn documentation(_: &mut Session) -> Result<Count> {
    let mut doc = cargo(["doc", "--quiet", "--no-deps"]);
    passes(doc.args(NATIVE).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The same for the app, whose dependencies are checked for the browser only.
pub fn documentation_of_the_app(_: &mut Session) -> Result<Count> {
    let mut doc = cargo(["doc", "--quiet", "--no-deps", "--package", "app", "--target", WASM]);
    passes(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

/// `deny.toml`. The check for advisories would need to fetch their database each time.
pub fn licences_bans_sources(_: &mut Session) -> Result<Count> {
    passes(program("cargo-deny").args(["--log-level", "error", "check", "bans", "licenses", "sources"]))
}

/// No crate names a dependency it does not use.
pub fn unused_dependencies(_: &mut Session) -> Result<Count> {
    passes(program("cargo-machete").arg("--skip-target-dir"))
}

/// A transaction that begins in a future which is dropped leaves its connection unusable: only `db/transaction.rs` begins any.
pub fn one_place_for_transactions(_: &mut Session) -> Result<Count> {
    const BEGINS: [&str; 4] = [".begin(", ".begin_with(", "\"begin", "Transaction::begin"];
    let source = root().join("server/src");
    let mut found = Vec::new();
    for file in files_with_extension(&source, "rs")?.into_iter().filter(|file| !file.ends_with("db/transaction.rs")) {
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let lines = text.lines().enumerate().filter(|(_, line)| BEGINS.iter().any(|word| line.contains(word)));
        found.extend(lines.map(|(number, line)| format!("{}:{}: {}", file.display(), number + 1, line.trim())));
    }
    ensure!(found.is_empty(), "use db::transaction or db::snapshot:\n{}", found.join("\n"));
    Ok(Count::PASSED)
}

fn passes(command: &mut Command) -> Result<Count> {
    succeed(command)?;
    Ok(Count::PASSED)
}
