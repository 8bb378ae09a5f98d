//! A salon is imported into a database: once, twice, with a bad file, and the real one where its files are at hand.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use server::clock::Clock;
use server::import::identity::FileKind;
use server::import::run::{ImportOptions, import_salon, plan_import};
use server::sealed::Sealer;
use server::state::AppState;
use shared::time::Timestamp;
use sqlx::PgPool;

/// 2018-07-30T16:00Z, nine in the morning in the salon.
const MONDAY_MORNING: Timestamp = Timestamp(1_532_966_400_000);

/// Everything an import writes, counted; and one number over the contents, so that a change of any row shows.
type Counted = Vec<(String, i64, i64)>;

fn state(pool: PgPool) -> AppState {
    AppState::new(pool, Clock::manual(MONDAY_MORNING), Sealer::from_key(&[7; 32]))
}

fn options(folder: &Path) -> ImportOptions {
    ImportOptions { folder: folder.to_owned(), today: None, shift_to_today: false }
}

/// The small invented salon that the unit tests use, too.
fn small_salon() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/import/small")
}

fn real_salon() -> Option<PathBuf> {
    let folder = std::env::var_os("HUIYUE_SALON_DIR").map(PathBuf::from);
    if folder.is_none() {
        // Written past the test harness, which would swallow the line of a test that passes.
        let _ = writeln!(std::io::stdout(), "not available: HUIYUE_SALON_DIR is not set, the real salon was not imported");
    }
    folder
}

async fn counted(pool: &PgPool) -> Counted {
    let tables =
        ["stores", "services", "staff", "shifts", "members", "bookings", "occupancy", "attention", "imported_sales", "commands", "feed"];
    let mut counted = Vec::new();
    for table in tables {
        let sql = format!("select count(*), coalesce(sum(hashtext(t::text)::bigint), 0)::bigint from {table} t");
        let (rows, contents): (i64, i64) =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.expect("the table can be counted");
        counted.push((table.to_owned(), rows, contents));
    }
    counted
}

fn rows(counted: &Counted, table: &str) -> i64 {
    counted.iter().find(|(name, _, _)| name == table).map_or(-1, |(_, rows, _)| *rows)
}

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.expect("a number")
}

#[sqlx::test]
async fn a_second_run_changes_nothing(pool: PgPool) {
    let state = state(pool.clone());
    let first = import_salon(&state, &options(&small_salon())).await.expect("the first run");
    assert!(first.balances(), "{first}");
    let after_first = counted(&pool).await;
    assert_eq!(rows(&after_first, "bookings"), 6);
    assert_eq!(rows(&after_first, "members"), 5);
    assert_eq!(rows(&after_first, "imported_sales"), 5);
    assert_eq!(rows(&after_first, "attention"), 1);
    let second = import_salon(&state, &options(&small_salon())).await.expect("the second run");
    assert_eq!(counted(&pool).await, after_first);
    assert!(second.outcome.iter().any(|line| line.contains(" 0 new")), "{second}");
}

#[sqlx::test]
async fn overlapping_promises_all_enter_in_lanes_with_a_reason(pool: PgPool) {
    import_salon(&state(pool.clone()), &options(&small_salon())).await.expect("the import");
    let lanes: Vec<i16> = sqlx::query_scalar("select lane from occupancy order by lane").fetch_all(&pool).await.expect("lanes");
    assert_eq!(lanes, [0, 1]);
    let reasons = number(&pool, "select count(*) from bookings where record::text like '%\"imported\"%' and state = 'confirmed'").await;
    assert_eq!(reasons, 2);
}

/// The small salon in a folder of its own, with more lines at the end of one file.
fn small_salon_with(name: &str, kind: FileKind, more: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("huiyue-{name}-salon-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for kind in FileKind::ALL {
        std::fs::copy(small_salon().join(kind.file_name()), folder.join(kind.file_name())).expect("a copy");
    }
    let file = folder.join(kind.file_name());
    let text = std::fs::read_to_string(&file).expect("the file") + more;
    std::fs::write(&file, text).expect("the longer file");
    folder
}

/// So many cuts of a new client on one day, each at its own time.
fn cuts_on_one_day(number: u32) -> String {
    (0..number).map(|index| format!("NEWA01,ANNA,SHCM,05/04/2018,9:{index:02}:00 AM,{}\n", 540 + index)).collect()
}

#[sqlx::test]
async fn what_was_refused_goes_in_once_the_file_is_corrected(pool: PgPool) {
    let state = state(pool.clone());
    let folder = small_salon_with("refused", FileKind::Bookings, &cuts_on_one_day(13));
    let first = import_salon(&state, &options(&folder)).await.expect("the first run");
    let told = |report: &server::import::report::Report, text: &str| report.outcome.iter().any(|line| line.contains(text));
    assert!(told(&first, " 1 refused"), "more lines than a visit may have: {first}");
    let after_first = counted(&pool).await;
    import_salon(&state, &options(&folder)).await.expect("the same file again");
    assert_eq!(counted(&pool).await, after_first);

    let corrected = small_salon_with("refused", FileKind::Bookings, &cuts_on_one_day(2));
    let second = import_salon(&state, &options(&corrected)).await.expect("the corrected file");
    assert!(told(&second, " 0 refused"), "{second}");
    assert_eq!(rows(&counted(&pool).await, "bookings"), rows(&after_first, "bookings") + 1);
    let after_second = counted(&pool).await;
    let third = import_salon(&state, &options(&corrected)).await.expect("the corrected file again");
    std::fs::remove_dir_all(&folder).expect("tidy");
    assert!(told(&third, ": 0 new"), "{third}");
    assert_eq!(counted(&pool).await, after_second);
}

#[sqlx::test]
async fn a_bad_file_leaves_no_trace(pool: PgPool) {
    let wrong = "9,02/30/2018,Women's cut,MEIA01,BEN,1,82,4.1,6.56\n";
    let folder = small_salon_with("bad", FileKind::Receipts, wrong);
    let before = counted(&pool).await;
    let error = import_salon(&state(pool.clone()), &options(&folder)).await.expect_err("refused");
    std::fs::remove_dir_all(&folder).expect("tidy");
    assert_eq!(
        error.to_string(),
        "receipt-transactions.csv 第 7 行：“Date”不是日期（月/日/年）：“02/30/2018”；请写成 05/31/2026 的样子 · \
         receipt-transactions.csv, line 7: “Date” is not a date (month/day/year): “02/30/2018”; write it like 05/31/2026"
    );
    assert_eq!(counted(&pool).await, before);
}

#[sqlx::test]
async fn a_dry_run_only_tells(pool: PgPool) {
    let before = counted(&pool).await;
    let plan = plan_import(&options(&small_salon()), MONDAY_MORNING).expect("good files");
    let text = plan.report.to_string();
    assert!(text.contains("future-bookings.csv: 7 rows = 6 imported + 1 merged + 0 not yet + 0 attention + 0 rejected"), "{text}");
    assert!(text.contains("Derived, please confirm"), "{text}");
    assert_eq!(counted(&pool).await, before);
}

#[sqlx::test]
async fn shifted_dates_lie_in_the_running_week(pool: PgPool) {
    let options = ImportOptions { shift_to_today: true, ..options(&small_salon()) };
    import_salon(&state(pool.clone()), &options).await.expect("the import");
    // The day after the last receipt, Thursday 2018-05-03, becomes the Thursday before Monday 2018-07-30.
    let first_promise = number(&pool, "select min(starts_at) from bookings where state = 'confirmed'").await;
    let ten_on_thursday = date(2018, 7, 26).at(10, 0, 0, 0).in_tz("America/Vancouver").expect("a time");
    assert_eq!(first_promise, ten_on_thursday.timestamp().as_millisecond());
}

#[sqlx::test]
async fn the_real_salon_is_imported_and_a_second_run_changes_nothing(pool: PgPool) {
    let Some(folder) = real_salon() else { return };
    let state = state(pool.clone());
    let first = import_salon(&state, &options(&folder)).await.expect("the first run");
    println!("{first}");
    assert!(first.balances());
    assert!(first.outcome.iter().any(|line| line == "2735 commands: 2735 new, 0 known from before, 0 refused"), "{first}");
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
    import_salon(&state, &options(&folder)).await.expect("the second run");
    assert_eq!(counted(&pool).await, after_first);
}

/// The small salon in a folder of its own, with words replaced in every file.
fn small_salon_as(name: &str, replaced: &[(&str, &str)]) -> PathBuf {
    let folder = small_salon_with(name, FileKind::Bookings, "");
    for file in FileKind::ALL.map(|kind| folder.join(kind.file_name())) {
        let text = std::fs::read_to_string(&file).expect("the file");
        let text = replaced.iter().fold(text, |text, (from, to)| text.replace(from, to));
        std::fs::write(&file, text).expect("the other file");
    }
    folder
}

#[sqlx::test]
async fn a_second_salons_people_do_not_move_into_the_first_ones_store(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(&small_salon())).await.expect("the first salon");
    let before = counted(&pool).await;
    let other = small_salon_as("other", &[("A01", "Z09"), ("B01", "Y09"), ("C01", "X09"), ("*01", "*09"), ("ANNA", "ZOE"), ("BEN", "YAN")]);
    let error = import_salon(&state, &options(&other)).await.expect_err("another salon");
    std::fs::remove_dir_all(&other).expect("tidy");
    assert!(matches!(error, server::import::ImportError::AnotherSalon), "{error}");
    assert_eq!(counted(&pool).await, before);
}

#[sqlx::test]
async fn the_owner_is_told_of_a_changed_price_and_it_stays_until_they_change_it(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(&small_salon())).await.expect("the first run");
    let before = counted(&pool).await;
    let dearer = small_salon_as("dearer", &[("STYLE,102,", "STYLE,110,")]);
    let report = import_salon(&state, &options(&dearer)).await.expect("the second run");
    std::fs::remove_dir_all(&dearer).expect("tidy");
    assert!(report.attention.iter().any(|line| line.starts_with("SHCW: 102.00 here, 110.00 in")), "{report}");
    assert_eq!(counted(&pool).await, before);
}
