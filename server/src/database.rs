//! Which database a command works on: the one given, that of a running server, or a private one of its own.

use std::time::Duration;

use sqlx::{Connection, PgConnection, PgPool};
use tokio::time::Instant;
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::Settings;
use crate::db;
use crate::error::is_unavailable;
use crate::failed::Failed;
use crate::postgres::{self, OLDEST_MAJOR, PrivatePostgres};
use crate::sealed::{KEY_FILE, Sealer};
use crate::state::AppState;

/// How long a database that does not answer is tried again: it may be starting at the same time as we are.
const REACH_PATIENCE: Duration = Duration::from_secs(5);
const REACH_TICK: Duration = Duration::from_millis(200);

/// Sealed by the first start; whoever can open it has the key of the database.
const KEY_CHECK: &[u8] = b"huiyue";

const WRONG_KEY: &str =
    "this is not the key of this database: bring back secret.key or set HUIYUE_KEY to the key it was first started with";

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

    /// For a command that only looks: as [`Database::beside`], but none is made where there is none.
    ///
    /// # Errors
    /// As [`Database::own`].
    pub async fn existing(settings: &Settings) -> Result<Option<Self>, Failed> {
        let is_there = settings.database().is_some() || postgres::has_cluster(&settings.data);
        if is_there { Self::beside(settings).await.map(Some) } else { Ok(None) }
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
/// When the database does not answer, is too old or newer than this program, or the key cannot be used or is another one's.
pub async fn prepare(settings: &Settings, url: &str, connections: u32) -> Result<AppState, Failed> {
    make_directory(settings)?;
    must_be_new_enough(url).await?;
    let pool = db::connect(url, connections).map_err(Failed::doing("the address of the database"))?;
    db::migrate(&pool).await.map_err(Failed::doing("bringing the database to the newest form"))?;
    let key_file = settings.data.join(KEY_FILE);
    let had_key = settings.key().is_some() || key_file.exists();
    let sealer = Sealer::open_or_create(&settings.data, settings.key()).map_err(|error| Failed(error.to_string()))?;
    if !is_the_key(&pool, &sealer).await.map_err(Failed::doing("checking the key"))? {
        if !had_key {
            // A key made just now, for a database that has one: left behind, it would be taken for the lost one.
            std::fs::remove_file(&key_file).map_err(Failed::doing("removing a key that is of no use"))?;
        }
        return Err(Failed(WRONG_KEY.to_owned()));
    }
    Ok(AppState::new(pool, Clock::system(), sealer))
}

/// The state over a database as it is, for looking only: nothing is brought to a newer form, no key is made. `None` when it has another
/// form than this program's.
///
/// # Errors
/// When the database does not answer, is too old, or the key is missing or another one's.
pub async fn look(settings: &Settings, url: &str, connections: u32) -> Result<Option<AppState>, Failed> {
    must_be_new_enough(url).await?;
    let pool = db::connect(url, connections).map_err(Failed::doing("the address of the database"))?;
    if !db::has_this_form(&pool).await.map_err(Failed::doing("asking the database for its form"))? {
        return Ok(None);
    }
    if settings.key().is_none() && !settings.data.join(KEY_FILE).exists() {
        return Err(Failed(WRONG_KEY.to_owned()));
    }
    let sealer = Sealer::open_or_create(&settings.data, settings.key()).map_err(|error| Failed(error.to_string()))?;
    let kept = db::database_info::key_check(&pool).await.map_err(Failed::doing("checking the key"))?;
    if kept.is_some_and(|kept| sealer.open(Uuid::nil(), &kept).is_err()) {
        return Err(Failed(WRONG_KEY.to_owned()));
    }
    Ok(Some(AppState::new(pool, Clock::system(), sealer)))
}

/// Connects once, without a pool: a pool would only say that it waited, not why nobody answers.
///
/// # Errors
/// The reason why the database cannot be reached, after trying for five seconds where waiting may help.
pub async fn reach(url: &str) -> Result<PgConnection, Failed> {
    let started = Instant::now();
    loop {
        let Ok(tried) = tokio::time::timeout(REACH_PATIENCE, db::connect_once(url)).await else {
            return Err(Failed("the database cannot be reached: no answer".to_owned()));
        };
        match tried {
            Ok(connection) => return Ok(connection),
            Err(error) if is_unavailable(&error) && started.elapsed() < REACH_PATIENCE => tokio::time::sleep(REACH_TICK).await,
            Err(error) => return Err(Failed(format!("the database cannot be reached: {error}"))),
        }
    }
}

async fn must_be_new_enough(url: &str) -> Result<(), Failed> {
    let mut connection = reach(url).await?;
    let major = db::database_info::server_major(&mut connection).await.map_err(Failed::doing("asking Postgres for its version"))?;
    connection.close().await.map_err(Failed::doing("asking Postgres for its version"))?;
    if major >= OLDEST_MAJOR {
        return Ok(());
    }
    Err(Failed(format!("the database is a Postgres {major}; {OLDEST_MAJOR} or newer is needed")))
}

/// With another key everything would seem to work, until somebody needs a phone number that was sealed with the right one. A database
/// that knows no key yet takes the one that opens what is in it.
async fn is_the_key(pool: &PgPool, sealer: &Sealer) -> sqlx::Result<bool> {
    if db::database_info::key_check(pool).await?.is_none() {
        let opens = |(owner, sealed): (Uuid, Vec<u8>)| sealer.open(owner, &sealed).is_ok();
        if !db::database_info::anything_sealed(pool).await?.is_none_or(opens) {
            return Ok(false);
        }
        db::database_info::keep_key_check(pool, &sealer.seal(Uuid::nil(), KEY_CHECK)).await?;
    }
    // Read again: another program may have been first.
    let kept = db::database_info::key_check(pool).await?.unwrap_or_default();
    Ok(sealer.open(Uuid::nil(), &kept).is_ok_and(|opened| opened == KEY_CHECK))
}

fn make_directory(settings: &Settings) -> Result<(), Failed> {
    let told = format!("making the data directory {}", settings.data.display());
    std::fs::create_dir_all(&settings.data).map_err(Failed::doing(&told))
}
