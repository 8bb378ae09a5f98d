//! A number that the desk has typed is not verified until the guest says the code that came to it.

use anyhow::Result;
use tests::{Actor, World};

const WANG: &str = "13700137000";

async fn registers_auntie_wang(desk: &Actor) -> Result<()> {
    desk.open("/desk/members/new").await?;
    desk.types("姓名", "王阿姨").await?;
    desk.types("手机号", WANG).await?;
    desk.sees("请先告知隐私说明").await?;
    desk.taps("已告知隐私说明").await?;
    desk.taps("登记").await?;
    desk.sees("已登记 · 王阿姨").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_sees_that_a_number_is_not_verified_and_the_guest_proves_it() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    registers_auntie_wang(&desk).await?;
    desk.sees("验证号码").await?;
    desk.has(".member-head .tag--decide").await?;
    desk.shot("number-typed").await?;
    desk.taps("发送验证码").await?;
    let code = world.code_for(WANG).await?;
    desk.types("客人念的验证码", "000000").await?;
    desk.taps_on(".desk__page form button[type=submit]").await?;
    desk.sees("验证码不对").await?;
    desk.types("客人念的验证码", &code).await?;
    desk.taps_on(".desk__page form button[type=submit]").await?;
    desk.sees("号码已验证").await?;
    desk.no_longer_sees("未验证").await?;
    desk.shot("number-proven").await?;
    // Nobody makes her a second time: her number leads to her card.
    desk.open("/desk/members/new").await?;
    desk.types("手机号", WANG).await?;
    desk.sees("这个号码已有会员").await?;
    desk.shot("number-known").await?;
    desk.taps("王阿姨").await?;
    desk.sees("隐私授权").await?;
    world.ends(vec![desk]).await
}
