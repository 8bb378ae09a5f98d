//! The export of a week later: promises were kept, missed, cancelled or forgotten, and the real salon goes on.

use server::import::run::import_salon;
use server::said::FileKind;
use server::verify::verify;
use shared::name::Language;
use sqlx::PgPool;

use crate::support::*;

#[sqlx::test]
async fn who_came_and_who_did_not_is_taken_over_from_the_export_of_a_week_later(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    let later = Files::small()
        .and(FileKind::Receipts, "5,05/03/2018,Women's cut,?A01,ANNA,1,95,4.75,7.6\n")
        .and(FileKind::NoShows, "05/03/2018,OHA*01,SHCM,ANNA\n");
    let report = import_salon(&state, &applying(&later)).await.expect("a week later");
    let expected = [
        "no-show-report.csv, line 3, “status” (OHA*01 2018-05-03): promised → missed",
        "receipt-transactions.csv, line 7, “status” (?A01 2018-05-03): promised → completed",
        "receipt-transactions.csv, line 7, “Amount” (?A01 2018-05-03 SHCW): 102.00 → 95.00",
    ];
    assert_eq!(changed(&report), expected);
    assert_eq!(number(&pool, "select count(*) from bookings where state = 'confirmed'").await, 0);
    assert_eq!(number(&pool, "select count(*) from occupancy").await, 0, "nobody is expected any more");
    let paid = "select count(*) from bookings where state = 'completed' and (record -> 'lines' -> 0 ->> 'price')::bigint = 9500";
    assert_eq!(number(&pool, paid).await, 1);
}

#[sqlx::test]
async fn a_promise_that_was_cancelled_in_the_old_system_is_cancelled_here_and_no_second_visit(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    let visits = rows(&counted(&pool).await, "bookings");
    let cancelled = Files::small()
        .but(FileKind::Bookings, "?A01,ANNA,SHCW,05/03/2018,10:00:00 AM,600\n", "")
        .and(FileKind::Cancellations, "05/02/2018,?A01,SHCW,ANNA,05/03/2018,BEN,1\n");
    let expected = ["client-cancellations.csv, line 5, “status” (?A01 2018-05-03): promised → cancelled"];
    let left = import_salon(&state, &options(&cancelled)).await.expect("told");
    assert_eq!(changed(&left), expected);
    let taken = import_salon(&state, &applying(&cancelled)).await.expect("taken over");
    assert_eq!(changed(&taken), expected);
    let again = import_salon(&state, &applying(&cancelled)).await.expect("again");
    assert!(again.changed.is_empty(), "{again}");
    assert_eq!(rows(&counted(&pool).await, "bookings"), visits, "no second visit");
    assert_eq!(number(&pool, "select count(*) from bookings where state = 'confirmed'").await, 1);
    assert_eq!(number(&pool, "select count(*) from bookings where state = 'cancelled'").await, 2);
}

#[sqlx::test]
async fn a_promise_that_no_file_names_any_more_is_told_and_stays(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    let before = counted(&pool).await;
    let gone = Files::small().but(FileKind::Bookings, "OHA*01,ANNA,SHCM,05/03/2018,10:30:00 AM,630\n", "");
    let report = import_salon(&state, &applying(&gone)).await.expect("without her");
    let told = "2018-05-03 SHCM ANNA 10:30 (promised): no longer in future-bookings.csv; cancel or move it at the desk if that is right";
    assert!(report.attention.iter().any(|line| line.get(Language::English) == told), "{report}");
    assert_eq!(rows(&counted(&pool).await, "bookings"), rows(&before, "bookings"));
    assert_eq!(number(&pool, "select count(*) from bookings where state = 'confirmed'").await, 2);
}

#[sqlx::test]
async fn the_real_salons_next_export_is_told_fact_by_fact_whatever_the_order_of_its_rows(pool: PgPool) {
    let Some(folder) = real_salon() else { return };
    let state = state(pool.clone());
    import_salon(&state, &options(&folder)).await.expect("the first run");
    let before = counted(&pool).await;
    let shuffled = |text: String| {
        let mut lines: Vec<&str> = text.lines().collect();
        let header = lines.remove(0);
        lines.sort_by_key(|line| line.len() * 7919 % 101);
        std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\r\n") + "\r\n"
    };
    let same = FileKind::ALL.into_iter().fold(Files::copied_from(&folder), |files, kind| files.rewritten(kind, shuffled));
    let again = import_salon(&state, &applying(&same)).await.expect("shuffled");
    assert!(again.changed.is_empty(), "{again}");
    assert_eq!(counted(&pool).await, before);

    let next = Files::copied_from(&folder).but(FileKind::Services, "SHCW,Women's hair cut,STYLE,", "SHCW,Women's hair cut,CUTS,").but(
        FileKind::Receipts,
        "10,03/15/2018,Women's hair cut,KERT01,JJ,1,82,4.1,6.56",
        "10,03/15/2018,Women's hair cut,KERT01,JJ,1,92,4.6,7.36",
    );
    let next = import_salon(&state, &applying(&next)).await.expect("the next export");
    println!("{}", next.in_language(Language::Chinese));
    let expected = [
        "receipt-transactions.csv, line 2, “Amount” (2018-03-15 10 SHCW): 82.00 → 92.00",
        "receipt-transactions.csv, line 2, “GST + PST” (2018-03-15 10 SHCW): 10.66 → 11.96",
        "service-listing.csv, line 30, “Cate” (SHCW): Cut and style → CUTS",
    ];
    assert_eq!(changed(&next), expected);
    assert!(has_told(&next, "3 taken over, 0 left"), "{next}");
    let whole = verify(&state).await.expect("looked");
    assert!(whole.differences.is_empty() && whole.lines > 2_000, "{whole:#?}");
}
