//! A store that wants to see every booking first: what is asked for is a request, and can be taken back as one.

use anyhow::Result;
use tests::World;

use super::steps::{chooses_a_haircut, proves_who_she_is_asking};

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_her_request_back_before_the_store_has_answered_is_not_told_that_she_cancelled_a_visit() -> Result<()> {
    let world = World::salon().await?;
    world.desk_confirms_first().await?;
    let xiaoman = world.phone("小满").await?;
    chooses_a_haircut(&xiaoman, "凯莉", "16:00").await?;
    proves_who_she_is_asking(&world, &xiaoman).await?;
    xiaoman.sees("已提交，等门店确认").await?;
    let slip = xiaoman.address_after("/m/book/done/").await?;
    xiaoman.open(&format!("/m/bookings/{slip}")).await?;
    xiaoman.taps("撤回申请").await?;
    xiaoman.sees("撤回这次申请？").await?;
    xiaoman.settles().await?;
    xiaoman.shot("take-back-zh").await?;
    xiaoman.taps("撤回申请").await?;
    xiaoman.sees("门店当时还没有确认").await?;
    xiaoman.sees("已撤回").await?;
    xiaoman.no_longer_sees("取消").await?;
    // The slip and the list say the same.
    xiaoman.open(&format!("/m/book/done/{slip}")).await?;
    xiaoman.sees("已撤回申请").await?;
    xiaoman.settles().await?;
    xiaoman.shot("taken-back-zh").await?;
    xiaoman.no_longer_sees("日历").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("已撤回").await?;
    xiaoman.no_longer_sees("已取消").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_back_what_was_never_sent_reads_on_its_slip_that_she_did() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    super::steps::has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    xiaoman.open("/m/").await?;
    xiaoman.is_installed().await?;
    xiaoman.wire.cut();
    chooses_a_haircut(&xiaoman, "小贝", "16:00").await?;
    xiaoman.taps("存下，联网后发送").await?;
    xiaoman.sees("还没约上").await?;
    xiaoman.taps("撤回").await?;
    xiaoman.sees("你撤回了申请").await?;
    xiaoman.reloads().await?;
    xiaoman.sees("你撤回了申请").await?;
    xiaoman.no_longer_sees("找不到这次预约").await?;
    world.ends(vec![xiaoman]).await
}
