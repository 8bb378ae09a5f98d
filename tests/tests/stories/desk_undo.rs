//! What the desk takes back is taken back, and what somebody else did in the meantime is told where the tap was.

use anyhow::{Context, Result, ensure};
use shared::booking::{Booking, CancelledBy, Subject};
use shared::command::{Book, Cancel, Command};
use shared::id::BookingId;
use shared::record::Record;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::state_kind::StateKind;
use shared::sync::Outcome;
use shared::time::{MINUTE, Timestamp};
use shared::visit_request::RequestedLine;
use tests::World;
use tests::salon::{CUT, JJ, STORE};
use uuid::Uuid;

use super::steps::the_owner;

/// A guest was to come twenty minutes ago.
pub(super) async fn is_late(world: &World, guest: &str) -> Result<()> {
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?;
    let starts_at = Timestamp((now - 20 * MINUTE) / MINUTE * MINUTE);
    let subject = Subject::Guest { name: guest.into() };
    let line =
        RequestedLine { service: CUT, subject, payer: None, staff_preference: StaffPreference::Requested(JJ), starts_at, seen_price: None };
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
    ensure!(world.owner.gives(&Command::Book(book)).await? == Outcome::Applied, "booked");
    Ok(())
}

/// The only visit of the store, as the server has it.
async fn the_visit(world: &World) -> Result<Booking> {
    world.owner.reads_all(Scope::Desk(STORE)).await?.into_iter().next().context("no visit")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receptionist_takes_a_no_show_back_and_the_guest_is_expected_again() -> Result<()> {
    let world = World::salon().await?;
    is_late(&world, "王阿姨").await?;
    let desk = world.desk().await?;
    desk.taps("王阿姨").await?;
    desk.taps("爽约").await?;
    desk.sees("已记爽约 · 王阿姨").await?;
    ensure!(the_visit(&world).await?.state.kind() == StateKind::NoShow, "the server knows that she did not come");
    // What has changed under the finger takes taps again.
    desk.has("html:not([data-fresh])").await?;
    desk.taps_on(".toast__action").await?;
    desk.sees("已撤销").await?;
    desk.taps("到店").await?;
    desk.sees("撤销爽约").await?;
    desk.sees("已到店 · 王阿姨").await?;
    let visit = the_visit(&world).await?;
    ensure!(visit.state.kind() == StateKind::CheckedIn && visit.occupancy.len() == 1, "{visit:?}");
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_about_a_visit_that_somebody_else_cancels_says_so_and_who_did_it() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("王阿姨", JJ, 15).await?;
    let desk = world.desk().await?;
    desk.taps("王阿姨").await?;
    desk.taps("改约").await?;
    desk.has(".openings, .opening").await?;
    let (booking, by) = (the_visit(&world).await?.id, CancelledBy::Member);
    let cancel = Command::Cancel(Cancel { store: STORE, booking, by, reason: "孩子病了".into() });
    ensure!(world.owner.gives(&cancel).await? == Outcome::Applied, "cancelled");
    desk.sees("没有改成，别人先改了：取消").await?;
    desk.sees("孩子病了").await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_comes_early_is_not_served_over_others_before_somebody_has_read_whom_it_hits() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("李叔", JJ, 12).await?;
    world.desk_books("王阿姨", JJ, 15).await?;
    let desk = world.desk().await?;
    desk.taps("王阿姨").await?;
    desk.taps("开始服务").await?;
    desk.sees("现在开始会影响别人").await?;
    desk.sees("李叔 · 今天 12:00 · 阿杰：会同时服务两位").await?;
    desk.taps_on("dialog .button--icon").await?;
    ensure!(!desk.text().await?.contains("服务中"), "nobody has been started");
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_with_an_undo_goes_when_somebody_else_has_cancelled_the_visit() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    desk.taps("新预约").await?;
    desk.types("搜索会员", "王阿姨").await?;
    desk.taps("精剪").await?;
    desk.taps_on("#booking-form .opening").await?;
    desk.taps("约好").await?;
    desk.sees("约好了 · 王阿姨").await?;
    let booking = the_visit(&world).await?.id;
    let cancel = Command::Cancel(Cancel { store: STORE, booking, by: CancelledBy::Member, reason: "".into() });
    ensure!(world.owner.gives(&cancel).await? == Outcome::Applied, "cancelled");
    desk.no_longer_sees("约好了").await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_taps_of_an_unsure_finger_add_one_person() -> Result<()> {
    let world = World::salon().await?;
    let owner = the_owner(&world).await?;
    owner.open("/desk/set-up/staff").await?;
    owner.types("姓名", "小美").await?;
    owner.taps_twice("form.surface .button--soft").await?;
    owner.sees("小美").await?;
    owner.no_longer_sees("待同步").await?;
    let people = world.owner.reads(Scope::BrandPublic).await?.into_iter();
    let count = people.filter(|record| matches!(record, Record::Staff(staff) if staff.name.zh == "小美")).count();
    ensure!(count == 1, "{count} people of one name");
    world.ends(vec![owner]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_squeeze_names_the_other_guest_and_closes_the_form_when_it_is_done() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("李叔", JJ, 14).await?;
    let desk = the_owner(&world).await?;
    desk.sees("李叔").await?;
    desk.taps("新预约").await?;
    desk.types("搜索会员", "王阿姨").await?;
    desk.taps("精剪").await?;
    desk.taps("阿杰").await?;
    desk.types("或直接输入时间", "1400").await?;
    desk.sees("这个时间已有客人：李叔 14:00").await?;
    desk.taps("加塞到这里").await?;
    desk.sees("两单会同时占着").await?;
    desk.taps("客人同意").await?;
    desk.taps("仍要继续").await?;
    desk.sees("已加塞 · 王阿姨").await?;
    desk.has_no("#booking-form").await?;
    world.ends(vec![desk]).await
}
