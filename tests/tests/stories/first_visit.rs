//! The first visit, on a slow line: every byte is waited for.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::server::built_apps;
use tests::{Actor, Device, World};

use super::desk_undo::is_late;

use super::steps::signs_in_as_owner;

/// What a phone keeps of the app, as the server sends it: compressed where there is a compressed form.
fn size_of_app(dist: &Path) -> Result<u64> {
    let mut total = 0;
    for entry in std::fs::read_dir(dist).with_context(|| format!("reading {}", dist.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let only_for_installers = path.is_dir() || name.ends_with("-512.png");
        if only_for_installers || name.ends_with(".br") {
            continue;
        }
        let packed = path.with_file_name(format!("{name}.br"));
        total += std::fs::metadata(if packed.exists() { packed } else { path })?.len();
    }
    Ok(total)
}

/// Waits until the app is on the device, also for a page that the worker does not control yet.
async fn has_the_app(member: &Actor) -> Result<()> {
    let script = "return navigator.serviceWorker.getRegistration('/m/').then((known) => known?.active?.state === 'activated')";
    let is_there = || async { Ok((member.browser.execute(script, vec![]).await?.json().as_bool() == Some(true)).then_some(())) };
    member.until("has the app on the device", is_there).await
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_comes_for_the_first_time_loads_everything_once() -> Result<()> {
    let world = World::salon().await?;
    let files = size_of_app(&built_apps().join("m"))?;
    for address in ["/", "/m/"] {
        let xiaoman = world.phone("小满").await?;
        xiaoman.open(address).await?;
        xiaoman.sees("会约").await?;
        has_the_app(&xiaoman).await?;
        let received = xiaoman.wire.received();
        println!("first_visit_kb_member {:.1} of {:.1} ({address})", received as f64 / 1000.0, files as f64 / 1000.0);
        ensure!(received * 10 <= files * 11, "{address}: {received} bytes for {files} bytes of files");
        xiaoman.browser.quit().await?;
    }
    world.ends(Vec::new()).await
}

/// A member at the first page, with nothing kept in advance.
async fn member_without_worker(world: &World) -> Result<Actor> {
    let xiaoman = world.phone("小满").await?;
    xiaoman.keeps_nothing().await?;
    xiaoman.open("/m/").await?;
    xiaoman.sees("玉门里发型").await?;
    Ok(xiaoman)
}

/// Takes addresses away from a page, and gives them back with an empty list.
async fn blocks(actor: &Actor, addresses: &[&str]) -> Result<()> {
    actor.browser.cdp().send_raw("Network.enable", json!({})).await?;
    actor.browser.cdp().send_raw("Network.setBlockedURLs", json!({ "urls": addresses })).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_file_cannot_be_had_says_so_and_is_there_at_the_second_try() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = member_without_worker(&world).await?;
    blocks(&xiaoman, &["*.chunk.wasm"]).await?;
    xiaoman.taps_on("a[href='/m/me']").await?;
    xiaoman.sees("这一页没有取到").await?;
    blocks(&xiaoman, &[]).await?;
    xiaoman.taps_on(".empty-state button").await?;
    xiaoman.sees("外观").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_could_not_be_had_offline_comes_by_itself_when_the_network_is_back() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = member_without_worker(&world).await?;
    xiaoman.wire.cut();
    xiaoman.taps_on("a[href='/m/me']").await?;
    xiaoman.sees("这一页没有取到").await?;
    xiaoman.wire.mend();
    xiaoman.sees("外观").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_without_its_rules_asks_nothing_and_gives_nothing_until_they_are_had() -> Result<()> {
    let world = World::salon().await?;
    is_late(&world, "王阿姨").await?;
    let owner = world.tablet("老板").await?;
    owner.keeps_nothing().await?;
    blocks(&owner, &["*split_desk_rules*"]).await?;
    owner.open("/desk/").await?;
    signs_in_as_owner(&world, &owner).await?;
    owner.taps("王阿姨").await?;
    owner.sees("这一页没有取到").await?;
    blocks(&owner, &[]).await?;
    owner.taps_on(".empty-state button").await?;
    owner.taps("到店").await?;
    owner.sees("撤销到店").await?;
    world.ends(vec![owner]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_slow_line_words_and_shape_are_there_before_style_and_program() -> Result<()> {
    let world = World::salon().await?;
    for (device, address) in [(Device::Phone, "/m/"), (Device::Tablet, "/desk/")] {
        let person = world.person("小满", device, "zh-CN").await?;
        blocks(&person, &["*.css", "*.js", "*.wasm", "*.svg"]).await?;
        person.open(address).await?;
        person.sees("正在打开").await?;
        // With their own place and size, and the page's colour behind them.
        let shape = "const [card] = document.querySelectorAll('.boot__card:last-child'); return card.getBoundingClientRect().height > 50";
        ensure!(person.browser.execute(shape, vec![]).await?.json().as_bool() == Some(true), "{address}: words without a shape");
        person.browser.quit().await?;
    }
    world.ends(Vec::new()).await
}
