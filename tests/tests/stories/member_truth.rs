//! The phone says what is so: which visit was booked, at which price, by which clock, and what is not booked.

use anyhow::{Result, ensure};
use shared::booking::{CancelledBy, State};
use shared::command::{Cancel, Command, Move};
use shared::id::BookingId;
use shared::record::Record;
use shared::scope::Scope;
use shared::sync::Outcome;
use tests::salon::{STORE, noon_zone};
use tests::{Actor, World};

use super::steps::{XIAOMAN, chooses_a_haircut, has_booked, proves_who_she_is};

/// Visits that are promised, as the store has them.
pub async fn promised(world: &World) -> Result<usize> {
    let records = world.owner.reads(Scope::Desk(STORE)).await?;
    let is_promised = |record: &&Record| matches!(record, Record::Booking(booking) if matches!(booking.state, State::Confirmed { .. }));
    Ok(records.iter().filter(is_promised).count())
}

/// Steps up to the code, with the code pasted as the message it came in.
async fn signs_in_with_a_pasted_message(world: &World, member: &Actor, before: &str) -> Result<()> {
    member.types("手机号", XIAOMAN).await?;
    member.taps("获取验证码").await?;
    let code = world.next_code_for(XIAOMAN, before).await?;
    let wide: String = code.chars().map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0xFF10).unwrap_or(digit)).collect();
    member.pastes("6 位验证码", &format!("【会约】您的验证码是 {wide}，5 分钟内有效。")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_of_one_person_book_two_visits_and_each_shows_its_own() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    let first = xiaoman.tab().await?;
    chooses_a_haircut(&xiaoman, "小贝", "16:00").await?;
    let second = xiaoman.opens_beside("/m/book").await?;
    chooses_a_haircut(&xiaoman, "阿杰", "18:00").await?;
    xiaoman.taps("确认预约").await?;
    xiaoman.sees("约好了").await?;
    xiaoman.sees("18:00").await?;
    xiaoman.turns_to(&first).await?;
    xiaoman.taps("确认预约").await?;
    xiaoman.sees("约好了").await?;
    xiaoman.sees("16:00").await?;
    xiaoman.no_longer_sees("18:00").await?;
    ensure!(promised(&world).await? == 3, "three visits were asked for");
    xiaoman.turns_to(&second).await?;
    // Whoever signs out in one tab is gone from the other.
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("小贝").await?;
    xiaoman.turns_to(&first).await?;
    xiaoman.open("/m/me").await?;
    xiaoman.taps("退出登录").await?;
    xiaoman.sees("登录会约").await?;
    xiaoman.turns_to(&second).await?;
    xiaoman.no_longer_sees("小贝").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_booking_asks_to_sign_in_and_then_shows_it() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    let before = world.code_for(XIAOMAN).await?;
    let link = xiaoman.address_after("/m/book/done/").await?;
    xiaoman.open("/m/me").await?;
    xiaoman.taps("退出登录").await?;
    xiaoman.sees("登录会约").await?;
    xiaoman.open(&format!("/m/bookings/{link}")).await?;
    xiaoman.sees("登录后查看这次预约").await?;
    signs_in_with_a_pasted_message(&world, &xiaoman, &before).await?;
    xiaoman.sees("凯莉").await?;
    xiaoman.sees("14:00").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_anybody_pays_the_lowest_price_unless_they_widen_it() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    // The two who ask less are taken at two.
    for (name, staff) in [("甲", tests::salon::KELLY), ("乙", tests::salon::BECKY)] {
        world.desk_books(name, staff, 14).await?;
    }
    xiaoman.open("/m/book").await?;
    xiaoman.taps("玉门里发型").await?;
    xiaoman.taps("精剪").await?;
    xiaoman.taps("下一步").await?;
    xiaoman.taps("都可以").await?;
    xiaoman.sees("15:00").await?;
    xiaoman.sees("¥168").await?;
    xiaoman.no_longer_sees("14:00").await?;
    xiaoman.taps("也看 ¥268").await?;
    xiaoman.taps("14:00").await?;
    xiaoman.taps("下一步").await?;
    xiaoman.sees("¥268").await?;
    proves_who_she_is(&world, &xiaoman).await?;
    xiaoman.sees("约好了").await?;
    xiaoman.sees("阿杰").await?;
    xiaoman.sees("¥268").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_clock_times_stay_while_somebody_signs_in_at_the_last_step() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    chooses_a_haircut(&xiaoman, "凯莉", "14:00").await?;
    // Somebody else is faster, and she hears of it before she has typed anything.
    world.desk_books("王阿姨", tests::salon::KELLY, 14).await?;
    xiaoman.sees("刚刚被约走").await?;
    xiaoman.sees("另选时间").await?;
    xiaoman.sees_times_within("08:00", "22:00").await?;
    xiaoman.taps_on(".alternative").await?;
    proves_who_she_is(&world, &xiaoman).await?;
    xiaoman.sees("约好了").await?;
    xiaoman.sees("凯莉").await?;
    xiaoman.sees_times_within("08:00", "22:00").await?;
    // The same time once more, for somebody of the family: said before the tap.
    let at = xiaoman.text_of(".slip .time").await?;
    let time = at.split(['–', '\n']).next().unwrap_or_default().trim().to_owned();
    chooses_a_haircut(&xiaoman, "小贝", &time).await?;
    xiaoman.sees("你这个时间已经有一个预约").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_sent_is_not_called_booked_and_can_be_gone_on_with() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.open("/m/").await?;
    xiaoman.is_installed().await?;
    xiaoman.wire.cut();
    chooses_a_haircut(&xiaoman, "凯莉", "14:00").await?;
    xiaoman.taps("记下，联网后再约").await?;
    xiaoman.sees("还没约上").await?;
    xiaoman.open("/m/").await?;
    xiaoman.sees("还没约上，接着预约？").await?;
    xiaoman.sees("凯莉").await?;
    xiaoman.wire.mend();
    xiaoman.taps("接着预约").await?;
    proves_who_she_is(&world, &xiaoman).await?;
    xiaoman.sees("约好了").await?;
    ensure!(promised(&world).await? == 1, "one visit");
    // The next one waits, and is taken back before anything was sent.
    xiaoman.wire.cut();
    chooses_a_haircut(&xiaoman, "小贝", "16:00").await?;
    xiaoman.taps("存下，联网后发送").await?;
    xiaoman.sees("还没约上").await?;
    xiaoman.taps("撤回").await?;
    xiaoman.sees("撤回，联网后不会留下预约").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.no_longer_sees("16:00").await?;
    xiaoman.wire.mend();
    xiaoman.no_longer_sees("待发送").await?;
    // A later one is sent all the same: its number has closed the gap.
    chooses_a_haircut(&xiaoman, "阿杰", "18:00").await?;
    xiaoman.taps("确认预约").await?;
    xiaoman.sees("约好了").await?;
    ensure!(promised(&world).await? == 2, "what was taken back was never booked");
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_visit_the_store_cancels_reads_it_on_the_first_page_until_she_has_seen_it() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    let booking: BookingId = xiaoman.address_after("/m/book/done/").await?.parse()?;
    xiaoman.open("/m/").await?;
    xiaoman.sees("14:00").await?;
    let cancel = Cancel { store: STORE, booking, by: CancelledBy::Store, reason: "停电".into() };
    ensure!(world.owner.gives(&Command::Cancel(cancel)).await? == Outcome::Applied, "cancelled");
    // She does nothing, and it is there.
    xiaoman.sees("门店取消了").await?;
    xiaoman.sees("精剪").await?;
    xiaoman.settles().await?;
    xiaoman.shot("lost-phone").await?;
    xiaoman.reloads().await?;
    xiaoman.sees("门店取消了").await?;
    xiaoman.taps("知道了").await?;
    xiaoman.no_longer_sees("门店取消了").await?;
    xiaoman.reloads().await?;
    xiaoman.sees("想什么时候来").await?;
    xiaoman.no_longer_sees("门店取消了").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_visit_the_store_moves_reads_from_when_to_when_until_she_has_seen_it() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    let booking: BookingId = xiaoman.address_after("/m/book/done/").await?.parse()?;
    // Her own move is no news.
    xiaoman.open(&format!("/m/bookings/{booking}/move")).await?;
    xiaoman.taps("15:00").await?;
    xiaoman.taps("改到").await?;
    xiaoman.sees("已改约").await?;
    // The store's is, also where the app was closed meanwhile.
    xiaoman.wire.cut();
    let starts_at = noon_zone()?.instant(world.today()?, 17 * 60);
    let moved = Move { store: STORE, booking, starts_at, staff_preferences: Vec::new(), override_reason: None };
    ensure!(world.owner.gives(&Command::Move(moved)).await? == Outcome::Applied, "moved");
    xiaoman.open("/m/").await?;
    xiaoman.sees("15:00").await?;
    ensure!(!xiaoman.text().await?.contains("门店把"), "nothing was heard yet");
    xiaoman.wire.mend();
    xiaoman.sees("15:00 的预约改到了").await?;
    xiaoman.sees("17:00").await?;
    xiaoman.settles().await?;
    xiaoman.shot("moved-phone").await?;
    xiaoman.reloads().await?;
    xiaoman.sees("15:00 的预约改到了").await?;
    // The way to the visit, with all that can be done about it.
    xiaoman.taps("看看这次预约").await?;
    xiaoman.sees("改约").await?;
    xiaoman.sees("致电门店").await?;
    xiaoman.open("/m/").await?;
    xiaoman.sees("17:00").await?;
    ensure!(!xiaoman.text().await?.contains("门店把"), "she has seen it");
    // A move that is taken back is no news either.
    for hour in [18, 17] {
        let starts_at = noon_zone()?.instant(world.today()?, hour * 60);
        let moved = Move { store: STORE, booking, starts_at, staff_preferences: Vec::new(), override_reason: None };
        ensure!(world.owner.gives(&Command::Move(moved)).await? == Outcome::Applied, "moved");
        xiaoman.sees(&format!("{hour}:00")).await?;
    }
    xiaoman.no_longer_sees("门店把").await?;
    world.ends(vec![xiaoman]).await
}
