//! What the device keeps, in a real browser: a command once saved is there after the page is gone, and an exchange is applied
//! whole or not at all.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests may")]

use app::local_db::error::StoreError;
use app::local_db::loaded::Withdrawal;
use app::local_db::reads::set_reads;
use app::local_db::{Answered, Applied, LocalDb, SCHEMA, UnnumberedCommand};
use shared::block::{Block, BlockKind};
use shared::command::{Command, CommandSet, Finish};
use shared::id::{BlockId, BookingId, CommandId, GrantId, ReplicaId, StaffId, StoreId};
use shared::name::Name;
use shared::noun::Noun;
use shared::record::{Record, RecordSet, WireRecord};
use shared::scope::Scope;
use shared::staff::Staff;
use shared::stamp::Stamp;
use shared::sync::{Cursor, Outcome, Page};
use shared::time::{TimeRange, Timestamp};
use uuid::Uuid;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const STORE: StoreId = StoreId(Uuid::from_u128(1));
const REPLICA: ReplicaId = ReplicaId(Uuid::from_u128(2));
const GRANT: GrantId = GrantId(Uuid::from_u128(3));

async fn fresh(name: &str) -> LocalDb {
    LocalDb::delete(name).await.unwrap();
    let store = LocalDb::open(name).await.unwrap();
    store.load(REPLICA).await.unwrap();
    store
}

fn draft(number: u128) -> UnnumberedCommand {
    let command = Command::Finish(Finish { store: STORE, booking: BookingId(Uuid::from_u128(number)) });
    UnnumberedCommand {
        packed: CommandSet::ALL.pack(&command),
        uuid: CommandId(Uuid::from_u128(number)),
        actor: None,
        base: 7,
        wall: Timestamp(1000),
    }
}

fn becky() -> Staff {
    Staff {
        id: StaffId(Uuid::from_u128(9)),
        name: Name::new("小贝", "Becky"),
        level: 1,
        title: Name::default(),
        gender: None,
        stores: vec![STORE],
        skills: Vec::new(),
        online: true,
        active: true,
        written: None,
    }
}

/// An hour of somebody's time, blocked.
fn lunch(number: u128, start: Timestamp) -> Block {
    Block {
        id: BlockId(Uuid::from_u128(number)),
        store: STORE,
        resource: becky().id.into(),
        range: TimeRange::starting(start, 60),
        lane: 0,
        kind: BlockKind::Break,
        reason: "".into(),
        declared: Stamp::default(),
        placed_seq: 4,
        placed_by: REPLICA,
    }
}

fn wired(record: impl Into<Record>) -> WireRecord {
    record.into().into()
}

fn page(scope: Scope, fresh: bool, seq: u64, records: Vec<WireRecord>) -> Page {
    Page { scope, grant: GRANT, fresh, seq, complete: true, records }
}

fn brought(pages: Vec<Page>) -> Applied {
    Applied { pages, clock: Some((250, Timestamp(5000))), ..Applied::default() }
}

#[wasm_bindgen_test]
async fn a_saved_command_is_there_after_the_page_is_gone() {
    let store = fresh("test-saved").await;
    let first = store.enqueue(draft(11)).await.unwrap();
    let second = store.enqueue(draft(12)).await.unwrap();
    assert_eq!((first.number, second.number), (1, 2));
    assert!(second.hlc > first.hlc, "stamps grow although the clock stood still");
    store.close();
    let again = LocalDb::open("test-saved").await.unwrap().load(ReplicaId(Uuid::from_u128(99))).await.unwrap();
    assert_eq!(again.outbox, [first, second]);
    assert_eq!((again.meta.replica, again.meta.next_number), (REPLICA, 3));
}

#[wasm_bindgen_test]
async fn commands_given_at_once_in_two_tabs_never_share_a_number() {
    let here = fresh("test-tabs").await;
    let there = LocalDb::open("test-tabs").await.unwrap();
    let given =
        futures_util::future::join4(here.enqueue(draft(1)), there.enqueue(draft(2)), here.enqueue(draft(3)), there.enqueue(draft(4)));
    let (a, b, c, d) = given.await;
    let mut numbers = [a, b, c, d].map(|envelope| envelope.unwrap().number);
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[wasm_bindgen_test]
async fn what_was_never_sent_can_be_taken_back_and_leaves_no_gap() {
    let store = fresh("test-withdraw").await;
    for number in 41..=43 {
        store.enqueue(draft(number)).await.unwrap();
    }
    assert_eq!(store.withdraw(CommandId(Uuid::from_u128(42)), None).await, Ok(Withdrawal::Done));
    let left: Vec<_> = store.outbox().await.unwrap().iter().map(|envelope| (envelope.number, envelope.uuid.0.as_u128())).collect();
    assert_eq!(left, [(1, 41), (2, 43)]);
    assert_eq!(store.enqueue(draft(44)).await.unwrap().number, 3);
}

#[wasm_bindgen_test]
async fn what_may_have_left_in_another_tab_is_taken_back_in_its_place_and_undone_behind_it() {
    let store = fresh("test-withdraw-sent").await;
    let envelope = store.enqueue(draft(51)).await.unwrap();
    let leader = LocalDb::open("test-withdraw-sent").await.unwrap();
    leader.take_outbox(<[_]>::to_vec).await.unwrap();
    assert_eq!(store.withdraw(envelope.uuid, Some(draft(52))).await, Ok(Withdrawal::Asked));
    let outbox = store.outbox().await.unwrap();
    assert_eq!(outbox[0], envelope.withdrawn());
    assert_eq!((outbox[1].number, outbox[1].uuid.0.as_u128()), (2, 52));
    let answered = Answered { envelope: outbox[0].clone(), outcome: Outcome::Withdrawn, at: Timestamp(2000), dismissed: false };
    store.put_answered(answered).await.unwrap();
    assert_eq!(store.withdraw(envelope.uuid, None).await, Ok(Withdrawal::TooLate));
}

#[wasm_bindgen_test]
async fn sending_in_one_tab_and_taking_back_in_another_never_both_win() {
    let store = fresh("test-withdraw-race").await;
    let envelope = store.enqueue(draft(61)).await.unwrap();
    let leader = LocalDb::open("test-withdraw-race").await.unwrap();
    let (taken, withdrawn) = futures_util::future::join(leader.take_outbox(<[_]>::to_vec), store.withdraw(envelope.uuid, None)).await;
    let expected = if taken.unwrap().is_empty() { Withdrawal::Done } else { Withdrawal::Asked };
    assert_eq!(withdrawn, Ok(expected));
}

#[wasm_bindgen_test]
async fn a_desk_forgets_what_ended_more_than_five_weeks_before_it_was_last_told() {
    set_reads(RecordSet::ALL);
    let store = fresh("test-kept").await;
    let day = |number: i64| Timestamp(number * 86_400_000);
    let pages = vec![page(Scope::Desk(STORE), true, 4, vec![wired(lunch(1, day(1))), wired(lunch(2, day(20)))])];
    store.apply(Applied { clock: Some((0, day(30))), ..brought(pages) }).await.unwrap();
    assert_eq!(store.load(REPLICA).await.unwrap().records.len(), 2);
    store.apply(Applied { clock: Some((0, day(50))), ..Applied::default() }).await.unwrap();
    let kept = [(Scope::Desk(STORE), Record::from(lunch(2, day(20))))];
    assert_eq!(store.load(REPLICA).await.unwrap().records, kept);
    store.apply(Applied { clock: Some((0, day(31))), ..Applied::default() }).await.unwrap();
    assert_eq!(store.load(REPLICA).await.unwrap().records, kept, "it is gone from the database");
}

#[wasm_bindgen_test]
async fn an_exchange_changes_records_cursor_and_outbox_together() {
    let store = fresh("test-exchange").await;
    let envelope = store.enqueue(draft(21)).await.unwrap();
    let answered = Answered { envelope, outcome: Outcome::Applied, at: Timestamp(2000), dismissed: false };
    let pages = vec![page(Scope::BrandPublic, true, 4, vec![wired(becky())])];
    store.apply(Applied { answered: vec![answered.clone()], ..brought(pages) }).await.unwrap();
    let loaded = store.load(REPLICA).await.unwrap();
    assert_eq!(loaded.records, [(Scope::BrandPublic, Record::from(becky()))]);
    assert_eq!(loaded.cursors, [Cursor { scope: Scope::BrandPublic, grant: GRANT, seq: 4 }]);
    assert!(loaded.outbox.is_empty());
    assert_eq!(loaded.answered, [answered]);
    assert_eq!((loaded.meta.clock_offset, loaded.meta.last_sync), (250, Some(Timestamp(5000))));
}

#[wasm_bindgen_test]
async fn a_record_that_left_its_scope_and_a_scope_that_is_gone_are_forgotten() {
    let store = fresh("test-gone").await;
    let both = vec![
        page(Scope::BrandPublic, true, 1, vec![wired(becky())]),
        page(Scope::Desk(STORE), true, 1, vec![wired(becky())]),
        page(Scope::Busy(STORE), true, 1, Vec::new()),
    ];
    store.apply(brought(both)).await.unwrap();
    let left = becky().key();
    let leave = page(Scope::BrandPublic, false, 2, vec![WireRecord::gone(left)]);
    store.apply(Applied { gone: vec![Scope::Desk(STORE)], ..brought(vec![leave]) }).await.unwrap();
    let loaded = store.load(REPLICA).await.unwrap();
    assert!(loaded.records.is_empty());
    let scopes: Vec<Scope> = loaded.cursors.iter().map(|cursor| cursor.scope).collect();
    assert_eq!(scopes, [Scope::BrandPublic, Scope::Busy(STORE)]);
}

#[wasm_bindgen_test]
async fn a_new_schema_drops_what_can_be_fetched_again_and_keeps_the_work() {
    let store = fresh("test-schema").await;
    let envelope = store.enqueue(draft(31)).await.unwrap();
    store.apply(brought(vec![page(Scope::BrandPublic, true, 4, vec![wired(becky())])])).await.unwrap();
    store.close();
    let newer = LocalDb::open_at("test-schema", SCHEMA + 1).await.unwrap();
    let loaded = newer.load(ReplicaId(Uuid::from_u128(99))).await.unwrap();
    assert!(loaded.records.is_empty() && loaded.cursors.is_empty());
    assert_eq!(loaded.outbox, [envelope]);
    assert_eq!((loaded.meta.replica, loaded.meta.next_number), (REPLICA, 2));
    newer.close();
    assert_eq!(LocalDb::open_at("test-schema", SCHEMA).await.unwrap_err(), StoreError::Newer);
}

#[wasm_bindgen_test]
async fn a_tab_stands_aside_for_a_newer_version_and_says_so() {
    let old = fresh("test-displaced").await;
    let new = LocalDb::open_at("test-displaced", SCHEMA + 1).await.unwrap();
    assert_eq!(old.enqueue(draft(1)).await.unwrap_err(), StoreError::Newer);
    new.load(REPLICA).await.unwrap();
    assert_eq!(new.enqueue(draft(1)).await.unwrap().number, 1);
}

#[wasm_bindgen_test]
async fn a_cloned_device_renumbers_its_commands_and_keeps_their_ids() {
    let store = fresh("test-clone").await;
    for number in 1..=3 {
        store.enqueue(draft(number)).await.unwrap();
    }
    let first = store.outbox().await.unwrap().remove(0);
    let answered = Answered { envelope: first, outcome: Outcome::Applied, at: Timestamp(0), dismissed: false };
    store.put_answered(answered).await.unwrap();
    let replica = ReplicaId(Uuid::from_u128(5));
    store.renumber(replica).await.unwrap();
    let loaded = store.load(REPLICA).await.unwrap();
    let waiting: Vec<(u64, CommandId)> = loaded.outbox.iter().map(|envelope| (envelope.number, envelope.uuid)).collect();
    assert_eq!(waiting, [(1, CommandId(Uuid::from_u128(2))), (2, CommandId(Uuid::from_u128(3)))]);
    assert_eq!((loaded.meta.replica, loaded.meta.next_number), (replica, 3));
}

#[wasm_bindgen_test]
async fn without_a_database_nothing_is_queued_and_records_still_show() {
    let store = LocalDb::in_memory(REPLICA);
    assert_eq!(store.enqueue(draft(1)).await.unwrap_err(), StoreError::Absent);
    store.apply(brought(vec![page(Scope::BrandPublic, true, 4, vec![wired(becky())])])).await.unwrap();
    assert_eq!(store.load(REPLICA).await.unwrap().records.len(), 1);
    assert!(!store.is_durable());
}

#[wasm_bindgen_test]
async fn an_older_answer_that_comes_later_sets_nothing_back() {
    let store = fresh("test-older").await;
    store.apply(brought(vec![page(Scope::BrandPublic, true, 4, vec![wired(becky())])])).await.unwrap();
    let left = becky().key();
    store.apply(brought(vec![page(Scope::BrandPublic, false, 3, vec![WireRecord::gone(left)])])).await.unwrap();
    store.apply(brought(vec![page(Scope::BrandPublic, true, 2, Vec::new())])).await.unwrap();
    let loaded = store.load(REPLICA).await.unwrap();
    assert_eq!(loaded.records.len(), 1);
    assert_eq!(loaded.cursors, [Cursor { scope: Scope::BrandPublic, grant: GRANT, seq: 4 }]);
    // A server that was set back says so: what is kept goes first.
    let anew = vec![page(Scope::BrandPublic, true, 2, Vec::new())];
    store.apply(Applied { gone: vec![Scope::BrandPublic], ..brought(anew) }).await.unwrap();
    let loaded = store.load(REPLICA).await.unwrap();
    assert!(loaded.records.is_empty());
    assert_eq!(loaded.cursors, [Cursor { scope: Scope::BrandPublic, grant: GRANT, seq: 2 }]);
}
