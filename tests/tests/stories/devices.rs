//! What browsers do to an app that has been open for a while.

use anyhow::Result;
use serde_json::json;
use tests::World;

use super::steps::seats_a_walk_in;

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_is_frozen_does_not_keep_the_others_from_sending() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    let frozen = desk.browser.window().await?;
    let second = desk.browser.new_tab().await?;
    desk.browser.switch_to_window(second.clone()).await?;
    desk.open("/desk/").await?;
    desk.sees("阿杰").await?;
    // The first tab holds the lock. Freezing it needs its own session.
    desk.browser.switch_to_window(frozen).await?;
    desk.browser.cdp().send_raw("Page.setWebLifecycleState", json!({ "state": "frozen" })).await?;
    desk.browser.switch_to_window(second).await?;
    seats_a_walk_in(&desk, "王阿姨", "阿杰").await?;
    let elsewhere = world.desk().await?;
    elsewhere.sees("王阿姨").await?;
    world.ends(vec![desk, elsewhere]).await
}
