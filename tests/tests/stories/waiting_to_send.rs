//! A phone without a network: waiting to send is not booked yet.

use anyhow::Result;
use tests::World;

use super::steps::{chooses_a_haircut, has_booked};

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_made_offline_is_not_booked_yet_and_is_confirmed_when_the_network_returns() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    xiaoman.is_installed().await?;
    xiaoman.wire.cut();
    chooses_a_haircut(&xiaoman, "小贝", "16:00").await?;
    xiaoman.taps("存下，联网后发送").await?;
    // The rules on the page before say 还没约上 as well.
    xiaoman.sees("还没约上 · 待发送").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("还没约上").await?;
    xiaoman.wire.mend();
    xiaoman.no_longer_sees("还没约上").await?;
    xiaoman.sees("已确认").await?;
    world.ends(vec![xiaoman]).await
}
