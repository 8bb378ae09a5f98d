//! The server is gone, and the day begins all the same.

use anyhow::Result;
use tests::World;

use super::steps::{has_booked, seats_a_walk_in};

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_opens_without_a_server_works_for_twelve_hours_and_sends_everything_afterwards() -> Result<()> {
    let mut world = World::salon().await?;
    let desk = world.desk().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    desk.sees("林小满").await?;
    desk.is_installed().await?;
    xiaoman.is_installed().await?;
    world.server.stop().await?;
    desk.open("/desk/").await?;
    desk.sees("林小满").await?;
    seats_a_walk_in(&desk, "王阿姨", "阿杰").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("已确认").await?;
    desk.moves_the_clock(12 * 60).await?;
    desk.open("/desk/").await?;
    desk.sees("离线").await?;
    // Twelve hours on nothing is refused.
    desk.taps("王阿姨").await?;
    desk.taps("完成").await?;
    desk.sees("已完成 · 王阿姨").await?;
    desk.taps("会员").await?;
    desk.sees("林小满").await?;
    world.server.start_again().await?;
    let elsewhere = world.desk().await?;
    elsewhere.sees("王阿姨").await?;
    elsewhere.sees("已完成").await?;
    world.ends(vec![desk, xiaoman, elsewhere]).await
}
