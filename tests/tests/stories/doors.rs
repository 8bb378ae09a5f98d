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
    tries_a_code(&xiaoman, wrong, "尝试次数过多，请再等 10 分钟").await?;
    xiaoman.shot("wait-code-zh").await?;
    // Asking again and again does not help, and says so in minutes, too.
    for asked in 1..=3 {
        xiaoman.taps("换个手机号").await?;
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
