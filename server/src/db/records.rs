//! The table of all kinds of records that have no index of their own.

use serde_json::value::RawValue;
use shared::id::StoreId;
use shared::record::{CATALOGUE, Record, RecordKey, RecordKind, SCHEDULE};
use shared::time::TimeRange;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::{fault, stored_millis, stored_ranges};

/// Reads a record; `None` for a kind that this program does not know.
fn open(kind: i16, record: &RawValue) -> sqlx::Result<Option<Record>> {
    Record::read(RecordKind::of_number(kind), &mut serde_json::Deserializer::from_str(record.get())).map_err(fault)
}

struct Row {
    kind: i16,
    record: Json<Box<RawValue>>,
}

fn open_all(rows: Vec<Row>) -> sqlx::Result<Vec<Record>> {
    rows.into_iter().filter_map(|row| open(row.kind, &row.record.0).transpose()).collect()
}

/// The names as columns.
fn columns(keys: &[RecordKey]) -> (Vec<i16>, Vec<Uuid>, Vec<i32>) {
    let kinds = keys.iter().map(|key| key.kind.number()).collect();
    (kinds, keys.iter().map(|key| key.id).collect(), keys.iter().map(|key| key.day).collect())
}

fn home(store: Option<StoreId>) -> Uuid {
    store.map_or(Uuid::nil(), |store| store.0)
}

/// Records of a store or the brand by name, in no order.
pub async fn by_keys(connection: &mut PgConnection, store: Option<StoreId>, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    let (kinds, ids, days) = columns(keys);
    let rows = sqlx::query_as!(
        Row,
        r#"select kind, record as "record: Json<Box<RawValue>>"
           from records join unnest($1::smallint[], $2::uuid[], $3::integer[]) as wanted(kind, id, day) using (kind, id, day)
           where store_id = any($4)"#,
        &kinds,
        &ids,
        &days,
        &[home(store), Uuid::nil()]
    );
    open_all(rows.fetch_all(connection).await?)
}

/// Records of somebody by name, in all stores, in no order.
pub async fn of_owner(connection: &mut PgConnection, owner: Uuid, keys: &[RecordKey]) -> sqlx::Result<Vec<Record>> {
    let (kinds, ids, days) = columns(keys);
    let rows = sqlx::query_as!(
        Row,
        r#"select kind, record as "record: Json<Box<RawValue>>"
           from records join unnest($1::smallint[], $2::uuid[], $3::integer[]) as wanted(kind, id, day) using (kind, id, day)
           where owner_id = $4"#,
        &kinds,
        &ids,
        &days,
        owner
    );
    open_all(rows.fetch_all(connection).await?)
}

/// What takes time in a store: by name, and all that touches one of some ranges; one may come more than once.
pub async fn touching(
    connection: &mut PgConnection,
    store: StoreId,
    keys: &[RecordKey],
    ranges: &[TimeRange],
) -> sqlx::Result<Vec<Record>> {
    let (kinds, ids, days) = columns(keys);
    let taking_time: Vec<i16> = SCHEDULE.iter().map(|kind| kind.number()).collect();
    let (starts, ends) = stored_ranges(ranges);
    let rows = sqlx::query_as!(
        Row,
        r#"select found.kind as "kind!", found.record as "record!: Json<Box<RawValue>>"
           from unnest($2::bigint[], $3::bigint[]) as wanted(since, until)
           cross join lateral (
               select kind, record from records
               where store_id = $1 and ends_at > wanted.since and starts_at < wanted.until and kind = any($4)) as found
           union all
           select kind, record
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
    open_all(rows.fetch_all(connection).await?)
}

/// The catalogue and its version in one statement, hence from one snapshot.
pub(crate) async fn catalogue(connection: &mut PgConnection) -> sqlx::Result<(i64, Vec<Record>)> {
    let kinds: Vec<i16> = CATALOGUE.iter().map(|kind| kind.number()).collect();
    let rows = sqlx::query!(
        r#"select brand.version, records.kind as "kind?", records.record as "record?: Json<Box<RawValue>>"
           from brand left join records on records.store_id = $1 and records.kind = any($2)"#,
        Uuid::nil(),
        &kinds
    );
    let rows = rows.fetch_all(connection).await?;
    let version = rows.first().map_or(0, |row| row.version);
    let record = |kind: Option<i16>, record: Option<Json<Box<RawValue>>>| open(kind?, &record?.0).transpose();
    let records = rows.into_iter().filter_map(|row| record(row.kind, row.record)).collect::<sqlx::Result<_>>()?;
    Ok((version, records))
}

/// Inserts or replaces records.
pub(crate) async fn save(connection: &mut PgConnection, records: &[&Record]) -> sqlx::Result<()> {
    let (kinds, ids, days) = columns(&records.iter().map(|record| record.key()).collect::<Vec<_>>());
    let stores: Vec<Uuid> = records.iter().map(|record| home(record.store())).collect();
    let forms: Vec<i16> = records.iter().map(|record| i16::from(record.version())).collect();
    let searched: Vec<_> = records.iter().map(|record| record.search()).collect();
    let owners: Vec<Option<Uuid>> = searched.iter().map(|search| search.owner).collect();
    let about: Vec<Option<Uuid>> = searched.iter().map(|search| search.about).collect();
    let starts: Vec<Option<i64>> = searched.iter().map(|search| search.during.map(|during| stored_millis(during.start))).collect();
    let ends: Vec<Option<i64>> = searched.iter().map(|search| search.during.map(|during| stored_millis(during.end))).collect();
    let settled: Vec<bool> = searched.iter().map(|search| search.settled).collect();
    let values: Vec<serde_json::Value> =
        records.iter().map(|record| record.write(serde_json::value::Serializer)).collect::<Result<_, _>>().map_err(fault)?;
    sqlx::query!(
        "insert into records (kind, store_id, id, day, form, owner_id, about_id, starts_at, ends_at, settled, record)
         select * from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::integer[], $5::smallint[], $6::uuid[], $7::uuid[], $8::bigint[],
             $9::bigint[], $10::bool[], $11::jsonb[])
         on conflict (store_id, kind, id, day) do update set form = excluded.form, owner_id = excluded.owner_id,
             about_id = excluded.about_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at, settled = excluded.settled,
             record = excluded.record",
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
        &values
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
