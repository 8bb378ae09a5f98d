//! Plain SQL on the database of a bench, by `psql`.

use std::process::Command;

use anyhow::{Result, ensure};

use super::baseline::program;

/// What a statement answers, as text.
pub fn ask(database: &str, statement: &str) -> Result<String> {
    let output = Command::new(program("psql")?).arg(database).args(["-v", "ON_ERROR_STOP=1", "-qAtc", statement]).output()?;
    ensure!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The same where the answer is one number.
pub fn number(database: &str, statement: &str) -> Result<f64> {
    Ok(ask(database, statement)?.parse()?)
}
