//! One tablet for everybody: people change by PIN, and whoever signs in on it with an account gives it back.

use anyhow::Result;
use tests::{Actor, World};

use super::steps::{seats_a_walk_in, signs_in_as_owner, types_the_pin};

/// A tablet that asks who is there; 小青 of the reception has the number 4821.
async fn enrolled(world: &World) -> Result<Actor> {
    let desk = world.tablet("前台").await?;
    desk.open("/desk/").await?;
    signs_in_as_owner(world, &desk).await?;
    desk.sees("阿杰").await?;
    desk.open("/desk/set-up/staff").await?;
    desk.types("姓名", "小青").await?;
    desk.taps("前台或店长").await?;
    desk.taps("添加").await?;
    desk.sees("小青").await?;
    desk.open("/desk/enrol").await?;
    desk.taps("小青").await?;
    desk.types("数字密码", "4821").await?;
    desk.taps_on("form.surface [type=submit]").await?;
    desk.sees("数字密码已设置").await?;
    desk.taps_on("form .button--primary").await?;
    // Enrolled, it shows the board of the store, and asks who is there.
    desk.has(".board__head").await?;
    desk.has(".pin").await?;
    Ok(desk)
}

/// The tablet lies there for ten minutes, and somebody opens the page anew.
async fn lies_untouched(desk: &Actor) -> Result<()> {
    desk.moves_the_clock(10).await?;
    desk.open("/desk/").await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_signs_in_on_the_tablet_and_out_again_leaves_it_enrolled() -> Result<()> {
    let world = World::salon().await?;
    let desk = enrolled(&world).await?;
    desk.taps("小青").await?;
    types_the_pin(&desk).await?;
    desk.no_longer_sees("用账号登录").await?;
    desk.has(".board__head").await?;
    // The reception has a PIN, too, and is booked by nobody.
    let columns = "return [...document.querySelectorAll('.board__who')].map((name) => name.innerText)";
    let columns = desk.browser.execute(columns, vec![]).await?.json().to_string();
    anyhow::ensure!(columns.contains("阿杰") && !columns.contains("小青"), "nobody is booked with the reception: {columns}");
    desk.open("/desk/who").await?;
    desk.has(".pin").await?;
    lies_untouched(&desk).await?;
    desk.sees("用账号登录").await?;
    // A reload is no way around it.
    desk.reloads().await?;
    desk.taps("用账号登录").await?;
    signs_in_as_owner(&world, &desk).await?;
    desk.no_longer_sees("用账号登录").await?;
    desk.open("/desk/sync").await?;
    desk.taps("退出登录").await?;
    // The tablet is back, and asks who is there.
    desk.sees("用账号登录").await?;
    desk.taps("小青").await?;
    types_the_pin(&desk).await?;
    desk.no_longer_sees("用账号登录").await?;
    desk.has(".board__head").await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_walks_away_from_an_offline_tablet_loses_nothing_and_the_tablet_goes_back_to_the_store() -> Result<()> {
    let world = World::salon().await?;
    let desk = enrolled(&world).await?;
    desk.taps("用账号登录").await?;
    signs_in_as_owner(&world, &desk).await?;
    desk.no_longer_sees("用账号登录").await?;
    desk.is_installed().await?;
    desk.wire.cut();
    seats_a_walk_in(&desk, "王阿姨", "阿杰").await?;
    lies_untouched(&desk).await?;
    desk.sees("发完平板就交还给店里").await?;
    desk.wire.mend();
    desk.sees("用账号登录").await?;
    let elsewhere = world.desk().await?;
    elsewhere.sees("王阿姨").await?;
    world.ends(vec![desk, elsewhere]).await
}
