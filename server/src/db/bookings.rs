//! Bookings: whole records beside the columns that are searched. What is personal is sealed.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use shared::booking::{Booking, State};
use shared::id::{AccountId, BookingId, StoreId};
use shared::limits::OwnVisit;
use shared::noun::{Kind, Noun};
use shared::time::{DAY, TimeRange, Timestamp};
use shared::versioned::Versioned;
use shared::view::Ahead;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::form::{JsonText, Row, split};
use super::visit_lines::{Row as Line, column};
use super::{stored_millis, stored_ranges};
use crate::job::Hold;
use crate::sealed::Sealer;

/// No visit begins longer than this before the time it touches.
const LONGEST_VISIT: i64 = 2 * DAY;

/// Bookings of a store by id, in no order.
pub async fn by_ids(connection: &mut PgConnection, sealer: &Sealer, store: StoreId, ids: &[Uuid]) -> sqlx::Result<Vec<Booking>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select $3::smallint as "kind!", id, record as "record: JsonText", sealed
           from bookings where store_id = $1 and id = any($2)"#,
        store.0,
        ids,
        Booking::KIND.number()
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// Bookings of an account by id, in all stores.
pub async fn of_account(connection: &mut PgConnection, sealer: &Sealer, account: AccountId, ids: &[Uuid]) -> sqlx::Result<Vec<Booking>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select $3::smallint as "kind!", id, record as "record: JsonText", sealed
           from bookings where account_id = $1 and id = any($2)"#,
        account.0,
        ids,
        Booking::KIND.number()
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// Bookings of a store in the order of their ids, from the one after `after`, at most `most`.
pub(crate) async fn page(
    connection: &mut PgConnection,
    sealer: &Sealer,
    store: StoreId,
    after: Uuid,
    most: i64,
) -> sqlx::Result<Vec<Booking>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select $4::smallint as "kind!", id, record as "record: JsonText", sealed
           from bookings where store_id = $1 and id > $2 order by id limit $3"#,
        store.0,
        after,
        most,
        Booking::KIND.number()
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// What counts of the bookings that accounts have in a store: those that stand and are not over for a day, and whatever was begun within
/// the hour.
pub(crate) async fn own_visits(
    connection: &mut PgConnection,
    store: StoreId,
    accounts: &[AccountId],
    now: Timestamp,
) -> sqlx::Result<BTreeMap<AccountId, Vec<OwnVisit>>> {
    let accounts: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    let rows = sqlx::query!(
        r#"select account_id as "account!", id, (record ->> 'starts_at')::bigint as "starts_at!",
                  (record ->> 'made_at')::bigint as "made_at!",
                  record -> 'state' as "state!: Json<State>"
             from bookings
            where account_id = any($1) and store_id = $2
              and (state not in ('expired', 'declined', 'cancelled', 'no_show') and ends_at > $3
                   or (record ->> 'made_at')::bigint > $4)"#,
        &accounts,
        store.0,
        now.0 - DAY,
        now.plus_minutes(-60).0
    )
    .fetch_all(connection)
    .await?;
    let mut visits: BTreeMap<AccountId, Vec<OwnVisit>> = BTreeMap::new();
    for row in rows {
        let visit = OwnVisit::new(BookingId(row.id), Timestamp(row.starts_at), Timestamp(row.made_at), &row.state.0);
        visits.entry(AccountId(row.account)).or_default().push(visit);
    }
    Ok(visits)
}

/// The live holds of an account in other stores.
pub(crate) async fn holds_elsewhere(
    connection: &mut PgConnection,
    account: AccountId,
    store: StoreId,
    now: Timestamp,
) -> sqlx::Result<Vec<(StoreId, BookingId)>> {
    let rows = sqlx::query!(
        "select store_id, id from bookings where account_id = $1 and store_id <> $2 and state = 'held' and held_until > $3",
        account.0,
        store.0,
        now.0
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (StoreId(row.store_id), BookingId(row.id))).collect())
}

/// Bookings of a store by id, and all that touch one of some ranges, by their promise or by the time they hold; one may come more
/// than once.
pub async fn touching(
    connection: &mut PgConnection,
    sealer: &Sealer,
    store: StoreId,
    ids: &[Uuid],
    ranges: &[TimeRange],
) -> sqlx::Result<Vec<Booking>> {
    let (starts, ends) = stored_ranges(ranges);
    let rows = sqlx::query_as!(
        Row,
        r#"select $6::smallint as "kind!", found.id as "id!", found.record as "record!: JsonText", found.sealed
           from unnest($2::bigint[], $3::bigint[]) as wanted(since, until)
           cross join lateral (
               select id, record, sealed from bookings
               where store_id = $1 and starts_at >= wanted.since - $4 and starts_at < wanted.until and ends_at > wanted.since) as found
           union all
           select $6::smallint, id, record, sealed from bookings where store_id = $1 and id = any($5)"#,
        store.0,
        &starts,
        &ends,
        LONGEST_VISIT,
        ids,
        Booking::KIND.number()
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// The promises of a store that are not over; with a resource, those that need it.
pub(crate) async fn ahead(connection: &mut PgConnection, sealer: &Sealer, wanted: Ahead, now: Timestamp) -> sqlx::Result<Vec<Booking>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select $4::smallint as "kind!", id, record as "record: JsonText", sealed from bookings
           where store_id = $1 and ends_at > $2 and state in ('requested', 'confirmed')
               and ($3::uuid is null or id in (
                   select holder from occupancy where store_id = $1 and resource_id = $3 and upper(during) > instant($2)))"#,
        wanted.store.0,
        stored_millis(now),
        wanted.resource.map(|resource| resource.0),
        Booking::KIND.number()
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// Those of some holds that still hold until the end they are known by.
pub(crate) async fn still_held(connection: &mut PgConnection, holds: &[Hold]) -> sqlx::Result<Vec<Hold>> {
    let stores: Vec<Uuid> = holds.iter().map(|hold| hold.store.0).collect();
    let bookings: Vec<Uuid> = holds.iter().map(|hold| hold.booking.0).collect();
    let until: Vec<i64> = holds.iter().map(|hold| hold.until.0).collect();
    let rows = sqlx::query!(
        r#"select store_id, id, held_until as "held_until!" from bookings
           where (store_id, id, held_until) in (select * from unnest($1::uuid[], $2::uuid[], $3::bigint[])) order by held_until, id"#,
        &stores,
        &bookings,
        &until
    );
    let rows = rows.fetch_all(connection).await?;
    let hold = |store, id, until| Hold { store: StoreId(store), booking: BookingId(id), until: Timestamp(until) };
    Ok(rows.into_iter().map(|row| hold(row.store_id, row.id, row.held_until)).collect())
}

/// Inserts or replaces bookings, without their occupancy, and lines that reports read, in one statement.
pub(crate) async fn save(connection: &mut PgConnection, sealer: &Sealer, bookings: &[&Booking], lines: &[Line]) -> sqlx::Result<()> {
    let uuids = |id: fn(&Booking) -> Uuid| bookings.iter().map(|booking| id(booking)).collect::<Vec<Uuid>>();
    let millis = |at: fn(&Booking) -> Timestamp| bookings.iter().map(|booking| stored_millis(at(booking))).collect::<Vec<i64>>();
    let states: Vec<String> = bookings.iter().map(|booking| booking.state.kind().name().to_owned()).collect();
    let held: Vec<Option<i64>> = bookings.iter().map(|booking| booking.held_until().map(stored_millis)).collect();
    let accounts: Vec<Option<Uuid>> = bookings.iter().map(|booking| booking.account.map(|account| account.0)).collect();
    let forms = vec![i16::from(Booking::VERSION); bookings.len()];
    let split = bookings.iter().map(|booking| split(sealer, booking.id.0, booking)).collect::<sqlx::Result<Vec<_>>>()?;
    let (records, sealed): (Vec<_>, Vec<_>) = split.into_iter().unzip();
    sqlx::query!(
        "with lines as (
             insert into visit_lines (store_id, booking_id, line, day, starts_at, minutes, staff_minutes, state, settled_at, is_late,
                 channel, service_id, staff_id, is_requested, member_id, account_id, price, made_at)
             select * from unnest($11::uuid[], $12::uuid[], $13::smallint[], $14::integer[], $15::bigint[], $16::integer[], $17::integer[],
                 $18::text[], $19::bigint[], $20::bool[], $21::text[], $22::uuid[], $23::uuid[], $24::bool[], $25::uuid[], $26::uuid[],
                 $27::bigint[], $28::bigint[])
             on conflict (store_id, booking_id, line) do update set day = excluded.day, starts_at = excluded.starts_at,
                 minutes = excluded.minutes, staff_minutes = excluded.staff_minutes, state = excluded.state,
                 settled_at = excluded.settled_at, is_late = excluded.is_late, channel = excluded.channel,
                 service_id = excluded.service_id, staff_id = excluded.staff_id, is_requested = excluded.is_requested,
                 member_id = excluded.member_id, account_id = excluded.account_id, price = excluded.price, made_at = excluded.made_at)
         insert into bookings
             (store_id, id, form, state, starts_at, ends_at, held_until, account_id, sealed, record)
         select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::uuid[],
             $9::bytea[], $10::json[])
         on conflict (store_id, id) do update set form = greatest(bookings.form, excluded.form), state = excluded.state,
             starts_at = excluded.starts_at, ends_at = excluded.ends_at, held_until = excluded.held_until, account_id = excluded.account_id,
             sealed = excluded.sealed, record = kept(bookings.form, excluded.form, bookings.record, excluded.record,
                 bookings.sealed)",
        &uuids(|booking| booking.store.0),
        &uuids(|booking| booking.id.0),
        &forms,
        &states,
        &millis(|booking| booking.reach().start),
        &millis(|booking| booking.reach().end),
        &held as &[Option<i64>],
        &accounts as &[Option<Uuid>],
        &sealed as &[Option<Vec<u8>>],
        &records as &[Json<Box<RawValue>>],
        &column(lines, |row| row.store_id),
        &column(lines, |row| row.booking_id),
        &column(lines, |row| row.line),
        &column(lines, |row| row.day),
        &column(lines, |row| row.starts_at),
        &column(lines, |row| row.minutes),
        &column(lines, |row| row.staff_minutes),
        &column(lines, |row| row.state.to_owned()),
        &column(lines, |row| row.settled_at) as &[Option<i64>],
        &column(lines, |row| row.is_late),
        &column(lines, |row| row.channel.to_owned()),
        &column(lines, |row| row.service_id),
        &column(lines, |row| row.staff_id) as &[Option<Uuid>],
        &column(lines, |row| row.is_requested),
        &column(lines, |row| row.member_id) as &[Option<Uuid>],
        &column(lines, |row| row.account_id) as &[Option<Uuid>],
        &column(lines, |row| row.price) as &[Option<i64>],
        &column(lines, |row| row.made_at)
    )
    .execute(connection)
    .await
    .map(drop)
}
