//! `huiyue backup` and `huiyue restore`: the whole database in one file, by Postgres's own programs. The key that seals personal data is
//! not in it: keep a copy of it apart.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sqlx::Connection;
use tokio::process::Command;

use crate::database::reach;
use crate::db::database_info;
use crate::failed::Failed;
use crate::postgres::client_program;

/// Everything goes, also tables that the backup does not know: it may be older than the database.
const CLEAR: &str = "drop schema public cascade; create schema public;";

/// What is restored is another life of the database: devices that knew the earlier one read everything anew. A backup from before there was
/// such a table gets its entry when the server starts.
const RESTORED: &str = "do $$ begin if to_regclass('public.restores') is not null then
    insert into public.restores default values; end if; end $$;";

/// Writes the database at `url` into `file`, which only its owner may read. An existing file is only replaced by a complete one.
///
/// # Errors
/// When `pg_dump` is missing or fails, or the file cannot be written.
pub async fn backup(url: &str, file: &Path) -> Result<u64, Failed> {
    let major = look(url).await?.major;
    let partial = OwnFile::beside(file, ".partial")?;
    let arguments =
        ["--format=custom".as_ref(), "--no-owner".as_ref(), "--file".as_ref(), partial.0.as_os_str(), "--dbname".as_ref(), url.as_ref()];
    run("pg_dump", major, &arguments).await?;
    let bytes = File::open(&partial.0).and_then(|written| written.sync_all().and_then(|()| written.metadata()));
    let bytes = bytes.map_err(Failed::doing("writing the backup"))?.len();
    fs::rename(&partial.0, file).map_err(Failed::doing("writing the backup"))?;
    Ok(bytes)
}

/// Reads the database from `file` in one transaction: all of it, or nothing. What is there already is replaced only with `force`, and
/// not while somebody works with it.
///
/// # Errors
/// When the database is in use or not empty, Postgres's programs are missing, or the file is not a backup.
pub async fn restore(url: &str, file: &Path, data: &Path, force: bool) -> Result<(), Failed> {
    if !file.is_file() {
        return Err(Failed(format!("there is no file {}", file.display())));
    }
    let found = look(url).await?;
    if found.has_tables && !force {
        return Err(Failed("the database is not empty; to replace everything in it, add --force".to_owned()));
    }
    if found.others > 0 {
        return Err(Failed("the database is in use: stop the server first".to_owned()));
    }
    // The whole file is read before anything is touched: what cannot be read must not cost what is there.
    // Not beside the backup: that may be on a disk that cannot be written, or is copied elsewhere.
    let script = OwnFile::beside(&data.join("database"), ".restoring")?;
    let arguments = ["--no-owner".as_ref(), "--file".as_ref(), script.0.as_os_str(), file.as_os_str()];
    run("pg_restore", found.major, &arguments).await?;
    leave_out_newer_settings(&script.0).map_err(Failed::doing("preparing the restore"))?;
    let arguments = [
        "--no-psqlrc".as_ref(),
        "--quiet".as_ref(),
        "--single-transaction".as_ref(),
        "--set=ON_ERROR_STOP=1".as_ref(),
        "--dbname".as_ref(),
        url.as_ref(),
        "--command".as_ref(),
        CLEAR.as_ref(),
        "--file".as_ref(),
        script.0.as_os_str(),
        "--command".as_ref(),
        RESTORED.as_ref(),
    ];
    run("psql", found.major, &arguments).await
}

/// A newer `pg_restore` writes a setting that Postgres 15 and 16 do not know. It stands at the head of the script and is made a comment.
fn leave_out_newer_settings(script: &Path) -> std::io::Result<()> {
    const SETTING: &[u8] = b"SET transaction_timeout = 0;";
    let mut file = OpenOptions::new().read(true).write(true).open(script)?;
    let mut head = Vec::new();
    Read::by_ref(&mut file).take(8192).read_to_end(&mut head)?;
    if let Some(at) = head.windows(SETTING.len()).position(|words| words == SETTING) {
        file.seek(SeekFrom::Start(at as u64))?;
        file.write_all(b"--")?;
    }
    Ok(())
}

/// What must be known of a database before its backup or restore.
struct Found {
    major: u32,
    has_tables: bool,
    others: i64,
}

async fn look(url: &str) -> Result<Found, Failed> {
    let mut connection = reach(url).await?;
    let looking = || Failed::doing("looking into the database");
    let found = Found {
        major: database_info::server_major(&mut connection).await.map_err(looking())?,
        has_tables: database_info::has_tables(&mut connection).await.map_err(looking())?,
        others: database_info::others_connected(&mut connection).await.map_err(looking())?,
    };
    connection.close().await.map_err(looking())?;
    Ok(found)
}

/// An empty file that nobody else may read, made anew and removed at the end unless it was given its final name.
struct OwnFile(PathBuf);

impl OwnFile {
    fn beside(file: &Path, ending: &str) -> Result<Self, Failed> {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let path = PathBuf::from(name);
        // Left by somebody who was killed, perhaps with other rights.
        let _mostly_not_there = fs::remove_file(&path);
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        made.map_err(Failed::doing(&format!("writing {}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        let _has_its_final_name = fs::remove_file(&self.0);
    }
}

async fn run(program: &str, major: u32, arguments: &[&OsStr]) -> Result<(), Failed> {
    let path = client_program(program, major).ok_or_else(|| {
        Failed(format!(
            "{program} {major} or newer was not found (looked in HUIYUE_PG_BIN, PATH, /usr/lib/postgresql and Homebrew's directories); \
             it comes with Postgres"
        ))
    })?;
    let mut command = Command::new(path);
    command.args(arguments).env("PGOPTIONS", "--client-min-messages=warning");
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().await;
    let ended = ended.map_err(Failed::doing(program))?;
    if ended.status.success() {
        return Ok(());
    }
    Err(Failed(format!("{program} failed: {}", reason(&String::from_utf8_lossy(&ended.stderr)))))
}

/// The line that says why; after it may come the statement and other details.
fn reason(said: &str) -> &str {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let named = lines.clone().find(|line| line.to_lowercase().contains("error:"));
    named.or_else(|| lines.next_back()).unwrap_or("it did not say why")
}

#[cfg(test)]
mod tests {
    use super::{leave_out_newer_settings, reason};

    #[test]
    fn a_setting_of_newer_programs_is_left_out_of_the_script() {
        let script = std::env::temp_dir().join(format!("huiyue-script-{}", std::process::id()));
        std::fs::write(&script, "SET lock_timeout = 0;\nSET transaction_timeout = 0;\ncreate table a ();\n").expect("a file");
        leave_out_newer_settings(&script).expect("prepared");
        let left = std::fs::read_to_string(&script).expect("text");
        std::fs::remove_file(&script).expect("removed");
        assert_eq!(left, "SET lock_timeout = 0;\n--T transaction_timeout = 0;\ncreate table a ();\n");
    }

    #[test]
    fn of_what_a_program_says_the_error_is_told() {
        let said = "psql:a.restoring:7: ERROR:  relation \"a\" does not exist\nLINE 1: select\n            ^\n";
        assert_eq!(reason(said), "psql:a.restoring:7: ERROR:  relation \"a\" does not exist");
        assert_eq!(reason("could not connect\n"), "could not connect");
        assert_eq!(reason(""), "it did not say why");
    }
}
