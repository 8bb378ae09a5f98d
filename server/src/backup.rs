//! `huiyue backup` and `huiyue restore`: the whole database in one file, by Postgres's own programs. The key that seals personal data is
//! not in it: keep a copy of it apart.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sqlx::{Connection, PgConnection};
use tokio::process::Command;

use crate::serve::Failed;

/// Writes the database at `url` into `file`. An existing file is only replaced by a complete one.
///
/// # Errors
/// When `pg_dump` is missing or fails, or the file cannot be written.
pub async fn backup(url: &str, file: &Path) -> Result<u64, Failed> {
    let partial = file.with_extension("partial");
    let arguments =
        ["--format=custom".as_ref(), "--no-owner".as_ref(), "--file".as_ref(), partial.as_os_str(), "--dbname".as_ref(), url.as_ref()];
    let written = run("pg_dump", &arguments).await;
    if let Err(error) = written {
        let _nothing_to_keep = std::fs::remove_file(&partial);
        return Err(error);
    }
    let bytes = std::fs::File::open(&partial).and_then(|written| written.sync_all().and_then(|()| written.metadata()));
    let bytes = bytes.map_err(Failed::doing("writing the backup"))?.len();
    std::fs::rename(&partial, file).map_err(Failed::doing("writing the backup"))?;
    Ok(bytes)
}

/// Reads the database from `file` in one transaction: all of it, or nothing. What is there already is replaced only with `force`.
///
/// # Errors
/// When the database is not empty, `pg_restore` is missing, or the file is not a backup.
pub async fn restore(url: &str, file: &Path, force: bool) -> Result<(), Failed> {
    if !file.is_file() {
        return Err(Failed(format!("there is no file {}", file.display())));
    }
    if !force && has_tables(url).await.map_err(Failed::doing("looking into the database"))? {
        return Err(Failed("the database is not empty; to replace everything in it, add --force".to_owned()));
    }
    // A file that cannot be read must not cost what is there.
    run("pg_restore", &["--list".as_ref(), file.as_os_str()]).await?;
    let arguments = [
        "--exit-on-error".as_ref(),
        "--single-transaction".as_ref(),
        "--clean".as_ref(),
        "--if-exists".as_ref(),
        "--no-owner".as_ref(),
        "--dbname".as_ref(),
        url.as_ref(),
        file.as_os_str(),
    ];
    run("pg_restore", &arguments).await
}

async fn has_tables(url: &str) -> sqlx::Result<bool> {
    let mut connection = PgConnection::connect(url).await?;
    let found = sqlx::query_scalar!(r#"select exists (select 1 from pg_tables where schemaname = 'public') as "found!""#);
    let found = found.fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(found)
}

async fn run(program: &str, arguments: &[&OsStr]) -> Result<(), Failed> {
    let path = find(program).ok_or_else(|| {
        Failed(format!("{program} was not found (looked in HUIYUE_PG_BIN, PATH and /usr/lib/postgresql); it comes with Postgres"))
    })?;
    let ended = Command::new(path).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().await;
    let ended = ended.map_err(Failed::doing(program))?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    Err(Failed(format!("{program} failed: {}", said.trim().lines().last().unwrap_or("it did not say why"))))
}

/// The newest of a program of Postgres: a dump of an older server is made by a newer program, not the other way round.
fn find(program: &str) -> Option<PathBuf> {
    let given = std::env::var_os("HUIYUE_PG_BIN").map(PathBuf::from);
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    let in_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let places = given.into_iter().chain(versions.into_iter().rev().map(|(_, path)| path)).chain(in_path);
    places.map(|place| place.join(program)).find(|path| path.is_file())
}
