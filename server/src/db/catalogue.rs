//! Stores, services, staff and roster: read whole, and kept in memory under the version of the brand.

use std::collections::BTreeSet;
use std::sync::{Arc, RwLock};

use shared::id::StoreId;
use shared::noun::{Kind, RecordKind};
use shared::record::{Catalogue, Records};
use shared::scope::Scope;
use shared::staff::Staff;
use shared::store::Store;
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::records;
use crate::sealed::Sealer;

/// The last catalogue read. Never trusted without asking the database for the version.
#[derive(Debug, Default)]
pub struct CatalogueCache {
    last: RwLock<Option<(i64, Arc<Catalogue>)>>,
}

impl CatalogueCache {
    /// The catalogue as the transaction sees it, and its version.
    pub(crate) async fn current(&self, connection: &mut PgConnection, sealer: &Sealer) -> sqlx::Result<(i64, Arc<Catalogue>)> {
        let version = version(connection).await?;
        self.of_version(connection, sealer, version).await
    }

    /// The catalogue of a version that was just asked for; a newer one if it has changed since.
    pub(crate) async fn of_version(
        &self,
        connection: &mut PgConnection,
        sealer: &Sealer,
        version: i64,
    ) -> sqlx::Result<(i64, Arc<Catalogue>)> {
        if let Some(cached) = self.at(version) {
            return Ok((version, cached));
        }
        let (version, records) = records::catalogue(connection, sealer).await?;
        let mut known = Records::default();
        records.into_iter().for_each(|record| known.put(record));
        let catalogue = known.catalogue;
        let mut last = self.last.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if last.as_ref().is_none_or(|(known, _)| *known <= version) {
            *last = Some((version, Arc::clone(&catalogue)));
        }
        Ok((version, catalogue))
    }

    fn at(&self, version: i64) -> Option<Arc<Catalogue>> {
        let last = self.last.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        last.as_ref().filter(|(known, _)| *known == version).map(|(_, catalogue)| Arc::clone(catalogue))
    }
}

async fn version(connection: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!("select version from brand").fetch_one(connection).await
}

/// What surrounds every decision in a store.
pub(crate) struct Surroundings {
    /// Version of the brand's catalogue.
    pub version: i64,
    /// When a desk of the store was last heard.
    pub desk_heard_at: Option<Timestamp>,
    /// Head of the store's desk feed: every change of its schedule moves it.
    pub head: u64,
}

/// Locks a store's row, if there is such a store yet, and then reads what surrounds decisions in it: in one step, but not from one
/// snapshot, which would be from before the lock.
pub(crate) async fn lock_store(connection: &mut PgConnection, store: StoreId) -> sqlx::Result<Surroundings> {
    let row =
        sqlx::query!(r#"select version as "version!", heard_at, head from lock_store($1, $2)"#, store.0, Scope::Desk(store).to_string());
    let row = row.fetch_one(connection).await?;
    let head = row.head.and_then(|head| u64::try_from(head).ok()).unwrap_or(0);
    Ok(Surroundings { version: row.version, desk_heard_at: row.heard_at.map(Timestamp), head })
}

/// Locks stores in the order of their ids, until the end of the transaction.
pub(crate) async fn lock_stores(connection: &mut PgConnection, stores: &BTreeSet<StoreId>) -> sqlx::Result<()> {
    lock_records(connection, Store::KIND, &stores.iter().map(|store| store.0).collect::<Vec<_>>()).await
}

/// Locks staff members in the order of their ids, until the end of the transaction.
pub(crate) async fn lock_staff(connection: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<()> {
    lock_records(connection, Staff::KIND, ids).await
}

async fn lock_records(connection: &mut PgConnection, kind: RecordKind, ids: &[Uuid]) -> sqlx::Result<()> {
    let rows = sqlx::query!(
        "select id from records where store_id = $1 and kind = $2 and id = any($3) order by id for no key update",
        Uuid::nil(),
        kind.number(),
        ids
    );
    rows.fetch_all(connection).await.map(drop)
}

/// Locks the brand: whoever changes the catalogue does so first.
pub(crate) async fn lock_brand(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select version from brand for update").fetch_one(connection).await.map(drop)
}

/// Counts the brand's version up: catalogues in memory are read again.
pub(crate) async fn next_version(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("update brand set version = version + 1").execute(connection).await.map(drop)
}
