//! Two devices and one chair: the desk is offline and seats Auntie Wang; meanwhile Xiaoman books the same time online.

use anyhow::{Result, ensure};
use tests::World;

use super::steps::{has_booked, seats_a_walk_in};

#[tokio::test(flavor = "multi_thread")]
async fn the_walk_in_keeps_the_chair_and_the_member_takes_another_time_in_one_tap() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    desk.is_installed().await?;
    desk.wire.cut();
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "阿杰", "12:00").await?;
    seats_a_walk_in(&desk, "王阿姨", "阿杰").await?;
    desk.sees("离线").await?;
    xiaoman.open("/m/").await?;
    xiaoman.sees("已确认").await?;
    desk.wire.mend();
    xiaoman.sees("要换个时间").await?;
    world.server.says("displaced", |line| line.contains("template=\"displaced\"").then_some(())).await?;
    let offered = xiaoman.count(".alternatives button").await?;
    ensure!(offered == 3, "three times are offered, not {offered}");
    desk.sees("王阿姨").await?;
    xiaoman.taps_on(".alternatives button").await?;
    xiaoman.no_longer_sees("要换个时间").await?;
    xiaoman.sees("已确认").await?;
    desk.sees("林小满").await?;
    world.ends(vec![desk, xiaoman]).await
}
