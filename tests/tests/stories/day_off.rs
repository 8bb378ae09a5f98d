//! A day without times: the phone says why, and what to do next.

use anyhow::{Result, ensure};
use shared::command::{Command, PutShift, PutStore};
use shared::id::ShiftId;
use shared::roster::{Shift, ShiftDay};
use shared::scope::Scope;
use shared::store::Store;
use shared::sync::Outcome;
use shared::time::LocalDate;
use tests::salon::{KELLY, STORE};
use tests::{Actor, Device, World};
use uuid::Uuid;

use super::steps::has_booked;

/// Kelly is off tomorrow; the day after the store is closed.
async fn kelly_is_off_and_then_it_is_closed(world: &World) -> Result<LocalDate> {
    let tomorrow = world.today()?.plus_days(1);
    let id = ShiftId(Uuid::from_u128(0x99));
    let off = Shift { id, store: STORE, staff: KELLY, day: ShiftDay::Date(tomorrow), spans: Vec::new(), written: None };
    let mut commands = vec![Command::PutShift(PutShift::of(off, 0))];
    for mut store in world.owner.reads_all::<Store>(Scope::BrandPublic).await? {
        store.special_days.insert(tomorrow.plus_days(1), Vec::new());
        let base = store.written.map_or(0, |written| written.version);
        commands.push(Command::PutStore(PutStore::of(store, base)));
    }
    for command in commands {
        let outcome = world.owner.gives(&command).await?;
        ensure!(outcome == Outcome::Applied, "{}: {outcome:?}", command.name());
    }
    Ok(tomorrow)
}

/// The day on the strip so many days from now.
async fn looks_at_day(member: &Actor, number: usize) -> Result<()> {
    member.taps_on(&format!(".day-strip .day:nth-of-type({})", number + 1)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_kelly_on_her_day_off_reads_that_she_is_off_and_takes_becky_instead() -> Result<()> {
    let world = World::salon().await?;
    kelly_is_off_and_then_it_is_closed(&world).await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.open("/m/book").await?;
    xiaoman.taps("玉门里发型").await?;
    xiaoman.taps("精剪").await?;
    xiaoman.taps("下一步").await?;
    xiaoman.taps("凯莉").await?;
    xiaoman.sees("最早可约").await?;
    xiaoman.sees("店休").await?;
    ensure!(!xiaoman.text().await?.contains("满\n"), "no day is full");
    looks_at_day(&xiaoman, 2).await?;
    xiaoman.sees("这天店休").await?;
    ensure!(!xiaoman.text().await?.contains("这天有空的"), "nobody works where it is closed");
    looks_at_day(&xiaoman, 1).await?;
    xiaoman.sees("凯莉这天休息").await?;
    xiaoman.sees("这天有空的").await?;
    xiaoman.settles().await?;
    xiaoman.shot("day-off-zh").await?;
    // Her next day is one tap away, and so is somebody else on this one.
    let strip = xiaoman.text_of(".openings__none .button").await?;
    ensure!(strip.starts_with('看'), "the next day: {strip}");
    xiaoman.taps("小贝 · ").await?;
    xiaoman.no_longer_sees("凯莉这天休息").await?;
    xiaoman.has(".day[aria-pressed=true]:nth-of-type(2)").await?;
    xiaoman.taps("14:00").await?;
    xiaoman.taps("下一步").await?;
    xiaoman.sees("小贝").await?;
    xiaoman.sees("明天").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moves_a_visit_to_kellys_day_off_reads_so_and_keeps_the_day_with_somebody_else() -> Result<()> {
    let world = World::salon().await?;
    kelly_is_off_and_then_it_is_closed(&world).await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "16:00").await?;
    let id = xiaoman.address_after("/m/book/done/").await?;
    xiaoman.open(&format!("/m/bookings/{id}/move")).await?;
    xiaoman.sees("现在约的是").await?;
    looks_at_day(&xiaoman, 1).await?;
    xiaoman.sees("凯莉这天休息").await?;
    xiaoman.taps("小贝 · 08:00").await?;
    xiaoman.taps("16:00").await?;
    xiaoman.taps("改到").await?;
    xiaoman.sees("已改约").await?;
    xiaoman.sees("小贝").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_phone_says_off_and_closed_and_never_full() -> Result<()> {
    let world = World::salon().await?;
    kelly_is_off_and_then_it_is_closed(&world).await?;
    let anna = world.person("Anna", Device::Phone, "en").await?;
    anna.open("/m/book").await?;
    anna.taps("Jade Lane Hair").await?;
    anna.taps("Haircut").await?;
    anna.taps("Next").await?;
    anna.taps("Kelly").await?;
    anna.sees("Earliest").await?;
    looks_at_day(&anna, 1).await?;
    anna.sees("Kelly is off on this day").await?;
    anna.settles().await?;
    anna.shot("day-off-en").await?;
    looks_at_day(&anna, 2).await?;
    anna.sees("The store is closed on this day").await?;
    ensure!(!anna.text().await?.contains("Full"), "no day is full");
    world.ends(vec![anna]).await
}
