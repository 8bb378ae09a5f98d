//! A guest calls: "why is three o'clock not offered?" The manager asks the rules.

use anyhow::Result;
use tests::World;
use tests::salon::JJ;

use super::steps::the_owner;

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_asks_for_any_day_and_minute_who_can_and_why_the_others_cannot() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("王阿姨", JJ, 15).await?;
    let owner = the_owner(&world).await?;
    owner.open("/desk/set-up").await?;
    owner.taps("为什么约不到").await?;
    owner.taps("精剪").await?;
    owner.types("时间", "15:00").await?;
    owner.sees("已有预约：王阿姨 15:").await?;
    owner.sees("可以约：").await?;
    owner.settles().await?;
    owner.shot("why-not").await?;
    // The store is closed by then.
    owner.types("时间", "23:00").await?;
    owner.sees("这个时间谁都不行").await?;
    owner.sees("这个时间门店不营业").await?;
    // A member is offered what lies ahead and on the grid; the desk may put in any minute, and what has just been.
    owner.types("时间", "09:10").await?;
    owner.sees("这个时间已经过去了").await?;
    owner.sees("会员只看到每 15 分钟一格的时间").await?;
    owner.taps("前台").await?;
    owner.no_longer_sees("这个时间已经过去了").await?;
    owner.no_longer_sees("会员只看到每 15 分钟一格的时间").await?;
    world.ends(vec![owner]).await
}
