//! Somebody is off although guests are promised: whom it concerns is asked before it is saved, and each gets an answer.

use anyhow::{Result, ensure};
use tests::World;
use tests::salon::{JJ, KELLY};

use super::steps::{has_booked, the_owner};

#[tokio::test(flavor = "multi_thread")]
async fn jj_leaves_and_each_of_his_guests_is_kept_moved_or_asked_before_it_is_saved() -> Result<()> {
    let world = World::salon().await?;
    let chen = world.phone("陈默").await?;
    has_booked(&world, &chen, "阿杰", "20:00").await?;
    world.desk_books("王阿姨", JJ, 16).await?;
    world.desk_books("周先生", JJ, 18).await?;
    world.desk_books("孙小姐", KELLY, 16).await?;
    let owner = the_owner(&world).await?;
    owner.open("/desk/set-up/staff").await?;
    owner.taps("阿杰").await?;
    owner.taps("在职").await?;
    owner.taps("保存").await?;
    owner.sees("会影响 3 个预约").await?;
    owner.sees("还有 3 个没选").await?;
    owner.sees("阿杰不在这里上班了").await?;
    owner.settles().await?;
    owner.shot("promises-at-stake").await?;
    let asked = owner.text().await?;
    ensure!(!asked.contains("孙小姐"), "she is promised Kelly: {asked}");
    ensure!(asked.contains("18:00 · 凯莉"), "a colleague is free at that time and costs less: {asked}");
    // Whoever looks again has changed nothing.
    owner.taps_on("dialog .dialog__head button").await?;
    owner.taps("保存").await?;
    owner.taps_on("dialog li:nth-child(1) .choice:nth-child(1)").await?;
    owner.taps_on("dialog li:nth-child(2) .choice:nth-child(2)").await?;
    owner.taps_on("dialog li:nth-child(3) .choice:last-child").await?;
    owner.taps_on("dialog .button--primary").await?;
    owner.sees("已保存").await?;

    // The one who is asked to rebook reads it on the phone, with times that are free.
    chen.open("/m/bookings").await?;
    chen.sees("需要你决定").await?;
    // The one who is kept is in the inbox, and nobody else.
    owner.open("/desk/attention").await?;
    owner.sees("1 个预约要重新安排").await?;
    owner.sees("王阿姨").await?;
    owner.no_longer_sees("周先生").await?;
    owner.settles().await?;
    owner.shot("uncovered").await?;
    // From there she goes to a colleague.
    owner.taps("可以改到").await?;
    owner.settles().await?;
    owner.shot("uncovered-ways").await?;
    owner.taps_on(".alternative").await?;
    owner.no_longer_sees("个预约要重新安排").await?;
    owner.sees("林小满要改约").await?;
    world.ends(vec![chen, owner]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn jj_goes_home_ill_and_the_reception_arranges_his_afternoon_in_a_minute() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("王阿姨", JJ, 16).await?;
    world.desk_books("周先生", JJ, 18).await?;
    let qing = world.desk().await?;
    qing.sees("王阿姨").await?;
    qing.taps("阿杰").await?;
    qing.taps("现在就走").await?;
    qing.sees("会影响 2 个预约").await?;
    qing.sees("那时阿杰不上班").await?;
    qing.taps("全部保留").await?;
    qing.taps_on("dialog li:nth-child(1) .choice:nth-child(2)").await?;
    qing.settles().await?;
    qing.shot("absent").await?;
    qing.taps_on("dialog .button--primary").await?;
    qing.sees("阿杰的排班已改").await?;
    // Auntie Wang goes to a colleague, Mr Zhou waits in the inbox until somebody has called him.
    qing.open("/desk/attention").await?;
    qing.sees("1 个预约要重新安排").await?;
    qing.sees("周先生").await?;
    qing.no_longer_sees("王阿姨").await?;
    world.ends(vec![qing]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_said_that_jj_is_gone_by_mistake_takes_it_back_and_nothing_is_left_to_arrange() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("王阿姨", JJ, 16).await?;
    let qing = world.desk().await?;
    qing.sees("王阿姨").await?;
    qing.taps("阿杰").await?;
    qing.taps("现在就走").await?;
    qing.taps_on("dialog li .choice:nth-child(1)").await?;
    qing.taps_on("dialog .button--primary").await?;
    qing.sees("阿杰的排班已改").await?;
    qing.has(".badge").await?;
    qing.taps("撤销").await?;
    qing.sees("已撤销").await?;
    qing.open("/desk/attention").await?;
    qing.sees("都处理好了").await?;
    world.ends(vec![qing]).await
}
