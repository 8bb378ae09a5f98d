//! Somebody has two visits at one time: the desk is told before it books the second, and sees it afterwards.

use anyhow::{Result, ensure};
use tests::World;

use super::steps::has_booked;

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_is_told_that_a_member_has_another_visit_at_the_same_time_and_may_book_it_all_the_same() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    let desk = world.desk().await?;
    desk.sees("林小满").await?;
    ensure!(desk.count(".visit use[href$='#people']").await? == 0, "one visit is no reason for a sign");
    desk.taps("新预约").await?;
    desk.types("搜索会员", "林小满").await?;
    desk.taps_on("#booking-form .member-row").await?;
    desk.taps("精剪").await?;
    desk.taps("小贝").await?;
    desk.taps("16:00").await?;
    desk.sees("16:00 今天 · 小贝").await?;
    ensure!(!desk.text().await?.contains("同一时间还有预约"), "at four she has nothing else");
    desk.taps("14:30").await?;
    desk.sees("这位客人同一时间还有预约").await?;
    desk.sees("林小满 · 今天 14:00 · 凯莉").await?;
    desk.shot("same-time-form").await?;
    desk.taps("约好").await?;
    desk.sees("约好了 · 林小满 · 今天 14:30 · 小贝").await?;
    // Both carry the sign, and each leads to the other.
    desk.until("sees the sign on both visits", || async { Ok((desk.count(".visit use[href$='#people']").await? == 2).then_some(())) })
        .await?;
    desk.shot("same-time-board").await?;
    desk.taps("14:30–15:30").await?;
    desk.sees("这位客人同一时间还有预约").await?;
    desk.shot("same-time-panel").await?;
    desk.taps_on(".panel__notice .button").await?;
    desk.sees("林小满 · 今天 14:30 · 小贝").await?;
    world.ends(vec![xiaoman, desk]).await
}
