//! From an empty database to the first booking.

use anyhow::Result;
use tests::World;

#[tokio::test]
async fn an_owner_is_led_through_the_first_run() -> Result<()> {
    let world = World::empty().await?;
    let owner = world.tablet("老板").await?;
    let password = world.server.printed("owner  ").await?;
    owner.open("/desk/").await?;
    owner.types("账号", "owner").await?;
    owner.types("密码", &password).await?;
    owner.taps("登录").await?;
    owner.taps("开始设置").await?;
    world.ends(vec![owner]).await
}
