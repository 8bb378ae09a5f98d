//! JJ works in two stores: the board of each shows when he is at the other one.

use anyhow::{Context, Result, ensure};
use shared::command::{Command, PutShift, PutStaff, PutStore};
use shared::id::{ShiftId, StoreId};
use shared::name::Name;
use shared::roster::{Shift, ShiftDay};
use shared::scope::Scope;
use shared::staff::Staff;
use shared::store::Store;
use shared::sync::Outcome;
use shared::time::LocalSpan;
use tests::World;
use tests::salon::JJ;
use uuid::Uuid;

use super::steps::the_owner;

/// 梧桐路店, where JJ works, too.
async fn jj_works_in_a_second_store(world: &World) -> Result<()> {
    let second = StoreId(Uuid::from_u128(0x77));
    let first = world.owner.reads_all::<Store>(Scope::BrandPublic).await?.into_iter().next().context("the store")?;
    let store = Store { id: second, name: Name::new("梧桐路店", "Wutong Road"), ..first };
    let mut commands = vec![Command::PutStore(PutStore::of(store, 0))];
    for mut jj in world.owner.reads_all::<Staff>(Scope::BrandPublic).await?.into_iter().filter(|staff| staff.id == JJ) {
        let base = jj.written.map_or(0, |written| written.version);
        jj.stores.push(second);
        commands.push(Command::PutStaff(PutStaff::of(jj, base)));
    }
    for day in 0..7u8 {
        let (id, spans) = (ShiftId(Uuid::from_u128(0x7700 + u128::from(day))), vec![LocalSpan { from: 480, until: 1320 }]);
        let shift = Shift { id, store: second, staff: JJ, day: ShiftDay::Weekly(day), spans, written: None };
        commands.push(Command::PutShift(PutShift::of(shift, 0)));
    }
    for command in commands {
        let outcome = world.owner.gives(&command).await?;
        ensure!(outcome == Outcome::Applied, "{}: {outcome:?}", command.name());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_of_the_other_store_shows_when_jj_is_away_and_not_with_whom() -> Result<()> {
    let world = World::salon().await?;
    jj_works_in_a_second_store(&world).await?;
    let owner = the_owner(&world).await?;
    world.desk_books("王阿姨", JJ, 16).await?;
    owner.sees("王阿姨").await?;
    owner.taps("玉门里发型").await?;
    owner.taps("梧桐路店").await?;
    owner.sees("在别店").await?;
    owner.no_longer_sees("王阿姨").await?;
    owner.settles().await?;
    owner.shot("board-elsewhere").await?;
    world.ends(vec![owner]).await
}
