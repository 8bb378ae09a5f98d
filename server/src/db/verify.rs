//! What is asked to see whether everything that follows from records is as it should be.

use shared::id::{ResourceId, StoreId};
use shared::noun::{RecordKey, RecordKind};
use shared::occupancy::Occupancy;
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored_millis;

/// Time held, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Held {
    pub holder: Uuid,
    kind: i16,
    resource: Uuid,
    lane: i16,
    line: i16,
    part: i16,
    starts_at: i64,
    ends_at: i64,
    held_until: Option<i64>,
}

impl Held {
    /// As it should be stored.
    pub(crate) fn new(holder: RecordKey, time: &Occupancy, held_until: Option<Timestamp>) -> Self {
        let (starts_at, ends_at) = (stored_millis(time.range.start), stored_millis(time.range.end.max(time.range.start)));
        let (lane, line, part) = (i16::from(time.lane), i16::from(time.line), i16::from(time.part));
        let (ResourceId(resource), held_until) = (time.resource, held_until.map(stored_millis));
        Held { holder: holder.id, kind: holder.kind.number(), resource, lane, line, part, starts_at, ends_at, held_until }
    }
}

/// The stores of which there is anything.
pub(crate) async fn stores(connection: &mut PgConnection) -> sqlx::Result<Vec<StoreId>> {
    let ids = sqlx::query_scalar!(
        r#"select distinct store_id as "id!" from (select store_id from bookings union select store_id from occupancy
           union select store_id from visit_lines union select store_id from records where starts_at is not null) as all_of_them
           order by 1"#
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(StoreId).collect())
}

/// The time held in a store by holders in the order of their ids, from the one after `after` to `last`.
pub(crate) async fn held(connection: &mut PgConnection, store: StoreId, after: Uuid, last: Uuid) -> sqlx::Result<Vec<Held>> {
    sqlx::query_as!(
        Held,
        r#"select holder, holder_kind as kind, resource_id as resource, lane, line, part, millis(lower(during)) as "starts_at!",
                  millis(upper(during)) as "ends_at!", held_until
             from occupancy where store_id = $1 and holder > $2 and holder <= $3 and not isempty(during)"#,
        store.0,
        after,
        last
    )
    .fetch_all(connection)
    .await
}

/// Feeds that have gone further than their head says.
pub(crate) async fn feeds_ahead(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    let scopes = sqlx::query_scalar!(
        r#"select feed.scope from feed left join heads using (scope) group by feed.scope, heads.head
           having max(feed.seq) > coalesce(heads.head, 0)"#
    );
    scopes.fetch_all(connection).await
}

/// Visits of a store that its desks are not told of.
pub(crate) async fn untold(connection: &mut PgConnection, store: StoreId, scope: &str, kind: RecordKind) -> sqlx::Result<Vec<Uuid>> {
    let ids = sqlx::query_scalar!(
        "select id from bookings where store_id = $1
            and not exists (select from feed where feed.scope = $2 and feed.kind = $3 and feed.id = bookings.id)",
        store.0,
        scope,
        kind.number()
    );
    ids.fetch_all(connection).await
}
