//! A salon is imported into a database: once, twice, with a bad file, and the real one where its files are at hand.

#[path = "import/again.rs"]
mod again;
#[path = "import/lanes.rs"]
mod lanes;
#[path = "import/later.rs"]
mod later;
#[path = "import/salons.rs"]
mod salons;
#[path = "import/support.rs"]
mod support;
#[path = "import/told.rs"]
mod told;

use jiff::civil::date;
use server::import::run::{ImportOptions, import_salon};
use server::said::FileKind;
use shared::name::Language;
use sqlx::PgPool;

use support::*;

#[sqlx::test]
async fn a_second_run_changes_nothing(pool: PgPool) {
    let state = state(pool.clone());
    let first = import_salon(&state, &options(small_salon())).await.expect("the first run");
    assert!(first.balances(), "{first}");
    let after_first = counted(&pool).await;
    assert_eq!(rows(&after_first, "bookings"), 6);
    assert_eq!(rows(&after_first, "members"), 5);
    assert_eq!(rows(&after_first, "imported_sales"), 5);
    assert_eq!(rows(&after_first, "attention"), 1);
    let second = import_salon(&state, &options(small_salon())).await.expect("the second run");
    assert_eq!(counted(&pool).await, after_first);
    assert!(has_told(&second, " 0 new"), "{second}");
}

#[sqlx::test]
async fn overlapping_promises_all_enter_in_lanes_with_a_reason(pool: PgPool) {
    import_salon(&state(pool.clone()), &options(small_salon())).await.expect("the import");
    let lanes: Vec<i16> = sqlx::query_scalar("select lane from occupancy order by lane").fetch_all(&pool).await.expect("lanes");
    assert_eq!(lanes, [0, 1]);
    let reasons = number(&pool, "select count(*) from bookings where record::text like '%\"imported\"%' and state = 'confirmed'").await;
    assert_eq!(reasons, 2);
}

/// So many cuts of a new client on one day, each at its own time.
fn cuts_on_one_day(number: u32) -> String {
    (0..number).map(|index| format!("NEWA01,ANNA,SHCM,05/04/2018,9:{index:02}:00 AM,{}\n", 540 + index)).collect()
}

#[sqlx::test]
async fn what_was_refused_goes_in_once_the_file_is_corrected(pool: PgPool) {
    let state = state(pool.clone());
    let folder = Files::small().and(FileKind::Bookings, &cuts_on_one_day(13));
    let first = import_salon(&state, &options(&folder)).await.expect("the first run");
    assert!(has_told(&first, " 1 refused"), "more lines than a visit may have: {first}");
    assert!(has_told(&first, "future-bookings.csv, line 9 (NEWA01 2018-05-04): too many services in one visit"), "{first}");
    let after_first = counted(&pool).await;
    import_salon(&state, &options(&folder)).await.expect("the same file again");
    assert_eq!(counted(&pool).await, after_first);

    let corrected = Files::small().and(FileKind::Bookings, &cuts_on_one_day(2));
    let second = import_salon(&state, &options(&corrected)).await.expect("the corrected file");
    assert!(has_told(&second, " 0 refused"), "{second}");
    assert_eq!(rows(&counted(&pool).await, "bookings"), rows(&after_first, "bookings") + 1);
    let after_second = counted(&pool).await;
    let third = import_salon(&state, &options(&corrected)).await.expect("the corrected file again");
    assert!(has_told(&third, ": 0 new"), "{third}");
    assert_eq!(counted(&pool).await, after_second);
}

#[sqlx::test]
async fn a_bad_file_leaves_no_trace(pool: PgPool) {
    let wrong = "9,02/30/2018,Women's cut,MEIA01,BEN,1,82,4.1,6.56\n";
    let folder = Files::small().and(FileKind::Receipts, wrong);
    let before = counted(&pool).await;
    let error = import_salon(&state(pool.clone()), &options(&folder)).await.expect_err("refused");
    assert_eq!(
        [error.in_language(Language::Chinese), error.in_language(Language::English)],
        [
            "receipt-transactions.csv 第 7 行：“Date”不是日期（月/日/年）：“02/30/2018”；请写成 05/31/2026 的样子",
            "receipt-transactions.csv, line 7: “Date” is not a date (month/day/year): “02/30/2018”; write it like 05/31/2026"
        ]
    );
    assert_eq!(counted(&pool).await, before);
}

#[sqlx::test]
async fn shifted_dates_lie_in_the_running_week(pool: PgPool) {
    let options = ImportOptions { shift_to_today: true, ..options(small_salon()) };
    import_salon(&state(pool.clone()), &options).await.expect("the import");
    // The day after the last receipt, Thursday 2018-05-03, becomes the Thursday before Monday 2018-07-30.
    let first_promise = number(&pool, "select min(starts_at) from bookings where state = 'confirmed'").await;
    let ten_on_thursday = date(2018, 7, 26).at(10, 0, 0, 0).in_tz("America/Vancouver").expect("a time");
    assert_eq!(first_promise, ten_on_thursday.timestamp().as_millisecond());
}

#[sqlx::test]
async fn the_real_salon_is_imported_and_a_second_run_changes_nothing(pool: PgPool) {
    let Some(folder) = real_salon() else { return };
    let (folder, state) = (&folder, state(pool.clone()));
    let first = import_salon(&state, &options(folder)).await.expect("the first run");
    println!("{first}");
    assert!(first.balances());
    assert!(has_told(&first, "2735 commands: 2735 new, 0 known from before, 0 refused"), "{first}");
    let after_first = counted(&pool).await;
    let expected = [("stores", 1), ("services", 33), ("staff", 6), ("shifts", 23), ("members", 821), ("bookings", 1_850)];
    for (table, number) in expected {
        assert_eq!(rows(&after_first, table), number, "{table}");
    }
    assert_eq!(rows(&after_first, "imported_sales"), 1_933);
    assert_eq!(rows(&after_first, "attention"), 1);
    assert_eq!(number(&pool, "select count(*) from bookings where state = 'no_show'").await, 59);
    assert_eq!(number(&pool, "select count(*) from bookings where state = 'cancelled'").await, 212);
    assert_eq!(number(&pool, "select count(*) from occupancy where lane > 0").await, 2);
    let second = import_salon(&state, &options(folder)).await.expect("the second run");
    assert!(second.changed.is_empty(), "{second}");
    assert_eq!(counted(&pool).await, after_first);
}
