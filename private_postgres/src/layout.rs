//! Where the private cluster keeps its files: `<data>/postgres` with `cluster`, `run`, `log` and `lock`.

use std::env;
use std::fs::{self, DirBuilder, File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

use crate::error::PostgresError;
use crate::owner::Launcher;

/// A socket's path may have about 100 bytes; this leaves room for its name.
const LONGEST_SOCKET_DIRECTORY: usize = 80;

/// Where root's clusters go when the data directory is closed to the user Postgres runs as.
const OPEN_PLACE: &str = "/var/lib/huiyue";

/// The files of one private cluster.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Everything below; belongs to the user Postgres runs as.
    pub home: PathBuf,
    /// The data directory of Postgres.
    pub cluster: PathBuf,
    /// The directory of the socket.
    pub sockets: PathBuf,
    /// What Postgres writes to its standard error.
    pub log: PathBuf,
}

/// The entry of the private cluster in a data directory.
pub fn entry(data: &Path) -> PathBuf {
    data.join("postgres")
}

/// The data directory of Postgres, if the data directory has one. Follows a link made by `Layout::prepare`.
pub fn existing_cluster(data: &Path) -> Option<PathBuf> {
    let cluster = fs::canonicalize(entry(data)).ok()?.join("cluster");
    cluster.join("PG_VERSION").is_file().then_some(cluster)
}

impl Layout {
    /// Creates what is missing, with the right owner. Returns the layout and the lock that keeps a second
    /// server out for as long as it is held (the system drops it with the process).
    pub fn prepare(data: &Path, launcher: &Launcher, program: &Path) -> Result<(Self, File), PostgresError> {
        let home = home(data, launcher, program)?;
        let lock = lock(&home)?;
        let sockets = socket_directory(&home);
        private_directory(&sockets, launcher)?;
        let layout = Self { cluster: home.join("cluster"), log: home.join("log"), home, sockets };
        Ok((layout, lock))
    }

    /// The address of the database for sqlx, psql and pg_dump.
    pub fn url(&self) -> String {
        url(&self.sockets)
    }

    /// Removes a socket directory that lies outside of the data directory.
    pub fn tidy(&self) {
        if !self.sockets.starts_with(&self.home) {
            let _already_gone = fs::remove_dir(&self.sockets);
        }
    }
}

/// `postgres://huiyue@localhost/huiyue?host=…`, the directory percent-encoded.
pub fn url(sockets: &Path) -> String {
    let mut host = String::new();
    for byte in sockets.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => host.push(char::from(*byte)),
            _ => host.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("postgres://huiyue@localhost/huiyue?host={host}")
}

/// Finds or makes the home. Below a directory that only root may enter (a clone in `/root`), Postgres could
/// not reach its files; then they go to a place it can reach and the data directory gets a link to it.
fn home(data: &Path, launcher: &Launcher, program: &Path) -> Result<PathBuf, PostgresError> {
    let entry = entry(data);
    if !entry.exists() {
        if launcher.can_enter(data, program) {
            make_directory(&entry)?;
        } else if launcher.steps_down() {
            let place = free_place()?;
            symlink(&place, &entry).map_err(PostgresError::io(format!("linking {}", entry.display())))?;
        }
    }
    let home = fs::canonicalize(&entry).map_err(PostgresError::io(format!("opening {}", entry.display())))?;
    if launcher.steps_down() {
        chown(&home, Some(launcher.owner.uid), Some(launcher.owner.gid)).map_err(PostgresError::io(format!(
            "giving {} to {}",
            home.display(),
            launcher.owner.name
        )))?;
    }
    if !launcher.can_enter(&home, program) {
        return Err(PostgresError::Unreachable { path: home, user: launcher.owner.name.clone() });
    }
    Ok(home)
}

fn free_place() -> Result<PathBuf, PostgresError> {
    fs::create_dir_all(OPEN_PLACE).map_err(PostgresError::io(format!("creating {OPEN_PLACE}")))?;
    let free = (1..).map(|number| Path::new(OPEN_PLACE).join(format!("postgres-{number}"))).find(|place| !place.exists());
    let place = free.unwrap_or_else(|| Path::new(OPEN_PLACE).join("postgres"));
    make_directory(&place)?;
    Ok(place)
}

fn lock(home: &Path) -> Result<File, PostgresError> {
    let path = home.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(PostgresError::io(format!("opening {}", path.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(PostgresError::InUse { path: home.to_path_buf() }),
        Err(TryLockError::Error(source)) => Err(PostgresError::Io { doing: format!("locking {}", path.display()), source }),
    }
}

fn socket_directory(home: &Path) -> PathBuf {
    let inside = home.join("run");
    if inside.as_os_str().len() <= LONGEST_SOCKET_DIRECTORY {
        return inside;
    }
    let mut hasher = DefaultHasher::new();
    home.hash(&mut hasher);
    let name = format!("huiyue-{:016x}", hasher.finish());
    env::var_os("XDG_RUNTIME_DIR")
        .map(|base| PathBuf::from(base).join(&name))
        .filter(|place| place.as_os_str().len() <= LONGEST_SOCKET_DIRECTORY)
        .filter(|_| !rustix::process::geteuid().is_root())
        .unwrap_or_else(|| Path::new("/tmp").join(name))
}

/// A directory only its owner may enter. In `/tmp` somebody else might have put one there first.
fn private_directory(path: &Path, launcher: &Launcher) -> Result<(), PostgresError> {
    if fs::symlink_metadata(path).is_err() {
        make_directory(path)?;
        if launcher.steps_down() {
            chown(path, Some(launcher.owner.uid), Some(launcher.owner.gid)).map_err(PostgresError::io(format!(
                "giving {} to {}",
                path.display(),
                launcher.owner.name
            )))?;
        }
    }
    let found = fs::symlink_metadata(path).map_err(PostgresError::io(format!("opening {}", path.display())))?;
    let ours = found.is_dir() && found.uid() == launcher.owner.uid && found.permissions().mode() & 0o077 == 0;
    if ours {
        return Ok(());
    }
    Err(PostgresError::UnsafeSocketDirectory { path: path.to_path_buf(), user: launcher.owner.name.clone() })
}

fn make_directory(path: &Path) -> Result<(), PostgresError> {
    DirBuilder::new().mode(0o700).create(path).map_err(PostgresError::io(format!("creating {}", path.display())))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{LONGEST_SOCKET_DIRECTORY, socket_directory, url};

    #[test]
    fn a_long_data_path_puts_the_socket_into_a_short_directory() {
        let long = Path::new("/srv").join("long".repeat(40));
        assert!(socket_directory(&long).as_os_str().len() <= LONGEST_SOCKET_DIRECTORY);
        assert_eq!(socket_directory(Path::new("/srv/shop")), Path::new("/srv/shop/run"));
    }

    #[test]
    fn the_address_carries_any_path() {
        assert_eq!(url(Path::new("/我 a")), "postgres://huiyue@localhost/huiyue?host=/%E6%88%91%20a");
    }
}
