//! `cargo xtask shots`: every main screen on a phone and a tablet, in both languages, light and dark, empty, full and offline, to
//! be looked at as pictures. Where `HUIYUE_SHOTS` does not say, nothing is kept.

#[path = "shots/album.rs"]
mod album;
#[path = "shots/desk.rs"]
mod desk;
#[path = "shots/member.rs"]
mod member;

use anyhow::Result;
use tests::{Device, World};

/// Languages: the browser's, and how files are named.
const LANGUAGES: [(&str, &str); 2] = [("zh-CN", "zh"), ("en-US", "en")];

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_of_a_full_day_at_the_desk() -> Result<()> {
    let world = World::demo().await?;
    for (language, short) in LANGUAGES {
        for (device, form) in [(Device::Tablet, "tablet"), (Device::Phone, "phone")] {
            let qing = world.person("小青", device, language).await?;
            desk::full_day(&world, &album::Album::new(&qing, format!("desk-{form}-{short}")), short).await?;
            qing.browser.quit().await?;
        }
    }
    world.ends(Vec::new()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_of_a_full_day_for_members() -> Result<()> {
    let world = World::demo().await?;
    for (language, short) in LANGUAGES {
        let xiaoman = world.person("小满", Device::Phone, language).await?;
        member::books(&world, &album::Album::new(&xiaoman, format!("member-phone-{short}")), short).await?;
        xiaoman.browser.quit().await?;
        let guest = world.person("客人", Device::Tablet, language).await?;
        member::looks_around(&album::Album::new(&guest, format!("member-tablet-{short}")), short).await?;
        guest.browser.quit().await?;
    }
    world.ends(Vec::new()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_before_anything_is_there() -> Result<()> {
    let world = World::empty().await?;
    for (language, short) in LANGUAGES {
        let owner = world.person("老板", Device::Tablet, language).await?;
        desk::nothing_yet(&world, &album::Album::new(&owner, format!("desk-empty-{short}")), short).await?;
        owner.browser.quit().await?;
        let guest = world.person("客人", Device::Phone, language).await?;
        member::nothing_yet(&album::Album::new(&guest, format!("member-empty-{short}"))).await?;
        guest.browser.quit().await?;
    }
    world.ends(Vec::new()).await
}
