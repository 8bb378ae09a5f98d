//! What needs a database while working: the metadata of the SQL queries, and commands beside a Postgres.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::postgres::{self, Postgres};
use crate::programs::{cargo, program};
use crate::tools;
use crate::workspace::{NATIVE, root, succeed, target};

/// The options of `cargo xtask with-database`.
#[derive(Args)]
pub struct WithDatabase {
    /// Keep the data in this directory; otherwise it is temporary
    #[arg(long)]
    data: Option<PathBuf>,
    /// Apply the server's migrations first
    #[arg(long, conflicts_with = "data")]
    migrated: bool,
    /// The command; without one, print the address and wait for the end of the input
    #[arg(last = true)]
    command: Vec<String>,
}

/// `cargo xtask with-database`
pub fn with_database(options: &WithDatabase) -> Result<()> {
    tools::prepare(&tools::FOR_DATABASE)?;
    let postgres = match &options.data {
        Some(data) => Postgres::at(data)?,
        None => Postgres::temporary()?,
    };
    if options.migrated {
        migrate(postgres.url())?;
    }
    let Some((name, arguments)) = options.command.split_first() else {
        println!("DATABASE_URL={}", postgres.url());
        let mut rest = Vec::new();
        std::io::stdin().read_to_end(&mut rest).context("waiting for the end of the input")?;
        return Ok(());
    };
    let mut command = program(name);
    command.args(arguments).env("DATABASE_URL", postgres.url());
    if let Ok(here) = std::env::current_dir() {
        command.current_dir(here);
    }
    succeed(&mut command)
}

/// `cargo xtask prepare`: writes `.sqlx`. Files that are still right keep their place and time.
pub fn prepare() -> Result<()> {
    tools::prepare(&tools::FOR_DATABASE)?;
    let fresh = describe_queries(&Postgres::temporary()?)?;
    let place = root().join(".sqlx");
    fs::create_dir_all(&place).context("creating .sqlx")?;
    let old = read_all(&place)?;
    for name in old.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(place.join(name)).with_context(|| format!("removing {name}"))?;
    }
    for (name, content) in &fresh {
        if old.get(name) != Some(content) {
            fs::write(place.join(name), content).with_context(|| format!("writing {name}"))?;
        }
    }
    println!("{} queries described in .sqlx", fresh.len());
    Ok(())
}

/// Fails when `.sqlx` is not what `cargo xtask prepare` would write.
pub fn check(postgres: &Postgres) -> Result<()> {
    let fresh = describe_queries(postgres)?;
    let old = read_all(&root().join(".sqlx"))?;
    let missing = fresh.keys().filter(|name| !old.contains_key(*name)).count();
    let unused = old.keys().filter(|name| !fresh.contains_key(*name)).count();
    let changed = fresh.iter().filter(|(name, content)| old.get(*name).is_some_and(|old| old != *content)).count();
    if missing + unused + changed > 0 {
        bail!("{missing} queries are missing in .sqlx, {unused} are not used, {changed} changed; run: cargo xtask prepare");
    }
    println!("{} queries as described", fresh.len());
    Ok(())
}

/// Lets the query macros ask a real, migrated database and write what they learn, by file name.
///
/// The macros (sqlx 0.9) ask DATABASE_URL unless SQLX_OFFLINE is true, and write what they learn into
/// SQLX_OFFLINE_DIR, which must exist. Cargo does not know that their answer depends on a database, so the
/// server is touched to be compiled again.
fn describe_queries(postgres: &Postgres) -> Result<BTreeMap<String, Vec<u8>>> {
    migrate(postgres.url())?;
    // A directory of our own: somebody else may be preparing at the same time.
    let place = target().join(format!("sqlx-check-{}", std::process::id()));
    fs::create_dir_all(&place).context("creating the directory of query metadata")?;
    touch(&root().join("server/src/lib.rs"), &place)?;
    let mut check = cargo(["check", "--quiet", "--all-targets"]);
    check.args(NATIVE).env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", &place).env("DATABASE_URL", postgres.url());
    let outcome = succeed(&mut check).and_then(|()| read_all(&place));
    let _best_effort = fs::remove_dir_all(&place);
    outcome
}

/// Applies `server/migrations` in the order of their names to an empty database.
fn migrate(url: &str) -> Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("server/migrations"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    let mut psql = Command::new(postgres::psql().context("looking for psql")?);
    psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", url]);
    psql.env("PATH", tools::path()).env("PGOPTIONS", "--client-min-messages=warning");
    for file in files.iter().filter(|file| !file.to_string_lossy().ends_with(".down.sql")) {
        psql.arg("--file").arg(file);
    }
    if files.is_empty() {
        return Ok(());
    }
    succeed(&mut psql).context("applying server/migrations")
}

/// Gives a file the time of a directory that was made just now.
fn touch(path: &Path, like: &Path) -> Result<()> {
    let now = fs::metadata(like).and_then(|found| found.modified()).context("reading the time")?;
    let file = File::options().append(true).open(path).with_context(|| format!("opening {}", path.display()))?;
    file.set_modified(now).with_context(|| format!("touching {}", path.display()))
}

fn read_all(place: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(place).into_iter().flatten() {
        let path = entry.context("reading the query metadata")?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_string();
        if name.starts_with("query-") {
            files.insert(name, fs::read(&path).with_context(|| format!("reading {}", path.display()))?);
        }
    }
    Ok(files)
}
