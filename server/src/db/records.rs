//! The table of all kinds of records that have no index of their own.

use serde_json::value::RawValue;
use shared::id::StoreId;
use shared::noun::RecordKey;
use shared::record::{CATALOGUE, Record, SCHEDULE};
use shared::time::TimeRange;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::form::{JsonText, Row, split_record};
use super::{stored_millis, stored_ranges};
use crate::sealed::Sealer;

/// The names as columns.
fn columns(keys: &[RecordKey]) -> (Vec<i16>, Vec<Uuid>, Vec<i32>) {
    let kinds = keys.iter().map(|key| key.kind.number()).collect();
    (kinds, keys.iter().map(|key| key.id).collect(), keys.iter().map(|key| key.day).collect())
}

fn home(store: Option<StoreId>) -> Uuid {
    store.map_or(Uuid::nil(), |store| store.0)
}

/// Records of a store or the brand by name, in no order.
pub async fn by_keys(
    connection: &mut PgConnection,
    sealer: &Sealer,
    store: Option<StoreId>,
    keys: &[RecordKey],
) -> sqlx::Result<Vec<Record>> {
    let (kinds, ids, days) = columns(keys);
    let rows = sqlx::query_as!(
        Row,
        r#"select kind, id, record as "record: JsonText", sealed
           from records join unnest($1::smallint[], $2::uuid[], $3::integer[]) as wanted(kind, id, day) using (kind, id, day)
           where store_id = any($4)"#,
        &kinds,
        &ids,
        &days,
        &[home(store), Uuid::nil()]
    );
    Row::open_all(rows.fetch_all(connection).await?, sealer)
}

/// Records of somebody by name, in all stores, in no order.
pub async fn of_owner(connection: &mut PgConnection, sealer: &Sealer, owner: Uuid, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    let (kinds, ids, days) = columns(keys);
    let rows = sqlx::query_as!(
        Row,
        r#"select kind, id, record as "record: JsonText", sealed
           from records join unnest($1::smallint[], $2::uuid[], $3::integer[]) as wanted(kind, id, day) using (kind, id, day)
           where owner_id = $4"#,
        &kinds,
        &ids,
        &days,
        owner
    );
    Row::open_all(rows.fetch_all(connection).await?, sealer)
}

/// Everything that takes time in a store and is no visit.
pub(crate) async fn taking_time(connection: &mut PgConnection, sealer: &Sealer, store: StoreId) -> sqlx::Result<Vec<Record>> {
    let kinds: Vec<i16> = SCHEDULE.iter().map(|kind| kind.number()).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select kind, id, record as "record: JsonText", sealed from records where store_id = $1 and kind = any($2)"#,
        store.0,
        &kinds
    );
    Row::open_all(rows.fetch_all(connection).await?, sealer)
}

/// What takes time in a store: by name, and all that touches one of some ranges; one may come more than once.
pub async fn touching(
    connection: &mut PgConnection,
    sealer: &Sealer,
    store: StoreId,
    keys: &[RecordKey],
    ranges: &[TimeRange],
) -> sqlx::Result<Vec<Record>> {
    let (kinds, ids, days) = columns(keys);
    let taking_time: Vec<i16> = SCHEDULE.iter().map(|kind| kind.number()).collect();
    let (starts, ends) = stored_ranges(ranges);
    let rows = sqlx::query_as!(
        Row,
        r#"select found.kind as "kind!", found.id as "id!", found.record as "record!: JsonText", found.sealed
           from unnest($2::bigint[], $3::bigint[]) as wanted(since, until)
           cross join lateral (
               select kind, id, record, sealed from records
               where store_id = $1 and ends_at > wanted.since and starts_at < wanted.until and kind = any($4)) as found
           union all
           select kind, id, record, sealed
           from records join unnest($5::smallint[], $6::uuid[], $7::integer[]) as named(kind, id, day) using (kind, id, day)
           where store_id = $1"#,
        store.0,
        &starts,
        &ends,
        &taking_time,
        &kinds,
        &ids,
        &days
    );
    Row::open_all(rows.fetch_all(connection).await?, sealer)
}

/// The catalogue and its version in one statement, hence from one snapshot.
pub(crate) async fn catalogue(connection: &mut PgConnection, sealer: &Sealer) -> sqlx::Result<(i64, Vec<Record>)> {
    let kinds: Vec<i16> = CATALOGUE.iter().map(|kind| kind.number()).collect();
    let rows = sqlx::query!(
        r#"select brand.version, records.kind as "kind?", records.id as "id?", records.record as "record?: JsonText",
                  records.sealed
           from brand left join records on records.store_id = $1 and records.kind = any($2)"#,
        Uuid::nil(),
        &kinds
    );
    let rows = rows.fetch_all(connection).await?;
    let version = rows.first().map_or(0, |row| row.version);
    let records = rows.into_iter().filter_map(|row| Some(Row { kind: row.kind?, id: row.id?, record: row.record?, sealed: row.sealed }));
    Ok((version, Row::open_all(records.collect(), sealer)?))
}

/// Inserts or replaces records.
pub(crate) async fn save(connection: &mut PgConnection, sealer: &Sealer, records: &[&Record]) -> sqlx::Result<()> {
    let (kinds, ids, days) = columns(&records.iter().map(|record| record.key()).collect::<Vec<_>>());
    let stores: Vec<Uuid> = records.iter().map(|record| home(record.store())).collect();
    let forms: Vec<i16> = records.iter().map(|record| i16::from(record.version())).collect();
    let searched: Vec<_> = records.iter().map(|record| record.search()).collect();
    let owners: Vec<Option<Uuid>> = searched.iter().map(|search| search.owner).collect();
    let about: Vec<Option<Uuid>> = searched.iter().map(|search| search.about).collect();
    let starts: Vec<Option<i64>> = searched.iter().map(|search| search.during.map(|during| stored_millis(during.start))).collect();
    let ends: Vec<Option<i64>> = searched.iter().map(|search| search.during.map(|during| stored_millis(during.end))).collect();
    let settled: Vec<bool> = searched.iter().map(|search| search.settled).collect();
    let split = records.iter().map(|record| split_record(sealer, record)).collect::<sqlx::Result<Vec<_>>>()?;
    let (values, sealed): (Vec<_>, Vec<_>) = split.into_iter().unzip();
    sqlx::query!(
        "insert into records (kind, store_id, id, day, form, owner_id, about_id, starts_at, ends_at, settled, sealed, record)
         select * from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::integer[], $5::smallint[], $6::uuid[], $7::uuid[], $8::bigint[],
             $9::bigint[], $10::bool[], $11::bytea[], $12::json[])
         on conflict (store_id, kind, id, day) do update set form = greatest(records.form, excluded.form), owner_id = excluded.owner_id,
             about_id = excluded.about_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at, settled = excluded.settled,
             sealed = excluded.sealed, record = kept(records.form, excluded.form, records.record, excluded.record,
                 records.sealed)",
        &kinds,
        &stores,
        &ids,
        &days,
        &forms,
        &owners as &[Option<Uuid>],
        &about as &[Option<Uuid>],
        &starts as &[Option<i64>],
        &ends as &[Option<i64>],
        &settled,
        &sealed as &[Option<Vec<u8>>],
        &values as &[Json<Box<RawValue>>]
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Removes records of a store.
pub(crate) async fn remove(connection: &mut PgConnection, store: StoreId, keys: &[RecordKey]) -> sqlx::Result<()> {
    let (kinds, ids, days) = columns(keys);
    sqlx::query!(
        "delete from records using unnest($1::smallint[], $2::uuid[], $3::integer[]) as gone(kind, id, day)
         where records.store_id = $4 and records.kind = gone.kind and records.id = gone.id and records.day = gone.day",
        &kinds,
        &ids,
        &days,
        store.0
    )
    .execute(connection)
    .await
    .map(drop)
}
