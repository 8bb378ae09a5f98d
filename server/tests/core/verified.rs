//! What is kept beside records follows from them, and whatever says otherwise is found.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use server::verify::{Difference, mend, verify};
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command, Hold, Move, PutStore};
use shared::id::BookingId;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::LocalDate;
use shared::visit_request::RequestedLine;
use sqlx::Row;

use crate::world::*;

/// Day, state, staff minutes and price of every line, in order.
async fn lines(world: &World) -> Vec<(i32, String, i32, Option<i64>)> {
    let rows = sqlx::query("select day, state, staff_minutes, price from visit_lines order by starts_at, line");
    let rows = rows.fetch_all(&world.state.pool).await.expect("lines");
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect()
}

async fn sql(world: &World, statement: &'static str) -> u64 {
    sqlx::query(statement).execute(&world.state.pool).await.expect(statement).rows_affected()
}

#[tokio::test]
async fn a_report_reads_a_line_for_each_service_of_a_visit_and_none_for_a_hold() {
    let world = World::salon().await;
    let (mei, visit) = (world.member("13800138000").await, new_booking());
    let Command::Book(mut two) = book(visit, Some(mei.account()), StaffPreference::Requested(JJ), at(1, 14, 0)) else {
        unreachable!("it is one")
    };
    let another: RequestedLine = two.lines[0].clone();
    two.lines.push(another);
    let hold = Command::Hold(Hold { store: STORE, booking: visit, lines: two.lines.clone() });
    assert_eq!(world.direct(&mei, &hold).await, Outcome::Applied);
    assert!(lines(&world).await.is_empty(), "she is still filling in the form");
    assert_eq!(world.direct(&mei, &Command::Book(two)).await, Outcome::Applied);
    let booked = lines(&world).await;
    let day = shared::time::LocalDate::parse("2026-11-22").expect("a day").0;
    assert_eq!(booked.iter().map(|line| (line.0, line.1.as_str())).collect::<Vec<_>>(), [(day, "confirmed"); 2]);
    assert!(booked.iter().all(|line| line.2 > 0 && line.3.is_some()), "{booked:?}");
    let cancel = Command::Cancel(Cancel { store: STORE, booking: visit, by: CancelledBy::Member, reason: "感冒了".into() });
    assert_eq!(world.direct(&mei, &cancel).await, Outcome::Applied);
    assert_eq!(lines(&world).await.iter().map(|line| line.1.as_str()).collect::<Vec<_>>(), ["cancelled"; 2]);
    world.holds_together().await;
}

#[tokio::test]
async fn whatever_was_changed_behind_our_back_is_found_and_reports_are_mended() {
    let world = World::salon().await;
    let mei = world.member("13800138000").await;
    for hour in [10, 14] {
        let staff_preference = book(new_booking(), Some(mei.account()), StaffPreference::Requested(JJ), at(1, hour, 0));
        assert_eq!(world.direct(&mei, &staff_preference).await, Outcome::Applied);
    }
    let whole = verify(&world.state).await.expect("looked");
    assert_eq!((whole.visits, whole.lines, whole.differences.len()), (2, 2, 0));
    assert_eq!(sql(&world, "update visit_lines set price = 1 where starts_at = (select min(starts_at) from visit_lines)").await, 1);
    assert_eq!(sql(&world, "delete from visit_lines where price <> 1").await, 1);
    assert_eq!(sql(&world, "update occupancy set lane = 3 where lower(during) = (select max(lower(during)) from occupancy)").await, 1);
    assert_eq!(
        sql(&world, "delete from feed where kind = 5 and scope like '%desk%' and seq = (select min(seq) from feed where kind = 5)").await,
        1
    );
    let report = verify(&world.state).await.expect("looked");
    let of = |kind: fn(&Difference) -> bool| report.differences.iter().filter(|difference| kind(difference)).count();
    assert_eq!(of(|difference| matches!(difference, Difference::Lines(..))), 2, "{report:?}");
    assert_eq!(of(|difference| matches!(difference, Difference::Times(..))), 1, "{report:?}");
    assert_eq!(of(|difference| matches!(difference, Difference::Untold(..))), 1, "{report:?}");
    mend(&world.state, &report).await.expect("mended");
    let left = verify(&world.state).await.expect("looked").differences;
    assert!(!left.iter().any(|difference| matches!(difference, Difference::Lines(..))), "{left:?}");
    assert_eq!(left.len(), 2, "the schedule is nothing to be guessed");
}

#[tokio::test]
async fn when_a_store_goes_by_another_zone_its_visits_lie_on_the_days_of_that_zone() {
    let world = World::salon().await;
    let mei = world.member("13800138000").await;
    assert_eq!(world.direct(&mei, &book(new_booking(), Some(mei.account()), StaffPreference::Any, at(1, 10, 0))).await, Outcome::Applied);
    let before = lines(&world).await[0].0;
    let catalogue = world.state.catalogue().await.expect("the catalogue");
    let mut moved = catalogue.stores[&STORE].clone();
    moved.zone = server::zones::zone_around("America/Vancouver", world.state.clock.now()).expect("a zone");
    let seen = moved.written.as_ref().map_or(0, |written| written.version);
    assert_eq!(world.give(vec![Command::PutStore(PutStore::of(moved, seen))]).await, [Outcome::Applied]);
    let stale = verify(&world.state).await.expect("looked").differences;
    assert!(matches!(stale[..], [Difference::Lines(store, _)] if store == STORE), "{stale:?}");
    assert_eq!(server::jobs::do_due(&world.state).await.expect("looked"), 1);
    assert_eq!(lines(&world).await[0].0, before - 1, "ten in Shanghai is the evening before in Vancouver");
    world.holds_together().await;
}

/// Adds to a booking what a newer program would say: plain things on every level, and something about the guest.
async fn say_more(world: &World, visit: BookingId) {
    let seal: Vec<u8> = sqlx::query_scalar("select sealed from bookings").fetch_one(&world.state.pool).await.expect("a seal");
    let mut personal: BTreeMap<String, Value> = world.state.sealer.open_json(visit.0, &seal).expect("what is personal");
    personal.insert("/perfume".to_owned(), json!("茉莉"));
    let statement = r#"update bookings set form = 9, sealed = $1, record = jsonb_set(jsonb_set(jsonb_set(jsonb_set(record::jsonb,
        '{lines,0,chair}', '3'), '{history,0,mood}', '"calm"'), '{facts,weather}', '"rain"'), '{state,confirmed,by}', '"voice"')
        || '{"fragrance": "jasmine", "perfume": null}'"#;
    let seal = world.state.sealer.seal_json(visit.0, &personal);
    sqlx::query(statement).bind(seal).execute(&world.state.pool).await.expect("a newer form");
}

#[tokio::test]
async fn an_older_program_keeps_what_a_newer_one_has_written_into_a_record() {
    let world = World::salon().await;
    let (mei, visit) = (world.member("13800138000").await, new_booking());
    assert_eq!(world.direct(&mei, &book(visit, Some(mei.account()), StaffPreference::Any, at(1, 10, 0))).await, Outcome::Applied);
    say_more(&world, visit).await;
    sql(
        &world,
        r#"update records set form = 9,
               record = record::jsonb || '{"parking": 12, "special_days": {"20800": [], "20801": []}}' where kind = 1"#,
    )
    .await;
    let older = world.neighbour();
    let later = Move { store: STORE, booking: visit, starts_at: at(1, 11, 0), staff_preferences: Vec::new(), override_reason: None };
    assert_eq!(older.direct(&mei, &Command::Move(later)).await, Outcome::Applied);
    let cancel = Command::Cancel(Cancel { store: STORE, booking: visit, by: CancelledBy::Member, reason: "感冒了".into() });
    assert_eq!(older.direct(&mei, &cancel).await, Outcome::Applied);
    let catalogue = older.state.catalogue().await.expect("the catalogue");
    let mut store = catalogue.stores[&STORE].clone();
    store.address = "长乐路 9 号".to_owned();
    assert!(store.special_days.remove(&LocalDate(20_800)).is_some());
    let seen = store.written.as_ref().map_or(0, |written| written.version);
    assert_eq!(older.give(vec![Command::PutStore(PutStore::of(store, seen))]).await, [Outcome::Applied]);
    let kept = "select count(*) from records where form = 9 and record ->> 'address' = '长乐路 9 号' and record ->> 'parking' = '12' \
                and record::jsonb -> 'special_days' = '{\"20801\": []}'";
    assert_eq!(world.count(kept).await, 1);
    let booking: Value = sqlx::query_scalar("select record from bookings where form = 9").fetch_one(&world.state.pool).await.expect("it");
    assert_eq!(
        (&booking["fragrance"], &booking["lines"][0]["chair"], &booking["facts"]["weather"]),
        (&json!("jasmine"), &json!(3), &json!("rain"))
    );
    assert_eq!(
        booking["state"].as_object().map(|state| state.keys().collect::<Vec<_>>()),
        Some(vec![&"cancelled".to_owned()]),
        "another variant"
    );
    let history: Vec<&Value> = booking["history"].as_array().into_iter().flatten().map(|step| &step["mood"]).collect();
    assert_eq!(history.first().zip(history.last()), Some((&&json!("calm"), &&Value::Null)), "what happened since has no mood");
    assert_eq!(booking["$kept"]["places"].as_array().map(|places| places.contains(&json!("/perfume"))), Some(true));
    assert!(!booking["$kept"]["places"].to_string().contains("note"), "what the older program knows, it has written itself");
    let seal = hex::decode(booking["$kept"]["seal"].as_str().expect("a seal")).expect("digits");
    let personal: BTreeMap<String, Value> = world.state.sealer.open_json(visit.0, &seal).expect("what is personal");
    assert_eq!(personal["/perfume"], "茉莉");
    assert!(verify(&older.state).await.expect("looked").differences.is_empty());
}

#[tokio::test]
async fn a_visit_that_was_stored_before_the_field_had_its_name_is_read_afterwards() {
    let world = World::salon().await;
    let mei = world.member("13800138000").await;
    assert_eq!(
        world.direct(&mei, &book(new_booking(), Some(mei.account()), StaffPreference::Requested(JJ), at(1, 10, 0))).await,
        Outcome::Applied
    );
    sql(&world, r#"update bookings set record = replace(record::jsonb::text, '"staff_preference": ', '"wish": ')::json"#).await;
    sqlx::raw_sql(include_str!("../../migrations/0074_staff_preference.sql")).execute(&world.state.pool).await.expect("migrated");
    let asked_for = "select count(*) from bookings where record #>> '{lines,0,staff_preference,requested}' is not null";
    assert_eq!(world.count(asked_for).await, 1);
    assert!(verify(&world.state).await.expect("looked").differences.is_empty());
}
