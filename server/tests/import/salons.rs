//! Several salons in one brand: each has a store of its own, and their rows never meet.

use server::import::ImportError;
use server::import::run::import_salon;
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
    let names = "select count(*) from stores where record -> 'name' ->> 'zh' in ('West', 'East')";
    assert_eq!(number(&pool, names).await, 2);
    assert_eq!(number(&pool, "select count(*) from members where jsonb_array_length(record -> 'stores') <> 1").await, 0);
    for name in ["West", " east", "EAST"] {
        let again = import_salon(&state, &of_salon(name, small_salon())).await.expect("again");
        assert!(again.changed.is_empty() && has_told(&again, ": 0 new"), "{again}");
    }
    assert_eq!(counted(&pool).await, both);
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
