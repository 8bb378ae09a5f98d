//! From a fresh clone to a running server with demo data.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::build_apps::build_apps;
use crate::tools;
use crate::workspace::{cargo, ensure_dist, program, succeed, target};

/// The options of `cargo xtask run`; all but `--no-build` are the server's.
#[derive(Args)]
pub struct Options {
    /// The port of the server
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the server keeps its data, its private Postgres included
    #[arg(long, default_value = "./data")]
    data: PathBuf,
    /// Start what was built last
    #[arg(long)]
    no_build: bool,
    /// Demo data for an empty database: none, small or salon:DIRECTORY
    #[arg(long, default_value = "small")]
    demo: String,
    /// Serve https by a local authority of our own, on all addresses, so that a phone can use it
    #[arg(long)]
    tls_self_signed: bool,
    /// The address people use, e.g. `https://shop.example`
    #[arg(long)]
    public_url: Option<String>,
}

/// `cargo xtask run`
pub fn run(options: &Options) -> Result<()> {
    let data = std::path::absolute(&options.data).context("finding the data directory")?;
    // With DATABASE_URL an existing Postgres is used.
    if std::env::var_os("DATABASE_URL").is_none() {
        tools::prepare(&tools::FOR_DATABASE)?;
    }
    if !options.no_build {
        tools::prepare(&tools::FOR_APPS)?;
        ensure_dist()?;
        build_apps()?;
        let mut build = cargo(["build", "--release", "--package", "server", "--bin", "huiyue"]);
        succeed(&mut build)?;
    }
    let mut server = program(target().join("release/huiyue"));
    // A directory after `--demo salon:` means what it meant where it was typed.
    server.current_dir(std::env::current_dir().context("finding the current directory")?);
    let host = if options.tls_self_signed { "0.0.0.0" } else { "127.0.0.1" };
    server.arg("serve").args(["--listen", &format!("{host}:{}", options.port)]).arg("--data").arg(&data);
    server.args(["--demo", &options.demo]);
    if options.tls_self_signed {
        server.arg("--tls-self-signed");
    }
    if let Some(address) = &options.public_url {
        server.args(["--public-url", address]);
    }
    // We become the server: Ctrl-C and SIGTERM reach it directly.
    let error = server.exec();
    Err(error).context("starting huiyue (build it by leaving out --no-build)")
}
