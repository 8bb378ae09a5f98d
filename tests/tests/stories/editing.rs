//! A visit that is edited in place and moved by hand on the board: by form, by finger, by mouse and by keyboard.

use anyhow::{Context, Result, ensure};
use shared::booking::{Booking, Subject};
use shared::id::StaffId;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use tests::World;
use tests::gestures::Hand;
use tests::salon::{BECKY, JJ, KELLY, STORE};

use super::steps::has_booked;

/// The visit of a guest as the server has it; of the only member where no name is given.
async fn visit(world: &World, guest: &str) -> Result<Booking> {
    let visits = world.owner.reads_all::<Booking>(Scope::Desk(STORE)).await?;
    let of = |booking: &Booking| match &booking.lines[0].subject {
        Subject::Guest { name } => name.0 == guest,
        Subject::Member(_) => guest.is_empty(),
    };
    visits.into_iter().find(of).with_context(|| format!("the visit of {guest}"))
}

/// Minutes of each line, and its price in yuan.
fn lines(booking: &Booking) -> Vec<(i64, i64)> {
    booking.lines.iter().map(|line| (line.range().minutes(), line.price.map_or(0, |price| price.0 / 100))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_adds_a_service_and_time_to_a_visit_and_the_guest_reads_what_it_is_now() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "16:00").await?;
    let desk = world.desk().await?;
    desk.taps("16:00–17:00").await?;
    desk.taps("改内容").await?;
    for _ in 0..3 {
        desk.taps_on(".stepper__step:last-of-type").await?;
    }
    desk.sees("16:00–17:15 · 凯莉 · ¥168").await?;
    desk.taps("加项目").await?;
    desk.taps("染烫").await?;
    desk.taps("染发").await?;
    desk.sees("价格从 ¥168 变为 ¥856").await?;
    desk.settles().await?;
    desk.shot("edit-desk").await?;
    desk.taps("保存").await?;
    desk.sees("已改好 · 林小满").await?;
    let edited = visit(&world, "").await?;
    ensure!(lines(&edited)[0] == (75, 168) && edited.lines.len() == 2 && lines(&edited)[1].1 == 688, "{:?}", lines(&edited));
    let told = world.server.says("the message", |text| text.contains("预约内容有更新").then_some(text.contains("¥856"))).await;
    ensure!(told.context("she is told")?, "with the price");
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("染发").await?;
    desk.taps("撤销").await?;
    desk.sees("已撤销").await?;
    let back = visit(&world, "").await?;
    ensure!(lines(&back) == [(60, 168)], "{:?}", lines(&back));
    world.ends(vec![xiaoman, desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_carried_to_another_time_and_person_by_finger_mouse_and_keyboard() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("王阿姨", KELLY, 16).await?;
    let desk = world.desk().await?;
    desk.sees("王阿姨").await?;
    let held = desk.takes_up("王阿姨", Hand::Finger, false).await?;
    let held = desk.carries(held, 1.0, Some("小贝")).await?;
    desk.sees("17:00–18:00 · 小贝").await?;
    desk.shot("drag-desk").await?;
    desk.puts_down(held).await?;
    // She asked for Kelly: whoever gives her to somebody else says so.
    desk.sees("王阿姨 点的是凯莉").await?;
    desk.shot("drag-asks-desk").await?;
    desk.taps("就这样改").await?;
    desk.sees("已改约 · 王阿姨").await?;
    let stands = async |staff: StaffId, wish: StaffPreference, hour: u16| -> Result<()> {
        let visit = visit(&world, "王阿姨").await?;
        let (_, minute) = tests::salon::noon_zone()?.local(visit.starts_at);
        let line = &visit.lines[0];
        ensure!((line.staff, line.staff_preference, minute) == (Some(staff), wish, hour * 60), "{visit:?}");
        Ok(())
    };
    stands(BECKY, StaffPreference::Any, 17).await?;
    desk.taps("撤销").await?;
    desk.sees("已撤销").await?;
    stands(KELLY, StaffPreference::Requested(KELLY), 16).await?;
    // The lower edge makes it longer.
    let held = desk.takes_up("王阿姨", Hand::Mouse, true).await?;
    let held = desk.carries(held, 0.5, None).await?;
    desk.puts_down(held).await?;
    desk.sees("已改好 · 王阿姨").await?;
    ensure!(visit(&world, "王阿姨").await?.lines[0].range().minutes() == 90, "an hour and a half");
    desk.focuses_visit("王阿姨").await?;
    desk.presses(&["m", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"]).await?;
    desk.sees("17:00–18:30 · 凯莉").await?;
    desk.presses(&["Enter"]).await?;
    desk.sees("已改约 · 王阿姨").await?;
    stands(KELLY, StaffPreference::Requested(KELLY), 17).await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drop_that_clashes_goes_back_with_the_reason_and_stays_only_with_one() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("王阿姨", KELLY, 16).await?;
    world.desk_books("陈默", JJ, 16).await?;
    let desk = world.desk().await?;
    let held = desk.takes_up("王阿姨", Hand::Mouse, false).await?;
    let held = desk.carries(held, 0.25, Some("阿杰")).await?;
    desk.has(".ghost--blocked").await?;
    desk.shot("drag-blocked-desk").await?;
    desk.puts_down(held).await?;
    desk.taps("就这样改").await?;
    desk.sees("需要说明理由").await?;
    ensure!(visit(&world, "王阿姨").await?.lines[0].staff == Some(KELLY), "it went back");
    desk.taps("客人同意").await?;
    desk.taps("仍要继续").await?;
    desk.sees("已改约 · 王阿姨").await?;
    let squeezed = visit(&world, "王阿姨").await?;
    ensure!(squeezed.lines[0].staff == Some(JJ) && squeezed.occupancy.iter().any(|held| held.lane == 1), "{squeezed:?}");
    // Escape puts nothing down.
    desk.focuses_visit("陈默").await?;
    desk.presses(&["m", "ArrowDown", "Escape"]).await?;
    desk.has_no(".ghost").await?;
    ensure!(visit(&world, "陈默").await?.version == 1, "nothing was done");
    world.ends(vec![desk]).await
}
