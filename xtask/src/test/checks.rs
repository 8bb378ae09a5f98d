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

/// No line over 140 characters, where `cargo fmt` does not look either: in views, comments, texts and the style.
pub fn line_length(_: &mut Session) -> Result<Count> {
    const MOST: usize = 140;
    const FORMATS: [&str; 4] = ["rs", "css", "js", "sql"];
    let mut found = Vec::new();
    for folder in ["app", "server", "shared", "tests", "xtask"].map(|folder| root().join(folder)) {
        for file in FORMATS.iter().map(|format| files_with_extension(&folder, format)).collect::<Result<Vec<_>>>()?.concat() {
            let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            let long = text.lines().enumerate().filter(|(_, line)| line.chars().count() > MOST);
            found.extend(long.map(|(number, _)| format!("{}:{}", file.display(), number + 1)));
        }
    }
    ensure!(found.is_empty(), "longer than {MOST} characters:\n{}", found.join("\n"));
    Ok(Count::PASSED)
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

fn passes(command: &mut Command) -> Result<Count> {
    succeed(command)?;
    Ok(Count::PASSED)
}
