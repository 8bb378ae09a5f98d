//! The projection that reports read: one row for every service of a visit.

use shared::booking::Booking;
use shared::id::StoreId;
use shared::record::Catalogue;
use shared::store::Store;
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
    pub(super) day: i32,
    pub(super) starts_at: i64,
    pub(super) minutes: i32,
    pub(super) staff_minutes: i32,
    pub(super) state: String,
    pub(super) settled_at: Option<i64>,
    pub(super) is_late: bool,
    pub(super) channel: String,
    pub(super) service_id: Uuid,
    pub(super) staff_id: Option<Uuid>,
    pub(super) is_requested: bool,
    pub(super) member_id: Option<Uuid>,
    pub(super) account_id: Option<Uuid>,
    pub(super) price: Option<i64>,
    pub(super) made_at: i64,
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

/// The rows of visits. Those that have fewer lines than they are said to have had lose the rest.
pub(crate) async fn rows_to_write<'a>(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    visits: impl Iterator<Item = (&'a Booking, usize)>,
) -> sqlx::Result<Vec<Row>> {
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
    Ok(rows)
}

/// A column of rows.
pub(super) fn column<T>(rows: &[Row], of: impl Fn(&Row) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
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
