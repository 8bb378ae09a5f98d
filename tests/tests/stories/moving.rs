//! A visit that moves to somebody else: what it costs then is said before the tap, and that is what it costs.

use anyhow::{Context, Result, ensure};
use shared::booking::{Booking, Line};
use shared::command::{Command, PutRules};
use shared::id::StaffId;
use shared::money::Money;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::store::{Confirmation, Rules, Store};
use shared::sync::Outcome;
use tests::World;
use tests::salon::{JJ, KELLY, STORE};

use super::steps::has_booked;

/// The only line of the only visit: whom it asks for, who does it, and what it costs in yuan.
async fn visit(world: &World) -> Result<(StaffPreference, Option<StaffId>, i64)> {
    let visits = world.owner.reads_all::<Booking>(Scope::Desk(STORE)).await?;
    let line = visits.into_iter().find_map(|visit| visit.lines.into_iter().next());
    let Line { staff_preference, staff, price, .. } = line.context("a visit")?;
    Ok((staff_preference, staff, price.map_or(0, |Money(price)| price / 100)))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_moves_a_visit_to_somebody_else_reads_the_new_price_first_and_the_desk_does_too() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "16:00").await?;
    let id = xiaoman.address_after("/m/book/done/").await?;
    xiaoman.open(&format!("/m/bookings/{id}")).await?;
    xiaoman.taps("改约").await?;
    xiaoman.taps("17:00").await?;
    xiaoman.sees("¥168").await?;
    ensure!(!xiaoman.text().await?.contains("原来"), "with the same person it costs the same");
    xiaoman.taps("阿杰 · ¥268").await?;
    xiaoman.sees("¥268（原来 ¥168）").await?;
    xiaoman.settles().await?;
    xiaoman.shot("move-phone").await?;
    xiaoman.taps("改到").await?;
    xiaoman.sees("已改约").await?;
    ensure!(visit(&world).await? == (StaffPreference::Requested(JJ), Some(JJ), 268), "{:?}", visit(&world).await?);
    let desk = world.desk().await?;
    desk.taps("17:00–18:00").await?;
    desk.taps("改约").await?;
    desk.taps("18:00").await?;
    desk.sees("18:00 今天 · 阿杰 · ¥268").await?;
    desk.taps("凯莉").await?;
    desk.sees("18:00 今天 · 凯莉 · ¥168").await?;
    desk.sees("价格从 ¥268 变为 ¥168").await?;
    desk.settles().await?;
    desk.shot("move-desk").await?;
    desk.taps("改到这里").await?;
    desk.sees("已改约 · 林小满").await?;
    ensure!(visit(&world).await? == (StaffPreference::Requested(KELLY), Some(KELLY), 168), "{:?}", visit(&world).await?);
    // And the way back is back with him, for what it was.
    desk.taps("撤销").await?;
    desk.sees("已撤销").await?;
    ensure!(visit(&world).await? == (StaffPreference::Requested(JJ), Some(JJ), 268), "{:?}", visit(&world).await?);
    world.ends(vec![xiaoman, desk]).await
}

/// From now on the desk sees every booking first.
async fn the_desk_looks_first(world: &World) -> Result<()> {
    let store = world.owner.reads_all::<Store>(Scope::BrandPublic).await?.into_iter().next().context("the store")?;
    let rules = Rules { confirmation: Confirmation::ByDesk, ..store.rules };
    let base = store.rules_written.map_or(0, |written| written.version);
    let outcome = world.owner.gives(&Command::PutRules(PutRules { store: STORE, rules: rules.into(), base })).await?;
    ensure!(outcome == Outcome::Applied, "{outcome:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_another_time_and_is_declined_still_has_the_old_one() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "16:00").await?;
    the_desk_looks_first(&world).await?;
    let id = xiaoman.address_after("/m/book/done/").await?;
    xiaoman.open(&format!("/m/bookings/{id}")).await?;
    xiaoman.taps("改约").await?;
    xiaoman.taps("18:00").await?;
    xiaoman.sees("还空着就仍是你的").await?;
    xiaoman.settles().await?;
    xiaoman.shot("move-asks-phone").await?;
    xiaoman.taps("改到").await?;
    xiaoman.sees("已申请改约").await?;
    // Giving it up gives up a visit that was promised: that is no request taken back.
    xiaoman.has(".button--danger").await?;
    ensure!(!xiaoman.text().await?.contains("撤回申请"), "she has a promise");
    let desk = world.desk().await?;
    desk.taps("待处理").await?;
    desk.sees("林小满想改时间").await?;
    ensure!(desk.text_of(".versions").await?.contains("16:00–17:00"), "the time from before");
    desk.settles().await?;
    desk.shot("move-asked-desk").await?;
    desk.taps("婉拒").await?;
    desk.sees("告诉客人的理由").await?;
    desk.taps("这个时段排满了").await?;
    desk.shot("decline-desk").await?;
    desk.taps("婉拒申请").await?;
    desk.sees("已婉拒 · 林小满").await?;
    xiaoman.no_longer_sees("18:00").await?;
    xiaoman.sees("16:00").await?;
    xiaoman.settles().await?;
    xiaoman.shot("move-declined-phone").await?;
    let told = world.server.says("the message", |text| text.contains("没能改到您想要的时间").then_some(())).await;
    told.context("she is told that the old time stands")?;
    world.ends(vec![xiaoman, desk]).await
}
