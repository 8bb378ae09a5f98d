//! What people do in several stories.

use anyhow::Result;
use tests::{Actor, World};

/// Xiaoman's number.
pub const XIAOMAN: &str = "13800138000";

/// From the home page to the confirm page: a haircut with a person at a time.
pub async fn chooses_a_haircut(member: &Actor, staff: &str, time: &str) -> Result<()> {
    member.open("/m/book").await?;
    if member.wire.is_cut() {
        // The line that says so comes in above everything: whoever taps before it is there hits what was below.
        member.sees("暂时连不上").await?;
    }
    member.taps("玉门里发型").await?;
    member.taps("精剪").await?;
    member.taps("下一步").await?;
    member.taps(staff).await?;
    member.taps(time).await?;
    member.taps("下一步").await?;
    member.sees("到店付").await
}

/// Xiaoman proves her number on the confirm page and says who she is; the booking goes on by itself.
pub async fn proves_who_she_is(world: &World, member: &Actor) -> Result<()> {
    member.taps("验证手机并预约").await?;
    says_who_she_is(world, member).await
}

/// The same where the store answers every request itself.
pub async fn proves_who_she_is_asking(world: &World, member: &Actor) -> Result<()> {
    member.taps("验证手机并提交申请").await?;
    says_who_she_is(world, member).await
}

pub async fn says_who_she_is(world: &World, member: &Actor) -> Result<()> {
    member.types("手机号", XIAOMAN).await?;
    member.taps("获取验证码").await?;
    let code = world.code_for(XIAOMAN).await?;
    member.types("6 位验证码", &code).await?;
    member.types("怎么称呼你", "林小满").await?;
    member.taps("我已阅读并同意").await?;
    member.taps("继续").await
}

/// Xiaoman has the app, an account, and one booking with a person.
pub async fn has_booked(world: &World, member: &Actor, staff: &str, time: &str) -> Result<()> {
    chooses_a_haircut(member, staff, time).await?;
    proves_who_she_is(world, member).await?;
    member.sees("约好了").await
}

/// Qing seats a guest at once.
pub async fn seats_a_walk_in(desk: &Actor, guest: &str, staff: &str) -> Result<()> {
    desk.taps("散客").await?;
    desk.taps("精剪").await?;
    desk.taps(staff).await?;
    desk.types("称呼", guest).await?;
    desk.taps("马上入座").await?;
    desk.sees(guest).await
}

/// The owner gives the name and the password that the server printed, wherever they are asked for.
pub async fn signs_in_as_owner(world: &World, person: &Actor) -> Result<()> {
    person.types("账号", "owner").await?;
    person.types("密码", &world.server.printed("owner  ").await?).await?;
    person.taps("登录").await
}

/// The owner at a tablet.
pub async fn the_owner(world: &World) -> Result<Actor> {
    let owner = world.tablet("老板").await?;
    owner.open("/desk/").await?;
    signs_in_as_owner(world, &owner).await?;
    owner.sees("阿杰").await?;
    owner.sees("已同步").await?;
    Ok(owner)
}

/// The number that all who have one have here.
pub async fn types_the_pin(person: &Actor) -> Result<()> {
    for digit in ["4", "8", "2", "1"] {
        person.taps(digit).await?;
    }
    person.taps("确定").await
}
