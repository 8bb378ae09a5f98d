//! The desk.

use anyhow::Result;
use tests::World;

use super::album::{Album, word};

async fn signs_in(album: &Album<'_>, name: &str, password: &str, language: &str) -> Result<()> {
    let say = |zh, en| word(language, zh, en);
    album.opens("/desk/", say("登录", "Sign in"), "sign-in").await?;
    album.actor.types(say("账号", "Login"), name).await?;
    album.actor.types(say("密码", "Password"), password).await?;
    album.actor.taps(say("登录", "Sign in")).await
}

pub async fn full_day(world: &World, album: &Album<'_>, language: &str) -> Result<()> {
    let say = |zh, en| word(language, zh, en);
    let password = world.server.printed("mei  ").await?;
    let desk = album.actor;
    signs_in(album, "mei", &password, language).await?;
    desk.sees(say("已同步", "In step")).await?;
    album.takes("board").await?;
    desk.taps_on(".board__corner--switch").await?;
    desk.sees(say("洗头床 1", "Basin 1")).await?;
    album.takes("board-resources").await?;
    desk.taps_on(".board__corner--switch").await?;
    desk.taps_on(".visit").await?;
    desk.has(".panel").await?;
    album.takes("visit").await?;
    desk.open("/desk/").await?;
    desk.taps_on(".waiting__item").await?;
    desk.has(".panel").await?;
    album.takes("waiting").await?;
    for (open, screen) in [(say("散客", "Walk-in"), "walk-in"), (say("新预约", "New booking"), "new-booking")] {
        desk.open("/desk/").await?;
        desk.has(".visit").await?;
        desk.taps(open).await?;
        desk.has(".panel").await?;
        album.takes(screen).await?;
    }
    books(album, language).await?;
    album.opens("/desk/members", say("位会员", "members"), "members").await?;
    desk.taps_on(".member-row").await?;
    desk.sees(say("隐私授权", "Consent")).await?;
    album.takes("member").await?;
    album.opens("/desk/attention", say("待处理", "Inbox"), "attention").await?;
    album.opens("/desk/sync", say("同步", "Sync"), "sync").await?;
    for page in ["", "store", "days", "services", "staff", "resources", "shifts", "rules", "why-not", "logins"] {
        desk.open(&format!("/desk/set-up/{page}")).await?;
        desk.sees(say("设置", "Set-up")).await?;
        desk.has("main :is(button, a)").await?;
        album.takes(&format!("set-up-{}", if page.is_empty() { "home" } else { page })).await?;
    }
    desk.open("/desk/").await?;
    desk.has(".visit").await?;
    desk.taps_on("button.board__head").await?;
    desk.taps_on("#block-form .choices .button:last-child").await?;
    desk.has("dialog .stake").await?;
    album.takes("promises-at-stake").await?;
    desk.open("/desk/").await?;
    desk.has(".visit").await?;
    desk.is_installed().await?;
    desk.wire.cut();
    desk.open("/desk/").await?;
    desk.sees(say("离线", "Offline")).await?;
    album.takes("board-offline").await?;
    desk.wire.mend();
    Ok(())
}

/// The form of a new booking, filled in: anybody, at the price of the chosen time.
async fn books(album: &Album<'_>, language: &str) -> Result<()> {
    let say = |zh, en| word(language, zh, en);
    let desk = album.actor;
    desk.open("/desk/").await?;
    desk.has(".visit").await?;
    desk.taps(say("新预约", "New booking")).await?;
    desk.types(say("搜索会员", "Find a member"), "8000").await?;
    desk.taps_on("#booking-form .member-row").await?;
    desk.taps_on("#booking-form .choices .choice").await?;
    desk.taps_on("#booking-form [aria-label=后一天], #booking-form [aria-label='Next day']").await?;
    desk.taps_on("#booking-form .opening").await?;
    album.takes("booking-filled").await
}

pub async fn nothing_yet(world: &World, album: &Album<'_>, language: &str) -> Result<()> {
    let say = |zh, en| word(language, zh, en);
    let password = world.server.printed("owner  ").await?;
    signs_in(album, "owner", &password, language).await?;
    album.actor.has(".steps").await?;
    album.takes("first-run").await?;
    album.opens("/desk/members", say("会员", "Members"), "members").await?;
    album.opens("/desk/attention", say("待处理", "Inbox"), "attention").await
}
