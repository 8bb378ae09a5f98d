//! The private database: a Postgres of our own in `<data>/postgres`, started, supervised and stopped by the
//! server, reachable by a unix socket only.
//!
//! What it promises: a killed server leaves no Postgres behind (parent-death signal, and the next start
//! cleans up); a killed Postgres is started again while the server goes on; two servers cannot share a data
//! directory; root steps down to an unprivileged user. `fsync` and `synchronous_commit` stay on.
//!
//! The rooms: `binaries` finds the programs, `owner` chooses the user and launches, `layout` places
//! the files, `cluster` creates and configures, `pid_file` recognises a running one, `supervisor` keeps
//! it alive. They are free of async and of other rooms of the server, because the project's own commands
//! compile them in as well: query metadata must be prepared when the server itself does not compile yet.

mod binaries;
mod cluster;
mod error;
mod layout;
mod owner;
mod pid_file;
mod supervisor;

use std::path::{Path, PathBuf};
use std::time::Duration;

use pid_file::PidFile;
use supervisor::{Event, Supervisor};

pub use binaries::{OLDEST_MAJOR, client_program};
pub use error::PostgresError;

/// How long a Postgres that is just starting is waited for when attaching.
const ATTACH_PATIENCE: Duration = Duration::from_secs(20);
const ATTACH_TICK: Duration = Duration::from_millis(50);

/// A Postgres that lives and dies with us. Dropping it asks it to end; [`PrivatePostgres::stop`] also waits.
#[derive(Debug)]
pub struct PrivatePostgres {
    supervisor: Supervisor,
}

impl PrivatePostgres {
    /// Starts the cluster in `<data>/postgres`, creating it on the first start, and returns when it accepts
    /// connections. The role `huiyue` is its superuser, the database `huiyue` exists.
    ///
    /// Fails when another server holds the directory, when Postgres is missing, and when it does not start.
    pub async fn start(data: &Path) -> Result<Self, PostgresError> {
        let data = PathBuf::from(data);
        let supervisor = blocking(move || Supervisor::start(&data, record)).await?;
        Ok(Self { supervisor })
    }

    /// The address of the database, e.g. `postgres://huiyue@localhost/huiyue?host=/srv/data/postgres/run`.
    /// It stays the same over restarts.
    pub fn url(&self) -> String {
        self.supervisor.url().to_string()
    }

    /// The process of the postmaster; `None` between a death and the next start.
    pub fn pid(&self) -> Option<u32> {
        self.supervisor.pid()
    }

    /// Whether it accepts connections right now.
    pub fn is_ready(&self) -> bool {
        self.supervisor.is_ready()
    }

    /// Ends Postgres by a fast shutdown and waits until the process is gone.
    pub async fn stop(self) {
        let ended = blocking(move || {
            self.supervisor.stop();
            Ok(())
        });
        if let Err(error) = ended.await {
            tracing::warn!(%error, "the private Postgres was not seen ending");
        }
    }
}

/// Whether there is a private Postgres in this data directory, running or not.
pub fn has_cluster(data: &Path) -> bool {
    layout::existing_cluster(data).is_some()
}

/// The address of the cluster that somebody else, usually a running server, runs in this data directory.
/// `None` when nobody does.
pub async fn attach(data: &Path) -> Result<Option<String>, PostgresError> {
    let Some(cluster) = layout::existing_cluster(data) else {
        return Ok(None);
    };
    let mut waited = Duration::ZERO;
    loop {
        let Some(file) = PidFile::read(&cluster).filter(|file| file.is_alive(&cluster)) else {
            return Ok(None);
        };
        match file.sockets.as_deref() {
            Some(sockets) if file.ready && file.answers() => return Ok(Some(layout::url(sockets))),
            _ if waited >= ATTACH_PATIENCE => {
                let message = format!("process {} runs in {} but is not ready", file.pid, cluster.display());
                return Err(PostgresError::Failed { program: "postgres", message });
            }
            _ => tokio::time::sleep(ATTACH_TICK).await,
        }
        waited += ATTACH_TICK;
    }
}

/// For a subcommand beside a server that may or may not run: its Postgres, or one of our own for as long as
/// the second value lives.
pub async fn attach_or_start(data: &Path) -> Result<(String, Option<PrivatePostgres>), PostgresError> {
    if let Some(url) = attach(data).await? {
        return Ok((url, None));
    }
    let own = PrivatePostgres::start(data).await?;
    Ok((own.url(), Some(own)))
}

fn record(event: Event) {
    match event {
        Event::Ready { pid } => tracing::info!(pid, "the private Postgres is ready"),
        Event::Died { how } => {
            tracing::error!(how, "the private Postgres ended; starting it again")
        }
        Event::StartFailed { why } => {
            tracing::warn!(%why, "the private Postgres did not start; trying again")
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, PostgresError> + Send + 'static) -> Result<T, PostgresError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(PostgresError::Failed { program: "postgres", message: format!("its supervisor ended: {error}") }))
}
