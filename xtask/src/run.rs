//! From a fresh clone to a running server with demo data.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::build_apps::build_apps;
use crate::programs::{cargo, program};
use crate::tools;
use crate::workspace::{ensure_dist, succeed, target};

/// The options of `cargo xtask run`; all but `--no-build` are the server's. Its settings in the environment count where an option is
/// not given.
#[derive(Args, Default)]
pub struct Options {
    /// The port of the server; without it HUIYUE_LISTEN, else 8080
    #[arg(long)]
    port: Option<u16>,
    /// Where the server keeps its data, its private Postgres included; without it HUIYUE_DATA, else ./data
    #[arg(long)]
    data: Option<PathBuf>,
    /// Start what was built last
    #[arg(long)]
    no_build: bool,
    /// Demo data for an empty database: none, small or salon:DIRECTORY; without it HUIYUE_DEMO, else small
    #[arg(long)]
    demo: Option<String>,
    /// Serve https by a local authority of our own, on all addresses, so that a phone can use it
    #[arg(long)]
    tls_self_signed: bool,
    /// The address people use, e.g. `https://shop.example`
    #[arg(long)]
    public_url: Option<String>,
}

/// `cargo xtask run`
pub fn run(options: &Options) -> Result<()> {
    let in_environment = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut needed = Vec::new();
    // With DATABASE_URL an existing Postgres is used.
    if !in_environment("DATABASE_URL") {
        needed.extend(tools::FOR_DATABASE);
    }
    if !options.no_build {
        needed.extend(tools::FOR_APPS);
    }
    tools::prepare(&needed)?;
    if !options.no_build {
        ensure_dist()?;
        build_apps()?;
        let mut build = cargo(["build", "--release", "--package", "server", "--bin", "huiyue"]);
        succeed(&mut build)?;
    }
    let mut server = program(target().join("release/huiyue"));
    // A directory means what it meant where it was typed.
    server.current_dir(std::env::current_dir().context("finding the current directory")?);
    server.arg("serve").args(settings(options, in_environment));
    // We become the server: Ctrl-C and SIGTERM reach it directly.
    let error = server.exec();
    Err(error).context("starting huiyue (build it by leaving out --no-build)")
}

/// The server's settings: what was typed, and our defaults for what is not in the environment either.
fn settings(options: &Options, in_environment: impl Fn(&str) -> bool) -> Vec<OsString> {
    let mut settings: Vec<OsString> = Vec::new();
    let mut add =
        |name: &str, value: Option<&OsStr>| settings.extend([Some(OsStr::new(name)), value].into_iter().flatten().map(OsStr::to_owned));
    let host = if options.tls_self_signed { "0.0.0.0" } else { "127.0.0.1" };
    if options.port.is_some() || !in_environment("HUIYUE_LISTEN") {
        add("--listen", Some(format!("{host}:{}", options.port.unwrap_or(8080)).as_ref()));
    }
    // ./data is the server's own default.
    if let Some(data) = &options.data {
        add("--data", Some(data.as_os_str()));
    }
    if options.demo.is_some() || !in_environment("HUIYUE_DEMO") {
        add("--demo", Some(options.demo.as_deref().unwrap_or("small").as_ref()));
    }
    if options.tls_self_signed {
        add("--tls-self-signed", None);
    }
    if let Some(address) = &options.public_url {
        add("--public-url", Some(address.as_ref()));
    }
    settings
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::{Options, settings};

    #[test]
    fn what_is_typed_counts_then_the_environment_then_our_defaults() {
        let line = |options: &Options, set: &[&str]| settings(options, |name| set.contains(&name)).join(OsStr::new(" "));
        assert_eq!(line(&Options::default(), &[]), "--listen 127.0.0.1:8080 --demo small");
        assert_eq!(line(&Options::default(), &["HUIYUE_LISTEN", "HUIYUE_DATA", "HUIYUE_DEMO"]), "");
        let typed =
            Options { port: Some(9000), data: Some("a".into()), demo: Some("none".into()), tls_self_signed: true, ..Options::default() };
        let all = line(&typed, &["HUIYUE_LISTEN", "HUIYUE_DATA", "HUIYUE_DEMO"]);
        assert_eq!(all, "--listen 0.0.0.0:9000 --data a --demo none --tls-self-signed");
    }
}
