//! A salon with one basin: set up by the owner, needed by a cut, seen on the board, and never promised twice.

use anyhow::{Result, ensure};
use tests::World;
use tests::salon::{JJ, KELLY};

use super::steps::{has_booked, the_owner};

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_sets_up_a_basin_and_the_phone_offers_no_time_at_which_it_is_taken() -> Result<()> {
    let world = World::salon().await?;
    let owner = the_owner(&world).await?;
    owner.open("/desk/set-up/resources").await?;
    owner.types("名称", "洗头床").await?;
    owner.types("英文名", "Basin").await?;
    owner.taps("添加类型").await?;
    owner.sees("洗头床 1").await?;
    owner.settles().await?;
    owner.shot("resources").await?;
    // A cut needs one from the first minute to the last.
    owner.open("/desk/set-up/services").await?;
    owner.taps("精剪").await?;
    owner.taps("洗头床").await?;
    owner.taps("保存").await?;
    owner.sees("已保存").await?;

    // Becky and Kelly are free at four, and the basin is not.
    world.desk_books("王阿姨", JJ, 16).await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.open("/m/book").await?;
    xiaoman.taps("玉门里发型").await?;
    xiaoman.taps("精剪").await?;
    xiaoman.taps("下一步").await?;
    xiaoman.taps("凯莉").await?;
    xiaoman.sees("17:00").await?;
    let offered = xiaoman.text().await?;
    ensure!(!offered.contains("16:00") && !offered.contains("16:30"), "the basin is taken at four: {offered}");

    // The board turns to the basin, and back.
    let qing = world.desk().await?;
    qing.taps("员工").await?;
    qing.sees("洗头床 1").await?;
    qing.sees("王阿姨").await?;
    qing.no_longer_sees("凯莉").await?;
    qing.settles().await?;
    qing.shot("board-resources").await?;
    qing.taps("王阿姨").await?;
    qing.sees("资源").await?;
    qing.taps_on(".panel__head button").await?;
    // It is broken from now on: whoever has it is told.
    qing.taps("洗头床 1").await?;
    qing.sees("占位").await?;
    qing.taps_on(".panel__head button").await?;
    qing.taps_on(".board__corner").await?;
    qing.sees("凯莉").await?;

    // A second basin, one tap: the time is free again.
    owner.open("/desk/set-up/resources").await?;
    owner.taps("添加洗头床").await?;
    owner.sees("洗头床 2").await?;
    let chen = world.phone("陈默").await?;
    has_booked(&world, &chen, "凯莉", "16:00").await?;
    world.desk_books("周先生", KELLY, 18).await?;
    world.ends(vec![owner, xiaoman, qing, chen]).await
}
