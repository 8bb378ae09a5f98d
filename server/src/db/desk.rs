//! When a desk of a store was last heard: a silent desk turns online bookings into requests.

use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

/// So long a note of having heard a desk stays good: rewriting it at every exchange would be wasted.
const GOOD_FOR_MILLIS: i64 = 30_000;

/// Notes that a desk of these stores was heard.
pub async fn heard(connection: &mut PgConnection, stores: &[Uuid], now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into desk_heard (store_id, at) select store, $2 from unnest($1::uuid[]) as store
         where not exists (select from desk_heard where store_id = store and at >= $3)
         order by store
         on conflict (store_id) do update set at = excluded.at where desk_heard.at < excluded.at",
        stores,
        now.0,
        now.0 - GOOD_FOR_MILLIS
    )
    .execute(connection)
    .await
    .map(drop)
}
