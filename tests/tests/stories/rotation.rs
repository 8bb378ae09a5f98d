//! 轮钟: three people sign in, guests come, and two tablets show who is next and why.

use anyhow::{Result, ensure};
use serde_json::Value;
use shared::command::{Command, PutStaffAssignment};
use shared::staff_assignment::{AssignmentOrder, Binding};
use shared::sync::Outcome;
use tests::salon::STORE;
use tests::{Actor, World};

use super::steps::{has_booked, the_owner};

/// The button above the board; guests on it are called the same.
const WALK_IN: &str = ".top-bar button:has(use[href$='#walk-in'])";

/// The queue as it is on the screen, once it is as it should be.
async fn sees_the_queue(person: &Actor, names: &[&str]) -> Result<()> {
    let script = "return [...document.querySelectorAll('.turn__name')].map(element => element.innerText.trim().split(/\\s/)[0])";
    let in_order = || async {
        let found = person.browser.execute(script, Vec::<Value>::new()).await?;
        let found: Vec<String> = found.json().as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        Ok((found == names).then_some(()))
    };
    person.until(&format!("sees the queue {names:?}"), in_order).await
}

/// A guest who leaves it to the store is seated with whoever the form proposes.
async fn seats_whoever_is_next(desk: &Actor, guest: &str, next: &str) -> Result<()> {
    desk.taps_on(WALK_IN).await?;
    desk.taps("精剪").await?;
    desk.sees(&format!("轮到{next}")).await?;
    desk.types("称呼", guest).await?;
    desk.taps("马上入座").await?;
    desk.sees(&format!("开始服务 · {guest}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn three_sign_in_two_guests_come_one_asks_for_kelly_one_is_refused_and_both_tablets_say_who_is_next_and_why() -> Result<()> {
    let world = World::salon().await?;
    let owner = the_owner(&world).await?;
    owner.open("/desk/set-up").await?;
    owner.taps("派人规则").await?;
    owner.taps("轮钟").await?;
    owner.sees("到店的客人按签到先后轮流派").await?;
    owner.settles().await?;
    owner.shot("assignment").await?;
    owner.taps("保存").await?;
    owner.sees("已保存").await?;
    owner.open("/desk/").await?;

    let desk = world.desk().await?;
    desk.taps("轮钟").await?;
    desk.sees("还没有人签到").await?;
    desk.settles().await?;
    desk.shot("rotation-empty").await?;
    for (name, so_far) in [("凯莉", &["凯莉"][..]), ("小贝", &["凯莉", "小贝"]), ("阿杰", &["凯莉", "小贝", "阿杰"])] {
        desk.taps(&format!("{name}签到")).await?;
        sees_the_queue(&desk, so_far).await?;
    }
    desk.sees("轮到凯莉").await?;
    desk.sees("排在最前，现在有空").await?;
    desk.settles().await?;
    desk.shot("rotation").await?;

    // Somebody asks for Kelly: she keeps her place, and the next guest goes to Becky.
    desk.taps_on(WALK_IN).await?;
    desk.taps("精剪").await?;
    desk.taps("凯莉").await?;
    desk.sees("点钟，不占轮次").await?;
    desk.types("称呼", "王阿姨").await?;
    desk.settles().await?;
    desk.shot("rotation-walk-in-asked").await?;
    desk.taps("马上入座").await?;
    desk.sees("开始服务 · 王阿姨").await?;
    seats_whoever_is_next(&desk, "周先生", "小贝").await?;

    desk.taps("轮钟").await?;
    sees_the_queue(&desk, &["凯莉", "阿杰", "小贝"]).await?;
    desk.sees("轮到阿杰").await?;
    desk.sees("排在前面的凯莉没有空").await?;
    desk.sees("点钟 1").await?;
    desk.sees("1 钟 · 上一钟").await?;
    // JJ does not take the turn that is his.
    desk.taps_on(".turn:nth-child(2) .turn__row").await?;
    desk.settles().await?;
    desk.shot("rotation-actions").await?;
    desk.taps("不接").await?;
    desk.settles().await?;
    desk.shot("rotation-refuse").await?;
    desk.taps("吃饭、休息").await?;
    sees_the_queue(&desk, &["凯莉", "小贝", "阿杰"]).await?;
    desk.sees("没接（吃饭、休息）").await?;
    // Kelly's guest adds half an hour: that is no turn.
    desk.taps_on(".turn:nth-child(1) .turn__row").await?;
    desk.taps("加钟").await?;
    desk.taps("30分钟").await?;
    desk.sees("已加钟 · 凯莉").await?;
    sees_the_queue(&desk, &["凯莉", "小贝", "阿杰"]).await?;

    // Another tablet sees the same, and why.
    owner.taps("轮钟").await?;
    sees_the_queue(&owner, &["凯莉", "小贝", "阿杰"]).await?;
    owner.sees("轮到阿杰").await?;
    owner.sees("没接（吃饭、休息）").await?;
    // Mr Zhou has left: Becky's turn is made good, and she is first.
    owner.taps_on(".turn:nth-child(2) .turn__row").await?;
    owner.taps("补钟").await?;
    owner.taps("客人走了").await?;
    sees_the_queue(&owner, &["小贝", "凯莉", "阿杰"]).await?;
    sees_the_queue(&desk, &["小贝", "凯莉", "阿杰"]).await?;
    desk.sees("补钟（客人走了）").await?;
    desk.settles().await?;
    desk.shot("rotation-later").await?;
    world.ends(vec![desk, owner]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_without_a_network_goes_on_with_the_turns_and_the_other_one_has_them_later() -> Result<()> {
    let world = World::salon().await?;
    by_turns(&world, Binding::AtBooking).await?;
    let owner = the_owner(&world).await?;
    let desk = world.desk().await?;
    desk.is_installed().await?;
    desk.wire.cut();
    desk.taps("轮钟").await?;
    desk.taps("凯莉签到").await?;
    desk.taps("小贝签到").await?;
    sees_the_queue(&desk, &["凯莉", "小贝"]).await?;
    seats_whoever_is_next(&desk, "王阿姨", "凯莉").await?;
    desk.taps("轮钟").await?;
    sees_the_queue(&desk, &["小贝", "凯莉"]).await?;
    desk.wire.mend();
    owner.taps("轮钟").await?;
    sees_the_queue(&owner, &["小贝", "凯莉"]).await?;
    world.ends(vec![desk, owner]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_booked_anybody_reads_anybody_until_they_are_here() -> Result<()> {
    let world = World::salon().await?;
    by_turns(&world, Binding::OnArrival).await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "都可以", "20:00").await?;
    xiaoman.open("/m/bookings").await?;
    xiaoman.sees("精剪 · 都可以").await?;
    let read = xiaoman.text().await?;
    ensure!(!read.contains("凯莉") && !read.contains("小贝"), "no name before it is settled: {read}");
    let desk = world.desk().await?;
    desk.taps("轮钟").await?;
    desk.taps("小贝签到").await?;
    sees_the_queue(&desk, &["小贝"]).await?;
    desk.taps("林小满").await?;
    desk.taps("到店").await?;
    desk.sees("已到店").await?;
    xiaoman.sees("精剪 · 小贝").await?;
    world.ends(vec![desk, xiaoman]).await
}

async fn by_turns(world: &World, binding: Binding) -> Result<()> {
    let order = AssignmentOrder::Rotation;
    let put = PutStaffAssignment { store: STORE, order, binding, usual_first: false, base: 0 };
    let outcome = world.owner.gives(&Command::PutStaffAssignment(put)).await?;
    ensure!(outcome == Outcome::Applied, "{outcome:?}");
    Ok(())
}
