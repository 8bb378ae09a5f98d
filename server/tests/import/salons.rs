//! Several salons in one brand: each has a store of its own, and their rows never meet.

use server::import::ImportError;
use server::import::run::{ImportOptions, import_salon};
use shared::money::Currency;
use sqlx::PgPool;

use crate::support::*;

/// The small salon with other clients and other staff.
fn other_people() -> Files {
    Files::small().with_all(&[("A01", "Z09"), ("B01", "Y09"), ("C01", "X09"), ("*01", "*09"), ("ANNA", "ZOE"), ("BEN", "YAN")])
}

#[sqlx::test]
async fn two_salons_of_a_brand_get_a_store_each_and_the_same_rows_never_meet(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &of_salon("West", small_salon())).await.expect("one salon");
    let west = counted(&pool).await;
    let report = import_salon(&state, &of_salon("East", small_salon())).await.expect("the other salon");
    assert!(has_told(&report, "0 known from before"), "{report}");
    let both = counted(&pool).await;
    for table in ["stores", "services", "staff", "shifts", "members", "bookings", "imported_sales", "imported_salons", "imported_facts"] {
        assert_eq!(rows(&both, table), 2 * rows(&west, table), "{table}");
    }
    let names = "select count(*) from records where kind = 1 and record -> 'name' ->> 'zh' in ('West', 'East')";
    assert_eq!(number(&pool, names).await, 2);
    assert_eq!(number(&pool, "select count(*) from members where json_array_length(record -> 'stores') <> 1").await, 0);
    for name in ["West", " east", "EAST"] {
        let again = import_salon(&state, &of_salon(name, small_salon())).await.expect("again");
        assert!(again.changed.is_empty() && has_told(&again, ": 0 new"), "{again}");
    }
    assert_eq!(counted(&pool).await, both);
}

#[sqlx::test]
async fn a_salon_in_shanghai_has_its_own_clock_and_money_and_keeps_them(pool: PgPool) {
    let state = state(pool.clone());
    let place = |zone: &str, currency: Currency| ImportOptions {
        zone: Some(zone.to_owned()),
        currency: Some(currency),
        ..of_salon("外滩", small_salon())
    };
    import_salon(&state, &place("Asia/Shanghai", Currency::CNY)).await.expect("the salon");
    import_salon(&state, &of_salon("West", small_salon())).await.expect("a salon of which nobody says where it is");
    let shanghai = "select count(*) from records where kind = 1 and record -> 'name' ->> 'zh' = '外滩' and record ->> 'currency' = 'CNY' \
                    and record -> 'zone' ->> 'name' = 'Asia/Shanghai'";
    let elsewhere = "select count(*) from records where kind = 1 and record -> 'name' ->> 'zh' = 'West' and record ->> 'currency' = 'CAD'";
    assert_eq!((number(&pool, shanghai).await, number(&pool, elsewhere).await), (1, 1));
    let hours_apart = "select ((max(b.starts_at) filter (where s.record ->> 'currency' = 'CAD')) \
                       - (max(b.starts_at) filter (where s.record ->> 'currency' = 'CNY'))) / 3600000 \
                       from bookings b join records s on s.kind = 1 and s.id = b.store_id";
    let apart = number(&pool, hours_apart).await;
    assert!([15, 16].contains(&apart), "ten in the morning in Shanghai is {apart} hours earlier");
    let before = counted(&pool).await;
    // Later imports need not say it, and cannot say otherwise.
    let again = import_salon(&state, &of_salon("外滩", small_salon())).await.expect("again");
    assert!(again.changed.is_empty() && has_told(&again, ": 0 new"), "{again}");
    for other in [place("America/Vancouver", Currency::CNY), place("Asia/Shanghai", Currency::CAD)] {
        let error = import_salon(&state, &other).await.expect_err("it was imported elsewhere");
        assert!(matches!(&error, ImportError::OtherPlace { known } if known == "Asia/Shanghai · CNY"), "{error}");
    }
    let nowhere = ImportOptions { zone: Some("Asia/Beijing2".into()), ..of_salon("East", small_salon()) };
    assert!(matches!(import_salon(&state, &nowhere).await, Err(ImportError::NoZone(_))));
    assert_eq!(counted(&pool).await, before);
}

#[sqlx::test]
async fn an_owner_of_named_salons_says_which_one_it_is(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &of_salon("West", small_salon())).await.expect("the salon");
    let before = counted(&pool).await;
    let error = import_salon(&state, &options(small_salon())).await.expect_err("which one?");
    assert!(matches!(&error, ImportError::WhichSalon { names } if names == &["West"]), "{error}");
    assert_eq!(counted(&pool).await, before);
}

#[sqlx::test]
async fn a_second_salons_people_do_not_move_into_the_first_ones_store(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the first salon");
    let (before, other) = (counted(&pool).await, other_people());
    let error = import_salon(&state, &options(&other)).await.expect_err("another salon");
    assert!(matches!(error, ImportError::AnotherSalon), "{error}");
    assert_eq!(counted(&pool).await, before);
    import_salon(&state, &of_salon("East", &other)).await.expect("with its name");
    assert_eq!(rows(&counted(&pool).await, "stores"), 2);
    let error = import_salon(&state, &of_salon("East", small_salon())).await.expect_err("the first salon's files");
    assert!(matches!(error, ImportError::AnotherSalon), "{error}");
}

#[sqlx::test]
async fn a_salon_that_was_imported_without_a_name_does_not_get_a_second_store_with_one(pool: PgPool) {
    let state = state(pool.clone());
    import_salon(&state, &options(small_salon())).await.expect("the salon");
    let before = counted(&pool).await;
    let error = import_salon(&state, &of_salon("West", small_salon())).await.expect_err("the same rows");
    assert!(matches!(error, ImportError::KnownWithoutName), "{error}");
    assert_eq!(counted(&pool).await, before);
}
