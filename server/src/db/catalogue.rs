//! Stores, services, staff and roster: read whole, and kept in memory under the version of the brand.

use std::sync::{Arc, RwLock};

use serde::de::DeserializeOwned;
use shared::id::StoreId;
use shared::roster::Shift;
use shared::service::Service;
use shared::staff::Staff;
use shared::store::Store;
use shared::sync::Scope;
use shared::table::Table;
use shared::time::Timestamp;
use shared::view::Catalogue;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// The last catalogue read. Never trusted without asking the database for the version.
#[derive(Debug, Default)]
pub struct CatalogueCache {
    last: RwLock<Option<(i64, Arc<Catalogue>)>>,
}

impl CatalogueCache {
    /// The catalogue as the transaction sees it, and its version.
    pub(crate) async fn current(&self, connection: &mut PgConnection) -> sqlx::Result<(i64, Arc<Catalogue>)> {
        let version = version(connection).await?;
        self.of_version(connection, version).await
    }

    /// The catalogue of a version that was just asked for; a newer one if it has changed since.
    pub(crate) async fn of_version(&self, connection: &mut PgConnection, version: i64) -> sqlx::Result<(i64, Arc<Catalogue>)> {
        if let Some(cached) = self.at(version) {
            return Ok((version, cached));
        }
        let (version, catalogue) = load(connection).await?;
        let catalogue = Arc::new(catalogue);
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

/// Version and records in one statement, hence from one snapshot.
async fn load(connection: &mut PgConnection) -> sqlx::Result<(i64, Catalogue)> {
    let rows = sqlx::query!(
        r#"select 0 as "what!", to_jsonb(version) as "record!" from brand
           union all select 1, record from stores
           union all select 2, record from services
           union all select 3, record from staff
           union all select 4, record from shifts"#
    )
    .fetch_all(connection)
    .await?;
    let (mut version, mut catalogue) = (0, Catalogue::default());
    for row in rows {
        match row.what {
            0 => version = read(row.record)?,
            1 => insert(&mut catalogue.stores, read(row.record)?, |store: &Store| store.id),
            2 => insert(&mut catalogue.services, read(row.record)?, |service: &Service| service.id),
            3 => insert(&mut catalogue.staff, read(row.record)?, |staff: &Staff| staff.id),
            _ => insert(&mut catalogue.shifts, read(row.record)?, |shift: &Shift| shift.id),
        }
    }
    Ok((version, catalogue))
}

fn read<T: DeserializeOwned>(record: serde_json::Value) -> sqlx::Result<T> {
    serde_json::from_value(record).map_err(super::fault)
}

fn insert<K: Ord, T>(map: &mut Table<K, T>, record: T, key: impl Fn(&T) -> K) {
    map.insert(key(&record), record);
}

/// Locks the brand: whoever changes the catalogue does so first.
pub(crate) async fn lock_brand(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select version from brand for update").fetch_one(connection).await.map(drop)
}

/// Counts the brand's version up: catalogues in memory are read again.
pub(crate) async fn next_version(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("update brand set version = version + 1").execute(connection).await.map(drop)
}

/// Inserts or replaces stores.
pub(crate) async fn save_stores(connection: &mut PgConnection, stores: &[&Store]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = stores.iter().map(|store| store.id.0).collect();
    let records: Vec<Json<&Store>> = stores.iter().copied().map(Json).collect();
    sqlx::query!(
        "insert into stores (id, record) select * from unnest($1::uuid[], $2::jsonb[])
         on conflict (id) do update set record = excluded.record",
        &ids,
        &records as &[Json<&Store>]
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Inserts or replaces services.
pub(crate) async fn save_services(connection: &mut PgConnection, services: &[&Service]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = services.iter().map(|service| service.id.0).collect();
    let records: Vec<Json<&Service>> = services.iter().copied().map(Json).collect();
    sqlx::query!(
        "insert into services (id, record) select * from unnest($1::uuid[], $2::jsonb[])
         on conflict (id) do update set record = excluded.record",
        &ids,
        &records as &[Json<&Service>]
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Inserts or replaces staff.
pub(crate) async fn save_staff(connection: &mut PgConnection, staff: &[&Staff]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = staff.iter().map(|member| member.id.0).collect();
    let records: Vec<Json<&Staff>> = staff.iter().copied().map(Json).collect();
    sqlx::query!(
        "insert into staff (id, record) select * from unnest($1::uuid[], $2::jsonb[])
         on conflict (id) do update set record = excluded.record",
        &ids,
        &records as &[Json<&Staff>]
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Inserts or replaces roster entries.
pub(crate) async fn save_shifts(connection: &mut PgConnection, shifts: &[&Shift]) -> sqlx::Result<()> {
    let stores: Vec<Uuid> = shifts.iter().map(|shift| shift.store.0).collect();
    let ids: Vec<Uuid> = shifts.iter().map(|shift| shift.id.0).collect();
    let staff: Vec<Uuid> = shifts.iter().map(|shift| shift.staff.0).collect();
    let records: Vec<Json<&Shift>> = shifts.iter().copied().map(Json).collect();
    sqlx::query!(
        "insert into shifts (store_id, id, staff_id, record) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::jsonb[])
         on conflict (store_id, id) do update set staff_id = excluded.staff_id, record = excluded.record",
        &stores,
        &ids,
        &staff,
        &records as &[Json<&Shift>]
    )
    .execute(connection)
    .await
    .map(drop)
}
