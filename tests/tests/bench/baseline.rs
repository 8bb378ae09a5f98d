//! The baseline: pgbench runs the recorded statements of one booking on the same cluster.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// `pgbench` or `psql`, next to the server's own Postgres.
pub fn program(name: &str) -> Result<PathBuf> {
    let places = std::env::var_os("HUIYUE_PG_BIN").map(PathBuf::from).into_iter();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates: Vec<PathBuf> = places.chain(versions).chain(std::env::split_paths(&path)).map(|place| place.join(name)).collect();
    candidates.retain(|candidate| candidate.is_file());
    candidates.into_iter().next().with_context(|| format!("{name} is not installed"))
}

/// Transactions per second of a script.
pub fn pgbench(database: &str, script: &str, clients: usize, seconds: u32) -> Result<f64> {
    let file = std::env::temp_dir().join(format!("huiyue-booking-{}.sql", std::process::id()));
    std::fs::write(&file, script)?;
    let output = Command::new(program("pgbench")?)
        .args(["-n", "-M", "prepared", "-c", &clients.to_string(), "-j", "2", "-T", &seconds.to_string(), "-f"])
        .arg(&file)
        .arg(database)
        .output()
        .context("running pgbench")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "pgbench: {text}{}", String::from_utf8_lossy(&output.stderr));
    let line = text.lines().find_map(|line| line.strip_prefix("tps = ")).with_context(|| text.clone())?;
    ensure!(text.contains("number of failed transactions: 0 "), "{text}");
    Ok(line.split_whitespace().next().unwrap_or_default().parse()?)
}
