//! The attention inbox.

use shared::attention::Attention;
use shared::id::StoreId;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Entries of a store by id, in no order.
pub async fn by_ids(connection: &mut PgConnection, store: StoreId, ids: &[Uuid]) -> sqlx::Result<Vec<Attention>> {
    let rows = sqlx::query_scalar!(
        r#"select record as "record: Json<Attention>" from attention where store_id = $1 and id = any($2)"#,
        store.0,
        ids
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|record| record.0).collect())
}

/// Inserts or replaces entries.
pub(crate) async fn save(connection: &mut PgConnection, entries: &[&Attention]) -> sqlx::Result<()> {
    let stores: Vec<Uuid> = entries.iter().map(|entry| entry.store.0).collect();
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id.0).collect();
    let open: Vec<bool> = entries.iter().map(|entry| entry.resolved_at.is_none()).collect();
    let raised: Vec<i64> = entries.iter().map(|entry| entry.raised_at.0).collect();
    let records: Vec<Json<&Attention>> = entries.iter().copied().map(Json).collect();
    sqlx::query!(
        "insert into attention (store_id, id, open, raised_at, record)
         select * from unnest($1::uuid[], $2::uuid[], $3::bool[], $4::bigint[], $5::jsonb[])
         on conflict (store_id, id) do update set open = excluded.open, raised_at = excluded.raised_at, record = excluded.record",
        &stores,
        &ids,
        &open,
        &raised,
        &records as &[Json<&Attention>]
    )
    .execute(connection)
    .await
    .map(drop)
}
