//! The private database of this server: the crate `private_postgres` beside async code, with its events in the log.

use std::path::{Path, PathBuf};
use std::time::Duration;

use private_postgres::{Event, PidFile, Supervisor, existing_cluster};

pub use private_postgres::{OLDEST_MAJOR, PostgresError, client_program};

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
    existing_cluster(data).is_some()
}

/// The address of the cluster that somebody else, usually a running server, runs in this data directory.
/// `None` when nobody does.
pub async fn attach(data: &Path) -> Result<Option<String>, PostgresError> {
    let Some(cluster) = existing_cluster(data) else {
        return Ok(None);
    };
    let mut waited = Duration::ZERO;
    loop {
        let Some(file) = PidFile::read(&cluster).filter(|file| file.is_alive(&cluster)) else {
            return Ok(None);
        };
        match file.sockets.as_deref() {
            Some(sockets) if file.ready && file.answers() => return Ok(Some(private_postgres::url(sockets))),
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
