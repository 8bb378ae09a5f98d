//! Where the programs of Postgres are: HUIYUE_PG_BIN, then PATH, then Debian's and Homebrew's directories, newest first.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::error::PostgresError;

/// The oldest major version whose features (lz4 in the write-ahead log, `btree_gist` for anyone) are used.
pub const OLDEST_MAJOR: u32 = 15;

/// A directory with `postgres` and `initdb` of one version.
#[derive(Debug, Clone)]
pub struct Binaries {
    directory: PathBuf,
    major: u32,
}

impl Binaries {
    /// Finds the programs; `major` asks for exactly the version that wrote an existing cluster.
    pub fn find(major: Option<u32>) -> Result<Self, PostgresError> {
        candidates()
            .into_iter()
            .filter_map(Self::at)
            .find(|found| match major {
                Some(major) => found.major == major,
                None => found.major >= OLDEST_MAJOR,
            })
            .ok_or_else(|| PostgresError::NotInstalled {
                wanted: match major {
                    Some(major) => format!("{major} (it wrote the existing data)"),
                    None => format!("{OLDEST_MAJOR} or newer"),
                },
            })
    }

    /// The server program.
    pub fn postgres(&self) -> PathBuf {
        self.directory.join("postgres")
    }

    /// The program that creates a cluster.
    pub fn initdb(&self) -> PathBuf {
        self.directory.join("initdb")
    }

    fn at(directory: PathBuf) -> Option<Self> {
        // A link in PATH leads to the directory that has everything.
        let real = fs::canonicalize(directory.join("postgres")).ok()?;
        let real = real.parent().map(Path::to_path_buf);
        let directory = [real, Some(directory)].into_iter().flatten().find(|place| place.join("initdb").is_file())?;
        let major = major_version(&directory.join("postgres"))?;
        Some(Self { directory, major })
    }
}

/// A program that talks to a server of this major version (`pg_dump`, `psql`): of the same version, else of the next newer one that is
/// there. Older ones do not know the server.
pub fn client_program(name: &str, server_major: u32) -> Option<PathBuf> {
    let found = places_of(name).into_iter().map(|place| place.join(name)).filter_map(|program| Some((major_version(&program)?, program)));
    // Of equals the first is kept: places come in the order in which they are asked.
    found.filter(|(major, _)| *major >= server_major).min_by_key(|(major, _)| *major).map(|(_, program)| program)
}

fn candidates() -> Vec<PathBuf> {
    places_of("postgres")
}

/// The directories that may have a program, in the order in which they are asked.
fn places_of(program: &str) -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = env::var_os("HUIYUE_PG_BIN").map(PathBuf::from).into_iter().collect();
    if let Some(path) = env::var_os("PATH") {
        places.extend(env::split_paths(&path).filter(|place| place.join(program).is_file()));
    }
    places.extend(packaged());
    places
}

/// Debian keeps several versions side by side; Homebrew keeps versioned ones out of PATH.
fn packaged() -> Vec<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for (parent, prefix) in [("/usr/lib/postgresql", ""), ("/opt/homebrew/opt", "postgresql@"), ("/usr/local/opt", "postgresql@")] {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let version = name.to_str().and_then(|name| name.strip_prefix(prefix)?.parse().ok());
            if let Some(version) = version {
                found.push((version, entry.path().join("bin")));
            }
        }
    }
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, place)| place).collect()
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` → 15.
fn major_version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    parse_major(&text)
}

fn parse_major(text: &str) -> Option<u32> {
    let version = text.split_whitespace().nth(2)?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse_major;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(parse_major("pg_dump (PostgreSQL) 17.5"), Some(17));
        assert_eq!(parse_major("nonsense"), None);
    }
}
