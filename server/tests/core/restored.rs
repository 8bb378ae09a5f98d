//! After a restore nobody works with what is no longer so, however late they come back.

use std::collections::BTreeMap;
use std::path::Path;

use shared::command::{BlockTime, Command};
use shared::id::{BlockId, ReplicaId};
use shared::noun::RecordKey;
use shared::record::{Received, Record};
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::client::{self, Next};
use shared::sync::{Outcome, SyncReply};
use shared::time::TimeRange;

use crate::world::*;

/// What a device keeps of one scope, as it would stand in its database.
#[derive(Default)]
struct Kept(BTreeMap<RecordKey, Record>);

impl Kept {
    fn take(&mut self, reply: &SyncReply) {
        for page in &reply.pages {
            if page.fresh {
                self.0.clear();
            }
            for received in page.received() {
                match received {
                    Received::Record(record) => drop(self.0.insert(record.key(), record)),
                    Received::Gone(key) => drop(self.0.remove(&key)),
                    Received::Unknown => panic!("a record that nobody knows"),
                }
            }
        }
    }
}

/// Exchanges until nothing is left, as the app does it, new numbers included; the outcomes in their order.
async fn catch_up(world: &World, device: &mut Device, kept: &mut Kept) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    loop {
        let reply = world.exchange(Some(&device.person), &device.request(world.state.clock.now())).await;
        kept.take(&reply);
        for page in &reply.pages {
            device.cursors = vec![shared::sync::Cursor { scope: page.scope, grant: page.grant, seq: page.seq }];
        }
        let next = client::after(&device.outbox, &reply.outcomes, &reply.replica);
        outcomes.extend(reply.outcomes.iter().map(|answer| answer.outcome.clone()));
        device.outbox.retain(|envelope| !reply.outcomes.iter().any(|answer| answer.uuid == envelope.uuid));
        match next {
            Next::Idle { .. } if reply.pages.iter().all(|page| page.complete) => return outcomes,
            Next::Idle { .. } | Next::Again { .. } => {}
            Next::Renumber { .. } => {
                device.replica = ReplicaId(fresh());
                (1..).zip(&mut device.outbox).for_each(|(number, envelope)| envelope.number = number);
            }
        }
    }
}

async fn bookings(world: &World, days: std::ops::Range<i32>) {
    for day in days {
        let staff_preference = book(new_booking(), None, StaffPreference::Requested(JJ), at(day, 14, 0));
        assert_eq!(world.give(vec![staff_preference]).await, [Outcome::Applied]);
    }
}

fn block(day: i32) -> Command {
    let (block, range) = (BlockId(fresh()), TimeRange { start: at(day, 16, 0), end: at(day, 17, 0) });
    let kind = shared::block::BlockKind::Break;
    Command::Block(BlockTime { store: STORE, block, resource: KELLY.into(), range, kind, reason: "".into(), override_reason: None })
}

async fn restore(world: &World, file: &Path) -> World {
    world.state.pool.close().await;
    let place = file.parent().expect("a directory");
    server::backup::restore(&world.url, file, place, true).await.unwrap_or_else(|failed| panic!("{failed}"));
    world.started_again().await
}

#[tokio::test]
async fn a_desk_that_returns_long_after_a_restore_shows_what_is_so_and_sends_what_it_did() {
    let world = World::salon().await;
    let place = own_place("restored");
    let file = place.join("salon.backup");
    let desk = world.desk(STORE).await;
    bookings(&world, 1..4).await;
    server::backup::backup(&world.url, &file).await.unwrap_or_else(|failed| panic!("{failed}"));

    // After the backup the tablet reads and writes what the restore will take away; then its network goes.
    bookings(&world, 4..9).await;
    let (mut tablet, mut kept) = (Device::new(&desk, &[Scope::Desk(STORE)]), Kept::default());
    tablet.give(&block(1), morning());
    assert_eq!(catch_up(&world, &mut tablet, &mut kept).await, [Outcome::Applied]);
    let before = world.exchange(None, &Device::new(&desk, &[]).anonymous()).await;
    tablet.give(&block(2), morning());

    // The feed grows again, beyond everything the tablet has read.
    let world = restore(&world, &file).await;
    bookings(&world, 9..30).await;
    let head = world.count("select head from heads where scope like '%/desk'").await;
    assert!(u64::try_from(head).expect("a head") > tablet.cursors[0].seq);
    let after = world.exchange(None, &Device::new(&desk, &[]).anonymous()).await;
    assert_ne!(before.epoch, after.epoch);

    assert_eq!(catch_up(&world, &mut tablet, &mut kept).await, [Outcome::Applied], "what waited is kept and sent");
    let (mut new, mut all) = (Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]), Kept::default());
    catch_up(&world, &mut new, &mut all).await;
    assert_eq!(kept.0, all.0, "incremental = full pull");
    assert_eq!(kept.0.len(), 3 + 21 + 1);
    let again = world.started_again().await.exchange(None, &Device::new(&desk, &[]).anonymous()).await;
    assert_eq!(again.epoch, after.epoch, "a start is no restore");
}
