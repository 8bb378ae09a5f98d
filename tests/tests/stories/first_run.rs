//! From an empty database to the first booking.

use anyhow::Result;
use tests::World;

use super::steps::signs_in_as_owner;

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_is_led_from_an_empty_database_to_the_first_booking() -> Result<()> {
    let world = World::empty().await?;
    let owner = world.tablet("老板").await?;
    owner.open("/desk/").await?;
    signs_in_as_owner(&world, &owner).await?;

    owner.sees("先说说你的店").await?;
    owner.types("名称", "玉门里发型").await?;
    owner.types("地址", "上海市玉门里 8 号").await?;
    owner.taps("下一步").await?;
    owner.sees("做哪些项目？").await?;
    owner.taps("全选").await?;
    owner.taps("添加").await?;
    owner.taps("下一步").await?;
    owner.sees("谁来做？").await?;
    owner.types("姓名", "阿杰").await?;
    owner.taps("添加").await?;
    owner.sees("阿杰").await?;
    owner.taps("下一步").await?;
    owner.sees("什么时候上班？").await?;
    owner.taps("下一步").await?;
    owner.sees("怎么约？").await?;
    owner.taps("完成").await?;

    owner.sees("可以开门了").await?;
    owner.taps("记第一个预约").await?;
    owner.types("搜索会员", "王阿姨").await?;
    owner.taps("精剪").await?;
    // Tomorrow: whatever the hour is now, there are openings.
    owner.taps_on("#booking-form [aria-label=后一天]").await?;
    owner.taps_on("#booking-form .opening").await?;
    owner.taps("约好").await?;
    owner.sees("约好了 · 王阿姨").await?;

    // It is not only on this screen.
    owner.open("/desk/").await?;
    owner.taps("后一天").await?;
    owner.sees("王阿姨").await?;
    owner.no_longer_sees("待同步").await?;
    world.ends(vec![owner]).await
}
