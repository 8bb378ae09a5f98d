//! What a message says about itself is not evidence: nobody loses a time because somebody else claims to have seen, or done, something.

use shared::block::BlockKind;
use shared::booking::Subject;
use shared::command::{BlockTime, Command, SeatWalkIn, Start};
use shared::envelope::Envelope;
use shared::id::{BlockId, BookingId, CommandId, StaffId};
use shared::money::Money;
use shared::record::Record;
use shared::role::Role;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::state_kind::StateKind;
use shared::sync::Outcome;
use shared::time::{TimeRange, Timestamp};
use shared::visit_request::RequestedLine;

use crate::world::*;

/// A promise with JJ tomorrow at two, made by a member online.
async fn promise(world: &World) -> BookingId {
    let (member, id) = (world.member("13800138000").await, new_booking());
    let outcome = world.direct(&member, &book(id, Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0))).await;
    assert_eq!(outcome, Outcome::Applied);
    id
}

fn block_over_it() -> Command {
    let (block, range) = (BlockId(fresh()), TimeRange { start: at(1, 13, 0), end: at(1, 16, 0) });
    Command::Block(BlockTime {
        store: STORE,
        block,
        resource: JJ.into(),
        range,
        kind: BlockKind::Break,
        reason: "".into(),
        override_reason: None,
    })
}

/// How a booking stands for a desk that reads everything.
async fn state(world: &World, id: BookingId) -> StateKind {
    let mut reader = Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]);
    reader.sync(world).await;
    let mut found = reader.records.iter().filter_map(|record| match record {
        Record::Booking(booking) if booking.id == id => Some(booking.state.kind()),
        _ => None,
    });
    found.next().expect("the booking")
}

/// A device that claims to have read nothing.
fn claiming_nothing(person: &Person, command: &Command) -> Device {
    let mut device = Device::new(person, &[]);
    device.give(command, morning());
    assert_eq!(device.outbox[0].base, 0);
    device
}

#[tokio::test]
async fn a_technician_who_claims_to_have_seen_nothing_moves_nobody() {
    let world = World::salon().await;
    let technician = world.staff(Role::Technician, Some(STORE)).await;
    let promised = promise(&world).await;
    // At once: everything was there to be seen.
    let outcome = world.direct(&technician, &block_over_it()).await;
    assert!(matches!(outcome, Outcome::Refused { .. }), "{outcome:?}");
    // From a device that has read it, or from another one of the same person.
    let mut own = Device::new(&technician, &[Scope::Desk(STORE)]);
    own.sync(&world).await;
    claiming_nothing(&technician, &block_over_it()).sync(&world).await;
    own.give(&block_over_it(), morning());
    own.outbox[0].base = 0;
    own.sync(&world).await;
    assert_eq!(state(&world, promised).await, StateKind::Confirmed);
    assert_eq!(world.count("select count(*) from messages where template = 'displaced'").await, 0);
}

#[tokio::test]
async fn who_never_says_that_pages_arrived_has_read_them_all_the_same() {
    let world = World::salon().await;
    let technician = world.staff(Role::Technician, Some(STORE)).await;
    let promised = promise(&world).await;
    let reader = Device::new(&technician, &[Scope::Desk(STORE)]);
    let reply = world.exchange(Some(&technician), &reader.request(morning())).await;
    assert_eq!(reply.pages[0].records.len(), 1);
    claiming_nothing(&technician, &block_over_it()).sync(&world).await;
    assert_eq!(state(&world, promised).await, StateKind::Confirmed);
}

#[tokio::test]
async fn a_technician_of_whom_no_reading_is_known_has_seen_the_promise() {
    let world = World::salon().await;
    let technician = world.staff(Role::Technician, Some(STORE)).await;
    let promised = promise(&world).await;
    // Signed in, and not one exchange before the command; again with what looks like an earlier cursor; again behind a long queue.
    claiming_nothing(&technician, &block_over_it()).sync(&world).await;
    for behind_a_queue in [false, true] {
        let mut device = Device::new(&world.staff(Role::Technician, Some(STORE)).await, &[Scope::Desk(STORE)]);
        let scopes = world.exchange(Some(&device.person), &Device::new(&device.person, &[]).request(morning())).await.scopes;
        let grant = scopes.iter().find(|(scope, _)| *scope == Scope::Desk(STORE)).expect("their store").1;
        if behind_a_queue {
            let attention = shared::id::AttentionId(fresh());
            let settled = Command::ResolveAttention(shared::command::ResolveAttention { store: STORE, attention });
            for _ in 0..shared::sync::MAX_COMMANDS {
                device.give(&settled, morning());
            }
        } else {
            device.cursors[0].grant = grant;
        }
        let reply = world.exchange(Some(&device.person), &device.request(morning())).await;
        assert!(!reply.pages[0].records.is_empty(), "the promise is read");
        device.outbox.clear();
        device.cursors.clear();
        device.give(&block_over_it(), morning());
        device.sync(&world).await;
    }
    assert_eq!(state(&world, promised).await, StateKind::Confirmed);
    assert_eq!(world.count("select count(*) from messages where template = 'displaced'").await, 0);
}

#[tokio::test]
async fn a_queue_with_a_hole_in_it_hides_nothing_that_was_read() {
    let world = World::salon().await;
    let technician = world.staff(Role::Technician, Some(STORE)).await;
    let mut device = Device::new(&technician, &[Scope::Desk(STORE)]);
    device.sync(&world).await;
    let promised = promise(&world).await;
    for _ in 0..2 {
        let mut request = device.request(morning());
        request.commands = claiming_nothing(&technician, &block_over_it()).outbox;
        request.commands[0].number = 99;
        let reply = world.exchange(Some(&technician), &request).await;
        assert!(reply.outcomes.is_empty());
        device.cursors[0].seq = reply.pages[0].seq;
    }
    device.give(&block_over_it(), morning());
    device.outbox[0].base = 0;
    device.sync(&world).await;
    assert_eq!(state(&world, promised).await, StateKind::Confirmed);
}

#[tokio::test]
async fn nobody_has_seen_more_of_the_desk_than_there_is() {
    let world = World::salon().await;
    let desk = world.desk(STORE).await;
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    tablet.give(&block_over_it(), morning());
    tablet.outbox[0].base = 9_999;
    assert_eq!(tablet.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    assert_eq!(world.count("select base from commands where name = 'Block'").await, 0);
}

fn walk_in(id: BookingId) -> [Command; 2] {
    let subject = Subject::Guest { name: "".into() };
    let staff_preference = StaffPreference::Requested(JJ);
    let line =
        RequestedLine { service: CUT, subject, payer: None, staff_preference, starts_at: at(0, 10, 15), seen_price: Some(Money(16_800)) };
    let seat = SeatWalkIn { store: STORE, booking: id, lines: vec![line], note: "".into() };
    [Command::SeatWalkIn(seat), Command::Start(Start { store: STORE, booking: id, staff: Some(JJ), override_reason: None })]
}

/// A promise for a quarter past ten today, made while the desks were away.
async fn promise_meanwhile(world: &World) -> BookingId {
    let (member, id) = (world.member("13900139000").await, new_booking());
    let outcome = world.direct(&member, &book(id, Some(member.account()), StaffPreference::Requested(JJ), at(0, 10, 15))).await;
    assert_eq!(outcome, Outcome::Applied);
    id
}

/// The walk-in sits down at a quarter past ten, and the tablets hear of the promise too late.
fn seat(tablet: &mut Device) {
    let [seat, start] = walk_in(new_booking());
    tablet.give(&seat, at(0, 10, 10));
    tablet.give(&start, at(0, 10, 15));
}

#[tokio::test]
async fn a_tablet_that_reads_on_before_its_queue_leaves_is_still_believed() {
    let world = World::salon().await;
    let mut tablet = Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]);
    tablet.sync(&world).await;
    let promised = promise_meanwhile(&world).await;
    world.state.clock.advance_minutes(80); // 10:20
    // The taps fall between the reading of the outbox and the answer: the pages are here before the commands leave.
    seat(&mut tablet);
    let queued = std::mem::take(&mut tablet.outbox);
    tablet.sync(&world).await;
    assert!(tablet.cursors[0].seq > queued[0].base);
    tablet.outbox = queued;
    tablet.sync(&world).await;
    assert_eq!(state(&world, promised).await, StateKind::Displaced, "who sat there could not know");
}

#[tokio::test]
async fn a_queue_that_is_longer_than_one_request_is_believed_to_its_end() {
    let world = World::salon().await;
    let mut tablet = Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]);
    tablet.sync(&world).await;
    let promised = promise_meanwhile(&world).await;
    world.state.clock.advance_minutes(80);
    let attention = shared::id::AttentionId(fresh());
    let settled = Command::ResolveAttention(shared::command::ResolveAttention { store: STORE, attention });
    for _ in 0..shared::sync::MAX_COMMANDS {
        tablet.give(&settled, at(0, 10, 0));
    }
    seat(&mut tablet);
    let rest = tablet.outbox.split_off(shared::sync::MAX_COMMANDS);
    tablet.sync(&world).await;
    tablet.outbox = rest;
    tablet.sync(&world).await;
    assert_eq!(state(&world, promised).await, StateKind::Displaced);
}

#[tokio::test]
async fn what_her_phone_has_read_counts_for_her_tablet_too() {
    let world = World::salon().await;
    let receptionist = world.staff(Role::Receptionist, Some(STORE)).await;
    let mut tablet = Device::new(&receptionist, &[Scope::Desk(STORE)]);
    let mut phone = Device::new(&receptionist, &[Scope::Desk(STORE)]);
    tablet.sync(&world).await;
    let promised = promise_meanwhile(&world).await;
    phone.sync(&world).await;
    world.state.clock.advance_minutes(80);
    seat(&mut tablet);
    let reply = tablet.sync(&world).await;
    assert!(reply.outcomes.iter().all(|answer| answer.outcome == Outcome::Applied), "a fact is kept: {:?}", reply.outcomes);
    assert_eq!(state(&world, promised).await, StateKind::Confirmed, "she had seen the promise");
    assert_eq!(
        world.count("select count(*) from records where kind = 9 and not settled and record::jsonb -> 'about' ? 'overlap'").await,
        1,
        "a person looks"
    );
}

/// When the commands of a tablet were given, as the server keeps it, in their order.
async fn given_at(world: &World) -> Vec<i64> {
    let query = "select given_at from commands where number > 0 order by number";
    sqlx::query_scalar(query).fetch_all(&world.state.pool).await.expect("rows")
}

#[tokio::test]
async fn what_was_done_offline_keeps_its_moment_and_nothing_is_dated_before_what_is_known() {
    let world = World::salon().await;
    let mut tablet = Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]);
    tablet.sync(&world).await; // Nothing waits at nine.
    world.state.clock.advance_minutes(90);
    let attention = shared::id::AttentionId(fresh());
    let settled = Command::ResolveAttention(shared::command::ResolveAttention { store: STORE, attention });
    for at in [at(0, 8, 0), at(0, 9, 50), at(0, 9, 40), at(0, 23, 0)] {
        tablet.give(&settled, at);
    }
    tablet.sync(&world).await;
    assert_eq!(given_at(&world).await, [morning(), at(0, 9, 50), at(0, 9, 50), at(0, 10, 30)].map(|at: Timestamp| at.0));
    let counters = world.count("select stamp_counter from replicas").await;
    assert_eq!(counters, 0, "the last one has a moment of its own");
}

#[tokio::test]
async fn what_is_given_directly_is_given_now_whatever_it_says() {
    let world = World::salon().await;
    let desk = world.desk(STORE).await;
    let stamp = Stamp { at: at(-3, 8, 0), counter: 9 };
    let envelope = Envelope::pack(&block_over_it(), 0, CommandId(fresh()), None, stamp, 0);
    assert_eq!(world.direct_envelope(&desk, &envelope).await, Outcome::Applied);
    assert_eq!(world.count("select given_at from commands where name = 'Block'").await, morning().0);
}

async fn who_gave(world: &World) -> Vec<Option<StaffId>> {
    let query = "select staff_id from commands where number > 0 order by number";
    let found: Vec<Option<uuid::Uuid>> = sqlx::query_scalar(query).fetch_all(&world.state.pool).await.expect("rows");
    found.into_iter().map(|id| id.map(StaffId)).collect()
}

#[tokio::test]
async fn a_tablet_names_only_those_who_gave_their_pin_there() {
    let world = World::salon().await;
    let desk = world.desk(STORE).await;
    for staff in [JJ, KELLY] {
        let hash = server::auth::password::hash("4821").await.expect("a hash");
        server::db::pins::set(&world.state.pool, staff, &hash, morning()).await.expect("a PIN");
    }
    let claim = async |staff: StaffId| {
        let body = serde_json::to_vec(&serde_json::json!({ "staff": staff, "pin": "4821" })).expect("JSON");
        let headers = [("content-type", "application/json")];
        world.send_with("POST", "/api/session/pin", Some(&desk), body, &headers).await.status
    };
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    let attention = shared::id::AttentionId(fresh());
    let settled = Command::ResolveAttention(shared::command::ResolveAttention { store: STORE, attention });
    for actor in [Some(JJ), Some(KELLY), None] {
        tablet.give(&settled, morning());
        tablet.outbox.last_mut().expect("it waits").actor = actor;
    }
    // JJ stood there in the morning; now it is somebody without a PIN, who names Kelly.
    assert_eq!(claim(JJ).await, 200);
    tablet.sync(&world).await;
    assert_eq!(who_gave(&world).await, [Some(JJ), None, None]);
    // Kelly comes, and what JJ did before she came is sent.
    assert_eq!(claim(KELLY).await, 200);
    tablet.give(&settled, morning());
    tablet.outbox[0].actor = Some(JJ);
    tablet.sync(&world).await;
    assert_eq!(who_gave(&world).await[3], Some(JJ));
}
