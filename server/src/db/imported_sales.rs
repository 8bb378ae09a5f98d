//! The sales history of imported salons: only ever added to.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::import::sales::ImportedSale;

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
