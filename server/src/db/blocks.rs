//! Blocked time.

use shared::block::Block;
use shared::id::StoreId;
use shared::time::TimeRange;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::{stored_millis, stored_ranges, stored_seq};

/// Blocks of a store by id, in no order.
pub async fn by_ids(connection: &mut PgConnection, store: StoreId, ids: &[Uuid]) -> sqlx::Result<Vec<Block>> {
    let rows =
        sqlx::query_scalar!(r#"select record as "record: Json<Block>" from blocks where store_id = $1 and id = any($2)"#, store.0, ids);
    Ok(rows.fetch_all(connection).await?.into_iter().map(|record| record.0).collect())
}

/// All blocks of a store that touch one of some ranges; one that touches several may come more than once.
pub async fn touching(connection: &mut PgConnection, store: StoreId, ranges: &[TimeRange]) -> sqlx::Result<Vec<Block>> {
    let (starts, ends) = stored_ranges(ranges);
    let rows = sqlx::query_scalar!(
        r#"select record as "record: Json<Block>"
           from unnest($2::bigint[], $3::bigint[]) as wanted(since, until)
           cross join lateral (
               select record from blocks where store_id = $1 and ends_at > wanted.since and starts_at < wanted.until) as found"#,
        store.0,
        &starts,
        &ends
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|record| record.0).collect())
}

/// Inserts or replaces blocks, without their occupancy.
pub(crate) async fn save(connection: &mut PgConnection, blocks: &[&Block]) -> sqlx::Result<()> {
    let stores: Vec<Uuid> = blocks.iter().map(|block| block.store.0).collect();
    let ids: Vec<Uuid> = blocks.iter().map(|block| block.id.0).collect();
    let staff: Vec<Uuid> = blocks.iter().map(|block| block.staff.0).collect();
    let starts: Vec<i64> = blocks.iter().map(|block| stored_millis(block.range.start)).collect();
    let ends: Vec<i64> = blocks.iter().map(|block| stored_millis(block.range.end)).collect();
    let placed: Vec<i64> = blocks.iter().map(|block| stored_seq(block.placed_seq)).collect();
    let records: Vec<Json<&Block>> = blocks.iter().copied().map(Json).collect();
    sqlx::query!(
        "insert into blocks (store_id, id, staff_id, starts_at, ends_at, placed_seq, record)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::jsonb[])
         on conflict (store_id, id) do update set staff_id = excluded.staff_id, starts_at = excluded.starts_at,
             ends_at = excluded.ends_at, placed_seq = excluded.placed_seq, record = excluded.record",
        &stores,
        &ids,
        &staff,
        &starts,
        &ends,
        &placed,
        &records as &[Json<&Block>]
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Removes blocks of a store, without their occupancy.
pub(crate) async fn remove(connection: &mut PgConnection, store: StoreId, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from blocks where store_id = $1 and id = any($2)", store.0, ids).execute(connection).await.map(drop)
}
