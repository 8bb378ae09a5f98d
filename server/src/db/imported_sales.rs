//! The sales history of imported salons: added to, and corrected by a later export.

use std::collections::BTreeMap;

use shared::id::{BookingId, StoreId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::said::{ImportedSale, SaleFacts};

/// The lines of a store by id.
///
/// # Errors
/// Of the database.
pub async fn of_store(connection: &mut PgConnection, store: StoreId) -> sqlx::Result<BTreeMap<Uuid, SaleFacts>> {
    let rows = sqlx::query!(
        "select id, quantity, amount_cents, tax_ten_thousandths, kind, article, as_booked, booking_id \
         from imported_sales where store_id = $1",
        store.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let facts = rows.map(|row| {
        (
            row.id,
            SaleFacts {
                quantity: row.quantity,
                amount_cents: row.amount_cents,
                tax_ten_thousandths: row.tax_ten_thousandths,
                kind: row.kind,
                article: row.article,
                as_booked: row.as_booked,
                booking: row.booking_id.map(BookingId),
            },
        )
    });
    Ok(facts.collect())
}

/// Takes lines out that others will take the place of.
///
/// # Errors
/// Of the database.
pub async fn remove(connection: &mut PgConnection, sales: &[ImportedSale]) -> sqlx::Result<()> {
    let (stores, ids): (Vec<Uuid>, Vec<Uuid>) = sales.iter().map(|sale| (sale.store.0, sale.id)).unzip();
    sqlx::query!("delete from imported_sales where (store_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))", &stores, &ids)
        .execute(connection)
        .await
        .map(drop)
}

/// Adds lines that are not there yet; how many were new.
///
/// # Errors
/// Of the database.
pub async fn add(connection: &mut PgConnection, sales: &[ImportedSale]) -> sqlx::Result<u64> {
    let texts = |text: fn(&ImportedSale) -> &str| sales.iter().map(|sale| text(sale).to_owned()).collect::<Vec<String>>();
    let numbers = |number: fn(&ImportedSale) -> i64| sales.iter().map(number).collect::<Vec<i64>>();
    let stores: Vec<Uuid> = sales.iter().map(|sale| sale.store.0).collect();
    let ids: Vec<Uuid> = sales.iter().map(|sale| sale.id).collect();
    let days: Vec<i32> = sales.iter().map(|sale| sale.date.0).collect();
    let members: Vec<Option<Uuid>> = sales.iter().map(|sale| sale.member.map(|member| member.0)).collect();
    let bookings: Vec<Option<Uuid>> = sales.iter().map(|sale| sale.booking.map(|booking| booking.0)).collect();
    let as_booked: Vec<bool> = sales.iter().map(|sale| sale.as_booked).collect();
    let done = sqlx::query!(
        "insert into imported_sales
             (store_id, id, local_day, receipt, member_id, booking_id, kind, article, staff, as_booked, quantity, amount_cents,
              tax_ten_thousandths)
         select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[],
             $10::bool[], $11::bigint[], $12::bigint[], $13::bigint[])
         on conflict do nothing",
        &stores,
        &ids,
        &days,
        &texts(|sale| &sale.receipt),
        &members as &[Option<Uuid>],
        &bookings as &[Option<Uuid>],
        &texts(|sale| sale.kind),
        &texts(|sale| &sale.article),
        &texts(|sale| &sale.staff),
        &as_booked,
        &numbers(|sale| sale.quantity),
        &numbers(|sale| sale.amount_cents),
        &numbers(|sale| sale.tax_ten_thousandths)
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}
