//! What the server remembers of devices that have not been heard for long.

use server::db::desk_reads::{DeskRead, Shown, note, of_senders};
use server::jobs::tidy_up;
use shared::id::{DeviceId, ReplicaId};
use shared::role::Principal;
use shared::time::DAY;
use sqlx::PgConnection;

use crate::world::*;

/// A replica shows how far it has read, with nothing left in its outbox.
async fn reads(world: &World, principal: &str, replica: ReplicaId, seq: u64) {
    let shown = Shown { principal, replica, reads: &[DeskRead { store: STORE, read: seq, given: seq }], emptied: true };
    note(&mut *connection(world).await, &shown, world.state.clock.now()).await.expect("noted");
}

async fn connection(world: &World) -> impl std::ops::DerefMut<Target = PgConnection> {
    world.state.pool.acquire().await.expect("a connection")
}

/// What counts as seen by a replica of a principal.
async fn seen_by(world: &World, principal: &str, replica: ReplicaId) -> Option<u64> {
    let seen = of_senders(&mut *connection(world).await, STORE, &[(principal.to_owned(), replica)]).await.expect("read");
    seen.get(&replica).copied()
}

fn pass_days(world: &World, days: i64) {
    world.state.clock.advance_minutes(days * DAY / 60_000);
}

#[tokio::test]
async fn a_phone_that_was_thrown_away_is_forgotten_and_what_its_owner_read_is_not() {
    let world = World::salon().await;
    let (old, new, alone) = (ReplicaId(fresh()), ReplicaId(fresh()), ReplicaId(fresh()));
    reads(&world, "user:mei", old, 40).await;
    reads(&world, "user:qing", alone, 12).await;
    pass_days(&world, 99);
    reads(&world, "user:mei", new, 55).await;
    tidy_up::once(&world.state).await.expect("tidied");
    assert_eq!(world.count("select count(*) from desk_reads").await, 3, "it may still come back");
    pass_days(&world, 2);
    tidy_up::once(&world.state).await.expect("tidied");
    assert_eq!(world.count("select count(*) from desk_reads").await, 2);
    assert_eq!(seen_by(&world, "user:mei", old).await, Some(55), "whoever comes back late has seen what she has seen since");
    assert_eq!(seen_by(&world, "user:mei", new).await, Some(55));
    assert_eq!(seen_by(&world, "user:qing", alone).await, Some(12), "nobody else tells how far Qing has read");
}

#[tokio::test]
async fn a_phone_that_has_read_furthest_stays_known_however_long_it_is_silent() {
    let world = World::salon().await;
    let (far, near) = (ReplicaId(fresh()), ReplicaId(fresh()));
    reads(&world, "user:mei", far, 90).await;
    pass_days(&world, 200);
    reads(&world, "user:mei", near, 10).await;
    tidy_up::once(&world.state).await.expect("tidied");
    assert_eq!(seen_by(&world, "user:mei", near).await, Some(90));
}

#[tokio::test]
async fn nothing_is_remembered_of_a_tablet_that_was_revoked_long_ago() {
    let world = World::salon().await;
    let desk = world.desk(STORE).await;
    let Principal::Device(DeviceId(tablet)) = desk.principal else { panic!("a tablet") };
    reads(&world, &format!("device:{tablet}"), ReplicaId(fresh()), 7).await;
    let revoke = sqlx::query("update devices set revoked_at = $2 where id = $1").bind(tablet).bind(world.state.clock.now().0);
    revoke.execute(&world.state.pool).await.expect("revoked");
    tidy_up::once(&world.state).await.expect("tidied");
    assert_eq!(world.count("select count(*) from desk_reads").await, 1);
    pass_days(&world, 101);
    tidy_up::once(&world.state).await.expect("tidied");
    assert_eq!(world.count("select count(*) from desk_reads").await, 0);
}
