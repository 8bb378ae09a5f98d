//! Which database a command works on: the one given, that of a running server, or a private one of its own.

use crate::clock::Clock;
use crate::config::Settings;
use crate::db;
use crate::postgres::{self, PrivatePostgres};
use crate::sealed::Sealer;
use crate::serve::Failed;
use crate::state::AppState;

/// A database, and the private Postgres behind it if it is ours.
#[derive(Debug)]
pub struct Database {
    url: String,
    own: Option<PrivatePostgres>,
}

impl Database {
    /// For the server: the database given, or a private Postgres that no other server holds.
    ///
    /// # Errors
    /// When Postgres is missing or does not start, in words.
    pub async fn own(settings: &Settings) -> Result<Self, Failed> {
        if let Some(url) = settings.database() {
            return Ok(Self { url: url.to_owned(), own: None });
        }
        make_directory(settings)?;
        let own = PrivatePostgres::start(&settings.data).await.map_err(|error| Failed(error.to_string()))?;
        Ok(Self { url: own.url(), own: Some(own) })
    }

    /// For a command beside it: the database given, that of a running server, or a private Postgres for as long as it is needed.
    ///
    /// # Errors
    /// As [`Database::own`].
    pub async fn beside(settings: &Settings) -> Result<Self, Failed> {
        if let Some(url) = settings.database() {
            return Ok(Self { url: url.to_owned(), own: None });
        }
        make_directory(settings)?;
        let (url, own) = postgres::attach_or_start(&settings.data).await.map_err(|error| Failed(error.to_string()))?;
        Ok(Self { url, own })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops the private Postgres, if it is ours.
    pub async fn stop(self) {
        if let Some(own) = self.own {
            own.stop().await;
        }
    }
}

/// Connects, brings the tables to the newest form, and makes the state everything works on.
///
/// # Errors
/// When the database does not answer or is newer than this program, or the key cannot be used.
pub async fn prepare(settings: &Settings, url: &str, connections: u32) -> Result<AppState, Failed> {
    make_directory(settings)?;
    let sealer = Sealer::open_or_create(&settings.data, settings.key()).map_err(|error| Failed(error.to_string()))?;
    let pool = db::connect(url, connections).map_err(Failed::doing("the address of the database"))?;
    db::migrate(&pool).await.map_err(Failed::doing("bringing the database to the newest form"))?;
    Ok(AppState::new(pool, Clock::system(), sealer))
}

fn make_directory(settings: &Settings) -> Result<(), Failed> {
    let told = format!("making the data directory {}", settings.data.display());
    std::fs::create_dir_all(&settings.data).map_err(Failed::doing(&told))
}
