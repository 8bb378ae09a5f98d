//! A Postgres for the time of a command: as the server's own, in a directory that is removed afterwards.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use private_postgres::{Binaries, Event, OLDEST_MAJOR, Supervisor, client_program};

/// Memory-backed files make the many small databases of the tests fast; a small one would fill up.
const MEMORY: &str = "/dev/shm";
const ENOUGH_MEMORY_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// A Postgres with a database `huiyue` that ends, and is removed if temporary, when dropped.
pub struct Postgres {
    supervisor: Option<Supervisor>,
    temporary: Option<PathBuf>,
}

/// Whether the programs of Postgres are on this machine, in PATH or where packages put them.
pub fn is_installed() -> bool {
    Binaries::find(None).is_ok() && psql().is_some()
}

/// The program that runs SQL files; Homebrew keeps versioned ones out of PATH.
pub fn psql() -> Option<PathBuf> {
    client_program("psql", OLDEST_MAJOR)
}

impl Postgres {
    /// In a fresh directory that is removed afterwards.
    pub fn temporary() -> Result<Self> {
        let name = format!("huiyue-xtask-{}", std::process::id());
        let place = temporary_place().join(name);
        // Root's Postgres runs as another user, who must be able to enter.
        DirBuilder::new().mode(0o755).create(&place).with_context(|| format!("creating {}", place.display()))?;
        let mut postgres = Self { supervisor: None, temporary: Some(place.clone()) };
        postgres.supervisor = Some(Supervisor::start(&place, tell)?);
        Ok(postgres)
    }

    /// In a directory that stays.
    pub fn at(data: &Path) -> Result<Self> {
        Ok(Self { supervisor: Some(Supervisor::start(data, tell)?), temporary: None })
    }

    /// Its address, as in DATABASE_URL.
    pub fn url(&self) -> &str {
        self.supervisor.as_ref().map_or("", Supervisor::url)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(supervisor) = self.supervisor.take() {
            supervisor.stop();
        }
        if let Some(place) = &self.temporary {
            let _best_effort = fs::remove_dir_all(place);
        }
    }
}

fn temporary_place() -> PathBuf {
    let memory = rustix::fs::statvfs(MEMORY).map(|found| found.f_bavail * found.f_frsize);
    match memory {
        Ok(free) if free >= ENOUGH_MEMORY_BYTES => PathBuf::from(MEMORY),
        _ => std::env::temp_dir(),
    }
}

fn tell(event: Event) {
    match event {
        Event::Ready { .. } => {}
        Event::Died { how } => eprintln!("the private Postgres ended ({how}); starting it again"),
        Event::StartFailed { why } => eprintln!("the private Postgres did not start: {why}"),
    }
}
