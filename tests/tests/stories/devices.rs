//! What browsers do to an app that has been open for a while.

use anyhow::Result;
use serde_json::json;
use tests::{Actor, World};

use super::steps::{has_booked, seats_a_walk_in};

/// The person clears the data of the site, or the browser does it to make room.
async fn loses_its_database(person: &Actor) -> Result<()> {
    let what = json!({ "origin": person.wire.url(""), "storageTypes": "indexeddb" });
    person.browser.cdp().send_raw("Storage.clearDataForOrigin", what).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_desk_has_not_sent_survives_a_browser_that_clears_its_database() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    desk.sees("林小满").await?;
    desk.wire.cut();
    seats_a_walk_in(&desk, "王阿姨", "阿杰").await?;
    desk.no_longer_sees("马上入座").await?;
    loses_its_database(&desk).await?;
    // The next tap works, and what is on the screen stays there.
    seats_a_walk_in(&desk, "李叔叔", "小贝").await?;
    desk.sees("林小满").await?;
    desk.sees("王阿姨").await?;
    desk.wire.mend();
    let elsewhere = world.desk().await?;
    elsewhere.sees("王阿姨").await?;
    elsewhere.sees("李叔叔").await?;
    desk.sees("已同步").await?;
    world.ends(vec![desk, xiaoman, elsewhere]).await
}

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
