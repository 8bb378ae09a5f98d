//! What earlier imports said, and of which salons.

use std::collections::BTreeMap;

use shared::id::StoreId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::fault;
use crate::said::Said;
use crate::sealed::Sealer;

/// A salon whose files were imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSalon {
    /// Its store.
    pub store: StoreId,
    /// Its name; empty for the salon without one.
    pub name: String,
    /// Days that its dates move.
    pub shift_days: i32,
}

/// All salons, by name.
///
/// # Errors
/// Of the database.
pub async fn salons(connection: &mut PgConnection) -> sqlx::Result<Vec<KnownSalon>> {
    let rows = sqlx::query!("select store_id, name, shift_days from imported_salons order by name").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| KnownSalon { store: StoreId(row.store_id), name: row.name, shift_days: row.shift_days }).collect())
}

/// Remembers a salon; one that is known stays as it is.
///
/// # Errors
/// Of the database.
pub async fn keep_salon(connection: &mut PgConnection, salon: &KnownSalon) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into imported_salons (store_id, name, shift_days) values ($1, $2, $3) on conflict do nothing",
        salon.store.0,
        salon.name,
        salon.shift_days
    )
    .execute(connection)
    .await
    .map(drop)
}

/// How many of these visits a store has.
///
/// # Errors
/// Of the database.
pub async fn how_many_visits(connection: &mut PgConnection, store: StoreId, ids: &[Uuid]) -> sqlx::Result<usize> {
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from bookings where store_id = $1 and id = any($2)"#, store.0, ids);
    Ok(usize::try_from(count.fetch_one(connection).await?).unwrap_or(0))
}

/// What was said about the things of a salon.
///
/// # Errors
/// Of the database.
pub async fn said(connection: &mut PgConnection, sealer: &Sealer, store: StoreId) -> sqlx::Result<BTreeMap<Uuid, Said>> {
    let rows = sqlx::query!("select id, said_sealed from imported_facts where store_id = $1", store.0);
    let open = |id, sealed: Vec<u8>| Ok((id, sealer.open_json(id, &sealed).map_err(fault)?));
    rows.fetch_all(connection).await?.into_iter().map(|row| open(row.id, row.said_sealed)).collect()
}

/// Remembers what was said.
///
/// # Errors
/// Of the database.
pub async fn keep_said(connection: &mut PgConnection, sealer: &Sealer, store: StoreId, said: &[(Uuid, Said)]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = said.iter().map(|(id, _)| *id).collect();
    let sealed: Vec<Vec<u8>> = said.iter().map(|(id, said)| sealer.seal_json(*id, said)).collect();
    sqlx::query!(
        "insert into imported_facts (store_id, id, said_sealed) select $1, * from unnest($2::uuid[], $3::bytea[])
         on conflict (store_id, id) do update set said_sealed = excluded.said_sealed",
        store.0,
        &ids,
        &sealed
    )
    .execute(connection)
    .await
    .map(drop)
}
