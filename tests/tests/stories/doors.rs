//! The doors of the phone app: whoever tried too often reads how many minutes to wait; whoever is signed in elsewhere signs out there.

use anyhow::{Result, ensure};
use tests::{Actor, World};

use super::steps::{XIAOMAN, chooses_a_haircut, has_booked};

/// Types a code, and waits until the answer is there and the field is empty again.
async fn tries_a_code(member: &Actor, code: &str, told: &str) -> Result<()> {
    member.types("6 位验证码", code).await?;
    let answered = || async {
        let script = "return document.querySelector('.code-field__input').value === '' && document.querySelector('[role=alert]') !== null";
        let empty = member.browser.execute(script, Vec::<serde_json::Value>::new()).await?;
        Ok(empty.json().as_bool().unwrap_or(false).then_some(()))
    };
    member.until("hears about the code", answered).await?;
    member.sees(told).await
}

/// What is typed in a field.
async fn in_field(member: &Actor, selector: &str) -> Result<String> {
    let script = "return document.querySelector(arguments[0]).value";
    let typed = member.browser.execute(script, vec![selector.into()]).await?;
    Ok(typed.json().as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_code_reads_in_how_many_seconds_another_can_be_sent() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.open("/m/sign-in").await?;
    xiaoman.is_installed().await?;
    xiaoman.types("手机号", XIAOMAN).await?;
    xiaoman.taps("获取验证码").await?;
    let code = world.code_for(XIAOMAN).await?;
    xiaoman.sees("59 秒后可重发").await?;
    xiaoman.sees("58 秒后可重发").await?;
    xiaoman.settles().await?;
    xiaoman.shot("resend-zh").await?;
    // In a lift: the code stays, and is sent once more with a tap.
    xiaoman.wire.cut();
    xiaoman.has(".banner").await?;
    xiaoman.types("6 位验证码", &code).await?;
    xiaoman.sees("重试").await?;
    ensure!(in_field(&xiaoman, ".code-field__input").await? == code, "what was typed is kept");
    xiaoman.wire.mend();
    xiaoman.has_no(".banner").await?;
    xiaoman.taps("重试").await?;
    xiaoman.sees("怎么称呼你").await?;
    // A name that nobody could see is something else than none.
    xiaoman.taps_on(".consent input").await?;
    xiaoman.taps("继续").await?;
    xiaoman.sees("请填一下姓名").await?;
    xiaoman.pastes("怎么称呼你", "\u{200b}\u{2060}").await?;
    xiaoman.taps("继续").await?;
    xiaoman.sees("这个名字显示不出来").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_number_fits_two_countries_taps_the_one_that_is_meant() -> Result<()> {
    let world = World::salon().await?;
    let mei = world.phone("阿美").await?;
    mei.open("/m/sign-in").await?;
    mei.types("手机号", "021 5555 0100").await?;
    mei.taps("获取验证码").await?;
    mei.sees("固定电话收不到短信").await?;
    mei.types("手机号", "0912345678").await?;
    mei.no_longer_sees("固定电话收不到短信").await?;
    mei.taps("获取验证码").await?;
    mei.sees("这是哪里的号码").await?;
    mei.settles().await?;
    mei.shot("which-number-zh").await?;
    mei.taps("+886 ").await?;
    mei.no_longer_sees("这是哪里的号码").await?;
    ensure!(in_field(&mei, "#phone").await? == "+886 9 1234 5678", "{}", in_field(&mei, "#phone").await?);
    world.ends(vec![mei]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_or_guesses_too_often_on_the_phone_reads_how_many_minutes_to_wait() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.open("/m/sign-in").await?;
    xiaoman.types("手机号", XIAOMAN).await?;
    xiaoman.taps("获取验证码").await?;
    let good = world.code_for(XIAOMAN).await?;
    let wrong = if good == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        tries_a_code(&xiaoman, wrong, "验证码不对或已过期").await?;
    }
    // The sixth is not looked at: it stays, and the button says for how long there is nothing to be had.
    xiaoman.types("6 位验证码", wrong).await?;
    xiaoman.sees("尝试次数过多，请再等 10 分钟").await?;
    xiaoman.sees("10 分钟后可重发").await?;
    ensure!(in_field(&xiaoman, ".code-field__input").await? == wrong, "what was typed is kept");
    xiaoman.settles().await?;
    xiaoman.shot("wait-code-zh").await?;
    // Asking again and again does not help, and says so in minutes, too.
    for asked in 1..=3 {
        xiaoman.taps("换个手机号").await?;
        xiaoman.has("#phone").await?;
        ensure!(in_field(&xiaoman, "#phone").await? == XIAOMAN, "the number is kept");
        xiaoman.types("手机号", XIAOMAN).await?;
        xiaoman.taps("获取验证码").await?;
        if asked < 3 {
            xiaoman.sees("已发到").await?;
        }
    }
    xiaoman.sees("尝试次数过多，请再等 10 分钟").await?;
    xiaoman.has("#phone").await?;
    xiaoman.shot("wait-phone-zh").await?;
    // The door within a booking says the same, and loses nothing of it.
    chooses_a_haircut(&xiaoman, "凯莉", "16:00").await?;
    xiaoman.taps("验证手机并预约").await?;
    xiaoman.types("手机号", XIAOMAN).await?;
    xiaoman.taps("获取验证码").await?;
    xiaoman.sees("尝试次数过多，请再等").await?;
    xiaoman.sees("凯莉").await?;
    xiaoman.shot("wait-confirm-zh").await?;
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_phone_is_signed_out_from_the_other_one_and_shows_nothing_from_that_moment() -> Result<()> {
    let world = World::salon().await?;
    let (lost, own) = (world.phone("丢了的手机").await?, world.phone("小满").await?);
    has_booked(&world, &lost, "凯莉", "16:00").await?;
    let first = world.code_for(XIAOMAN).await?;
    own.open("/m/sign-in").await?;
    own.types("手机号", XIAOMAN).await?;
    own.taps("获取验证码").await?;
    own.types("6 位验证码", &world.next_code_for(XIAOMAN, &first).await?).await?;
    own.open("/m/me").await?;
    own.sees("138****8000").await?;
    lost.open("/m/bookings").await?;
    lost.sees("凯莉").await?;
    own.taps("登录着的设备").await?;
    own.has(".list .button--danger").await?;
    ensure!(own.count(".list .button--danger").await? == 1, "one other device");
    own.settles().await?;
    own.shot("devices-phone").await?;
    own.taps("在那里退出").await?;
    own.sees("已在那里退出").await?;
    own.until("sees no other device", || async { Ok((own.count(".list .button--danger").await? == 0).then_some(())) }).await?;
    // Nobody touches the lost one: it forgets by itself.
    lost.no_longer_sees("凯莉").await?;
    lost.open("/m/").await?;
    lost.no_longer_sees("凯莉").await?;
    own.open("/m/bookings").await?;
    own.sees("凯莉").await?;
    world.ends(vec![lost, own]).await
}
