//! What an owner reads: the whole report in their language, and a dry run that only tells.

use server::import::report::Report;
use server::import::run::{import_salon, preview, read_files};
use server::said::FileKind;
use shared::name::Language;
use sqlx::PgPool;

use crate::support::*;

/// Every line is another one in the other language, and none is left in English.
fn must_be_complete(report: &Report) {
    let (chinese, english) = (report.in_language(Language::Chinese), report.in_language(Language::English));
    assert_eq!(chinese.lines().count(), english.lines().count());
    for (chinese, english) in chinese.lines().zip(english.lines()).filter(|(line, _)| !line.is_empty()) {
        assert!(chinese.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{chinese}");
        assert!(!english.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{english}");
    }
}

/// Files of which every part of the report has something to say.
fn eventful() -> Files {
    let cuts: String = (0..13).map(|index| format!("NEWA01,ANNA,SHCM,05/04/2018,9:{index:02}:00 AM,{}\n", 540 + index)).collect();
    Files::small()
        .but(FileKind::Services, "STYLE,102,", "STYLE,110,")
        .but(FileKind::Bookings, "?A01,ANNA,SHCW,05/03/2018,10:00:00 AM,600", "?A01,HOUSE,SHCW,05/03/2018,11:30:00 AM,690")
        .but(FileKind::Bookings, "OHA*01,ANNA,SHCM,05/03/2018,10:30:00 AM,630\n", "")
        .and(FileKind::Bookings, &(cuts + "LINB01,ANNA,PERM,05/02/2018,1:00:00 PM,780\nLINB01,ANNA,SHCM,05/01/2018,1:00:00 PM,780\n"))
        .and(FileKind::NoShows, "05/01/2018,MEIA01,SHCW,BEN\n05/02/2018,NOBODY,SHCW,BEN\n")
        .and(FileKind::Receipts, "9,05/02/2018,Women's cut,MEIA01,BEN,1,82,4.1,6.56\n")
}

#[sqlx::test]
async fn an_owner_reads_every_line_of_the_report_in_chinese_or_english(pool: PgPool) {
    let state = state(pool.clone());
    must_be_complete(&import_salon(&state, &options(small_salon())).await.expect("the first run"));
    let files = eventful();
    let told = import_salon(&state, &options(&files)).await.expect("what changed");
    must_be_complete(&told);
    let text = told.in_language(Language::Chinese);
    for line in [
        "future-bookings.csv：21 行 = ",
        "  service-listing.csv 第 2 行“Price”（SHCW）：102.00 → 110.00\n",
        "“Staff”（?A01 2018-05-03 SHCW）：ANNA → 未定\n",
        "  3 处与上次导入不同：保持不变；加 --apply-changes 即可采用\n",
        "（NEWA01 2018-05-04）：一次到店的项目太多\n",
        "future-bookings.csv 里不再有",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    must_be_complete(&import_salon(&state, &applying(&files)).await.expect("taken over"));
}

#[sqlx::test]
async fn a_dry_run_tells_what_changed_and_changes_nothing(pool: PgPool) {
    let state = state(pool.clone());
    let nothing = counted(&pool).await;
    let look = options(small_salon());
    let first = preview(Some(&state), read_files(&look).expect("good files"), &look, MONDAY_MORNING).await.expect("a first look");
    assert!(has_told(&first, "future-bookings.csv: 7 rows = 6 imported + 1 merged + 0 not yet + 0 attention + 0 rejected"), "{first}");
    assert!(has_told(&first, "Derived, please confirm"), "{first}");
    assert_eq!(counted(&pool).await, nothing);
    import_salon(&state, &options(small_salon())).await.expect("the import");
    let before = counted(&pool).await;
    let files = eventful();
    for look in [options(&files), applying(&files)] {
        let report = preview(Some(&state), read_files(&look).expect("good files"), &look, MONDAY_MORNING).await.expect("a look");
        must_be_complete(&report);
        assert!(has_told(&report, if look.apply_changes { "3 taken over, 0 left" } else { "left as they are" }), "{report}");
        assert!(changed(&report).contains(&"service-listing.csv, line 2, “Price” (SHCW): 102.00 → 110.00"), "{report}");
        assert_eq!(counted(&pool).await, before);
    }
}

#[tokio::test]
async fn a_dry_run_before_there_is_a_database_tells_what_the_files_say() {
    let look = options(small_salon());
    let report = preview(None, read_files(&look).expect("good files"), &look, MONDAY_MORNING).await.expect("a look");
    must_be_complete(&report);
    assert!(report.changed.is_empty() && has_told(&report, "commands and 5 lines of sales history understood"), "{report}");
}
