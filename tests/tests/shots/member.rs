//! The member app.

use anyhow::Result;
use tests::World;

use super::album::{Album, word};

/// Members of the pictures, one number for each language, so that both begin anew.
fn number(language: &str) -> &'static str {
    word(language, "13911112222", "13911113333")
}

async fn to_the_times(album: &Album<'_>, language: &str) -> Result<()> {
    let say = |zh, en| word(language, zh, en);
    let member = album.actor;
    album.opens("/m/", say("门店", "Stores"), "home").await?;
    album.opens("/m/book", say("选择门店", "Choose a store"), "stores").await?;
    member.taps(say("玉门里", "Jade Lane")).await?;
    member.has(".service").await?;
    album.takes("services").await?;
    member.taps_on(".service").await?;
    member.taps(say("下一步", "Next")).await?;
    member.sees(say("都可以", "Anyone")).await?;
    album.takes("staff").await?;
    member.taps(say("都可以", "Anyone")).await?;
    member.has(".opening").await?;
    album.takes("times").await
}

pub async fn looks_around(album: &Album<'_>, language: &str) -> Result<()> {
    to_the_times(album, language).await
}

pub async fn books(world: &World, album: &Album<'_>, language: &str) -> Result<()> {
    let say = |zh, en| word(language, zh, en);
    let member = album.actor;
    to_the_times(album, language).await?;
    member.taps_on(".opening:not([disabled])").await?;
    member.taps(say("下一步", "Next")).await?;
    member.sees(say("到店付", "Pay")).await?;
    album.takes("confirm").await?;
    member.taps(say("验证手机并预约", "Verify")).await?;
    member.types(say("手机号", "Mobile number"), number(language)).await?;
    album.takes("sign-in").await?;
    member.taps(say("获取验证码", "Send code")).await?;
    let code = world.code_for(number(language)).await?;
    member.types(say("6 位验证码", "6-digit"), &code).await?;
    member.has("#name").await?;
    album.takes("name").await?;
    member.types(say("怎么称呼你", "What should we call you"), say("林小满", "Xiaoman Lin")).await?;
    member.taps_on(".consent input").await?;
    member.taps_on("form.sign-in button[type=submit]").await?;
    member.sees(say("约好了", "Booked")).await?;
    album.takes("done").await?;
    album.opens("/m/bookings", say("我的预约", "My bookings"), "bookings").await?;
    member.taps_on(".booking-card__link").await?;
    member.sees(say("预约号", "Booking ")).await?;
    album.takes("booking").await?;
    album.opens("/m/me", say("语言", "Language"), "me").await?;
    member.open("/m/").await?;
    member.is_installed().await?;
    album.takes("home-booked").await?;
    member.wire.cut();
    member.open("/m/").await?;
    member.sees(say("暂时连不上", "Not connected ·")).await?;
    album.takes("home-offline").await
}

pub async fn nothing_yet(album: &Album<'_>) -> Result<()> {
    for (path, screen) in [("/m/", "home"), ("/m/book", "stores"), ("/m/bookings", "bookings"), ("/m/me", "me")] {
        album.actor.open(path).await?;
        album.actor.has("main").await?;
        album.takes(screen).await?;
    }
    Ok(())
}
