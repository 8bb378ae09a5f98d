//! A later export of the same salon: what is the same changes nothing, what differs is told and taken over only by choice.

use server::apply::{SystemCommand, as_system};
use server::import::run::import_salon;
use server::import::salon::Salon;
use server::said::FileKind;
use server::state::AppState;
use server::verify::verify;
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command, PutService};
use shared::id::{BookingId, CommandId};
use shared::money::Money;
use shared::role::Channel;
use shared::sync::Outcome;
use sqlx::PgPool;

use crate::support::*;

/// The small salon is imported; then its files say something else. What is told without the choice, and what is done with it.
async fn told_and_taken_over(pool: &PgPool, other: &Files) -> (Vec<String>, AppState) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    let before = beside_the_inbox(counted(pool).await);
    let told = import_salon(&state, &options(other)).await.expect("without the choice");
    assert_eq!(beside_the_inbox(counted(pool).await), before, "nothing is taken over: {told}");
    assert!(has_told(&told, "left as they are; --apply-changes takes them over"), "{told}");
    let taken = import_salon(&state, &applying(other)).await.expect("with the choice");
    assert_eq!(changed(&taken), changed(&told));
    assert!(has_told(&taken, &format!("{} taken over, 0 left", told.changed.len())), "{taken}");
    let after = counted(pool).await;
    let again = import_salon(&state, &applying(other)).await.expect("once more");
    assert!(again.changed.is_empty(), "{again}");
    assert_eq!(counted(pool).await, after);
    (changed(&told).into_iter().map(str::to_owned).collect(), state)
}

#[sqlx::test]
async fn the_same_rows_in_any_order_and_with_any_line_ends_change_nothing(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    let before = counted(&pool).await;
    let backwards = |text: String| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n") + "\n"
    };
    for line_end in ["\n", "\r", "\r\n"] {
        let ends = |text: String| backwards(text).replace('\n', line_end);
        let shuffled = FileKind::ALL.into_iter().fold(Files::small(), |files, kind| files.rewritten(kind, ends));
        let again = import_salon(&state, &applying(&shuffled)).await.expect("again");
        assert!(again.changed.is_empty(), "{again}");
        assert_eq!(counted(&pool).await, before, "{line_end:?}");
    }
}

#[sqlx::test]
async fn an_owner_sees_a_changed_price_and_promises_keep_theirs(pool: PgPool) {
    let dearer = Files::small().but(FileKind::Services, "STYLE,102,", "STYLE,110,").but(FileKind::Services, "Men's cut", "Gents' cut");
    let (told, _) = told_and_taken_over(&pool, &dearer).await;
    let expected = [
        "service-listing.csv, line 2, “Price” (SHCW): 102.00 → 110.00",
        "service-listing.csv, line 3, “Desc” (SHCM): Men's cut → Gents' cut",
    ];
    assert_eq!(told, expected);
    assert_eq!(
        number(&pool, "select (record ->> 'price')::bigint from records where kind = 2 and record ->> 'code' = 'SHCW'").await,
        11_000
    );
    let agreed = "select (record -> 'lines' -> 0 ->> 'price')::bigint from bookings where state = 'confirmed' order by starts_at limit 1";
    assert_eq!(number(&pool, agreed).await, 10_200);
}

#[sqlx::test]
async fn a_name_with_odd_spaces_is_no_change_of_a_managers(pool: PgPool) {
    let state = state(pool.clone());
    let odd = Files::small().but(FileKind::Services, "Men's cut", "Ｍen's \u{200b} cut");
    import_salon(&state, &options(&odd)).await.expect("the first run");
    let tidied = import_salon(&state, &applying(small_salon())).await.expect("written properly");
    assert!(tidied.changed.is_empty(), "{tidied}");
    let other = Files::small().but(FileKind::Services, "Men's cut", "Gents'  cut");
    let report = import_salon(&state, &applying(&other)).await.expect("another name");
    assert_eq!(changed(&report), ["service-listing.csv, line 3, “Desc” (SHCM): Men's cut → Gents' cut"]);
    assert!(has_told(&report, "1 taken over, 0 left"), "{report}");
}

#[sqlx::test]
async fn a_price_that_a_manager_has_changed_since_stays(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    let mut cut = state.catalogue().await.expect("it").services[&Salon::unnamed().service_id("SHCW")].clone();
    cut.price = Some(Money(12_000));
    let put = PutService::of(cut.clone(), cut.written.map_or(0, |written| written.version));
    give(&state, Command::PutService(put)).await;
    let before = counted(&pool).await;
    let same = import_salon(&state, &applying(small_salon())).await.expect("the same files");
    assert!(same.changed.is_empty(), "{same}");
    let dearer = Files::small().but(FileKind::Services, "STYLE,102,", "STYLE,110,");
    let report = import_salon(&state, &applying(&dearer)).await.expect("dearer files");
    let expected = "service-listing.csv, line 2, “Price” (SHCW): 102.00 → 110.00; here it has been changed to 120.00 since, and stays";
    assert_eq!(changed(&report), [expected]);
    assert!(has_told(&report, "0 taken over, 1 left"), "{report}");
    assert_eq!(counted(&pool).await, before);
}

#[sqlx::test]
async fn a_guest_whose_visit_was_moved_and_given_to_ben_is_expected_then_by_him(pool: PgPool) {
    let moved =
        Files::small().but(FileKind::Bookings, "?A01,ANNA,SHCW,05/03/2018,10:00:00 AM,600", "?A01,BEN,SHCW,05/03/2018,11:30:00 AM,690");
    let (told, state) = told_and_taken_over(&pool, &moved).await;
    let expected = [
        "future-bookings.csv, line 7, “Staff” (?A01 2018-05-03 SHCW): ANNA → BEN",
        "future-bookings.csv, line 7, “Time” (?A01 2018-05-03 SHCW): 10:00 → 11:30",
    ];
    assert_eq!(told, expected);
    // OHA*01 has ANNA to herself now, and still lies where she was put.
    let ben = Salon::unnamed().staff_id("BEN").0.to_string();
    let held = sqlx::query_scalar::<_, i64>("select count(*) from occupancy where resource_id = $1::uuid and lane = 0").bind(ben);
    assert_eq!(held.fetch_one(&state.pool).await.expect("a number"), 1);
}

#[sqlx::test]
async fn a_line_more_and_a_line_less_of_a_known_visit_are_told(pool: PgPool) {
    let more = Files::small().and(FileKind::Bookings, "?A01,BEN,CTU,05/03/2018,11:10:00 AM,670\n").but(
        FileKind::Bookings,
        "MEIA01,ANNA,CTU,05/01/2018,9:00:00 AM,540\n",
        "",
    );
    let (told, state) = told_and_taken_over(&pool, &more).await;
    let expected = [
        "future-bookings.csv, “row” (MEIA01 2018-05-01): CTU ANNA 9:00 → none",
        "future-bookings.csv, line 8, “row” (?A01 2018-05-03): none → CTU BEN 11:10",
    ];
    assert_eq!(told, expected);
    let whole = verify(&state).await.expect("looked");
    assert!(whole.differences.is_empty(), "{whole:#?}");
}

#[sqlx::test]
async fn a_corrected_receipt_corrects_what_the_visit_cost_and_is_told_once(pool: PgPool) {
    let corrected = Files::small().but(FileKind::Receipts, "Women's cut,MEIA01,BEN,1,82,4.1,", "Women's cut,MEIA01,BEN,1,90,4.5,");
    let (told, _) = told_and_taken_over(&pool, &corrected).await;
    let expected = [
        "receipt-transactions.csv, line 3, “Amount” (2018-05-01 1 SHCW): 82.00 → 90.00",
        "receipt-transactions.csv, line 3, “GST + PST” (2018-05-01 1 SHCW): 10.66 → 11.06",
    ];
    assert_eq!(told, expected);
    assert_eq!(number(&pool, "select amount_cents from imported_sales where article = 'SHCW'").await, 9_000);
    let paid = "select (record -> 'lines' -> 1 ->> 'price')::bigint from bookings where json_array_length(record -> 'lines') = 2";
    assert_eq!(number(&pool, paid).await, 9_000);
}

#[sqlx::test]
async fn what_the_desk_has_done_with_a_visit_since_stays(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    let salon = Salon::unnamed();
    let first: uuid::Uuid = sqlx::query_scalar("select id from bookings where state = 'confirmed' order by starts_at limit 1")
        .fetch_one(&pool)
        .await
        .expect("it");
    let (by, reason) = (CancelledBy::Store, String::new());
    give(&state, Command::Cancel(Cancel { store: salon.store_id(), booking: BookingId(first), by, reason: reason.into() })).await;
    let before = beside_the_inbox(counted(&pool).await);
    let moved =
        Files::small().but(FileKind::Bookings, "?A01,ANNA,SHCW,05/03/2018,10:00:00 AM,600", "?A01,ANNA,SHCW,05/03/2018,11:30:00 AM,690");
    let report = import_salon(&state, &applying(&moved)).await.expect("moved");
    let expected = "future-bookings.csv, line 7, “Time” (?A01 2018-05-03 SHCW): 10:00 → 11:30; \
        here it has been changed to SHCW ANNA 10:00 (cancelled) since, and stays";
    assert_eq!(changed(&report), [expected]);
    assert_eq!(beside_the_inbox(counted(&pool).await), before);
}

#[sqlx::test]
async fn what_an_older_version_imported_is_compared_with_what_is_here(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first run");
    for table in ["imported_facts", "imported_salons"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("delete from {table}"))).execute(&pool).await.expect("forgotten");
    }
    let moved = Files::small().but(FileKind::Services, "STYLE,102,", "STYLE,110,").but(
        FileKind::Bookings,
        "?A01,ANNA,SHCW,05/03/2018,10:00:00 AM,600",
        "?A01,ANNA,SHCW,05/03/2018,11:30:00 AM,690",
    );
    let report = import_salon(&state, &applying(&moved)).await.expect("moved");
    let expected = [
        "future-bookings.csv, line 7, “Time” (?A01 2018-05-03 SHCW): 10:00 → 11:30",
        "service-listing.csv, line 2, “Price” (SHCW): 102.00 → 110.00",
    ];
    assert_eq!(changed(&report), expected);
    assert!(has_told(&report, "2 taken over, 0 left"), "{report}");
    let again = import_salon(&state, &applying(&moved)).await.expect("again");
    assert!(again.changed.is_empty(), "{again}");
}

async fn give(state: &AppState, command: Command) {
    let given = SystemCommand { uuid: CommandId(state.clock.fresh_id()), command, given_at: None };
    assert_eq!(as_system(state, Channel::Desk, vec![given]).await.expect("given"), [Outcome::Applied]);
}
