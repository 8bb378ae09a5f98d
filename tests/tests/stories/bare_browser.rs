//! A browser that keeps nothing: a private window, or the browser inside another app.

use anyhow::Result;
use tests::World;

use super::steps::has_booked;

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_storage_and_service_worker_books_moves_and_cancels_online() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.keeps_nothing().await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    xiaoman.taps("查看我的预约").await?;
    xiaoman.taps("精剪").await?;
    xiaoman.taps("改约").await?;
    xiaoman.taps("16:30").await?;
    xiaoman.taps("改到").await?;
    xiaoman.sees("已改约").await?;
    xiaoman.taps("取消").await?;
    xiaoman.taps("取消预约").await?;
    xiaoman.sees("已取消").await?;
    // The session is a cookie: after a reload everything comes from the server again.
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("已取消").await?;
    world.ends(vec![xiaoman]).await
}
