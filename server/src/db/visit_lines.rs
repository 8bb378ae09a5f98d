//! The projection that reports read: one row for every service of a visit.

use shared::booking::Booking;
use shared::id::StoreId;
use shared::store::Store;
use shared::view::Catalogue;
use shared::visit_line::{VisitLine, lines_of};
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored_millis;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub store_id: Uuid,
    pub booking_id: Uuid,
    pub line: i16,
    day: i32,
    starts_at: i64,
    minutes: i32,
    staff_minutes: i32,
    state: String,
    settled_at: Option<i64>,
    is_late: bool,
    channel: String,
    service_id: Uuid,
    staff_id: Option<Uuid>,
    is_requested: bool,
    member_id: Option<Uuid>,
    account_id: Option<Uuid>,
    price: Option<i64>,
    made_at: i64,
}

impl From<VisitLine> for Row {
    fn from(line: VisitLine) -> Self {
        let minutes = |minutes: u32| i32::try_from(minutes).unwrap_or(i32::MAX);
        Row {
            store_id: line.store.0,
            booking_id: line.booking.0,
            line: i16::from(line.line),
            day: line.day.0,
            starts_at: stored_millis(line.starts_at),
            minutes: minutes(line.minutes),
            staff_minutes: minutes(line.staff_minutes),
            state: line.state.name().to_owned(),
            settled_at: line.settled_at.map(stored_millis),
            is_late: line.is_late,
            channel: line.channel.name().to_owned(),
            service_id: line.service.0,
            staff_id: line.staff.map(|staff| staff.0),
            is_requested: line.is_requested,
            member_id: line.member.map(|member| member.0),
            account_id: line.account.map(|account| account.0),
            price: line.price.map(|price| price.0),
            made_at: stored_millis(line.made_at),
        }
    }
}

/// The rows of a visit.
pub(crate) fn rows_of<'a>(booking: &'a Booking, store: &'a Store) -> impl Iterator<Item = Row> + 'a {
    lines_of(booking, &store.zone).map(Row::from)
}

/// Writes the lines of visits. Those that have fewer than they are said to have had lose the rest.
pub(crate) async fn save<'a>(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    visits: impl Iterator<Item = (&'a Booking, usize)>,
) -> sqlx::Result<()> {
    let (mut rows, mut shortened) = (Vec::new(), Vec::new());
    for (booking, had) in visits {
        let Some(store) = catalogue.stores.get(&booking.store) else { continue };
        let before = rows.len();
        rows.extend(rows_of(booking, store));
        if rows.len() - before < had {
            shortened.push((booking, rows.len() - before));
        }
    }
    shorten(connection, &shortened).await?;
    put(connection, &rows).await
}

async fn put(connection: &mut PgConnection, rows: &[Row]) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    fn column<T>(rows: &[Row], of: impl Fn(&Row) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query!(
        "insert into visit_lines (store_id, booking_id, line, day, starts_at, minutes, staff_minutes, state, settled_at, is_late, channel,
             service_id, staff_id, is_requested, member_id, account_id, price, made_at)
         select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::integer[], $5::bigint[], $6::integer[], $7::integer[], $8::text[],
             $9::bigint[], $10::bool[], $11::text[], $12::uuid[], $13::uuid[], $14::bool[], $15::uuid[], $16::uuid[], $17::bigint[],
             $18::bigint[])
         on conflict (store_id, booking_id, line) do update set day = excluded.day, starts_at = excluded.starts_at,
             minutes = excluded.minutes, staff_minutes = excluded.staff_minutes, state = excluded.state, settled_at = excluded.settled_at,
             is_late = excluded.is_late, channel = excluded.channel, service_id = excluded.service_id, staff_id = excluded.staff_id,
             is_requested = excluded.is_requested, member_id = excluded.member_id, account_id = excluded.account_id,
             price = excluded.price, made_at = excluded.made_at",
        &column(rows, |row| row.store_id),
        &column(rows, |row| row.booking_id),
        &column(rows, |row| row.line),
        &column(rows, |row| row.day),
        &column(rows, |row| row.starts_at),
        &column(rows, |row| row.minutes),
        &column(rows, |row| row.staff_minutes),
        &column(rows, |row| row.state.clone()),
        &column(rows, |row| row.settled_at) as &[Option<i64>],
        &column(rows, |row| row.is_late),
        &column(rows, |row| row.channel.clone()),
        &column(rows, |row| row.service_id),
        &column(rows, |row| row.staff_id) as &[Option<Uuid>],
        &column(rows, |row| row.is_requested),
        &column(rows, |row| row.member_id) as &[Option<Uuid>],
        &column(rows, |row| row.account_id) as &[Option<Uuid>],
        &column(rows, |row| row.price) as &[Option<i64>],
        &column(rows, |row| row.made_at)
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Removes the rows of visits beyond the lines they have.
async fn shorten(connection: &mut PgConnection, visits: &[(&Booking, usize)]) -> sqlx::Result<()> {
    if visits.is_empty() {
        return Ok(());
    }
    let stores: Vec<Uuid> = visits.iter().map(|(booking, _)| booking.store.0).collect();
    let bookings: Vec<Uuid> = visits.iter().map(|(booking, _)| booking.id.0).collect();
    let left: Vec<i16> = visits.iter().map(|(_, left)| i16::try_from(*left).unwrap_or(i16::MAX)).collect();
    sqlx::query!(
        "delete from visit_lines using unnest($1::uuid[], $2::uuid[], $3::smallint[]) as visits(store_id, booking_id, has)
         where visit_lines.store_id = visits.store_id and visit_lines.booking_id = visits.booking_id and line >= has",
        &stores,
        &bookings,
        &left
    )
    .execute(connection)
    .await
    .map(drop)
}

/// The rows of a store's visits in the order of their ids, from the one after `after` to `last`.
pub(crate) async fn between(connection: &mut PgConnection, store: StoreId, after: Uuid, last: Uuid) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select store_id, booking_id, line, day, starts_at, minutes, staff_minutes, state, settled_at, is_late, channel, service_id,
                staff_id, is_requested, member_id, account_id, price, made_at
           from visit_lines where store_id = $1 and booking_id > $2 and booking_id <= $3 order by booking_id, line",
        store.0,
        after,
        last
    )
    .fetch_all(connection)
    .await
}
