//! The checks that are not tests: each passes or fails as a whole.

use std::process::Command;

use anyhow::Result;

use super::count::Count;
use super::session::Session;
use crate::database;
use crate::programs::{cargo, program};
use crate::workspace::{NATIVE, WASM, succeed};

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

fn passes(command: &mut Command) -> Result<Count> {
    succeed(command)?;
    Ok(Count::PASSED)
}
