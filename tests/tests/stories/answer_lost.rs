//! The command arrived, the answer did not.

use anyhow::{Result, ensure};
use tests::World;

use super::steps::{chooses_a_haircut, has_booked};

/// On the board.
const CONFIRMED: &str = ".visit[data-status=confirmed]";

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_after_the_commit_duplicates_nothing() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    chooses_a_haircut(&xiaoman, "小贝", "16:00").await?;
    xiaoman.has("html:not([data-fresh])").await?;
    xiaoman.wire.drop_answers();
    // Where the answer to something else is lost first, the button has other words by now.
    xiaoman.taps_on(".action-bar .button--primary").await?;
    // The server has it, the phone does not know.
    // A time that is only held does not count: that was so before she tapped.
    let twice = || async { Ok((desk.count(CONFIRMED).await? == 2).then_some(())) };
    desk.until("sees two visits", twice).await?;
    xiaoman.wire.mend();
    xiaoman.open("/m/bookings").await?;
    xiaoman.no_longer_sees("还没约上").await?;
    xiaoman.sees("小贝").await?;
    let visits = desk.count(CONFIRMED).await?;
    ensure!(visits == 2, "{visits} visits on the board");
    world.ends(vec![desk, xiaoman]).await
}
