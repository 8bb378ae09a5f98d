//! What every handler and job shares. Nothing here cannot be lost: caches know the version they belong to.

use std::sync::Arc;

use shared::id::{EpochId, StoreId};
use shared::record::Catalogue;
use sqlx::{PgConnection, PgPool};

use crate::admission::Admission;
use crate::clock::Clock;
use crate::db::catalogue::CatalogueCache;
use crate::db::epochs::EpochCache;
use crate::db::occupancy::TimeCache;
use crate::error::Error;
use crate::error::problem::Problem;
use crate::limits::Limits;
use crate::live::Live;
use crate::live::streams::Streams;
use crate::metrics::Counters;
use crate::pace::Paces;
use crate::readiness::Readiness;
use crate::schedule_cache::ScheduleCache;
use crate::sealed::Sealer;
use crate::store_queues::StoreQueues;
use crate::tasks::Tasks;

/// Shared by all handlers and jobs; cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Connections to the database.
    pub pool: PgPool,
    /// What time it is.
    pub clock: Clock,
    /// Seals personal data.
    pub sealer: Arc<Sealer>,
    /// Who listens.
    pub live: Live,
    /// What must stay zero, and what is worth knowing.
    pub counters: Arc<Counters>,
    /// What one person, address or session may ask for.
    pub limits: Arc<Limits>,
    /// The share of people who have not signed in.
    pub admission: Arc<Admission>,
    /// Requests under way.
    pub tasks: Tasks,
    /// Open live streams.
    pub streams: Arc<Streams>,
    /// What people sent within the hour.
    pub paces: Arc<Paces>,
    /// Whether the database answers.
    pub readiness: Arc<Readiness>,
    pub(crate) catalogue_cache: Arc<CatalogueCache>,
    pub(crate) epochs: Arc<EpochCache>,
    pub(crate) times: Arc<TimeCache>,
    pub(crate) schedule_cache: Arc<ScheduleCache>,
    pub(crate) store_queues: Arc<StoreQueues>,
}

impl AppState {
    /// A state over a migrated database, with the usual limits.
    #[must_use]
    pub fn new(pool: PgPool, clock: Clock, sealer: Sealer) -> Self {
        let limits = Limits::default();
        AppState {
            admission: Arc::new(Admission::new(&limits, pool.options().get_max_connections())),
            limits: Arc::new(limits),
            tasks: Tasks::default(),
            streams: Arc::default(),
            paces: Arc::default(),
            readiness: Arc::default(),
            pool,
            clock,
            sealer: Arc::new(sealer),
            live: Live::new(),
            counters: Arc::default(),
            catalogue_cache: Arc::default(),
            epochs: Arc::default(),
            times: Arc::default(),
            schedule_cache: Arc::default(),
            store_queues: Arc::default(),
        }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        let admission = Admission::new(&limits, self.pool.options().get_max_connections());
        AppState { limits: Arc::new(limits), admission: Arc::new(admission), ..self }
    }

    /// The refusal of what is beyond a limit, which is counted under its name in [`Limits`].
    pub(crate) fn refuse(&self, limit: &'static str, problem: Problem, wait_seconds: u64) -> Error {
        self.counters.count_limited(limit);
        Error::Limited(problem, wait_seconds)
    }

    /// Stores, services, staff and roster as they are now.
    ///
    /// # Errors
    /// Of the database.
    pub async fn catalogue(&self) -> sqlx::Result<Arc<Catalogue>> {
        let mut connection = self.pool.acquire().await?;
        Ok(self.catalogue_in(&mut connection).await?.1)
    }

    /// What the rights of a session follow from: the epoch and the catalogue.
    ///
    /// # Errors
    /// Of the database.
    pub async fn surroundings(&self) -> sqlx::Result<(EpochId, Arc<Catalogue>)> {
        let mut connection = self.pool.acquire().await?;
        Ok((self.epoch_in(&mut connection).await?, self.catalogue_in(&mut connection).await?.1))
    }

    /// The life of the database: rights to read belong to it.
    ///
    /// # Errors
    /// Of the database.
    pub async fn epoch_in(&self, connection: &mut PgConnection) -> sqlx::Result<EpochId> {
        self.epochs.lately(connection, self.clock.now()).await
    }

    /// How many requests wait for their turn in a store: worth a look when it grows.
    #[must_use]
    pub fn waiting(&self, store: StoreId) -> usize {
        self.store_queues.waiting(store)
    }

    /// The catalogue as the transaction of `connection` sees it, with its version.
    ///
    /// # Errors
    /// Of the database.
    pub async fn catalogue_in(&self, connection: &mut PgConnection) -> sqlx::Result<(i64, Arc<Catalogue>)> {
        self.catalogue_cache.current(connection, &self.sealer).await
    }
}
