//! The replica against a scripted server, in a real browser: what is given without network is kept and arrives later, a no comes
//! back as something to decide, and what may not be read any more is forgotten.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests may")]

#[path = "sync/fake_server.rs"]
mod fake_server;

use std::cell::Cell;
use std::future::ready;

use app::chunk::{FromChunk, NotFetched, RulesFile};
use app::state::{Link, Prediction, Replica, SubmitError};
use app::{App, browser};
use leptos::prelude::*;
use shared::api::sign_in::Session;
use shared::booking::Subject;
use shared::command::{Book, Command, CommandSet, Finish, RuleSet};
use shared::id::{BookingId, DeviceId, ServiceId, UserId};
use shared::refusal::Refusal;
use shared::role::Principal;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::Timestamp;
use shared::view::Found;
use shared::visit_request::RequestedLine;
use uuid::Uuid;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use fake_server::{STORE, Server, becky, session};

wasm_bindgen_test_configure!(run_in_browser);

/// A desk app for a staff login of its own, so that tests do not share a database.
async fn desk(server: &Server, user: u128) -> Replica {
    desk_of(server, session(UserId(Uuid::from_u128(user)))).await
}

async fn desk_of(server: &Server, session: Session) -> Replica {
    desk_with(server, session, RulesFile { fetch: || Box::pin(ready(Ok(RuleSet::ALL))) }).await
}

async fn desk_with(server: &Server, session: Session, rules: RulesFile) -> Replica {
    server.install();
    server.sign_in(Some(session.clone()));
    let mounted = std::rc::Rc::new(Cell::new(None));
    let handle = std::rc::Rc::clone(&mounted);
    mount_to_body(move || handle.set(Some(Replica::provide(App::Desk, CommandSet::ALL, rules))));
    let replica = mounted.take().unwrap();
    replica.use_session(session).await;
    replica
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

#[wasm_bindgen_test]
async fn a_command_given_offline_is_kept_and_arrives_when_the_network_returns() {
    let server = Server::new();
    server.cut();
    let replica = desk(&server, 1).await;
    let receipt = replica.submit(finish(1)).await.unwrap();
    assert!(receipt.saved);
    let waiting = untrack(|| replica.waiting());
    assert_eq!((waiting.len(), &waiting[0].prediction), (1, &Prediction::Undecided));
    until("it is noticed that the server is away", || matches!(untrack(|| replica.link()), Link::Offline { .. })).await;
    server.mend();
    replica.sync_now();
    assert_eq!(replica.settled(receipt.uuid).await, Outcome::Applied);
    until("the outbox is empty", || untrack(|| replica.waiting()).is_empty()).await;
    assert_eq!(server.taken(), [(1, receipt.uuid)]);
    assert!(untrack(|| replica.last_sync()).is_some());
}

thread_local! {
    static ARE_RULES_AWAY: Cell<bool> = const { Cell::new(false) };
}

/// As from a file that cannot always be had.
fn rules() -> FromChunk<RuleSet> {
    let rules = if ARE_RULES_AWAY.get() { Err(NotFetched) } else { Ok(RuleSet::ALL) };
    Box::pin(ready(rules))
}

#[wasm_bindgen_test]
async fn a_desk_without_its_rules_shows_what_waits_and_takes_the_next_command_once_they_are_here() {
    let (server, session) = (Server::new(), session(UserId(Uuid::from_u128(7))));
    server.cut();
    let before = desk_of(&server, session.clone()).await;
    before.submit(finish(7)).await.unwrap();
    ARE_RULES_AWAY.set(true);
    let later = desk_with(&server, session, RulesFile { fetch: rules }).await;
    let waiting = untrack(|| later.waiting());
    assert_eq!((waiting.len(), &waiting[0].prediction), (1, &Prediction::Undecided), "it is not lost, and nothing is said of it");
    assert_eq!(later.would(&finish(7)), Err(Refusal::Undecided));
    assert_eq!(later.submit(finish(8)).await.unwrap_err(), SubmitError::NotFetched);
    assert_eq!(untrack(|| later.waiting()).len(), 1);
    ARE_RULES_AWAY.set(false);
    assert!(later.submit(finish(8)).await.unwrap().saved);
}

#[wasm_bindgen_test]
async fn a_no_of_the_server_waits_for_a_person_until_it_is_dismissed() {
    let server = Server::new();
    server.refuse(Refusal::NobodyFree);
    let replica = desk(&server, 2).await;
    let receipt = replica.submit(finish(2)).await.unwrap();
    replica.settled(receipt.uuid).await;
    until("it shows", || untrack(|| replica.refused()).len() == 1).await;
    assert_eq!(untrack(|| replica.refused())[0].refusal(), Some(&Refusal::NobodyFree));
    replica.dismiss(receipt.uuid);
    until("it is gone", || untrack(|| replica.refused()).is_empty()).await;
}

#[wasm_bindgen_test]
async fn what_the_server_knows_arrives_and_what_may_not_be_read_any_more_is_forgotten() {
    let server = Server::new();
    server.publish(Scope::BrandPublic, vec![becky().into()]);
    server.publish(Scope::Desk(STORE), Vec::new());
    let replica = desk(&server, 3).await;
    until("the catalogue is there", || untrack(|| replica.view()).known.catalogue).await;
    until("the store is complete", || untrack(|| replica.view()).known.all_of.contains(&STORE)).await;
    let view = untrack(|| replica.view());
    assert!(matches!(view.staff(becky().id), Found::Known(_)));
    assert_eq!(view.booking(STORE, BookingId(Uuid::nil())), Found::Absent);
    server.revoke(Scope::Desk(STORE));
    replica.sync_now();
    until("the store is purged", || !untrack(|| replica.view()).known.all_of.contains(&STORE)).await;
    assert!(matches!(untrack(|| replica.view()).staff(becky().id), Found::Known(_)));
}

#[wasm_bindgen_test]
async fn a_no_of_the_device_queues_nothing() {
    let server = Server::new();
    server.publish(Scope::BrandPublic, Vec::new());
    server.publish(Scope::Desk(STORE), Vec::new());
    let replica = desk(&server, 4).await;
    until("the store is complete", || untrack(|| replica.view()).known.all_of.contains(&STORE)).await;
    let line = RequestedLine {
        service: ServiceId(Uuid::nil()),
        subject: Subject::Guest { name: "".into() },
        payer: None,
        staff_preference: StaffPreference::Any,
        starts_at: Timestamp(0),
        seen_price: None,
    };
    let book = Command::Book(Book {
        store: STORE,
        booking: replica.new_id(),
        account: None,
        lines: vec![line],
        note: "".into(),
        terms_version: 1,
        by_phone: false,
        override_reason: None,
    });
    let refused = replica.submit(book).await.unwrap_err();
    assert!(matches!(refused, SubmitError::Refused(_)), "{refused:?}");
    assert!(untrack(|| replica.waiting()).is_empty());
    assert!(server.taken().is_empty());
}

#[wasm_bindgen_test]
async fn signing_out_warns_of_unsent_work_and_then_leaves_nothing_behind() {
    let server = Server::new();
    server.cut();
    let replica = desk(&server, 5).await;
    replica.submit(finish(5)).await.unwrap();
    assert_eq!(replica.sign_out(false).await, Err(app::state::SignOutError::Unsent(1)));
    assert_eq!(untrack(|| replica.waiting()).len(), 1);
    server.mend();
    replica.sign_out(true).await.unwrap();
    assert!(untrack(|| replica.session()).is_none());
    assert!(untrack(|| replica.waiting()).is_empty());
    assert_eq!(replica.submit(finish(6)).await.unwrap_err(), SubmitError::SignedOut);
}

#[wasm_bindgen_test]
async fn a_revoked_tablet_forgets_what_it_read_and_keeps_what_it_has_not_sent() {
    let server = Server::new();
    server.publish(Scope::BrandInternal, vec![becky().into()]);
    let tablet = Session { principal: Principal::Device(DeviceId(Uuid::from_u128(6))), ..session(UserId(Uuid::nil())) };
    let replica = desk_of(&server, tablet).await;
    let knows_becky = || matches!(untrack(|| replica.view()).staff(becky().id), Found::Known(_));
    until("the colleague is known", knows_becky).await;
    server.cut();
    replica.submit(finish(7)).await.unwrap();
    server.end_session();
    server.mend();
    replica.sync_now();
    until("the session is over", || untrack(|| replica.link()) == Link::SignedOut).await;
    until("the colleague is forgotten", || !knows_becky()).await;
    assert_eq!(untrack(|| replica.waiting()).len(), 1);
    assert!(untrack(|| replica.session()).is_some());
}

#[wasm_bindgen_test]
async fn an_attempt_is_not_yet_a_connection() {
    let server = Server::new();
    server.cut();
    let replica = desk(&server, 8).await;
    let is_offline = || matches!(untrack(|| replica.link()), Link::Offline { .. });
    until("it is noticed that the server is away", is_offline).await;
    for _ in 0..20 {
        replica.sync_now();
        browser::sleep(10).await;
        assert!(is_offline());
    }
    server.mend();
    replica.sync_now();
    until("it is in touch again", || untrack(|| replica.link()) == Link::Online).await;
}
