//! A full Saturday: somebody waits for it on a phone, somebody else cancels, and one tap makes the time hers.

use anyhow::{Result, ensure};
use shared::booking::Subject;
use shared::command::{Book, Command};
use shared::id::BookingId;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::LocalDate;
use shared::visit_request::RequestedLine;
use tests::salon::{CUT, JJ, STORE, noon_zone};
use tests::{Actor, World};
use uuid::Uuid;

use super::steps::says_who_she_is;

/// JJ's Saturday, hour by hour; Auntie Wang has two o'clock.
async fn fill_saturday(world: &World, saturday: LocalDate) -> Result<()> {
    for hour in 8u16..22 {
        let guest = if hour == 14 { "王阿姨" } else { "老顾客" };
        let line = RequestedLine {
            service: CUT,
            subject: Subject::Guest { name: guest.into() },
            payer: None,
            staff_preference: StaffPreference::Requested(JJ),
            starts_at: noon_zone()?.instant(saturday, hour * 60),
            seen_price: None,
        };
        let book = Book {
            store: STORE,
            booking: BookingId(Uuid::new_v4()),
            account: None,
            lines: vec![line],
            note: "".into(),
            terms_version: 1,
            by_phone: false,
            override_reason: None,
        };
        let outcome = world.owner.gives(&Command::Book(book)).await?;
        ensure!(outcome == Outcome::Applied, "{outcome:?}");
    }
    Ok(())
}

/// The next Saturday that is not today, and in how many days it is.
fn next_saturday(world: &World) -> Result<(LocalDate, usize)> {
    let today = world.today()?;
    let days = (1..=7).find(|days| today.plus_days(*days).weekday() == 5).unwrap_or(7);
    Ok((today.plus_days(days), usize::try_from(days)?))
}

/// From the home page to JJ's Saturday.
async fn looks_at_saturday(member: &Actor, saturday: LocalDate) -> Result<()> {
    let (_, month, day) = saturday.ymd();
    for step in ["玉门里发型", "精剪", "下一步", "阿杰", &format!("{month}月{day}日 周六")] {
        member.taps(step).await?;
    }
    member.sees("排个候补").await
}

/// The desk turns to a day.
async fn turns_to(desk: &Actor, days: usize) -> Result<()> {
    for _ in 0..days {
        desk.taps("后一天").await?;
    }
    desk.sees("王阿姨").await
}

#[tokio::test(flavor = "multi_thread")]
async fn xiaoman_waits_for_a_full_saturday_and_takes_what_auntie_wang_gives_back_with_one_tap() -> Result<()> {
    let world = World::salon().await?;
    let (saturday, days) = next_saturday(&world)?;
    fill_saturday(&world, saturday).await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.open("/m/book").await?;
    looks_at_saturday(&xiaoman, saturday).await?;
    xiaoman.settles().await?;
    xiaoman.shot("waitlist-full-day").await?;
    xiaoman.taps("下午").await?;
    says_who_she_is(&world, &xiaoman).await?;
    xiaoman.sees("已排上候补").await?;
    xiaoman.settles().await?;
    xiaoman.shot("waitlist-joined").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("排队中").await?;
    xiaoman.settles().await?;
    xiaoman.shot("waitlist-waiting").await?;

    let desk = world.desk().await?;
    turns_to(&desk, days).await?;
    desk.sees("候补 1 位").await?;
    desk.taps("候补 1 位").await?;
    desk.sees("林小满").await?;
    desk.settles().await?;
    desk.shot("waitlist-drawer").await?;
    desk.taps("关闭").await?;
    desk.taps("王阿姨").await?;
    desk.taps("取消").await?;
    desk.taps("取消预约").await?;
    desk.sees("已取消").await?;

    xiaoman.sees("有空位了").await?;
    xiaoman.sees("14:00–15:00").await?;
    xiaoman.sees("¥268").await?;
    xiaoman.settles().await?;
    xiaoman.shot("waitlist-offer").await?;
    desk.sees("1 位等答复").await?;
    desk.taps("候补 1 位").await?;
    desk.sees("等答复").await?;
    desk.settles().await?;
    desk.shot("waitlist-drawer-offered").await?;
    desk.taps("关闭").await?;
    xiaoman.taps("就要这个时间").await?;
    xiaoman.sees("约好了").await?;
    xiaoman.no_longer_sees("有空位了").await?;
    desk.no_longer_sees("候补 1 位").await?;
    desk.sees("林小满").await?;
    desk.shot("waitlist-taken").await?;
    world.ends(vec![xiaoman, desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_puts_a_caller_on_the_list_and_tells_her_of_what_is_held_for_her() -> Result<()> {
    let world = World::salon().await?;
    let (saturday, days) = next_saturday(&world)?;
    fill_saturday(&world, saturday).await?;
    let desk = world.desk().await?;
    turns_to(&desk, days).await?;
    desk.taps("新预约").await?;
    desk.types("搜索会员", "孙小姐").await?;
    desk.taps("精剪").await?;
    desk.taps("排候补").await?;
    desk.types("选填", "晚上再打").await?;
    desk.settles().await?;
    desk.shot("waitlist-form").await?;
    desk.taps("排上候补").await?;
    desk.sees("已排上候补 · 孙小姐").await?;
    // Kelly and Becky are free: the server offers her the first time by itself, and nobody can tell her but the desk.
    desk.sees("1 位等答复").await?;
    desk.taps("候补 1 位").await?;
    desk.sees("没有账号，请打电话").await?;
    desk.taps("客人不要").await?;
    desk.sees("继续排队").await?;
    // And then the next time that is free.
    desk.taps("客人要了").await?;
    desk.sees("已约上").await?;
    desk.sees("这一天没有人候补").await?;
    desk.taps("关闭").await?;
    desk.sees("孙小姐").await?;
    world.ends(vec![desk]).await
}
