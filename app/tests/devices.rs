//! Devices that survive: a browser that ends the database, and a tab that leads and is frozen, lose nobody's work and do nothing twice.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests may")]

#[path = "sync/fake_server.rs"]
#[expect(dead_code, reason = "the script knows more than is played here")]
mod fake_server;
#[path = "devices/faults.rs"]
mod faults;

use std::future::ready;

use app::App;
use app::browser;
use app::chunk::RulesFile;
use app::local_db::LocalDb;
use app::state::{Link, Replica, Storage, SubmitError};
use fake_server::{STORE, Server, session};
use leptos::prelude::*;
use shared::command::{Command, Finish};
use shared::command::{CommandSet, RuleSet};
use shared::id::{BookingId, CommandId, UserId};
use shared::sync::Outcome;
use uuid::Uuid;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A desk of a staff login of its own, without network yet, and the name of its database and lock.
async fn desk_offline(server: &Server, user: u128) -> (Replica, String) {
    server.cut();
    tab(server, user).await
}

/// A tab of somebody's desk. All tabs of a test live in one page.
async fn tab(server: &Server, user: u128) -> (Replica, String) {
    let id = UserId(Uuid::from_u128(user));
    server.install();
    server.sign_in(Some(session(id)));
    let mounted = std::rc::Rc::new(std::cell::Cell::new(None));
    let handle = std::rc::Rc::clone(&mounted);
    mount_to_body(move || {
        handle.set(Some(Replica::provide(App::Desk, CommandSet::ALL, RulesFile { fetch: || Box::pin(ready(Ok(RuleSet::ALL))) })))
    });
    let replica = mounted.take().unwrap();
    replica.use_session(session(id)).await;
    (replica, format!("huiyue-desk-user-{id}"))
}

fn finish(booking: u128) -> Command {
    Command::Finish(Finish { store: STORE, booking: BookingId(Uuid::from_u128(booking)) })
}

async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if condition() {
            return;
        }
        browser::sleep(10).await;
    }
    panic!("never: {what}");
}

/// How often and in what order these have arrived. Devices of earlier tests live on in the page, and may ask again about theirs.
fn arrived(server: &Server, given: &[CommandId]) -> Vec<CommandId> {
    server.taken().into_iter().map(|(_, uuid)| uuid).filter(|uuid| given.contains(uuid)).collect()
}

fn waiting(replica: Replica) -> Vec<CommandId> {
    untrack(|| replica.waiting()).iter().map(|waiting| waiting.uuid).collect()
}

#[wasm_bindgen_test]
async fn a_tap_after_the_browser_ended_the_database_is_kept_like_any_other() {
    for (user, exception) in [(101, "UnknownError"), (102, "InvalidStateError"), (103, "AbortError")] {
        let server = Server::new();
        let (replica, name) = desk_offline(&server, user).await;
        let before = replica.submit(finish(1)).await.unwrap();
        faults::end_database(&name, exception, false);
        let after = replica.submit(finish(2)).await.unwrap();
        assert!(after.saved, "{exception}");
        assert_eq!(waiting(replica), [before.uuid, after.uuid], "{exception}");
        assert_eq!(untrack(|| replica.storage()), Storage::Durable, "{exception}");
        server.mend();
        replica.sync_now();
        assert_eq!(replica.settled(after.uuid).await, Outcome::Applied);
        let given = [before.uuid, after.uuid];
        assert_eq!(arrived(&server, &given), given, "{exception}");
    }
}

#[wasm_bindgen_test]
async fn what_waited_is_sent_although_the_browser_cleared_the_database_meanwhile() {
    let server = Server::new();
    let (replica, name) = desk_offline(&server, 104).await;
    let first = replica.submit(finish(1)).await.unwrap();
    let second = replica.submit(finish(2)).await.unwrap();
    faults::end_database(&name, "UnknownError", true);
    let third = replica.submit(finish(3)).await.unwrap();
    let given = [first.uuid, second.uuid, third.uuid];
    assert_eq!(waiting(replica), given);
    server.mend();
    replica.sync_now();
    assert_eq!(replica.settled(third.uuid).await, Outcome::Applied);
    until("nothing waits any more", || waiting(replica).is_empty()).await;
    assert_eq!(arrived(&server, &given), given, "each once, in the order they were given");
}

#[wasm_bindgen_test]
async fn a_database_that_does_not_open_again_is_told_and_what_waits_is_sent_out_of_memory() {
    let server = Server::new();
    let (replica, name) = desk_offline(&server, 105).await;
    let kept = replica.submit(finish(1)).await.unwrap();
    faults::refuse_to_open(&name, f64::INFINITY);
    faults::end_database(&name, "UnknownError", false);
    let refused = replica.submit(finish(2)).await.unwrap_err();
    assert!(matches!(refused, SubmitError::NotKept(_)), "nothing is called kept that is not: {refused:?}");
    assert_eq!(untrack(|| replica.storage()), Storage::Ended { unsent: 1 });
    assert_eq!(waiting(replica), [kept.uuid]);
    server.mend();
    replica.sync_now();
    assert_eq!(replica.settled(kept.uuid).await, Outcome::Applied);
    assert_eq!(arrived(&server, &[kept.uuid]), [kept.uuid]);
    until("nothing is left to lose", || untrack(|| replica.storage()) == Storage::Ended { unsent: 0 }).await;
}

#[wasm_bindgen_test]
async fn a_tap_while_the_browser_is_still_clearing_the_database_is_kept_as_soon_as_it_opens_again() {
    let server = Server::new();
    let (replica, name) = desk_offline(&server, 107).await;
    let before = replica.submit(finish(1)).await.unwrap();
    faults::refuse_to_open(&name, 2.0);
    faults::end_database(&name, "InvalidStateError", true);
    let after = replica.submit(finish(2)).await.unwrap();
    assert!(after.saved);
    assert_eq!(waiting(replica), [before.uuid, after.uuid]);
    assert_eq!(untrack(|| replica.storage()), Storage::Durable);
}

#[wasm_bindgen_test]
async fn a_tap_whose_transaction_never_ends_is_kept_once_the_browser_says_that_the_database_is_closed() {
    let server = Server::new();
    let (replica, name) = desk_offline(&server, 108).await;
    faults::end_database_without_a_word(&name);
    let receipt = replica.submit(finish(1)).await.unwrap();
    assert!(receipt.saved);
    assert_eq!(waiting(replica), [receipt.uuid]);
    server.mend();
    replica.sync_now();
    assert_eq!(replica.settled(receipt.uuid).await, Outcome::Applied);
    assert_eq!(arrived(&server, &[receipt.uuid]), [receipt.uuid], "once");
}

#[wasm_bindgen_test]
async fn what_waits_is_on_the_disk_again_before_anybody_taps() {
    let server = Server::new();
    let (replica, name) = desk_offline(&server, 109).await;
    faults::watch_database(&name);
    let receipt = replica.submit(finish(1)).await.unwrap();
    faults::clear_database().await;
    let store = LocalDb::open(&name).await.unwrap();
    for _ in 0..1000 {
        if store.outbox().await.unwrap().iter().any(|envelope| envelope.uuid == receipt.uuid) {
            return store.close();
        }
        browser::sleep(10).await;
    }
    panic!("never written again");
}

#[wasm_bindgen_test]
async fn a_database_that_opens_again_later_takes_what_waited_in_memory() {
    let server = Server::new();
    faults::stop_the_clock();
    for (user, is_tapped) in [(110, true), (111, false)] {
        let (replica, name) = desk_offline(&server, user).await;
        let first = replica.submit(finish(1)).await.unwrap();
        // As often as one tap tries.
        faults::refuse_to_open(&name, 4.0);
        faults::end_database(&name, "UnknownError", true);
        replica.submit(finish(2)).await.unwrap_err();
        assert_eq!(untrack(|| replica.storage()), Storage::Ended { unsent: 1 });
        let mut given = vec![first.uuid];
        if is_tapped {
            let second = replica.submit(finish(3)).await.unwrap();
            assert!(second.saved);
            given.push(second.uuid);
        } else {
            faults::pass_seconds(30);
        }
        until("it is kept again", || untrack(|| replica.storage()) == Storage::Durable).await;
        assert_eq!(waiting(replica), given);
    }
}

#[wasm_bindgen_test]
async fn three_tabs_of_one_person_do_not_keep_each_other_busy() {
    let server = Server::new();
    let (first, name) = tab(&server, 112).await;
    let (second, third) = (tab(&server, 112).await.0, tab(&server, 112).await.0);
    let receipt = third.submit(finish(1)).await.unwrap();
    for replica in [first, second, third] {
        assert_eq!(replica.settled(receipt.uuid).await, Outcome::Applied);
    }
    let asked = faults::questions_of_others(&name, 20).await;
    assert!(asked <= 3.0, "{asked} questions by tabs that have nothing to ask");
}

#[wasm_bindgen_test]
async fn a_tab_that_comes_later_hears_how_the_device_stands() {
    let server = Server::new();
    faults::stop_the_clock();
    let (first, _) = tab(&server, 113).await;
    until("the first is in step", || untrack(|| first.link()) == Link::Online).await;
    let (later, _) = tab(&server, 113).await;
    until("so is the other", || untrack(|| later.link()) == Link::Online).await;
}

#[wasm_bindgen_test]
async fn a_frozen_tab_that_leads_is_replaced_after_ten_seconds() {
    let server = Server::new();
    let id = UserId(Uuid::from_u128(106));
    faults::freeze_another_tab(&format!("huiyue-desk-user-{id}")).await;
    faults::stop_the_clock();
    let (replica, _) = desk_offline(&server, 106).await;
    server.mend();
    let receipt = replica.submit(finish(1)).await.unwrap();
    until("the leader is asked", || faults::is_somebody_waiting_seconds(10)).await;
    assert!(arrived(&server, &[receipt.uuid]).is_empty(), "the other tab may still be doing it");
    faults::pass_seconds(10);
    assert_eq!(replica.settled(receipt.uuid).await, Outcome::Applied);
    assert_eq!(arrived(&server, &[receipt.uuid]), [receipt.uuid]);
}
