//! A tablet that nobody touches asks who is there, and until somebody has said so nothing behind it can be reached.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::{Actor, World};

use super::steps::{signs_in_as_owner, types_the_pin};

async fn unlocks(person: &Actor) -> Result<()> {
    types_the_pin(person).await?;
    person.has_no(".pin").await
}

/// A tablet of the store, at which Ajie has given his PIN.
async fn enrolled(world: &World) -> Result<Actor> {
    let desk = world.tablet("前台").await?;
    desk.open("/desk/").await?;
    signs_in_as_owner(world, &desk).await?;
    desk.sees("阿杰").await?;
    desk.open("/desk/enrol").await?;
    desk.taps("阿杰").await?;
    desk.types("数字密码", "4821").await?;
    desk.taps_on("form.surface [type=submit]").await?;
    desk.sees("数字密码已设置").await?;
    desk.taps_on("form .button--primary").await?;
    desk.has(".pin").await?;
    desk.taps_on(".pin__person").await?;
    unlocks(&desk).await?;
    Ok(desk)
}

/// As when the tablet has lain there for that long.
async fn lies_there(desk: &Actor, minutes: u32) -> Result<()> {
    let script = "localStorage.setItem('huiyue-desk-touched', String(Date.now() - arguments[0] * 60000))";
    desk.browser.execute(script, vec![json!(minutes)]).await?;
    Ok(())
}

/// What has the focus after so many steps with the tab key is never behind the lock.
async fn keys_stay_in_front(desk: &Actor) -> Result<()> {
    for _ in 0..40 {
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            desk.browser.cdp().send_raw("Input.dispatchKeyEvent", key).await?;
        }
        let script = "const at = document.activeElement; return at === document.body || !!at.closest('.pin')";
        let inside = desk.browser.execute(script, Vec::<Value>::new()).await?.json().as_bool();
        ensure!(inside == Some(true), "the keyboard went behind the lock");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reloads_a_locked_tablet_finds_it_locked_and_whoever_has_just_used_it_goes_on() -> Result<()> {
    let world = World::salon().await?;
    let desk = enrolled(&world).await?;
    desk.open("/desk/").await?;
    desk.has(".board__head").await?;
    ensure!(desk.count(".pin").await? == 0, "a reload in the middle of the work asks for nothing");
    lies_there(&desk, 10).await?;
    desk.reloads().await?;
    desk.has(".pin").await?;
    // Neither touching it nor another reload opens it.
    desk.taps_on(".pin__clock").await?;
    desk.reloads().await?;
    desk.has(".pin").await?;
    desk.taps("阿杰").await?;
    unlocks(&desk).await?;
    desk.has(".board__head").await?;
    // What cannot be known counts as locked.
    desk.browser.execute("localStorage.removeItem('huiyue-desk-touched')", Vec::<Value>::new()).await?;
    desk.reloads().await?;
    desk.has(".pin").await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reaches_the_board_behind_the_lock_by_keyboard_and_what_was_typed_is_there_afterwards() -> Result<()> {
    let world = World::salon().await?;
    let desk = enrolled(&world).await?;
    desk.open("/desk/").await?;
    desk.taps("散客").await?;
    desk.types("称呼", "王阿姨").await?;
    // Five minutes later, by a tablet whose clock goes faster.
    let script = "const real = Date.now.bind(Date); Date.now = () => real() + 6 * 60000";
    desk.browser.execute(script, Vec::<Value>::new()).await?;
    desk.has(".pin").await?;
    keys_stay_in_front(&desk).await?;
    for _ in 0..3 {
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27 });
            desk.browser.cdp().send_raw("Input.dispatchKeyEvent", key).await?;
        }
    }
    keys_stay_in_front(&desk).await?;
    desk.taps_on(".pin__person").await?;
    unlocks(&desk).await?;
    let script = "return (document.querySelector('#walk-in-name') || {}).value";
    desk.has("#walk-in-name").await?;
    let typed = desk.browser.execute(script, Vec::<Value>::new()).await?.json().as_str().map(str::to_owned);
    ensure!(typed.as_deref() == Some("王阿姨"), "the form keeps what was typed: {typed:?}");
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_signs_in_on_the_locked_tablet_stays_and_leaves_it_locked() -> Result<()> {
    let world = World::salon().await?;
    let desk = enrolled(&world).await?;
    desk.open("/desk/").await?;
    desk.has(".board__head").await?;
    lies_there(&desk, 10).await?;
    desk.reloads().await?;
    desk.has(".pin").await?;
    desk.taps("用账号登录").await?;
    signs_in_as_owner(&world, &desk).await?;
    desk.has_no(".pin").await?;
    desk.open("/desk/sync").await?;
    desk.taps("退出登录").await?;
    // The tablet is back, and asks who is there.
    desk.has(".pin").await?;
    world.ends(vec![desk]).await
}
