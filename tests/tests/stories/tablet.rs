//! One tablet for everybody: people change by PIN, and whoever signs in on it with an account gives it back.

use anyhow::Result;
use tests::{Actor, World};

async fn signs_in(person: &Actor, name: &str, password: &str) -> Result<()> {
    person.types("账号", name).await?;
    person.types("密码", password).await?;
    person.taps("登录").await
}

async fn types_the_pin(person: &Actor) -> Result<()> {
    for digit in ["4", "8", "2", "1"] {
        person.taps(digit).await?;
    }
    person.taps("确定").await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_signs_in_on_the_tablet_and_out_again_leaves_it_enrolled() -> Result<()> {
    let world = World::salon().await?;
    let password = world.server.printed("owner  ").await?;
    let desk = world.tablet("前台").await?;
    desk.open("/desk/").await?;
    signs_in(&desk, "owner", &password).await?;
    desk.sees("阿杰").await?;
    // The reception has a PIN, too, and is booked by nobody.
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
    desk.has(".pin").await?;
    desk.taps("小青").await?;
    types_the_pin(&desk).await?;
    desk.no_longer_sees("用账号登录").await?;
    desk.has(".board__head").await?;
    let columns = "return [...document.querySelectorAll('.board__who')].map((name) => name.innerText)";
    let columns = desk.browser.execute(columns, vec![]).await?.json().to_string();
    anyhow::ensure!(columns.contains("阿杰") && !columns.contains("小青"), "nobody is booked with the reception: {columns}");
    desk.open("/desk/who").await?;
    desk.has(".pin").await?;
    desk.open("/desk/").await?;
    desk.moves_the_clock(10).await?;
    desk.open("/desk/").await?;
    desk.taps("用账号登录").await?;
    signs_in(&desk, "owner", &password).await?;
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
