//! Signing out while something has not been sent.

use anyhow::Result;
use tests::World;

use super::steps::{chooses_a_haircut, has_booked};

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_with_unsent_work_warns_first() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    xiaoman.is_installed().await?;
    xiaoman.wire.cut();
    chooses_a_haircut(&xiaoman, "小贝", "16:00").await?;
    xiaoman.taps("存下，联网后发送").await?;
    // The rules on the page before say 还没约上 as well.
    xiaoman.sees("还没约上 · 待发送").await?;
    xiaoman.open("/m/me").await?;
    xiaoman.taps("退出登录").await?;
    xiaoman.sees("还有没发送的操作").await?;
    xiaoman.taps("先不退出").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("还没约上").await?;
    world.ends(vec![xiaoman]).await
}
