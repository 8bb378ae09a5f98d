//! A store that has been open for years: the same questions with ten thousand and with a million visits in the table.

use std::time::Duration;

use anyhow::{Context, Result};

use super::load::BigSalon;
use super::{percentile, print, sql};

/// Visits of the past are so far back at least: nothing that is asked reaches them.
const DAYS_AGO: u64 = 40;

/// Copies of one visit, for everybody in every quarter of an hour of the past. The record in a copy is that of the pattern: nobody reads
/// it.
const PAST: &str = "with pattern as materialized (
        select to_jsonb(b) as row, b.store_id from bookings b where state = 'confirmed' limit 1),
      people as (select id, row_number() over (order by id) - 1 as place, count(*) over () as all from records where kind = 3),
      copies as materialized (
        select gen_random_uuid() as id, people.id as staff, (FIRST - 900000 * (number / people.all))::bigint as starts
        from generate_series(BEGIN, END - 1) number join people on people.place = number % people.all),
      visits as (
        insert into bookings select made.* from copies, pattern, jsonb_populate_record(null::bookings, pattern.row || jsonb_build_object(
          'id', copies.id, 'state', 'completed', 'starts_at', copies.starts, 'ends_at', copies.starts + 900000)) made
        returning store_id, id)
      insert into occupancy (store_id, resource_id, lane, during, holder, holder_kind, line, part)
        select pattern.store_id, copies.staff, 0, tstzrange(instant(copies.starts), instant(copies.starts + 900000)), copies.id, 5, 0, 0
        from copies, pattern where (select count(*) from visits) > 0";

/// What a table of some size costs.
struct Costs {
    openings_ms: f64,
    bookings_per_s: f64,
}

/// Prints both sizes, and how much more the larger one costs.
pub async fn of_the_table() -> Result<()> {
    let salon = BigSalon::open().await?;
    // The pattern.
    salon.client().sends(&salon.next_booking()).await?;
    fill(&salon, 0, 10_000)?;
    let small = costs(&salon, "10k").await?;
    fill(&salon, 10_000, 1_000_000)?;
    let large = costs(&salon, "1m").await?;
    print("openings_growth_10k_to_1m_ratio", large.openings_ms / small.openings_ms, "ratio");
    print("booking_growth_10k_to_1m_ratio", small.bookings_per_s / large.bookings_per_s, "ratio");
    salon.close().await
}

fn fill(salon: &BigSalon, from: u64, until: u64) -> Result<()> {
    let first = salon.midnight().plus_minutes(-i64::try_from(DAYS_AGO * 1440).context("a few weeks")?).0;
    // In portions, so that a million copies need not lie in memory at once.
    for begin in (from..until).step_by(100_000) {
        let end = (begin + 100_000).min(until);
        let statement = PAST.replace("FIRST", &first.to_string()).replace("BEGIN", &begin.to_string()).replace("END", &end.to_string());
        sql::ask(&salon.database, &statement)?;
    }
    // As the database does by itself after a while.
    sql::ask(&salon.database, "vacuum (analyze) bookings")?;
    sql::ask(&salon.database, "vacuum (analyze) occupancy")?;
    Ok(())
}

async fn costs(salon: &BigSalon, size: &str) -> Result<Costs> {
    salon.ask_openings(20).await?;
    let times = salon.ask_openings(200).await?;
    let openings_ms = percentile(times.clone(), 50);
    print(&format!("openings_http_ms_p50_{size}"), openings_ms, "ms");
    print(&format!("openings_http_ms_p99_{size}"), percentile(times, 99), "ms");
    let booked = salon.book_for(Duration::from_secs(5), 8).await?;
    print(&format!("booking_http_per_s_c8_{size}"), booked.per_second, "per_s");
    Ok(Costs { openings_ms, bookings_per_s: booked.per_second })
}
