//! Those who wait for a time: who they are, and which days they wait for.

use std::collections::BTreeMap;

use shared::id::{AccountId, StoreId};
use shared::time::{TimeRange, Timestamp};
use shared::view::WaitingFor;
use shared::waitlist_entry::WaitlistEntry;
use sqlx::PgConnection;
use uuid::Uuid;

use super::form::{JsonText, Row};
use super::{stored_millis, stored_ranges};
use crate::sealed::Sealer;

/// Time that may be free now: starts of visits within it, in one store or in all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Freed {
    pub store: Option<StoreId>,
    pub starts: TimeRange,
}

/// Everybody who still waits for some starts in a store.
pub(crate) async fn waiting(connection: &mut PgConnection, sealer: &Sealer, wanted: WaitingFor) -> sqlx::Result<Vec<WaitlistEntry>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select kind, id, record as "record: JsonText", sealed from records
           where store_id = $1 and kind = 14 and not settled and ends_at > $2 and starts_at < $3"#,
        wanted.store.0,
        stored_millis(wanted.starts.start),
        stored_millis(wanted.starts.end)
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// For each of some times, by its place in the list: the stores in which somebody waits for it, and the start of what they wait for.
pub(crate) async fn concerned(connection: &mut PgConnection, freed: &[Freed]) -> sqlx::Result<Vec<(usize, StoreId, Timestamp)>> {
    let stores: Vec<Option<Uuid>> = freed.iter().map(|freed| freed.store.map(|store| store.0)).collect();
    let (since, until) = stored_ranges(&freed.iter().map(|freed| freed.starts).collect::<Vec<_>>());
    let rows = sqlx::query!(
        r#"select distinct freed.place as "place!", records.store_id, records.starts_at as "starts_at!"
           from unnest($1::uuid[], $2::bigint[], $3::bigint[]) with ordinality as freed(store_id, since, until, place)
           join records on kind = 14 and not settled and ends_at > since and starts_at < until
               and records.store_id = coalesce(freed.store_id, records.store_id)
           order by 1, 2, 3"#,
        &stores as &[Option<Uuid>],
        &since,
        &until
    );
    let place = |place: i64| usize::try_from(place - 1).unwrap_or(0);
    Ok(rows
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| (place(row.place), StoreId(row.store_id), Timestamp(row.starts_at)))
        .collect())
}

/// The starts that accounts still wait for in a store.
pub(crate) async fn of_accounts(
    connection: &mut PgConnection,
    store: StoreId,
    accounts: &[AccountId],
) -> sqlx::Result<BTreeMap<AccountId, Vec<TimeRange>>> {
    let accounts: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    let rows = sqlx::query!(
        r#"select owner_id as "owner_id!", starts_at as "starts_at!", ends_at as "ends_at!" from records
           where store_id = $1 and kind = 14 and not settled and owner_id = any($2)"#,
        store.0,
        &accounts
    );
    let mut waiting: BTreeMap<AccountId, Vec<TimeRange>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        let starts = TimeRange { start: Timestamp(row.starts_at), end: Timestamp(row.ends_at) };
        waiting.entry(AccountId(row.owner_id)).or_default().push(starts);
    }
    Ok(waiting)
}
