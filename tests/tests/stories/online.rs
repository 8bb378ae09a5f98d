//! With a network.

use anyhow::Result;
use tests::World;

use super::steps::{chooses_a_haircut, has_booked, proves_who_she_is};

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_books_and_the_board_shows_it_by_itself() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    let xiaoman = world.phone("小满").await?;
    chooses_a_haircut(&xiaoman, "阿杰", "14:00").await?;
    proves_who_she_is(&world, &xiaoman).await?;
    xiaoman.sees("约好了").await?;
    desk.sees("林小满").await?;
    world.ends(vec![desk, xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_moves_and_cancels_and_the_desk_follows() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    desk.sees("林小满").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.taps("精剪").await?;
    xiaoman.taps("改约").await?;
    xiaoman.taps("16:30").await?;
    xiaoman.taps("改到").await?;
    xiaoman.sees("已改约").await?;
    desk.sees("16:30").await?;
    xiaoman.taps("取消").await?;
    xiaoman.taps("取消预约").await?;
    xiaoman.sees("已取消").await?;
    desk.no_longer_sees("林小满").await?;
    world.ends(vec![desk, xiaoman]).await
}
